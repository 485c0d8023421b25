import type { Milestone } from '../incident/events.ts';
import type { Language } from '../oncall/catalog.ts';

/** One line of `/incident timeline` per kind of event. Parts come escaped and isolated. */
export interface SlackTimelineWords {
  declared(actor: string, title: string): string;
  alert(title: string): string;
  readonly alertResolved: string;
  channelOpened(name: string): string;
  titleChanged(actor: string, title: string): string;
  severityChanged(actor: string, from: string, to: string): string;
  statusChanged(actor: string, from: string, to: string): string;
  roleAssigned(person: string, role: string): string;
  /** Undefined when nobody gave it back by hand. */
  roleReleased(person: string | undefined, role: string): string;
  joined(person: string): string;
  paged(recipients: string): string;
  readonly noAnswer: string;
  escalated(actor: string): string;
  acknowledged(person: string): string;
  /** Nobody is named. */
  readonly declined: string;
  readonly acknowledgementLost: string;
  readonly exhausted: string;
  update(actor: string, text: string): string;
  note(actor: string, text: string): string;
  message(author: string, text: string): string;
  readonly someone: string;
  milestone(actor: string, milestone: string, at: string): string;
  readonly milestones: Readonly<Record<Milestone, string>>;
  change(title: string): string;
  cancelled(actor: string, reason: string): string;
  resolved(actor: string): string;
  readonly resolvedByAlerts: string;
  reopened(actor: string, text: string): string;
  readonly closed: string;
  readonly postmortem: string;
}

const english: SlackTimelineWords = {
  declared: (actor, title) => `Declared by ${actor}: ${title}`,
  alert: (title) => `Alert: ${title}`,
  alertResolved: 'An alert cleared',
  channelOpened: (name) => `Channel ${name} opened`,
  titleChanged: (actor, title) => `${actor} changed the title: ${title}`,
  severityChanged: (actor, from, to) => `${actor} changed the severity from ${from} to ${to}`,
  statusChanged: (actor, from, to) => `${actor} changed the status from ${from} to ${to}`,
  roleAssigned: (person, role) => `${role}: ${person}`,
  roleReleased: (person, role) => (person === undefined ? `${role} is vacant` : `${role} is vacant (was ${person})`),
  joined: (person) => `${person} joined`,
  paged: (recipients) => `Paged ${recipients}`,
  noAnswer: 'No answer, the page moved on',
  escalated: (actor) => `${actor} escalated`,
  acknowledged: (person) => `${person} acknowledged`,
  declined: 'Somebody who was asked can’t; the page moved on',
  acknowledgementLost: 'Nobody held the incident any more',
  exhausted: 'Last resort alarmed',
  update: (actor, text) => `Update from ${actor}: ${text}`,
  note: (actor, text) => `Note by ${actor}: ${text}`,
  message: (author, text) => `📌 ${author}: ${text}`,
  someone: 'an app',
  milestone: (actor, milestone, at) => `${actor} set “${milestone}” to ${at}`,
  milestones: {
    impact_start: 'impact started',
    detected: 'detected',
    declared: 'declared',
    paged: 'paged',
    acknowledged: 'acknowledged',
    mitigated: 'mitigated',
    resolved: 'resolved',
  },
  change: (title) => `Change: ${title}`,
  cancelled: (actor, reason) => `Cancelled by ${actor}: ${reason}`,
  resolved: (actor) => `Resolved by ${actor}`,
  resolvedByAlerts: 'Resolved: all alerts cleared',
  reopened: (actor, text) => `Reopened by ${actor}: ${text}`,
  closed: 'Closed',
  postmortem: 'Post-mortem drafted',
};

const hebrew: SlackTimelineWords = {
  declared: (actor, title) => `הכרזה (${actor}): ${title}`,
  alert: (title) => `התראה: ${title}`,
  alertResolved: 'התראה נסגרה',
  channelOpened: (name) => `נפתח הערוץ ${name}`,
  titleChanged: (actor, title) => `כותרת חדשה (${actor}): ${title}`,
  severityChanged: (actor, from, to) => `שינוי חומרה מ${from} ל${to} (${actor})`,
  statusChanged: (actor, from, to) => `מצב: ${to}, קודם ${from} (${actor})`,
  roleAssigned: (person, role) => `${role}: ${person}`,
  roleReleased: (person, role) => (person === undefined ? `${role}: התפנה` : `${role}: התפנה (קודם ${person})`),
  joined: (person) => `הצטרפות: ${person}`,
  paged: (recipients) => `הזעקה אל ${recipients}`,
  noAnswer: 'אין תשובה, ההזעקה המשיכה הלאה',
  escalated: (actor) => `הסלמה (${actor})`,
  acknowledged: (person) => `אישור קבלה: ${person}`,
  declined: 'תשובה ״לא יכול/ה״; ההזעקה המשיכה הלאה',
  acknowledgementLost: 'התקלה נשארה ללא מטפל',
  exhausted: 'הופעלה ההזעקה האחרונה',
  update: (actor, text) => `עדכון (${actor}): ${text}`,
  note: (actor, text) => `הערה (${actor}): ${text}`,
  message: (author, text) => `📌 ${author}: ${text}`,
  someone: 'אפליקציה',
  milestone: (actor, milestone, at) => `${milestone}: נקבע ל־${at} (${actor})`,
  milestones: {
    impact_start: 'תחילת ההשפעה',
    detected: 'גילוי',
    declared: 'הכרזה',
    paged: 'הזעקה',
    acknowledged: 'אישור קבלה',
    mitigated: 'בלימה',
    resolved: 'פתרון',
  },
  change: (title) => `שינוי: ${title}`,
  cancelled: (actor, reason) => `ביטול (${actor}): ${reason}`,
  resolved: (actor) => `נפתרה (${actor})`,
  resolvedByAlerts: 'נפתרה: כל ההתראות נסגרו',
  reopened: (actor, text) => `פתיחה מחדש (${actor}): ${text}`,
  closed: 'נסגרה',
  postmortem: 'נכתבה טיוטת תחקיר',
};

export const slackTimelineWords: Record<Language, SlackTimelineWords> = { en: english, he: hebrew };

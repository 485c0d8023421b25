import type { Language } from '../oncall/catalog.ts';
import type { ShownKind } from '../postmortem/timeline.ts';

/** An event on the timeline; everything is already in words of the language, and names are roles. */
export interface EventFacts {
  /** Empty where the event has none. */
  readonly text: string;
  readonly from: string;
  readonly to: string;
  readonly role: string;
  /** Whom it concerns besides the one who did it. */
  readonly person: string | undefined;
}

export interface TimelineWords {
  /** What happened, without who did it: that stands behind it. */
  readonly events: Readonly<Record<ShownKind, (facts: EventFacts) => string>>;
  readonly statuses: Readonly<Record<string, string>>;
  /** `+12 min`: since the start. */
  since(duration: string): string;
  before(duration: string): string;
  /** A long list ends here; the rest is in the incident itself. */
  more(count: number): string;
}

const english: TimelineWords = {
  events: {
    declared: ({ to }) => (to === '' ? 'Incident declared' : `Incident declared as ${to}`),
    alert_attached: ({ text }) => withText('Alert', text),
    alert_resolved: ({ text }) => withText('Alert resolved', text),
    title_changed: ({ text }) => withText('New title', text),
    severity_changed: ({ from, to }) => `Severity changed from ${from} to ${to}`,
    status_changed: ({ to }) => `Status: ${to}`,
    role_assigned: ({ role, person }) => `Role taken: ${role}${person === undefined ? '' : ` (${person})`}`,
    role_released: ({ role }) => `Role handed back: ${role}`,
    page_sent: ({ person }) => `Page sent to ${person ?? 'a channel'}`,
    page_escalated: ({ to }) =>
      to === 'last_resort' ? 'Page sent on to the last resort' : 'Page sent on to the next step',
    page_acknowledged: () => 'Page acknowledged',
    page_declined: () => 'Page passed on',
    acknowledgement_lost: () => 'Acknowledgement ended, page sent again',
    page_exhausted: () => 'All steps asked without an answer, paging continued',
    update_posted: ({ text }) => withText('Update', text),
    note_added: ({ text }) => withText('Note', text),
    message_captured: ({ text }) => withText('Message', text),
    change_linked: ({ text }) => withText('Change', text),
    task_added: ({ text }) => withText('Task', text),
    task_done: ({ text }) => withText('Task done', text),
    action_item_added: ({ text }) => withText('Action item', text),
    action_run: ({ text }) => withText('Action run', text),
    merged: ({ to }) => (to === '' ? 'Merged into another incident' : `Merged into ${to}`),
    cancelled: () => 'Incident cancelled',
    resolved: () => 'Incident resolved',
    reopened: ({ text }) => withText('Incident reopened', text),
    closed: () => 'Incident closed',
  },
  statuses: {
    triage: 'triage',
    investigating: 'investigating',
    fixing: 'fixing',
    monitoring: 'monitoring',
    resolved: 'resolved',
    closed: 'closed',
    cancelled: 'cancelled',
  },
  since: (duration) => `+${duration}`,
  before: (duration) => `−${duration}`,
  more: (count) =>
    count === 1
      ? 'and 1 more entry in the incident’s timeline'
      : `and ${count} more entries in the incident’s timeline`,
};

const hebrew: TimelineWords = {
  events: {
    declared: ({ to }) => (to === '' ? 'הוכרזה תקלה' : `הוכרזה תקלה בחומרה ${to}`),
    alert_attached: ({ text }) => withText('התראה', text),
    alert_resolved: ({ text }) => withText('התראה נסגרה', text),
    title_changed: ({ text }) => withText('כותרת חדשה', text),
    severity_changed: ({ from, to }) => `החומרה השתנתה: ${from} ← ${to}`,
    status_changed: ({ to }) => `סטטוס: ${to}`,
    role_assigned: ({ role, person }) => `תפקיד נלקח: ${role}${person === undefined ? '' : ` (${person})`}`,
    role_released: ({ role }) => `תפקיד התפנה: ${role}`,
    page_sent: ({ person }) => (person === undefined ? 'הזעקה נשלחה לערוץ' : `הזעקה נשלחה ל${person}`),
    page_escalated: ({ to }) => (to === 'last_resort' ? 'ההזעקה עברה למוצא האחרון' : 'ההזעקה עברה לשלב הבא'),
    page_acknowledged: () => 'ההזעקה אושרה',
    page_declined: () => 'ההזעקה הועברה הלאה',
    acknowledgement_lost: () => 'אישור הקבלה פקע, נשלחה הזעקה חוזרת',
    page_exhausted: () => 'כל השלבים נשאלו ללא מענה, ההזעקה נמשכה',
    update_posted: ({ text }) => withText('עדכון', text),
    note_added: ({ text }) => withText('הערה', text),
    message_captured: ({ text }) => withText('הודעה', text),
    change_linked: ({ text }) => withText('שינוי', text),
    task_added: ({ text }) => withText('משימה', text),
    task_done: ({ text }) => withText('משימה הושלמה', text),
    action_item_added: ({ text }) => withText('פריט פעולה', text),
    action_run: ({ text }) => withText('פעולה הורצה', text),
    merged: ({ to }) => (to === '' ? 'מוזגה לתקלה אחרת' : `מוזגה לתקלה ${to}`),
    cancelled: () => 'התקלה בוטלה',
    resolved: () => 'התקלה נפתרה',
    reopened: ({ text }) => withText('התקלה נפתחה מחדש', text),
    closed: () => 'התקלה נסגרה',
  },
  statuses: {
    triage: 'מיון',
    investigating: 'בבירור',
    fixing: 'בתיקון',
    monitoring: 'במעקב',
    resolved: 'נפתרה',
    closed: 'נסגרה',
    cancelled: 'בוטלה',
  },
  since: (duration) => `אחרי ${duration}`,
  before: (duration) => `לפני כן ב־${duration}`,
  more: (count) => (count === 1 ? 'ועוד רשומה אחת בציר הזמן של התקלה' : `ועוד ${count} רשומות בציר הזמן של התקלה`),
};

function withText(label: string, text: string): string {
  return text === '' ? label : `${label}: ${text}`;
}

export const timelineWords: Record<Language, TimelineWords> = { en: english, he: hebrew };

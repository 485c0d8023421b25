import type { CancelReason, IncidentStatus } from '../incident/events.ts';
import type { Language, Severity } from '../oncall/catalog.ts';

/** What the card, the announcement and the topic of an incident say. Values inside sentences come isolated. */
export interface SlackIncidentWords {
  readonly severity: string;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly status: string;
  readonly statuses: Readonly<Record<IncidentStatus, string>>;
  readonly cancelReasons: Readonly<Record<CancelReason, string>>;
  readonly service: string;
  readonly lead: string;
  readonly noLead: string;
  /** Names of roles; the catalog's own stay as they are written. */
  readonly roles: Readonly<Record<'lead' | 'communications' | 'scribe' | 'operations', string>>;
  readonly page: string;
  asking(people: string): string;
  readonly askingLastResort: string;
  acknowledgedBy(person: string): string;
  readonly nobodyAsked: string;
  readonly openSince: string;
  readonly ended: string;
  /** `at` is a time, `for_` a duration. */
  endedAfter(at: string, duration: string): string;
  readonly nextUpdate: string;
  nextUpdateBy(at: string): string;
  lastUpdate(at: string): string;
  readonly alerts: string;
  signals(count: number): string;
  moreAlerts(count: number): string;
  readonly alertResolved: string;
  peopleIn(count: number): string;
  readonly drill: string;
  readonly private: string;
  readonly erased: string;
  readonly runbook: string;
  readonly channel: string;
  readonly channelComing: string;
  since(time: string): string;
  leadIs(person: string): string;
  readonly someoneOutside: string;
  readonly buttons: Readonly<
    Record<
      | 'acknowledge'
      | 'escalate'
      | 'update'
      | 'takeLead'
      | 'resolve'
      | 'reopen'
      | 'severity'
      | 'status'
      | 'join'
      | 'follow',
      string
    >
  >;
  readonly confirmResolve: Readonly<Record<'title' | 'text' | 'yes' | 'no', string>>;
}

const english: SlackIncidentWords = {
  severity: 'Severity',
  severities: { sev1: 'SEV1 critical', sev2: 'SEV2 high', sev3: 'SEV3 medium', sev4: 'SEV4 low' },
  status: 'Status',
  statuses: {
    triage: 'Triage',
    investigating: 'Investigating',
    fixing: 'Fixing',
    monitoring: 'Monitoring',
    resolved: 'Resolved',
    closed: 'Closed',
    cancelled: 'Cancelled',
  },
  cancelReasons: { false_alarm: 'false alarm', duplicate: 'duplicate', not_an_incident: 'not an incident' },
  service: 'Service',
  lead: 'Lead',
  noLead: 'Nobody yet',
  roles: { lead: 'Lead', communications: 'Communications', scribe: 'Scribe', operations: 'Operations' },
  page: 'Page',
  asking: (people) => `Asking ${people}`,
  askingLastResort: 'No answer yet, last resort alarmed',
  acknowledgedBy: (person) => `Acknowledged by ${person}`,
  nobodyAsked: 'Nobody is being paged',
  openSince: 'Open since',
  ended: 'Ended',
  endedAfter: (at, duration) => `${at}, after ${duration}`,
  nextUpdate: 'Next update',
  nextUpdateBy: (at) => `by ${at}`,
  lastUpdate: (at) => `Update of ${at}`,
  alerts: 'Alerts',
  signals: (count) => (count === 1 ? '1 signal' : `${count} signals`),
  moreAlerts: (count) => `and ${count} more`,
  alertResolved: 'resolved',
  peopleIn: (count) => (count === 1 ? '1 person involved' : `${count} people involved`),
  drill: 'Drill',
  private: 'Private',
  erased: '(text erased)',
  runbook: 'Runbook',
  channel: 'Channel',
  channelComing: 'being opened',
  since: (time) => `since ${time}`,
  leadIs: (person) => `Lead ${person}`,
  someoneOutside: 'somebody outside the catalog',
  buttons: {
    acknowledge: 'Acknowledge',
    escalate: 'Escalate',
    update: 'Post update',
    takeLead: 'Take lead',
    resolve: 'Resolve',
    reopen: 'Reopen',
    severity: 'Severity',
    status: 'Status',
    join: 'Join',
    follow: 'Follow',
  },
  confirmResolve: {
    title: 'Resolve this incident?',
    text: 'Pages stop, the time to recover is taken, and a post-mortem is drafted.',
    yes: 'Resolve',
    no: 'Not yet',
  },
};

const hebrew: SlackIncidentWords = {
  severity: 'חומרה',
  severities: { sev1: 'קריטית (SEV1)', sev2: 'גבוהה (SEV2)', sev3: 'בינונית (SEV3)', sev4: 'נמוכה (SEV4)' },
  status: 'מצב',
  statuses: {
    triage: 'במיון',
    investigating: 'בבדיקה',
    fixing: 'בתיקון',
    monitoring: 'במעקב',
    resolved: 'נפתרה',
    closed: 'נסגרה',
    cancelled: 'בוטלה',
  },
  cancelReasons: { false_alarm: 'אזעקת שווא', duplicate: 'כפילות', not_an_incident: 'לא תקלה' },
  service: 'שירות',
  lead: 'הובלה',
  noLead: 'עדיין אין',
  roles: { lead: 'הובלה', communications: 'תקשורת', scribe: 'תיעוד', operations: 'תפעול' },
  page: 'הזעקה',
  asking: (people) => `ממתינים לתשובה: ${people}`,
  askingLastResort: 'אין תשובה, הופעלה ההזעקה האחרונה',
  acknowledgedBy: (person) => `קבלה אושרה: ${person}`,
  nobodyAsked: 'אין הזעקה פעילה',
  openSince: 'פתוחה מאז',
  ended: 'הסתיימה',
  endedAfter: (at, duration) => `${at}, אחרי ${duration}`,
  nextUpdate: 'העדכון הבא',
  nextUpdateBy: (at) => `עד ${at}`,
  lastUpdate: (at) => `עדכון מ־${at}`,
  alerts: 'התראות',
  signals: (count) => (count === 1 ? 'איתות אחד' : count === 2 ? 'שני איתותים' : `${count} איתותים`),
  moreAlerts: (count) => (count === 1 ? 'ועוד אחת' : `ועוד ${count}`),
  alertResolved: 'נפתרה',
  peopleIn: (count) => (count === 1 ? 'משתתף אחד' : count === 2 ? 'שני משתתפים' : `${count} משתתפים`),
  drill: 'תרגול',
  private: 'פרטי',
  erased: '(הטקסט נמחק)',
  runbook: 'מדריך טיפול',
  channel: 'ערוץ',
  channelComing: 'בפתיחה',
  since: (time) => `מאז ${time}`,
  leadIs: (person) => `הובלה: ${person}`,
  someoneOutside: 'מישהו מחוץ לקטלוג',
  buttons: {
    acknowledge: 'אישור קבלה',
    escalate: 'הסלמה',
    update: 'עדכון',
    takeLead: 'ההובלה עליי',
    resolve: 'סימון כנפתרה',
    reopen: 'פתיחה מחדש',
    severity: 'חומרה',
    status: 'מצב',
    join: 'הצטרפות',
    follow: 'מעקב',
  },
  confirmResolve: {
    title: 'לסמן את התקלה כנפתרה?',
    text: 'ההזעקות ייפסקו, זמן ההתאוששות יירשם, ותיכתב טיוטת תחקיר.',
    yes: 'נפתרה',
    no: 'עדיין לא',
  },
};

export const slackIncidentWords: Record<Language, SlackIncidentWords> = { en: english, he: hebrew };

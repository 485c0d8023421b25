import type { Language } from '../oncall/catalog.ts';

/** What is said in an incident's channel when something happens. Causes that would tell who is away have no words. */
export interface SlackPostWords {
  severityChanged(actor: string, from: string, to: string): string;
  statusChanged(actor: string, to: string): string;
  roleTaken(person: string, role: string): string;
  roleGiven(actor: string, person: string, role: string): string;
  roleReleased(person: string, role: string): string;
  /** Without anybody's doing: neither who had it before nor why is said. */
  roleMoved(person: string, role: string): string;
  roleOpen(role: string): string;
  update(actor: string): string;
  change(title: string): string;
  readonly noLead: string;
  readonly noUpdate: string;
  readonly alertsResolved: string;
  cancelled(actor: string, reason: string): string;
  resolved(actor: string): string;
  readonly resolvedByAlerts: string;
  reopened(actor: string): string;
  /** With nobody named when only a channel is asked. */
  escalatedNoAnswer(people: string | undefined): string;
  escalatedByHand(actor: string, people: string | undefined): string;
  escalated(people: string | undefined): string;
  lastResort(people: string | undefined): string;
  acknowledged(person: string): string;
  readonly acknowledgementLost: string;
  readonly automation: string;
  readonly outside: Readonly<Record<'pagerduty' | 'alerts' | 'changes' | 'import', string>>;
  readonly postmortemReady: string;
  readonly postmortemOpen: string;
  postmortemStored(path: string): string;
  readonly postmortemReview: string;
}

const english: SlackPostWords = {
  severityChanged: (actor, from, to) => `${actor} changed the severity from ${from} to ${to}.`,
  statusChanged: (actor, to) => `${actor} set the status to ${to}.`,
  roleTaken: (person, role) => `${person} took the role ${role}.`,
  roleGiven: (actor, person, role) => `${actor} gave the role ${role} to ${person}.`,
  roleReleased: (person, role) => `${person} no longer has the role ${role}.`,
  roleMoved: (person, role) => `The role ${role} is now with ${person}.`,
  roleOpen: (role) => `The role ${role} is open. Who takes it?`,
  update: (actor) => `Update from ${actor}`,
  change: (title) => `A change that may matter: ${title}`,
  noLead: 'Nobody leads this incident yet. Press *Take lead* on the card, or write `/incident lead`.',
  noUpdate: 'An update is due. Press *Post update* on the card, or write `/incident update`.',
  alertsResolved: 'All alerts have cleared. Is it over? Then press *Resolve*, or write `/incident resolve`.',
  cancelled: (actor, reason) => `${actor} cancelled this incident: ${reason}.`,
  resolved: (actor) => `${actor} resolved this incident. A post-mortem draft follows.`,
  resolvedByAlerts: 'All alerts have cleared and nobody had to act, so this incident is resolved.',
  reopened: (actor) => `${actor} reopened this incident:`,
  escalatedNoAnswer: (people) =>
    people === undefined ? 'No answer yet, the page moves on.' : `No answer yet, now asking ${people}.`,
  escalatedByHand: (actor, people) =>
    people === undefined ? `${actor} escalated.` : `${actor} escalated, now asking ${people}.`,
  escalated: (people) => (people === undefined ? 'The page moves on.' : `The page moves on, now asking ${people}.`),
  lastResort: (people) =>
    people === undefined ? 'Nobody has answered: last resort alarmed.' : `Nobody has answered: last resort, ${people}.`,
  acknowledged: (person) => `${person} has it.`,
  acknowledgementLost: 'Nobody holds this incident any more: whoever is on duty now is paged.',
  automation: 'Toran',
  outside: { pagerduty: 'PagerDuty', alerts: 'Monitoring', changes: 'A deployment', import: 'An import' },
  postmortemReady: 'The draft of the post-mortem is ready.',
  postmortemOpen: 'Open the draft',
  postmortemStored: (path) => `Stored as ${path}`,
  postmortemReview:
    'Names are roles in it on purpose. Check the facts, fill in what is missing, then review it together.',
};

const hebrew: SlackPostWords = {
  severityChanged: (actor, from, to) => `שינוי חומרה: מ${from} ל${to} (${actor})`,
  statusChanged: (actor, to) => `המצב עודכן: ${to} (${actor})`,
  roleTaken: (person, role) => `תפקיד ${role}: ${person}`,
  roleGiven: (actor, person, role) => `תפקיד ${role} עבר אל ${person} (${actor})`,
  roleReleased: (person, role) => `תפקיד ${role} התפנה (${person})`,
  roleMoved: (person, role) => `תפקיד ${role} עבר אל ${person}`,
  roleOpen: (role) => `תפקיד ${role} פנוי. מי לוקח/ת?`,
  update: (actor) => `עדכון מאת ${actor}`,
  change: (title) => `שינוי שאולי קשור: ${title}`,
  noLead: 'עדיין אין מי שמוביל את הטיפול. אפשר ללחוץ *ההובלה עליי* בכרטיס, או לכתוב `/incident lead`.',
  noUpdate: 'הגיע הזמן לעדכון. אפשר ללחוץ *עדכון* בכרטיס, או לכתוב `/incident update`.',
  alertsResolved: 'כל ההתראות נסגרו. נגמר? אפשר ללחוץ *סימון כנפתרה*, או לכתוב `/incident resolve`.',
  cancelled: (actor, reason) => `התקלה בוטלה: ${reason} (${actor})`,
  resolved: (actor) => `התקלה נפתרה (${actor}). טיוטת תחקיר בדרך.`,
  resolvedByAlerts: 'כל ההתראות נסגרו בלי שנדרשה פעולה, ולכן התקלה נפתרה.',
  reopened: (actor) => `התקלה נפתחה מחדש (${actor}):`,
  escalatedNoAnswer: (people) =>
    people === undefined ? 'עדיין אין תשובה, ההזעקה ממשיכה הלאה.' : `עדיין אין תשובה. עכשיו הפנייה אל ${people}.`,
  escalatedByHand: (actor, people) =>
    people === undefined ? `הסלמה (${actor}).` : `הסלמה (${actor}). עכשיו הפנייה אל ${people}.`,
  escalated: (people) =>
    people === undefined ? 'ההזעקה ממשיכה הלאה.' : `ההזעקה ממשיכה הלאה. עכשיו הפנייה אל ${people}.`,
  lastResort: (people) =>
    people === undefined ? 'אין תשובה: הופעלה ההזעקה האחרונה.' : `אין תשובה: ההזעקה האחרונה, ${people}.`,
  acknowledged: (person) => `הטיפול אצל ${person}.`,
  acknowledgementLost: 'התקלה נשארה ללא מטפל: נשלחת הזעקה למי שבתורנות עכשיו.',
  automation: 'Toran',
  outside: { pagerduty: 'PagerDuty', alerts: 'הניטור', changes: 'פריסה', import: 'ייבוא' },
  postmortemReady: 'טיוטת התחקיר מוכנה.',
  postmortemOpen: 'לטיוטה',
  postmortemStored: (path) => `נשמרה בשם ${path}`,
  postmortemReview: 'במקום שמות מופיעים תפקידים, בכוונה. כדאי לבדוק את העובדות, להשלים את החסר ולעבור עליה יחד.',
};

export const slackPostWords: Record<Language, SlackPostWords> = { en: english, he: hebrew };

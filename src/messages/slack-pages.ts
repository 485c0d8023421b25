import type { PageReason } from '../incident/events.ts';
import type { Language } from '../oncall/catalog.ts';

/** How a page's message is closed when it can no longer be answered. */
export interface PageEndings {
  acknowledgedByYou(at: string): string;
  acknowledgedBy(person: string, at: string): string;
  readonly declined: string;
  readonly movedOn: string;
  readonly resolved: string;
  readonly cancelled: string;
  /** The acknowledgement ran out or was given back. */
  readonly released: string;
  /** It must not be answered here, and why is nobody's business. */
  readonly withdrawn: string;
}

/** What the message that pages somebody says, and "still on it?". */
export interface SlackPageWords {
  readonly reasons: Readonly<Record<PageReason, string>>;
  readonly toYou: string;
  readonly isOver: string;
  readonly toChannel: string;
  /** Said when it goes to somebody in place of the person on duty; never who that is. */
  readonly asCover: string;
  readonly lastResort: string;
  answerWithin(duration: string): string;
  notification(severity: string, id: string, title: string): string;
  readonly acknowledge: string;
  readonly decline: string;
  readonly escalate: string;
  readonly endings: PageEndings;
  readonly stillOnIt: string;
  stillOnItText(id: string, title: string): string;
  stillOnItUntil(at: string): string;
  readonly stillOnItYes: string;
  readonly handOver: string;
}

const english: SlackPageWords = {
  reasons: {
    alert: 'An alert came in',
    declared: 'An incident was declared',
    severity: 'The severity was raised',
    manual: 'You were asked for',
    reopened: 'The incident was reopened',
    acknowledgement_lost: 'Nobody holds the incident any more',
  },
  toYou: 'You are being paged',
  isOver: 'This page is over',
  toChannel: 'Nobody has answered this page yet. Who can take it?',
  asCover: 'You are asked as cover for this shift.',
  lastResort: 'Everyone in the policy has been asked without an answer.',
  answerWithin: (duration) => `Without an answer within ${duration} the next step is asked.`,
  notification: (severity, id, title) => `Page: ${severity} ${id} ${title}`,
  acknowledge: 'Acknowledge',
  decline: 'I can’t',
  escalate: 'Escalate',
  endings: {
    acknowledgedByYou: (at) => `You acknowledged at ${at}.`,
    acknowledgedBy: (person, at) => `Acknowledged by ${person} at ${at}. Nothing to do for you.`,
    declined: 'You said you can’t. Somebody else is being asked.',
    movedOn: 'The page has moved on to the next step. You can still acknowledge it.',
    resolved: 'The incident is resolved. Nothing to do.',
    cancelled: 'The incident was cancelled. Nothing to do.',
    released: 'This page is over.',
    withdrawn: 'This page was withdrawn. Nothing to do for you.',
  },
  stillOnIt: 'Still on it?',
  stillOnItText: (id, title) => `You hold ${id} ${title}, and there has been no sign of you for a while.`,
  stillOnItUntil: (at) => `Without an answer by ${at}, whoever is on duty now is paged.`,
  stillOnItYes: 'Still on it',
  handOver: 'Hand over',
};

const hebrew: SlackPageWords = {
  reasons: {
    alert: 'התקבלה התראה',
    declared: 'הוכרזה תקלה',
    severity: 'החומרה הועלתה',
    manual: 'ביקשו אותך',
    reopened: 'התקלה נפתחה מחדש',
    acknowledgement_lost: 'התקלה נשארה ללא מטפל',
  },
  toYou: 'הזעקה אליך',
  isOver: 'הזעקה שהסתיימה',
  toChannel: 'עדיין אין תשובה להזעקה הזו. מי יכול לקחת?',
  asCover: 'הפנייה אליך היא כמילוי מקום במשמרת הזו.',
  lastResort: 'כל שלבי המדיניות נוסו ולא התקבלה תשובה.',
  answerWithin: (duration) => `בלי תשובה תוך ${duration} הפנייה תעבור לשלב הבא.`,
  notification: (severity, id, title) => `הזעקה: ${severity} ${id} ${title}`,
  acknowledge: 'אישור קבלה',
  decline: 'לא יכול/ה',
  escalate: 'הסלמה',
  endings: {
    acknowledgedByYou: (at) => `אישרת קבלה ב־${at}.`,
    acknowledgedBy: (person, at) => `הקבלה אושרה על ידי ${person} ב־${at}. אין צורך בפעולה מצידך.`,
    declined: 'ענית שאין באפשרותך. הפנייה עברה הלאה.',
    movedOn: 'ההזעקה עברה לשלב הבא. עדיין אפשר לאשר קבלה.',
    resolved: 'התקלה נפתרה. אין צורך בפעולה.',
    cancelled: 'התקלה בוטלה. אין צורך בפעולה.',
    released: 'ההזעקה הזו הסתיימה.',
    withdrawn: 'ההזעקה הזו בוטלה. אין צורך בפעולה מצידך.',
  },
  stillOnIt: 'עדיין בטיפולך?',
  stillOnItText: (id, title) => `${id} ${title} רשומה בטיפולך, ומזמן לא היה סימן חיים.`,
  stillOnItUntil: (at) => `בלי תשובה עד ${at} תישלח הזעקה למי שבתורנות עכשיו.`,
  stillOnItYes: 'עדיין בטיפולי',
  handOver: 'העברה הלאה',
};

export const slackPageWords: Record<Language, SlackPageWords> = { en: english, he: hebrew };

import type { Language } from '../oncall/catalog.ts';
import type { Offer } from '../oncall/schedule.ts';

/** Direct messages about duty: offers, what became of them, hand-offs. Never why somebody needs cover. */
export interface SlackDutyWords {
  readonly offer: Readonly<Record<Offer['kind'], (person: string) => string>>;
  readonly schedule: string;
  readonly when: string;
  readonly inReturn: string;
  readonly running: string;
  readonly first: string;
  assignedAfter(at: string): string;
  readonly accept: string;
  readonly decline: string;
  readonly yours: string;
  readonly assignedToYou: string;
  takenBy(person: string): string;
  readonly declined: string;
  readonly over: Readonly<Record<'withdrawn' | 'declined_by_all' | 'passed' | 'not_needed', string>>;
  /** To whoever asked. */
  readonly toRequester: {
    accepted(person: string): string;
    assigned(person: string): string;
    readonly ended: Readonly<Record<'withdrawn' | 'declined_by_all' | 'passed' | 'not_needed', string>>;
    readonly stays: string;
  };
  /** To whoever has it now without having been asked. */
  assigned(person: string): string;
  readonly cannot: string;
  onDuty(schedule: string): string;
  readonly until: string;
  readonly openEnd: string;
  readonly before: string;
  readonly after: string;
  readonly openIncidents: string;
  readonly noOpenIncidents: string;
  moreIncidents(count: number): string;
  offDuty(schedule: string): string;
  readonly nobody: string;
  tomorrow(schedule: string): string;
  changed(schedule: string): string;
  readonly changedShifts: string;
  moreShifts(count: number): string;
  relieved(person: string, schedule: string): string;
  relievedByNobody(schedule: string): string;
  noLongerYours(schedule: string): string;
  yoursAgain(schedule: string): string;
}

const english: SlackDutyWords = {
  offer: {
    cover: (person) => `${person} asks for cover`,
    swap: (person) => `${person} would like to swap shifts with you`,
    hand_over: (person) => `A shift of ${person} needs somebody`,
    plan: (person) => `Could you take a shift of ${person}?`,
  },
  schedule: 'Schedule',
  when: 'When',
  inReturn: 'For your shift',
  running: 'It runs already: it would be yours at once.',
  first: 'Whoever accepts first has it.',
  assignedAfter: (at) => `If nobody accepts it is given at ${at} to whoever has carried least.`,
  accept: 'I’ll take it',
  decline: 'I can’t',
  yours: 'It is yours. Thank you.',
  assignedToYou: 'Nobody accepted, so it was given to you.',
  takenBy: (person) => `${person} takes it. Thank you all the same.`,
  declined: 'You said that you can’t.',
  over: {
    withdrawn: 'It was withdrawn.',
    declined_by_all: 'Nobody could take it.',
    passed: 'The time is over.',
    not_needed: 'It is no longer needed.',
  },
  toRequester: {
    accepted: (person) => `${person} takes your shift`,
    assigned: (person) => `Nobody accepted, so your shift was given to ${person}`,
    ended: {
      withdrawn: 'Your request for cover was withdrawn',
      declined_by_all: 'Nobody can take your shift',
      passed: 'Your shift is over, and nobody took it',
      not_needed: 'Your shift no longer needs cover',
    },
    stays: 'It stays yours. `/incident cover me with @name` asks somebody in particular; your lead can help too.',
  },
  assigned: (person) => `A shift of ${person} was given to you`,
  cannot: 'If you cannot: `/incident cover me`.',
  onDuty: (schedule) => `You are on duty for ${schedule}`,
  until: 'Until',
  openEnd: 'no end within two weeks',
  before: 'Before you',
  after: 'After you',
  openIncidents: 'Open incidents',
  noOpenIncidents: 'none',
  moreIncidents: (count) => `and ${count} more`,
  offDuty: (schedule) => `You are off duty for ${schedule}`,
  nobody: 'nobody',
  tomorrow: (schedule) => `Your duty for ${schedule} begins within a day`,
  changed: (schedule) => `Your shifts for ${schedule} have changed`,
  changedShifts: 'You are on duty within the next seven days',
  moreShifts: (count) => `and ${count} more`,
  relieved: (person, schedule) => `${person} takes over from you for ${schedule}`,
  relievedByNobody: (schedule) => `You were taken off duty for ${schedule}`,
  noLongerYours: (schedule) => `A duty for ${schedule} that you had taken over is no longer yours`,
  yoursAgain: (schedule) => `A duty for ${schedule} is yours again`,
};

const hebrew: SlackDutyWords = {
  offer: {
    cover: (person) => `בקשת החלפה: ${person}`,
    swap: (person) => `הצעת חילוף משמרות: ${person}`,
    hand_over: (person) => `משמרת של ${person} מחפשת מחליף`,
    plan: (person) => `האם משמרת של ${person} יכולה לעבור אליך?`,
  },
  schedule: 'לוח',
  when: 'מתי',
  inReturn: 'במקום המשמרת שלך',
  running: 'המשמרת כבר רצה: היא תעבור אליך מיד.',
  first: 'מי שמאשר ראשון מקבל.',
  assignedAfter: (at) => `אם אף אחד לא מאשר, ב־${at} היא תינתן למי שנשא בהכי פחות.`,
  accept: 'אני אקח',
  decline: 'לא יכול/ה',
  yours: 'המשמרת שלך. תודה.',
  assignedToYou: 'אף אחד לא אישר, ולכן היא ניתנה לך.',
  takenBy: (person) => `המשמרת אצל ${person}. תודה בכל זאת.`,
  declined: 'התשובה שלך: לא יכול/ה.',
  over: {
    withdrawn: 'הבקשה בוטלה.',
    declined_by_all: 'לא נמצא מחליף.',
    passed: 'הזמן עבר.',
    not_needed: 'כבר אין צורך.',
  },
  toRequester: {
    accepted: (person) => `נמצאה לך החלפה: ${person}`,
    assigned: (person) => `אף אחד לא אישר, ולכן המשמרת שלך ניתנה אל ${person}`,
    ended: {
      withdrawn: 'בקשת ההחלפה שלך בוטלה',
      declined_by_all: 'לא נמצא מי שייקח את המשמרת שלך',
      passed: 'המשמרת שלך הסתיימה, ואף אחד לא לקח אותה',
      not_needed: 'המשמרת שלך כבר לא צריכה החלפה',
    },
    stays: 'היא נשארת אצלך. `/incident cover me with @name` שואל אדם מסוים, וגם ראש הצוות יכול לעזור.',
  },
  assigned: (person) => `משמרת של ${person} ניתנה לך`,
  cannot: 'אם זה לא מתאפשר: `/incident cover me`.',
  onDuty: (schedule) => `התורנות ב־${schedule} אצלך`,
  until: 'עד',
  openEnd: 'ללא סיום בשבועיים הקרובים',
  before: 'לפניך',
  after: 'אחריך',
  openIncidents: 'תקלות פתוחות',
  noOpenIncidents: 'אין',
  moreIncidents: (count) => `ועוד ${count}`,
  offDuty: (schedule) => `התורנות שלך ב־${schedule} הסתיימה`,
  nobody: 'אין תורן',
  tomorrow: (schedule) => `התורנות שלך ב־${schedule} תתחיל בתוך יממה`,
  changed: (schedule) => `המשמרות שלך ב־${schedule} השתנו`,
  changedShifts: 'התורנות שלך בשבעת הימים הקרובים',
  moreShifts: (count) => `ועוד ${count}`,
  relieved: (person, schedule) => `${person} במקומך בתורנות ${schedule}`,
  relievedByNobody: (schedule) => `הוסרת מהתורנות ב־${schedule}`,
  noLongerYours: (schedule) => `תורנות ב־${schedule} שהייתה אצלך במקום מישהו אחר כבר לא שלך`,
  yoursAgain: (schedule) => `תורנות ב־${schedule} שוב שלך`,
};

export const slackDutyWords: Record<Language, SlackDutyWords> = { en: english, he: hebrew };

import type { DeliveryFailure, PageReason, PageWay } from '../incident/events.ts';
import type { Language } from '../oncall/catalog.ts';
import type { Why } from '../oncall/resolver.ts';

/** Duty, absence and `/incident why`. For an absence there is one word: unavailable. */
export interface SlackOncallWords {
  readonly title: string;
  readonly nobody: string;
  readonly askedLast: string;
  next(people: string, at: string): string;
  noChangeWithin(days: number): string;
  readonly noSchedules: string;
  scheduleUnknown(typed: string, known: string): string;
  moreSchedules(count: number): string;
  /** For members of the schedule. */
  unavailable(people: string): string;
  readonly awayNow: string;
  awayUntil(at: string): string;
  awayFromUntil(from: string, at: string | undefined): string;
  readonly howBack: string;
  readonly pagesMove: string;
  mateAway(person: string): string;
  mateAwayUntil(person: string, at: string): string;
  readonly withdraw: string;
  readonly withdrawn: string;
  readonly withdrawTooLate: string;
  readonly notYours: string;
  notTeammate(person: string): string;
  readonly notInCatalog: string;
  personNotInCatalog(person: string): string;
  readonly awayUnclear: string;
  readonly awayPast: string;
  readonly backNow: string;
  readonly backOnlyYourself: string;
  readonly why: WhyWords;
}

export interface WhyWords {
  title(incident: string): string;
  readonly noPages: string;
  page(number: number, at: string): string;
  readonly reasons: Readonly<Record<PageReason, string>>;
  step(number: number): string;
  round(number: number): string;
  readonly lastResort: string;
  asked(person: string, ways: string): string;
  askedChannel(channel: string): string;
  readonly ways: Readonly<Record<PageWay, string>>;
  readonly queued: string;
  readonly delivered: string;
  readonly failures: Readonly<Record<DeliveryFailure, string>>;
  /** Why it was this person who was asked. */
  readonly because: Readonly<Record<Why, string>>;
  /** For members of the schedule: the chain of hands that led there. */
  inPlaceOf(people: string): string;
  /** Who can answer could not be read. */
  asOf(at: string): string;
  readonly passedOver: (people: string) => string;
  readonly passedOverCount: (count: number) => string;
  readonly declined: (people: string) => string;
  readonly declinedCount: (count: number) => string;
  acknowledged(person: string, at: string): string;
  readonly waiting: string;
  readonly over: string;
  readonly namesForMembers: string;
}

const englishWhy: WhyWords = {
  title: (incident) => `Who was asked for ${incident}`,
  noPages: 'Nobody was paged for this incident.',
  page: (number, at) => `Page ${number}, ${at}`,
  reasons: {
    alert: 'an alert came in',
    declared: 'it was declared',
    severity: 'the severity changed',
    manual: 'asked for by hand',
    reopened: 'it was reopened',
    acknowledgement_lost: 'nobody held it any more',
  },
  step: (number) => `Step ${number}`,
  round: (number) => `round ${number}`,
  lastResort: 'Last resort',
  asked: (person, ways) => `${person}: ${ways}`,
  askedChannel: (channel) => `Channel ${channel}`,
  ways: { slack: 'Slack', pagerduty: 'PagerDuty', webhook: 'webhook' },
  queued: 'on its way',
  delivered: 'delivered',
  failures: {
    unavailable: 'unavailable',
    no_address: 'no address',
    refused: 'could not be delivered',
    superseded: 'no longer needed',
  },
  because: {
    rotation: 'on duty',
    override: 'on duty by an override',
    cover: 'as cover',
    direct: 'named',
    team: 'team member',
  },
  inPlaceOf: (people) => `in place of ${people}`,
  asOf: (at) => `by what was known at ${at}, which could not be checked`,
  passedOver: (people) => `Passed over as unavailable: ${people}`,
  passedOverCount: (count) => (count === 1 ? '1 person passed over' : `${count} people passed over`),
  declined: (people) => `Said “I can’t”: ${people}`,
  declinedCount: (count) => (count === 1 ? '1 said “I can’t”' : `${count} said “I can’t”`),
  acknowledged: (person, at) => `Acknowledged by ${person}, ${at}`,
  waiting: 'Still waiting for an answer',
  over: 'Over',
  namesForMembers: 'Who was passed over is named to members of the schedule only.',
};

const english: SlackOncallWords = {
  title: 'On duty now',
  nobody: 'nobody',
  askedLast: 'asked last',
  next: (people, at) => `Next: ${people}, ${at}`,
  noChangeWithin: (days) => `No change within ${days} days`,
  noSchedules: 'The catalog has no schedules yet.',
  scheduleUnknown: (typed, known) => `There is no schedule ${typed}. There are: ${known}`,
  moreSchedules: (count) => `and ${count} more; name one: \`/incident oncall payments\``,
  unavailable: (people) => `unavailable: ${people}`,
  awayNow: 'You are unavailable from now on, until you say that you are back.',
  awayUntil: (at) => `You are unavailable from now until ${at}.`,
  awayFromUntil: (from, at) =>
    at === undefined ? `You are unavailable from ${from} on.` : `You are unavailable from ${from} until ${at}.`,
  howBack: '`/incident back` ends it at once.',
  pagesMove: 'Pages that wait for you move on now.',
  mateAway: (person) => `${person} is unavailable from now on. Pages move on at once.`,
  mateAwayUntil: (person, at) => `${person} is unavailable until ${at}. Pages move on at once.`,
  withdraw: 'Withdraw (15 minutes)',
  withdrawn: 'Withdrawn: this person can be paged again.',
  withdrawTooLate: 'The 15 minutes are over. The person can end it with `/incident back`.',
  notYours: 'Only whoever set this can withdraw it.',
  notTeammate: (person) =>
    `You share no team with ${person}, so you cannot set this for them. A team-mate or admin can.`,
  notInCatalog: 'You are not in the catalog, so nobody would page you. Ask an admin to add you.',
  personNotInCatalog: (person) => `${person} is not in the catalog and is never paged.`,
  awayUnclear:
    'That is no time that Toran understands, so nothing has changed. Write for example `/incident away until sunday 18:00`, `for 3 days`, or nothing for “until I am back”. A reason is not needed and not kept.',
  awayPast: 'That time has passed, so nothing has changed.',
  backNow: 'Welcome back. You can be paged again; shifts that were given away stay with whoever took them.',
  backOnlyYourself: 'Only the person can say that they are back.',
  why: englishWhy,
};

const hebrewWhy: WhyWords = {
  title: (incident) => `אל מי הייתה פנייה ב־${incident}`,
  noPages: 'לא נשלחה הזעקה בתקלה הזו.',
  page: (number, at) => `הזעקה ${number}, ${at}`,
  reasons: {
    alert: 'התקבלה התראה',
    declared: 'הוכרזה תקלה',
    severity: 'החומרה השתנתה',
    manual: 'לפי בקשה',
    reopened: 'התקלה נפתחה מחדש',
    acknowledgement_lost: 'התקלה נשארה ללא מטפל',
  },
  step: (number) => `שלב ${number}`,
  round: (number) => `סבב ${number}`,
  lastResort: 'הזעקה אחרונה',
  asked: (person, ways) => `${person}: ${ways}`,
  askedChannel: (channel) => `ערוץ ${channel}`,
  ways: { slack: 'Slack', pagerduty: 'PagerDuty', webhook: 'webhook' },
  queued: 'בדרך',
  delivered: 'נמסרה',
  failures: { unavailable: 'ללא זמינות', no_address: 'אין כתובת', refused: 'לא נמסרה', superseded: 'כבר לא נדרשה' },
  because: { rotation: 'בתורנות', override: 'בתורנות לפי החלפה', cover: 'כמילוי מקום', direct: 'בשם', team: 'מהצוות' },
  inPlaceOf: (people) => `במקום ${people}`,
  asOf: (at) => `לפי מה שהיה ידוע ב־${at}, בלי אפשרות לבדוק`,
  passedOver: (people) => `דילוג, ללא זמינות: ${people}`,
  passedOverCount: (count) =>
    count === 1 ? 'דילוג על אדם אחד' : count === 2 ? 'דילוג על שני אנשים' : `דילוג על ${count} אנשים`,
  declined: (people) => `השיבו ״לא יכול/ה״: ${people}`,
  declinedCount: (count) => (count === 1 ? 'תשובה אחת ״לא יכול/ה״' : `${count} תשובות ״לא יכול/ה״`),
  acknowledged: (person, at) => `קבלה אושרה: ${person}, ${at}`,
  waiting: 'עדיין ממתינים לתשובה',
  over: 'הסתיימה',
  namesForMembers: 'שמות מי שדילגו עליהם מוצגים רק לשותפים ללוח התורנויות.',
};

const hebrew: SlackOncallWords = {
  title: 'בתורנות כעת',
  nobody: 'אין תורן',
  askedLast: 'בפנייה אחרונה',
  next: (people, at) => `אחר כך: ${people}, ${at}`,
  noChangeWithin: (days) => `אין שינוי ב־${days} הימים הקרובים`,
  noSchedules: 'בקטלוג עדיין אין לוחות תורנויות.',
  scheduleUnknown: (typed, known) => `אין לוח תורנויות בשם ${typed}. אלה הקיימים: ${known}`,
  moreSchedules: (count) => `ועוד ${count}; אפשר לציין שם: \`/incident oncall payments\``,
  unavailable: (people) => `ללא זמינות: ${people}`,
  awayNow: 'מעכשיו רשומה אי־זמינות שלך, עד שיגיע ממך ״חזרתי״.',
  awayUntil: (at) => `רשומה אי־זמינות שלך מעכשיו ועד ${at}.`,
  awayFromUntil: (from, at) =>
    at === undefined ? `רשומה אי־זמינות שלך החל מ־${from}.` : `רשומה אי־זמינות שלך מ־${from} ועד ${at}.`,
  howBack: '`/incident back` מסיים מיד.',
  pagesMove: 'הזעקות שממתינות לך עוברות הלאה עכשיו.',
  mateAway: (person) => `${person}: ללא זמינות מעכשיו. ההזעקות עוברות הלאה מיד.`,
  mateAwayUntil: (person, at) => `${person}: ללא זמינות עד ${at}. ההזעקות עוברות הלאה מיד.`,
  withdraw: 'ביטול (15 דקות)',
  withdrawn: 'בוטל: אפשר שוב להזעיק.',
  withdrawTooLate: '15 הדקות עברו. סיום אפשרי רק על ידי האדם עצמו, עם `/incident back`.',
  notYours: 'רק מי שרשם את זה יכול לבטל.',
  notTeammate: (person) => `אין לך צוות משותף עם ${person}, ולכן אי אפשר לרשום. חבר צוות או מנהל יכולים.`,
  notInCatalog: 'אין לך רישום בקטלוג, ולכן גם אין הזעקות אליך. מנהל יכול להוסיף אותך.',
  personNotInCatalog: (person) => `${person}: אין רישום בקטלוג, ולכן אין הזעקות.`,
  awayUnclear:
    'הזמן לא הובן, ולכן דבר לא השתנה. למשל: `/incident נעדר עד יום ראשון 18:00`, `למשך 3 ימים`, או בלי כלום עד ״חזרתי״. אין צורך בסיבה, והיא לא נשמרת.',
  awayPast: 'הזמן הזה כבר עבר, ולכן דבר לא השתנה.',
  backNow: 'טוב שחזרת. אפשר שוב להזעיק אותך; משמרות שנמסרו נשארות אצל מי שלקח אותן.',
  backOnlyYourself: 'רק האדם עצמו יכול לומר שחזר.',
  why: hebrewWhy,
};

export const slackOncallWords: Record<Language, SlackOncallWords> = { en: english, he: hebrew };

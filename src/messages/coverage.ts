import type { Language } from '../oncall/catalog.ts';
import type { CoverageLevel, CoverageMode, CoverageSegment } from '../oncall/coverage.ts';
import type { CoverageConcern } from '../oncall/coverage-concerns.ts';
import type { CoverReason, UnfilledShift } from '../oncall/cover-plan.ts';
import { dayMs, type EpochMs, hourMs, type TimeZone } from '../oncall/time.ts';
import { isolated } from './figures.ts';

/** What every place that tells of coverage shares: the command line, the picture, Slack. Never who is away. */
export interface CoverageWords {
  readonly levels: Readonly<Record<CoverageLevel, string>>;
  readonly modes: Readonly<Record<CoverageMode, string>>;
  readonly allTogether: string;
  readonly nobodyLeft: string;
  notEnough(schedules: string, people: string): string;
  nobodyLeftFor(schedules: string): string;
  restsOnOne(schedules: string, person: string): string;
  restsOnSome(schedules: string, people: string): string;
  /** Several schedules that share their people. */
  shareTheSame(schedules: string, count: number, people: string): string;
  inTurn(people: string): string;
  /** Of what comes and goes. */
  atTimes(what: string): string;
  more(count: number): string;
  readonly now: string;
  inHours(hours: number): string;
  inDays(days: number): string;
  openEnd(from: string): string;
  readonly reasons: Readonly<Record<CoverReason, string>>;
  readonly unfilled: Readonly<Record<UnfilledShift['because'], string>>;
  cannotBeFair(people: string): string;
}

const english: CoverageWords = {
  levels: { uncovered: 'uncovered', last_person: 'last person', thin: 'thin', ok: 'ok' },
  modes: {
    confirmed: 'certain absences only',
    tentative: 'with tentative absences',
    stress: 'under stress: the people whose loss hurts most are gone',
  },
  allTogether: 'All together',
  nobodyLeft: 'nobody',
  notEnough: (schedules, people) => `${schedules}: too few people are left (${people})`,
  nobodyLeftFor: (schedules) => `${schedules}: nobody is left`,
  restsOnOne: (schedules, person) => `${schedules}: rests on ${person} alone`,
  restsOnSome: (schedules, people) => `${schedules}: rests on ${people}`,
  shareTheSame: (schedules, count, people) => `${schedules}: rest on the same ${count} people (${people})`,
  inTurn: (people) => `${people}, in turn`,
  atTimes: (what) => `${what}, at times`,
  more: (count) => `${count} more`,
  now: 'now',
  inHours: (hours) => (hours === 1 ? 'in an hour' : `in ${hours} hours`),
  inDays: (days) => (days === 1 ? 'in a day' : `in ${days} days`),
  openEnd: (from) => `from ${from} on`,
  reasons: {
    from_team: 'of the team, not of the schedule',
    lightest_load: 'lightest load',
    rested: 'rested',
    only_one: 'the only one who can',
    little_rest: 'less than 12 hours of rest',
    over_a_third: 'more than one week in three',
  },
  unfilled: {
    nobody_left: 'nobody of the schedule can be asked all that time',
    all_on_duty: 'everybody who can be asked is on duty elsewhere',
  },
  cannotBeFair: (people) =>
    `Coverage cannot be fair: ${people} would carry more than a quarter above their part. Hire, merge rotations or lower the level of service.`,
};

const hebrew: CoverageWords = {
  levels: { uncovered: 'ללא כיסוי', last_person: 'אדם אחרון', thin: 'כיסוי דליל', ok: 'תקין' },
  modes: {
    confirmed: 'רק היעדרויות ודאיות',
    tentative: 'כולל היעדרויות לא ודאיות',
    stress: 'תרחיש קיצון: בלי האנשים שחסרונם פוגע יותר מכול',
  },
  allTogether: 'כל הלוחות יחד',
  nobodyLeft: 'אין אף אחד',
  notEnough: (schedules, people) => `${schedules}: נשארו פחות מדי אנשים (${people})`,
  nobodyLeftFor: (schedules) => `${schedules}: לא נשאר אף אחד`,
  restsOnOne: (schedules, person) => `${schedules}: הכול תלוי באדם אחד, ${person}`,
  restsOnSome: (schedules, people) => `${schedules}: הכול תלוי באנשים האלה: ${people}`,
  shareTheSame: (schedules, count, people) =>
    `${schedules}: נשענים על ${count === 1 ? 'אותו אדם' : count === 2 ? 'אותם שני אנשים' : `אותם ${count} אנשים`} (${people})`,
  inTurn: (people) => `${people}, לסירוגין`,
  atTimes: (what) => `${what}, בחלק מהזמן`,
  more: (count) => (count === 1 ? 'עוד אחד' : `עוד ${count}`),
  now: 'עכשיו',
  inHours: (hours) => (hours === 1 ? 'בעוד שעה' : hours === 2 ? 'בעוד שעתיים' : `בעוד ${hours} שעות`),
  inDays: (days) => (days === 1 ? 'בעוד יום' : days === 2 ? 'בעוד יומיים' : `בעוד ${days} ימים`),
  openEnd: (from) => `מ־${from} והלאה`,
  reasons: {
    from_team: 'מהצוות, לא מהלוח',
    lightest_load: 'העומס הקל ביותר',
    rested: 'אחרי מנוחה',
    only_one: 'אין אפשרות אחרת',
    little_rest: 'פחות מ־12 שעות מנוחה',
    over_a_third: 'יותר משבוע אחד מתוך שלושה',
  },
  unfilled: {
    nobody_left: 'אין בלוח מי שאפשר לפנות אליו לאורך כל הזמן הזה',
    all_on_duty: 'כל מי שאפשר לפנות אליו נמצא אז בתורנות אחרת',
  },
  cannotBeFair: (people) =>
    `אין דרך לחלק בהגינות: העומס על ${people} יעלה ביותר מרבע מעל חלקם. אפשר לגייס, לאחד סבבים או להוריד את רמת השירות.`,
};

export const coverageWords: Record<Language, CoverageWords> = { en: english, he: hebrew };

/** What a concern is about, in one sentence: which schedules, and on whom they rest. Names as the reader knows them. */
export function concernText(concern: CoverageConcern, nameOf: (person: string) => string, language: Language): string {
  const what = whatText(concern, nameOf, language);
  return concern.isContinuous ? what : coverageWords[language].atTimes(what);
}

function whatText(
  { level, schedules, people, isSteady }: CoverageConcern,
  nameOf: (person: string) => string,
  language: Language,
): string {
  const words = coverageWords[language];
  const which = listText(schedules, language);
  if (people.length === 0) return words.nobodyLeftFor(which);
  const names = listText(people.map(nameOf), language);
  const who = isSteady ? names : words.inTurn(names);
  if (level === 'uncovered') return words.notEnough(which, who);
  if (schedules.length > 1 && isSteady) return words.shareTheSame(which, people.length, who);
  return people.length === 1 ? words.restsOnOne(which, who) : words.restsOnSome(which, who);
}

/** The same of a single moment: what explains the level that it has. Undefined where nothing is needed. */
export function witnessText(
  { from, to, level, surplus, witness }: CoverageSegment,
  nameOf: (person: string) => string,
  language: Language,
): string | undefined {
  if (surplus === null || level === 'ok') return undefined;
  const always = { isSteady: true, isContinuous: true, isOpen: false } as const;
  return concernText({ from, to, level, ...witness, ...always }, nameOf, language);
}

/** `a, b and c`; of more than five the first four and how many more there are. */
export function listText(names: readonly string[], language: Language): string {
  const shown = names.map((name) => isolated(name, language));
  const short = shown.length <= 5 ? shown : [...shown.slice(0, 4), coverageWords[language].more(shown.length - 4)];
  return new Intl.ListFormat(language === 'he' ? 'he-IL' : 'en-GB', { type: 'conjunction' }).format(short);
}

/** How long until something begins: `in 12 days`, `in 5 hours`, `now`. Never rounded up. */
export function leadText(leadMs: number, language: Language): string {
  const words = coverageWords[language];
  if (leadMs >= dayMs) return words.inDays(Math.floor(leadMs / dayMs));
  return leadMs >= hourMs ? words.inHours(Math.floor(leadMs / hourMs)) : words.now;
}

/** `6 Dec`, on the wall clock of `zone`. */
export function dayText(atMs: EpochMs, zone: TimeZone, language: Language): string {
  const locale = language === 'he' ? 'he-IL' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short' }).format(atMs);
}

/** `6 – 20 Dec`, as one date when it lasts for a day or less; see `isOpen` of a concern. */
export function daysText({ from, to, isOpen }: CoverageConcern, zone: TimeZone, language: Language): string {
  if (isOpen) return coverageWords[language].openEnd(dayText(from, zone, language));
  const locale = language === 'he' ? 'he-IL' : 'en-GB';
  const format = new Intl.DateTimeFormat(locale, { timeZone: zone, day: 'numeric', month: 'short' });
  // In one direction whatever the text around it: the earlier day is the first that is read.
  return isolated(format.formatRange(from, to - 1), language);
}

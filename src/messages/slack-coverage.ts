import type { Language } from '../oncall/catalog.ts';
import type { CoverageLevel, CoverageMode } from '../oncall/coverage.ts';

/** Coverage: how many can drop out before a duty has nobody. It names who is left, and never who is away. */
export interface SlackCoverageWords {
  title(days: number): string;
  readonly modes: Readonly<Record<CoverageMode, string>>;
  target(k: number): string;
  readonly weeks: string;
  readonly levels: Readonly<Record<CoverageLevel, string>>;
  readonly allWell: string;
  /** One schedule that is short by itself. */
  alone(schedule: string, level: Exclude<CoverageLevel, 'ok'>): string;
  /** Several that share too few people. */
  together(schedules: string, level: Exclude<CoverageLevel, 'ok'>): string;
  /** Without `from`: it has begun. */
  span(from: string | undefined, to: string | undefined): string;
  left(people: string): string;
  leftCount(count: number): string;
  readonly nobodyLeft: string;
  readonly notCertain: string;
  more(count: number): string;
  readonly notYours: string;
  readonly noSchedules: string;
  readonly unclear: string;
  readonly homeTitle: string;
  readonly show: string;
  readonly picture: string;
  readonly pictureComes: string;
  readonly warning: SlackCoverageWarningWords;
  readonly digestTitle: string;
  readonly digestMore: (count: number) => string;
}

export interface SlackCoverageWarningWords {
  readonly title: string;
  inDays(days: number): string;
  readonly begun: string;
  readonly because: Readonly<Record<'new' | 'changed' | 'sooner', string>>;
  cleared(schedules: string): string;
  readonly whatToDo: string;
}

const english: SlackCoverageWords = {
  title: (days) => (days === 1 ? 'Coverage, the next day' : `Coverage, the next ${days} days`),
  modes: {
    confirmed: 'Only what is certain counts as an absence.',
    tentative: 'What is not certain yet counts as an absence too.',
    stress: 'As if those were gone, beyond that, whose loss hurts most.',
  },
  target: (k) => (k === 1 ? 'Green: any one person may drop out.' : `Green: any ${k} people may drop out at once.`),
  weeks: 'Each square is a week, from this one on, by its worst moment.',
  levels: { uncovered: 'nobody is left', last_person: 'rests on the last person', thin: 'thin', ok: 'well covered' },
  allWell: 'Nothing is thin.',
  alone: (schedule, level) =>
    ({
      uncovered: `${schedule}: too few are left`,
      last_person: `${schedule}: rests on the last person`,
      thin: `${schedule}: thin`,
    })[level],
  together: (schedules, level) =>
    ({
      uncovered: `${schedules} together: too few for all of them`,
      last_person: `${schedules} together: one more who drops out leaves a duty without anybody`,
      thin: `${schedules} together: thin, since they share their people`,
    })[level],
  span: (from = 'now', to) => (to === undefined ? `from ${from} on` : `${from} until ${to}`),
  left: (people) => `Left for it: ${people}`,
  leftCount: (count) => (count === 1 ? '1 person is left for it' : `${count} people are left for it`),
  nobodyLeft: 'Nobody is left for it',
  notCertain: 'only if what is not certain yet comes true',
  more: (count) => `and ${count} more`,
  notYours: 'Coverage is shown to those who take turns in a schedule, to leads and to admins.',
  noSchedules: 'The catalog has no schedules yet.',
  unclear:
    'That was not understood. For example: `/incident coverage`, `/incident coverage 30 days k=3`, `/incident coverage payments`, `/incident coverage without @dana @omer`.',
  homeTitle: 'Coverage of my schedules',
  show: 'Show all of it',
  picture: 'As a picture',
  pictureComes: 'The picture comes in your messages with Toran, for you alone.',
  warning: {
    title: 'Coverage needs a decision',
    inDays: (days) => (days === 1 ? 'within a day' : `within ${days} days`),
    begun: 'it has begun',
    because: { new: 'new', changed: 'changed', sooner: 'reminder' },
    cleared: (schedules) => `Covered again: ${schedules}`,
    whatToDo: 'Ask somebody to cover, put more people on the schedule, or merge it with another: `/incident coverage`.',
  },
  digestTitle: 'Coverage ahead',
  digestMore: (count) => `and ${count} more: /incident coverage`,
};

const hebrew: SlackCoverageWords = {
  title: (days) => (days === 1 ? 'כיסוי, היממה הקרובה' : `כיסוי, ${days} הימים הקרובים`),
  modes: {
    confirmed: 'רק מה שסופי נחשב להיעדרות.',
    tentative: 'גם מה שעוד לא סופי נחשב להיעדרות.',
    stress: 'כאילו חסרים, מעבר לזה, מי שחסרונם כואב במיוחד.',
  },
  target: (k) => (k === 1 ? 'ירוק: אדם אחד כלשהו יכול להיעדר.' : `ירוק: ${k} אנשים כלשהם יכולים להיעדר בבת אחת.`),
  weeks: 'כל ריבוע הוא שבוע, החל מהשבוע הזה, לפי הרגע הגרוע בו.',
  levels: { uncovered: 'ללא כיסוי', last_person: 'נשען על האדם האחרון', thin: 'דליל', ok: 'מכוסה היטב' },
  allWell: 'אין כיסוי דליל.',
  alone: (schedule, level) =>
    ({
      uncovered: `${schedule}: נותרו מעט מדי`,
      last_person: `${schedule}: נשען על האדם האחרון`,
      thin: `${schedule}: כיסוי דליל`,
    })[level],
  together: (schedules, level) =>
    ({
      uncovered: `${schedules} יחד: מעט מדי בשביל כולם`,
      last_person: `${schedules} יחד: עוד היעדרות אחת תשאיר תורנות בלי איש`,
      thin: `${schedules} יחד: כיסוי דליל, כי האנשים משותפים`,
    })[level],
  span: (from, to) => {
    if (from === undefined) return to === undefined ? 'מעכשיו והלאה' : `מעכשיו ועד ${to}`;
    return to === undefined ? `החל מ־${from}` : `מ־${from} ועד ${to}`;
  },
  left: (people) => `נותרו: ${people}`,
  leftCount: (count) => (count === 1 ? 'נותר אדם אחד' : count === 2 ? 'נותרו שני אנשים' : `נותרו ${count} אנשים`),
  nobodyLeft: 'לא נותר איש',
  notCertain: 'רק אם מה שעוד לא סופי יתקיים',
  more: (count) => `ועוד ${count}`,
  notYours: 'הכיסוי מוצג למי שמשתתפים בלוח התורנויות, למובילים ולמנהלים.',
  noSchedules: 'בקטלוג עדיין אין לוחות תורנויות.',
  unclear:
    'זה לא הובן. למשל: `/incident כיסוי`, `/incident כיסוי 30 ימים k=3`, `/incident כיסוי payments`, `/incident כיסוי בלי @dana @omer`.',
  homeTitle: 'הכיסוי בלוחות שלי',
  show: 'הצגת הכול',
  picture: 'כתמונה',
  pictureComes: 'התמונה תגיע בהודעות שלך עם Toran, לך בלבד.',
  warning: {
    title: 'הכיסוי דורש החלטה',
    inDays: (days) => (days === 1 ? 'תוך יום' : days === 2 ? 'תוך יומיים' : `תוך ${days} ימים`),
    begun: 'כבר התחיל',
    because: { new: 'חדש', changed: 'השתנה', sooner: 'תזכורת' },
    cleared: (schedules) => `שוב מכוסה: ${schedules}`,
    whatToDo: 'אפשר לבקש החלפה, להוסיף אנשים ללוח, או לאחד אותו עם אחר: `/incident כיסוי`.',
  },
  digestTitle: 'הכיסוי בהמשך',
  digestMore: (count) => `ועוד ${count}: /incident כיסוי`,
};

export const slackCoverageWords: Record<Language, SlackCoverageWords> = { en: english, he: hebrew };

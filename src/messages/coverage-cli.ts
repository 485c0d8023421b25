import type { ServiceDrill } from '../oncall/call-up-drill.ts';
import type { Language } from '../oncall/catalog.ts';

/** What `toran coverage` prints for people to read; with `--json` none of it appears. */
export interface CoverageCliWords {
  title(from: string, to: string, zone: string): string;
  question(k: number, mode: string): string;
  /** Time spent on each level, all schedules together. */
  share(level: string, time: string): string;
  readonly from: string;
  readonly until: string;
  readonly level: string;
  readonly begins: string;
  readonly what: string;
  readonly allWell: string;
  readonly open: string;
  readonly askedLastMatters: string;
  readonly plan: string;
  cover(schedule: string, span: string, person: string, why: string): string;
  unfilled(schedule: string, span: string, because: string): string;
  readonly byConsent: string;
  moreCovers(count: number): string;
  readonly nextSteps: string;
  readonly steps: {
    uncovered(schedules: string, lead: string): string;
    lastPerson(schedules: string, lead: string): string;
    thin(schedules: string): string;
  };
  readonly computing: string;
  readonly planning: string;
  readonly drawing: string;
  readonly drill: DrillWords;
}

export interface DrillWords {
  title(people: string, at: string): string;
  readonly service: string;
  readonly before: string;
  readonly after: string;
  readonly outcomes: Readonly<Record<ServiceDrill['outcome'], string>>;
  step(number: number, people: string): string;
  lastResort(people: string): string;
  readonly nobody: string;
  readonly hollow: string;
  readonly noneHollow: string;
  readonly noServices: string;
  together(before: string, after: string): string;
}

const english: CoverageCliWords = {
  title: (from, to, zone) => `Coverage from ${from} to ${to}, times of ${zone}`,
  question: (k, mode) => `ok means: any ${k} may be called up at once and every schedule still has its people; ${mode}`,
  share: (level, time) => `${level} ${time}`,
  from: 'From',
  until: 'Until',
  level: 'Level',
  begins: 'Begins',
  what: 'What',
  allWell: 'Nothing is uncovered, thin or resting on one person.',
  open: 'goes on',
  askedLastMatters:
    'Some of this holds only because people who are to be asked last still answer: without them it would be worse.',
  plan: 'Covers to ask for',
  cover: (schedule, span, person, why) => `${schedule}, ${span}: ${person} (${why})`,
  unfilled: (schedule, span, because) => `${schedule}, ${span}: no cover; ${because}`,
  byConsent: 'Nothing is written: each of them has to agree.',
  moreCovers: (count) => `… and ${count} more`,
  nextSteps: 'Next steps',
  steps: {
    uncovered: (schedules, lead) =>
      `${schedules} (${lead}): a place stays empty. Ask for the covers above, lend somebody from another team with an override, or say which pages may wait.`,
    lastPerson: (schedules, lead) =>
      `${schedules} (${lead}): agree on a second person before it begins, and keep them rested.`,
    thin: (schedules) => `${schedules}: train or add one more person; nothing is urgent.`,
  },
  computing: 'toran coverage: computing',
  planning: 'toran coverage: planning covers',
  drawing: 'toran coverage: drawing the picture',
  drill: {
    title: (people, at) => `Drill: ${people} cannot be reached from ${at}. Nothing is changed, nobody is told.`,
    service: 'Service',
    before: 'Pages now',
    after: 'Would page',
    outcomes: { same: '', changed: 'others are paged', last_resort: 'LAST RESORT ONLY' },
    step: (number, people) => `${number}. ${people}`,
    lastResort: (people) => `last resort: ${people}`,
    nobody: 'nobody',
    hollow: 'Left hollow',
    noneHollow: 'No schedule is left hollow.',
    noServices: 'The catalog has no services.',
    together: (before, after) => `All schedules together: ${before}, then ${after}`,
  },
};

const hebrew: CoverageCliWords = {
  title: (from, to, zone) => `כיסוי מ־${from} עד ${to}, לפי שעון ${zone}`,
  question: (k, mode) =>
    `תקין פירושו: גם אם ${k === 1 ? 'אדם אחד כלשהו ייקרא' : `${k} אנשים כלשהם ייקראו בבת אחת`}, לכל לוח יישארו אנשיו; ${mode}`,
  share: (level, time) => `${level}: ${time}`,
  from: 'מ־',
  until: 'עד',
  level: 'רמה',
  begins: 'מתחיל',
  what: 'מה',
  allWell: 'אין זמן ללא כיסוי, עם כיסוי דליל או שתלוי באדם אחד.',
  open: 'נמשך',
  askedLastMatters: 'חלק מזה מחזיק רק משום שמי שפונים אליהם אחרונים עדיין עונים: בלעדיהם המצב היה גרוע יותר.',
  plan: 'החלפות שכדאי לבקש',
  cover: (schedule, span, person, why) => `${schedule}, ${span}: ${person} (${why})`,
  unfilled: (schedule, span, because) => `${schedule}, ${span}: אין החלפה; ${because}`,
  byConsent: 'שום דבר לא נרשם: כל החלפה מחייבת הסכמה.',
  moreCovers: (count) => (count === 1 ? '… ועוד אחת' : `… ועוד ${count}`),
  nextSteps: 'מה עכשיו',
  steps: {
    uncovered: (schedules, lead) =>
      `${schedules} (${lead}): מקום בתורנות נשאר ריק. אפשר לבקש את ההחלפות שלמעלה, לצרף אדם מצוות אחר בהחלפה חד-פעמית, או לקבוע אילו הזעקות יכולות לחכות.`,
    lastPerson: (schedules, lead) => `${schedules} (${lead}): כדאי לסכם על אדם שני לפני שזה מתחיל, ולדאוג למנוחה.`,
    thin: (schedules) => `${schedules}: כדאי להכשיר או לצרף עוד אדם; אין דחיפות.`,
  },
  computing: 'toran coverage: מחשב',
  planning: 'toran coverage: מתכנן החלפות',
  drawing: 'toran coverage: מצייר',
  drill: {
    title: (people, at) => `תרגול: אין גישה אל ${people} מ־${at}. שום דבר לא משתנה ואיש לא מקבל הודעה.`,
    service: 'שירות',
    before: 'ההזעקה עכשיו',
    after: 'ההזעקה בתרגול',
    outcomes: { same: '', changed: 'ההזעקה עוברת לאחרים', last_resort: 'רק המוצא האחרון' },
    step: (number, people) => `${number}. ${people}`,
    lastResort: (people) => `מוצא אחרון: ${people}`,
    nobody: 'אין אף אחד',
    hollow: 'לוחות שהתרוקנו',
    noneHollow: 'אף לוח לא התרוקן.',
    noServices: 'אין שירותים בקטלוג.',
    together: (before, after) => `כל הלוחות יחד: ${before}, ואחר כך ${after}`,
  },
};

export const coverageCliWords: Record<Language, CoverageCliWords> = { en: english, he: hebrew };

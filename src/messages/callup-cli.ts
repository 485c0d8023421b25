import type { CoverReason, UnfilledShift } from '../oncall/cover-plan.ts';
import type { CoverageLevel } from '../oncall/coverage.ts';
import type { Language } from '../oncall/catalog.ts';

type Verdict = 'done' | 'already' | 'refused';

/** What `toran callup` prints for people to read; with `--json` none of it appears. */
export interface CallUpCliWords {
  readonly marking: Readonly<Record<Verdict, string>>;
  readonly undoing: Readonly<Record<Verdict, string>>;
  readonly applying: Readonly<Record<Verdict, string>>;
  readonly wouldMark: string;
  readonly peopleTitle: string;
  readonly hollowTitle: string;
  readonly nothingHollow: string;
  readonly planTitle: string;
  readonly nothingToPlan: string;
  readonly noCover: string;
  readonly unfilledTitle: string;
  readonly levels: Readonly<Record<CoverageLevel, string>>;
  depth(depth: number): string;
  span(from: string, to: string): string;
  instead(person: string, insteadOf: string): string;
  readonly reasons: Readonly<Record<CoverReason, string>>;
  readonly because: Readonly<Record<UnfilledShift['because'], string>>;
  overloaded(person: string, percent: number): string;
  applyWith(batch: string): string;
  undoWith(batch: string): string;
  unknownBatch(batch: string): string;
  readonly notUndone: string;
}

export const callUpCliWords: Record<Language, CallUpCliWords> = {
  en: {
    marking: { done: 'not asked any more', already: 'marked before', refused: 'could not be marked' },
    undoing: { done: 'asked again', already: 'nothing to take back', refused: 'cannot be taken back any more' },
    applying: { done: 'in force', already: 'in force before', refused: 'could not be put into force' },
    wouldMark: 'would not be asked any more',
    peopleTitle: 'People',
    hollowTitle: 'Schedules with less to spare, the next four weeks',
    nothingHollow: 'No schedule becomes thin.',
    planTitle: 'Who could take what',
    nothingToPlan: 'No shift is left without its holder.',
    noCover: 'Nobody is left who could take any of it.',
    unfilledTitle: 'Shifts that nobody can take',
    levels: { uncovered: 'uncovered', last_person: 'last person', thin: 'thin', ok: 'ok' },
    depth: (depth) => (depth < 0 ? `${-depth} too few` : `${depth} to spare`),
    span: (from, to) => `${from} until ${to}`,
    instead: (person, insteadOf) => `${person} instead of ${insteadOf}`,
    reasons: {
      from_team: 'of the team, not of the schedule',
      lightest_load: 'lightest load',
      rested: 'rested',
      only_one: 'the only one who can',
      little_rest: 'little rest',
      over_a_third: 'more than one week in three',
    },
    because: { nobody_left: 'nobody is left', all_on_duty: 'everybody who can is on duty elsewhere' },
    overloaded: (person, percent) =>
      `${person} would carry ${percent} % of an even share: no plan makes that fair. Merge schedules, or page for less.`,
    applyWith: (batch) => `Put this plan into force: toran callup --apply ${batch}`,
    undoWith: (batch) => `Take everything back: toran callup --undo ${batch}`,
    unknownBatch: (batch) => `nothing was done under the name ${batch}`,
    notUndone: 'Somebody could not be taken back, so all shifts stay with those who have them.',
  },
  he: {
    marking: { done: 'ללא זמינות מעכשיו', already: 'סומן קודם', refused: 'הסימון לא התאפשר' },
    undoing: { done: 'יש זמינות שוב', already: 'אין מה לבטל', refused: 'כבר אי אפשר לבטל' },
    applying: { done: 'בתוקף', already: 'היה בתוקף קודם', refused: 'לא נכנס לתוקף' },
    wouldMark: 'הסימון יהיה: ללא זמינות',
    peopleTitle: 'אנשים',
    hollowTitle: 'לוחות תורנות שנחלשים, ארבעת השבועות הקרובים',
    nothingHollow: 'אף לוח תורנות לא נחלש.',
    planTitle: 'מי יכול לקחת מה',
    nothingToPlan: 'אין משמרת שנשארת בלי תורן.',
    noCover: 'לא נשאר מי שיכול לקחת משהו מזה.',
    unfilledTitle: 'משמרות שאין מי שייקח',
    levels: { uncovered: 'ללא כיסוי', last_person: 'אדם אחרון', thin: 'כיסוי דליל', ok: 'תקין' },
    depth: (depth) => (depth < 0 ? `חסרים: ${-depth}` : `עודף: ${depth}`),
    span: (from, to) => `מ־${from} עד ${to}`,
    instead: (person, insteadOf) => `${person} במקום ${insteadOf}`,
    reasons: {
      from_team: 'מהצוות, לא מהלוח',
      lightest_load: 'העומס הקל ביותר',
      rested: 'אחרי מנוחה',
      only_one: 'האפשרות היחידה',
      little_rest: 'מעט מנוחה',
      over_a_third: 'יותר משבוע אחד מתוך שלושה',
    },
    because: { nobody_left: 'לא נשאר מי שייקח', all_on_duty: 'כל מי שיכול נמצא בתורנות אחרת' },
    overloaded: (person, percent) =>
      `${person}: העומס יהיה ${percent}% מחלק שווה. אין חלוקה הוגנת כאן. אפשר לאחד לוחות או להזעיק על פחות.`,
    applyWith: (batch) => `להחלת התוכנית: toran callup --apply ${batch}`,
    undoWith: (batch) => `לביטול הכול: toran callup --undo ${batch}`,
    unknownBatch: (batch) => `לא נעשה דבר בשם ${batch}`,
    notUndone: 'היה סימון שכבר אי אפשר לבטל, ולכן המשמרות נשארות אצל מי שקיבל אותן.',
  },
};

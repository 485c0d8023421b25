import type { CoverReason } from '../oncall/cover-plan.ts';
import type { Language } from '../oncall/catalog.ts';

/** Many people at once: who was marked, what became hollow, who could take what; and the drill of it. */
export interface SlackCallUpWords {
  marked(people: string): string;
  already(people: string): string;
  refused(people: string): string;
  readonly pagesMove: string;
  readonly hollow: string;
  readonly nothingHollow: string;
  hollowSchedule(schedule: string, level: string, from: string): string;
  readonly plan: string;
  readonly nothingToPlan: string;
  cover(schedule: string, person: string, whose: string, span: string): string;
  readonly reasons: Readonly<Record<CoverReason, string>>;
  unfilled(schedule: string, span: string): string;
  overloaded(people: string): string;
  moreCovers(count: number): string;
  readonly apply: string;
  readonly undo: string;
  applied(count: number): string;
  notApplied(count: number): string;
  readonly nothingApplied: string;
  undone(people: string, shifts: number): string;
  notUndone(people: string): string;
  readonly notYours: string;
  readonly fromNowOnly: string;
  readonly nobody: string;
  span(from: string, to: string): string;
  readonly form: Readonly<Record<'title' | 'submit' | 'note' | 'people' | 'until' | 'untilHint', string>>;
  readonly drill: SlackDrillWords;
}

export interface SlackDrillWords {
  title(people: string): string;
  readonly nothingDone: string;
  readonly services: string;
  same(service: string, people: string): string;
  changed(service: string, before: string, after: string): string;
  lastResort(service: string, people: string): string;
  readonly schedules: string;
  hollow(schedule: string): string;
  depth(schedule: string, before: number, after: number): string;
  readonly nobody: string;
}

const english: SlackCallUpWords = {
  marked: (people) => `Unavailable from now on: ${people}`,
  already: (people) => `Was so already: ${people}`,
  refused: (people) => `Not marked, since you share no team with them or they are not in the catalog: ${people}`,
  pagesMove: 'Pages that wait for them move on now. Each of them is told once; nobody is told a reason.',
  hollow: 'What has become thin',
  nothingHollow: 'No schedule has become thin by it.',
  hollowSchedule: (schedule, level, from) => `${schedule}: ${level}, from ${from}`,
  plan: 'Who could take what, as evenly as it goes',
  nothingToPlan: 'They hold no shift in the next four weeks that somebody would have to take.',
  cover: (schedule, person, whose, span) => `${schedule}: ${person} for ${whose}, ${span}`,
  reasons: {
    from_team: 'of the team, not of the schedule',
    lightest_load: 'lightest load',
    rested: 'rested',
    only_one: 'the only one left',
    little_rest: 'less than 12 hours of rest',
    over_a_third: 'more than one week in three',
  },
  unfilled: (schedule, span) => `${schedule}: nobody for ${span}`,
  overloaded: (people) =>
    `More than a quarter above their share: ${people}. Nobody can plan that away; more people or fewer rotations can.`,
  moreCovers: (count) => `and ${count} more`,
  apply: 'Apply the plan',
  undo: 'Undo (15 minutes)',
  applied: (count) =>
    count === 1 ? 'Applied: 1 shift has changed hands.' : `Applied: ${count} shifts have changed hands.`,
  notApplied: (count) =>
    count === 1
      ? '1 could not be changed; look again with `/incident oncall`.'
      : `${count} could not be changed; look again with \`/incident oncall\`.`,
  nothingApplied: 'There is nothing to apply any more: it has been taken, or they are back.',
  undone: (people, shifts) =>
    shifts === 0 ? `Undone: ${people}` : `Undone: ${people}. Shifts are back where they were.`,
  notUndone: (people) =>
    `Not undone: ${people}. After 15 minutes only they themselves, or their delegate, say that they are back; shifts stay with whoever has them.`,
  notYours: 'Only whoever marked them, or an admin, can do that.',
  fromNowOnly:
    'Several people can be marked from now on, with or without an end: `/incident away @dana @omer until sunday`.',
  nobody: 'None of them could be marked.',
  span: (from, to) => `${from} to ${to}`,
  form: {
    title: 'Several are away',
    submit: 'Mark them',
    note: 'From now on they are not paged. No reason is asked, stored or shown. You then see what has become thin, and a plan.',
    people: 'Who?',
    until: 'Until when?',
    untilHint: 'For example: until sunday, for 2 weeks. Empty means until they say that they are back.',
  },
  drill: {
    title: (people) => `If these could not be asked from now on: ${people}`,
    nothingDone: 'Only looked at: nothing has changed, and nobody was told.',
    services: 'Who is paged for a sev1',
    same: (service, people) => `${service}: as before, ${people}`,
    changed: (service, before, after) => `${service}: ${after}, instead of ${before}`,
    lastResort: (service, people) => `${service}: only the last resort, ${people}`,
    schedules: 'How many are left',
    hollow: (schedule) => `${schedule}: nobody is on duty`,
    depth: (schedule, before, after) => `${schedule}: ${after} to spare, ${before} before`,
    nobody: 'nobody',
  },
};

const hebrew: SlackCallUpWords = {
  marked: (people) => `ללא זמינות מעכשיו: ${people}`,
  already: (people) => `כך היה רשום כבר: ${people}`,
  refused: (people) => `לא נרשמו, כי אין לך צוות משותף איתם או שאינם בקטלוג: ${people}`,
  pagesMove: 'הזעקות שממתינות להם עוברות הלאה עכשיו. כל אחד מהם מקבל הודעה אחת; סיבה לא נאמרת לאיש.',
  hollow: 'איפה הכיסוי נעשה דליל',
  nothingHollow: 'אף לוח תורנויות לא נעשה דליל בשל כך.',
  hollowSchedule: (schedule, level, from) => `${schedule}: ${level}, החל מ־${from}`,
  plan: 'מי יכול לקחת מה, בחלוקה שווה ככל האפשר',
  nothingToPlan: 'אין להם משמרות בארבעת השבועות הקרובים שצריך להעביר.',
  cover: (schedule, person, whose, span) => `${schedule}: ${person} במקום ${whose}, ${span}`,
  reasons: {
    from_team: 'מהצוות, לא מהלוח',
    lightest_load: 'העומס הקל ביותר',
    rested: 'אחרי מנוחה',
    only_one: 'אין איש אחר',
    little_rest: 'פחות מ־12 שעות מנוחה',
    over_a_third: 'יותר משבוע אחד מכל שלושה',
  },
  unfilled: (schedule, span) => `${schedule}: אין מי שייקח, ${span}`,
  overloaded: (people) => `יותר מרבע מעל חלקם: ${people}. תכנון לא יפתור את זה; רק עוד אנשים או פחות לוחות.`,
  moreCovers: (count) => `ועוד ${count}`,
  apply: 'החלת התוכנית',
  undo: 'ביטול (15 דקות)',
  applied: (count) => (count === 1 ? 'הוחל: משמרת אחת עברה.' : `הוחל: ${count} משמרות עברו.`),
  notApplied: (count) =>
    count === 1
      ? 'משמרת אחת לא עברה; כדאי לבדוק עם `/incident תורן`.'
      : `${count} משמרות לא עברו; כדאי לבדוק עם \`/incident תורן\`.`,
  nothingApplied: 'אין עוד מה להחיל: המשמרות נלקחו, או שכולם חזרו.',
  undone: (people, shifts) => (shifts === 0 ? `בוטל: ${people}` : `בוטל: ${people}. המשמרות חזרו למקומן.`),
  notUndone: (people) =>
    `לא בוטל: ${people}. אחרי 15 דקות רק הם עצמם, או מי שמונה לכך, אומרים שחזרו; המשמרות נשארות אצל מי שהן אצלו.`,
  notYours: 'רק מי שרשם, או מנהל, יכול לעשות את זה.',
  fromNowOnly: 'כמה אנשים אפשר לרשום מעכשיו, עם מועד סיום או בלעדיו: `/incident נעדר @dana @omer עד יום ראשון`.',
  nobody: 'לא נרשם איש מהם.',
  span: (from, to) => `מ־${from} עד ${to}`,
  form: {
    title: 'כמה אנשים נעדרים',
    submit: 'רישום',
    note: 'מעכשיו אין הזעקות אליהם. סיבה לא נשאלת, לא נשמרת ולא מוצגת. אחר כך מוצג איפה הכיסוי דליל, ותוכנית.',
    people: 'מי?',
    until: 'עד מתי?',
    untilHint: 'למשל: עד יום ראשון, למשך שבועיים. ריק: עד שיחזרו.',
  },
  drill: {
    title: (people) => `אם מעכשיו אי אפשר להשיג את: ${people}`,
    nothingDone: 'רק בדיקה: דבר לא השתנה, ואיש לא קיבל הודעה.',
    services: 'אל מי ההזעקה ב־sev1',
    same: (service, people) => `${service}: כמו קודם, ${people}`,
    changed: (service, before, after) => `${service}: ${after}, במקום ${before}`,
    lastResort: (service, people) => `${service}: רק ההזעקה האחרונה, ${people}`,
    schedules: 'כמה נותרים',
    hollow: (schedule) => `${schedule}: אין איש בתורנות`,
    depth: (schedule, before, after) => `${schedule}: רזרבה ${after}, קודם ${before}`,
    nobody: 'אין איש',
  },
};

export const slackCallUpWords: Record<Language, SlackCallUpWords> = { en: english, he: hebrew };

import type { Language } from '../oncall/catalog.ts';
import type { CoverageMap, MapCell, MapNote } from '../oncall/coverage-map.ts';
import { concernText, coverageWords, daysText } from './coverage.ts';

/** The words in and under the heat map. */
export interface CoverageMapWords {
  title(k: number): string;
  readonly subtitle: string;
  readonly legend: Readonly<Record<MapCell, string>>;
  readonly weekend: string;
  readonly today: string;
  readonly together: string;
  more(schedules: number): string;
  readonly notes: string;
  readonly nothing: string;
  alternative(facts: { days: number; schedules: number; uncovered: number; lastPerson: number; thin: number }): string;
}

const english: CoverageMapWords = {
  title: (k) => `Coverage if any ${k === 1 ? 'one person is' : `${k} people are`} called up at once`,
  subtitle: 'Each day as its worst moment. Dark is bad.',
  legend: { ok: 'ok', thin: 'thin', last_person: 'last person', uncovered: 'uncovered', rest: 'nobody needed' },
  weekend: 'weekend',
  today: 'today',
  together: coverageWords.en.allTogether,
  more: (schedules) =>
    schedules === 1 ? 'and one schedule that is better off' : `and ${schedules} schedules that are better off`,
  notes: 'What it rests on',
  nothing: 'Nothing is thin.',
  alternative: ({ days, schedules, uncovered, lastPerson, thin }) =>
    `Heat map of coverage over ${days} days and ${schedules} schedules. All together: ${uncovered} days uncovered, ${lastPerson} on the last person, ${thin} thin.`,
};

const hebrew: CoverageMapWords = {
  title: (k) =>
    `הכיסוי אם ${k === 1 ? 'אדם אחד כלשהו ייקרא' : k === 2 ? 'שני אנשים כלשהם ייקראו בבת אחת' : `${k} אנשים כלשהם ייקראו בבת אחת`}`,
  subtitle: 'כל יום לפי הרגע הגרוע בו. כהה פירושו רע.',
  legend: { ok: 'תקין', thin: 'כיסוי דליל', last_person: 'אדם אחרון', uncovered: 'ללא כיסוי', rest: 'אין צורך' },
  weekend: 'סוף שבוע',
  today: 'היום',
  together: coverageWords.he.allTogether,
  more: (schedules) => (schedules === 1 ? 'ועוד לוח אחד שמצבו טוב יותר' : `ועוד ${schedules} לוחות שמצבם טוב יותר`),
  notes: 'על מי זה נשען',
  nothing: 'אין כיסוי דליל.',
  alternative: ({ days, schedules, uncovered, lastPerson, thin }) =>
    `מפת חום של הכיסוי לאורך ${days} ימים ו־${schedules} לוחות. כל הלוחות יחד: ${uncovered} ימים ללא כיסוי, ${lastPerson} ימים שתלויים באדם אחרון, ${thin} ימים עם כיסוי דליל.`,
};

export const coverageMapWords: Record<Language, CoverageMapWords> = { en: english, he: hebrew };

/** `6 – 20 Dec` and what it rests on, for the line beside a note's number. */
export function noteTexts(
  map: CoverageMap,
  { concern }: MapNote,
  nameOf: (person: string) => string,
  language: Language,
): { readonly days: string; readonly what: string } {
  return { days: daysText(concern, map.zone, language), what: concernText(concern, nameOf, language) };
}

/** What the picture shows, for those who don't see it. */
export function coverageMapAlternative({ days, rows, left, together }: CoverageMap, language: Language): string {
  const count = (level: MapCell) => together.filter((cell) => cell === level).length;
  return coverageMapWords[language].alternative({
    days: days.length,
    schedules: rows.length + left,
    uncovered: count('uncovered'),
    lastPerson: count('last_person'),
    thin: count('thin'),
  });
}

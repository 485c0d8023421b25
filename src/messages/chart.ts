import type { ChartData, ChartSeverity } from '../figures/chart-data.ts';
import type { Language } from '../oncall/catalog.ts';
import { minuteMs } from '../oncall/time.ts';
import { durationText } from './figures.ts';

/** The words in and under the digest's picture. */
export interface ChartWords {
  readonly incidents: string;
  readonly recover: string;
  /** Names the dashed line. */
  readonly target: string;
  readonly nothingRecovered: string;
  readonly severities: Readonly<Record<ChartSeverity, string>>;
  /** `2026-11-22` as a short date. */
  week(label: string): string;
  /** Minutes as short as possible: they stand beside an axis. */
  duration(minutes: number): string;
  alternative(facts: { weeks: number; total: number; lastWeek: number; median: string | undefined }): string;
}

const english: ChartWords = {
  incidents: 'Incidents per week',
  recover: 'Median time to recover',
  target: '30 min',
  nothingRecovered: 'nothing recovered in these weeks',
  severities: { sev1: 'SEV1', sev2: 'SEV2', sev3: 'SEV3', sev4: 'SEV4', unknown: 'no severity' },
  week: (label) => {
    const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
    return `${Number(label.slice(8, 10))} ${months[Number(label.slice(5, 7)) - 1] ?? ''}`;
  },
  duration: (minutes) => {
    if (minutes >= 48 * 60) return `${round(minutes / 1_440)} d`;
    if (minutes >= 60) return `${round(minutes / 60)} h`;
    return minutes < 1 ? `${Math.round(minutes * 60)} s` : `${Math.round(minutes)} min`;
  },
  alternative: ({ weeks, total, lastWeek, median }) =>
    `Bar chart of incidents per week over ${weeks} weeks: ${total} in all, ${lastWeek} in the last week. ` +
    (median === undefined
      ? 'Nothing recovered in the last week.'
      : `Median time to recover in the last week: ${median}; the line marks 30 min.`),
};

const hebrew: ChartWords = {
  incidents: 'תקלות בשבוע',
  recover: 'זמן חציוני עד התאוששות',
  target: '30 דק׳',
  nothingRecovered: 'לא הסתיימה תקלה בשבועות האלה',
  severities: { sev1: 'קריטית', sev2: 'גבוהה', sev3: 'בינונית', sev4: 'נמוכה', unknown: 'ללא חומרה' },
  week: (label) => `${Number(label.slice(8, 10))}.${Number(label.slice(5, 7))}`,
  duration: (minutes) => {
    if (minutes >= 48 * 60) return `${round(minutes / 1_440)} ימים`;
    if (minutes >= 60) return round(minutes / 60) === '1' ? 'שעה' : `${round(minutes / 60)} שע׳`;
    return minutes < 1 ? `${Math.round(minutes * 60)} שנ׳` : `${Math.round(minutes)} דק׳`;
  },
  alternative: ({ weeks, total, lastWeek, median }) =>
    `תרשים עמודות של תקלות בשבוע לאורך ${weeks} שבועות: ${total} בסך הכול, ${lastWeek} בשבוע האחרון. ` +
    (median === undefined
      ? 'בשבוע האחרון לא הסתיימה תקלה.'
      : `זמן חציוני עד התאוששות בשבוע האחרון: ${median}; הקו מסמן 30 דק׳.`),
};

export const chartWords: Record<Language, ChartWords> = { en: english, he: hebrew };

/** What the picture shows, for those who don't see it. */
export function digestChartAlternative(data: ChartData, language: Language): string {
  const last = data.weeks.at(-1);
  const median = last?.medianRecoverMin;
  return chartWords[language].alternative({
    weeks: data.weeks.length,
    total: data.weeks.reduce((sum, week) => sum + week.total, 0),
    lastWeek: last?.total ?? 0,
    median: median === null || median === undefined ? undefined : durationText(median * minuteMs, language),
  });
}

function round(value: number): string {
  return String(value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
}

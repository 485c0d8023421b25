import type { MetricsReport } from '../figures/metrics.ts';
import type { Language } from '../oncall/catalog.ts';
import { minuteMs } from '../oncall/time.ts';
import { durationText, excludedTexts, figureWords, lineIn, medianText, rateText, shareText } from './figures.ts';

/** What only the readable form of `toran metrics` says. */
export interface MetricsCliWords {
  incidents(count: number): string;
  readonly countedBeside: string;
}

export const metricsCliWords: Record<Language, MetricsCliWords> = {
  en: { incidents: (count) => (count === 1 ? '1 incident' : `${count} incidents`), countedBeside: 'Counted beside' },
  he: {
    incidents: (count) => (count === 1 ? 'תקלה אחת' : count === 2 ? 'שתי תקלות' : `${count} תקלות`),
    countedBeside: 'נספרו בנפרד',
  },
};

/** The figures for people to read: the median carries the statement, the mean stands beside it. */
export function metricsText(report: MetricsReport, language: Language): string[] {
  const words = figureWords[language];
  const own = metricsCliWords[language];
  const lines = [
    own.incidents(report.n),
    ...rateLine(report, language),
    `${words.durations.detect}: ${durationLine(report.time_to_detect, language)}`,
    `${words.durations.acknowledge}: ${durationLine(report.time_to_acknowledge, language)}`,
    `${words.durations.mitigate}: ${durationLine(report.time_to_mitigate, language)}`,
    `${words.durations.recover}: ${durationLine(report.time_to_recover, language)}`,
    `${words.withinHalfAnHour}: ${shareText(report.share_within_30_min, language)}`,
  ];
  const excluded = excludedTexts(report.excluded, language);
  if (excluded.length > 0) lines.push(`${own.countedBeside}: ${excluded.join(', ')}`);
  return lines.map((line) => lineIn(language, line));
}

function rateLine({ per_week: { rate, ci95 } }: MetricsReport, language: Language): string[] {
  if (rate === null || ci95 === null) return [];
  const words = figureWords[language];
  return [
    `${words.perWeek}: ${rateText(rate)} (${words.interval95(words.range(rateText(ci95[0]), rateText(ci95[1])))})`,
  ];
}

function durationLine(figures: MetricsReport['time_to_detect'], language: Language): string {
  const words = figureWords[language];
  const parts = [medianText(figures, language)];
  if (figures.mean_min !== null) parts.push(words.mean(durationText(figures.mean_min * minuteMs, language)));
  if (figures.p90_min !== null) parts.push(words.percentile90(durationText(figures.p90_min * minuteMs, language)));
  return parts.join('; ');
}

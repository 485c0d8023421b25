import type { DurationName } from '../figures/durations.ts';
import type { DurationFigures, MetricsReport } from '../figures/metrics.ts';
import type { Language, Severity } from '../oncall/catalog.ts';
import { hourMs, minuteMs, secondMs } from '../oncall/time.ts';

/** Words that every printed form of the figures shares: the digest, `toran metrics`, the report. */
export interface FigureWords {
  readonly durations: Readonly<Record<DurationName, string>>;
  readonly severities: Readonly<Record<Severity | 'unknown', string>>;
  readonly withinHalfAnHour: string;
  readonly perWeek: string;
  readonly notKnown: string;
  readonly tooFewForInterval: string;
  readonly units: {
    days(count: number): string;
    hours(count: number): string;
    minutes(text: string): string;
    seconds(count: number): string;
  };
  and(first: string, second: string): string;
  range(low: string, high: string): string;
  percent(share: number): string;
  median(value: string): string;
  mean(value: string): string;
  percentile90(value: string): string;
  interval95(range: string): string;
  count(n: number): string;
  outOf(hits: number, n: number): string;
  rate(perWeek: string): string;
  readonly excluded: Readonly<Record<keyof MetricsReport['excluded'], (count: number) => string>>;
}

const english: FigureWords = {
  durations: {
    detect: 'Time to detect',
    acknowledge: 'Time to acknowledge',
    mitigate: 'Time to mitigate',
    recover: 'Time to recover',
  },
  severities: { sev1: 'SEV1', sev2: 'SEV2', sev3: 'SEV3', sev4: 'SEV4', unknown: 'no severity' },
  withinHalfAnHour: 'Mitigated within 30 minutes',
  perWeek: 'Incidents per week',
  notKnown: 'not known for any incident',
  tooFewForInterval: 'too few for an interval',
  units: {
    days: (count) => `${count} d`,
    hours: (count) => `${count} h`,
    minutes: (text) => `${text} min`,
    seconds: (count) => `${count} s`,
  },
  and: (first, second) => `${first} ${second}`,
  range: (low, high) => `${low} to ${high}`,
  percent: (share) => `${Math.round(share * 100)} %`,
  median: (value) => `median ${value}`,
  mean: (value) => `mean ${value}`,
  percentile90: (value) => `90th percentile ${value}`,
  interval95: (range) => `95 % interval ${range}`,
  count: (n) => `n = ${n}`,
  outOf: (hits, n) => `${hits} of ${n}`,
  rate: (perWeek) => `${perWeek} a week`,
  excluded: {
    drill: (count) => (count === 1 ? '1 drill' : `${count} drills`),
    cancelled: (count) => `${count} cancelled`,
    merged: (count) => `${count} merged into another`,
    open: (count) => `${count} still open`,
    negative: (count) => (count === 1 ? '1 impossible duration left out' : `${count} impossible durations left out`),
  },
};

const hebrew: FigureWords = {
  durations: {
    detect: 'זמן עד גילוי',
    acknowledge: 'זמן עד אישור קבלה',
    mitigate: 'זמן עד בלימה',
    recover: 'זמן עד התאוששות',
  },
  severities: { sev1: 'קריטית', sev2: 'גבוהה', sev3: 'בינונית', sev4: 'נמוכה', unknown: 'ללא חומרה' },
  withinHalfAnHour: 'נבלמו בתוך 30 דקות',
  perWeek: 'תקלות בשבוע',
  notKnown: 'לא ידוע באף תקלה',
  tooFewForInterval: 'מעט מדי לרווח סמך',
  units: {
    days: (count) => (count === 1 ? 'יום' : count === 2 ? 'יומיים' : `${count} ימים`),
    hours: (count) => (count === 1 ? 'שעה' : count === 2 ? 'שעתיים' : `${count} שע׳`),
    minutes: (text) => (text === '1' ? 'דקה' : `${text} דק׳`),
    seconds: (count) => `${count} שנ׳`,
  },
  and: (first, second) => (startsWithDigit(second) ? `${first} ו־${second}` : `${first} ו${second}`),
  range: (low, high) => `\u2068${startsWithDigit(low) ? 'מ־' : 'מ'}${low} עד ${high}\u2069`,
  percent: (share) => leftToRight(`${Math.round(share * 100)}%`, 'he'),
  median: (value) => `חציון ${value}`,
  mean: (value) => `ממוצע ${value}`,
  percentile90: (value) => `אחוזון 90: ${value}`,
  interval95: (range) => `רווח סמך 95%: ${range}`,
  count: (n) => leftToRight(`n = ${n}`, 'he'),
  outOf: (hits, n) => `${hits} מתוך ${n}`,
  rate: (perWeek) => `${perWeek} בשבוע`,
  excluded: {
    drill: (count) => (count === 1 ? 'תרגול אחד' : `${count} תרגולים`),
    cancelled: (count) => (count === 1 ? 'תקלה אחת שבוטלה' : `${count} תקלות שבוטלו`),
    merged: (count) => (count === 1 ? 'תקלה אחת שמוזגה' : `${count} תקלות שמוזגו`),
    open: (count) => (count === 1 ? 'תקלה אחת שעדיין פתוחה' : `${count} תקלות שעדיין פתוחות`),
    negative: (count) => (count === 1 ? 'משך בלתי אפשרי אחד שהושמט' : `${count} משכים בלתי אפשריים שהושמטו`),
  },
};

export const figureWords: Record<Language, FigureWords> = { en: english, he: hebrew };

/** Letters that read from right to left: Hebrew, Arabic and their relatives. */
const rightToLeft = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u;

/**
 * Text of a person inside a sentence, on one line: its direction must not turn the sentence around, and it brings no
 * control characters of its own. English text without a foreign direction stays as it is.
 */
export function isolated(text: string, language: Language): string {
  const plain = text.replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '').replace(/[\s\p{Cc}]+/gu, ' ');
  return language === 'he' || rightToLeft.test(plain) ? `\u2068${plain}\u2069` : plain;
}

/** Ids, numbers with signs and the like, which read from left to right in any text. */
export function leftToRight(text: string, language: Language): string {
  return language === 'he' ? `\u2066${text}\u2069` : text;
}

/** Hebrew puts a hyphen between a prefix and a number. */
function startsWithDigit(text: string): boolean {
  return /^[\u2066\u2068]?\d/.test(text);
}

/** A line that reads in its language's direction even when it starts with a digit or a Latin word. */
export function lineIn(language: Language, text: string): string {
  return language === 'he' ? `\u200F${text}` : text;
}

/** `24 min`, `1 h 35 min`, `3 d 4 h`: two units at most, one decimal below ten minutes, seconds below one. */
export function durationText(ms: number, language: Language): string {
  const words = figureWords[language];
  const seconds = Math.round(ms / secondMs);
  if (seconds < 60) return words.units.seconds(seconds);
  if (Math.round(ms / (minuteMs / 10)) < 100) return words.units.minutes(oneDecimal(ms / minuteMs));
  const minutes = Math.round(ms / minuteMs);
  if (minutes < 60) return words.units.minutes(String(minutes));
  if (minutes < 48 * 60) {
    const whole = words.units.hours(Math.floor(minutes / 60));
    return minutes % 60 === 0 ? whole : words.and(whole, words.units.minutes(String(minutes % 60)));
  }
  const hours = Math.round(ms / hourMs);
  const whole = words.units.days(Math.floor(hours / 24));
  return hours % 24 === 0 ? whole : words.and(whole, words.units.hours(hours % 24));
}

/** At most one decimal, and none where it would be zero. */
export function oneDecimal(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** A ratio or a rate: two decimals below one, so that 0.04 is not shown as 0. */
export function rateText(value: number): string {
  return value < 1 ? String(Math.round(value * 100) / 100) : oneDecimal(value);
}

/** `median 24 min (95 % interval 9 min to 1 h 35 min), n = 14`; says so when there are too few for an interval. */
export function medianText(figures: DurationFigures, language: Language): string {
  const words = figureWords[language];
  const { median_min: median, median_ci95: interval, n } = figures;
  if (median === null) return words.notKnown;
  const minutes = (value: number): string => durationText(value * minuteMs, language);
  const sure =
    interval === null
      ? words.tooFewForInterval
      : words.interval95(words.range(minutes(interval[0]), minutes(interval[1])));
  return `${words.median(minutes(median))} (${sure}), ${words.count(n)}`;
}

/** `8 of 14, 57 % (95 % interval 33 % to 79 %)`. */
export function shareText({ share, n, ci95 }: MetricsReport['share_within_30_min'], language: Language): string {
  const words = figureWords[language];
  if (share === null || ci95 === null) return words.notKnown;
  const sure = words.interval95(words.range(words.percent(ci95[0]), words.percent(ci95[1])));
  return `${words.outOf(Math.round(share * n), n)}, ${words.percent(share)} (${sure})`;
}

/** What was counted beside the figures, leaving out what did not happen; empty when nothing was. */
export function excludedTexts(excluded: MetricsReport['excluded'], language: Language): string[] {
  const words = figureWords[language].excluded;
  return (['drill', 'cancelled', 'merged', 'open', 'negative'] as const)
    .filter((group) => excluded[group] > 0)
    .map((group) => words[group](excluded[group]));
}

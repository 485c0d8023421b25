import { regularizedBeta, studentQuantile } from './special-functions.ts';

/** [low, high], both ends included: a 95 % confidence interval everywhere in the figures. */
export type Interval = readonly [low: number, high: number];

/** From this many values on a 90th percentile says something about them and not only about the largest. */
export const percentileMinimumN = 20;

export function ascending(values: readonly number[]): number[] {
  return Array.from(Float64Array.from(values).sort());
}

/** Arithmetic mean; undefined for no values. Dominated by the longest incident, so it never carries a verdict. */
export function mean(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : sum(values) / values.length;
}

/**
 * Quantile by linear interpolation, Hyndman and Fan's type 7 (what spreadsheets and numpy do): position (n − 1)·share.
 * `sorted` must be ascending. Undefined for no values.
 */
export function quantile(sorted: readonly number[], share: number): number | undefined {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)];
  const above = sorted[Math.ceil(position)];
  if (below === undefined || above === undefined) return undefined;
  return below + (position - Math.floor(position)) * (above - below);
}

export function median(sorted: readonly number[]): number | undefined {
  return quantile(sorted, 0.5);
}

/**
 * Interval of the median from order statistics: no assumption about the shape of the data, and at least 95 % sure. With
 * r the largest rank for which 1 − 2·P(Binomial(n, ½) < r) ≥ 0.95 it is [x(r), x(n+1−r)]. Below six values there is none:
 * even the whole range is then less than 95 % sure to hold the median.
 */
export function medianInterval(sorted: readonly number[]): Interval | undefined {
  const rank = medianIntervalRank(sorted.length);
  const low = sorted[rank - 1];
  const high = sorted[sorted.length - rank];
  return rank === 0 || low === undefined || high === undefined ? undefined : [low, high];
}

/** r of `medianInterval`, counted from 1; 0 when there is no such interval. */
export function medianIntervalRank(n: number): number {
  let low = 0;
  let high = Math.floor((n + 1) / 2);
  while (low < high) {
    const rank = Math.ceil((low + high) / 2);
    // P(Binomial(n, ½) ≤ rank − 1)
    const tail = regularizedBeta(0.5, n - rank + 1, rank);
    if (2 * tail <= 0.05) low = rank;
    else high = rank - 1;
  }
  return low;
}

export interface GeometricMean {
  /** How many values were above zero; only these have a logarithm. */
  readonly n: number;
  readonly value: number;
  /** Standard deviation of the logarithms, as a factor; undefined for one value. */
  readonly deviation: number | undefined;
  /** Log-normal interval by Student's t; undefined for one value. */
  readonly interval: Interval | undefined;
}

/** exp(mean(ln x)) of the values above zero; undefined when there are none. */
export function geometricMean(values: readonly number[]): GeometricMean | undefined {
  const logs = values.filter((value) => value > 0).map(Math.log);
  const center = mean(logs);
  if (center === undefined) return undefined;
  const n = logs.length;
  const deviation = standardDeviation(logs);
  if (deviation === undefined) return { n, value: Math.exp(center), deviation: undefined, interval: undefined };
  const reach = (studentQuantile(0.975, n - 1) * deviation) / Math.sqrt(n);
  return {
    n,
    value: Math.exp(center),
    deviation: Math.exp(deviation),
    interval: [Math.exp(center - reach), Math.exp(center + reach)],
  };
}

/** Of a sample (divided by n − 1); undefined below two values. */
export function variance(values: readonly number[]): number | undefined {
  const center = mean(values);
  if (center === undefined || values.length < 2) return undefined;
  return sum(values.map((value) => (value - center) ** 2)) / (values.length - 1);
}

export function standardDeviation(values: readonly number[]): number | undefined {
  const spread = variance(values);
  return spread === undefined ? undefined : Math.sqrt(spread);
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

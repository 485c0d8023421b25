import { exactShareInterval, normal975 } from './shares.ts';
import { inverseRegularizedGamma, upperRegularizedGamma } from './special-functions.ts';
import { type Interval, mean, variance } from './statistics.ts';

/** Incidents counted over a time at risk. Weeks are 7 × 24 hours and need not be whole. */
export interface Exposure {
  readonly count: number;
  readonly weeks: number;
}

/** Garwood's exact Poisson interval of a rate per week, 95 %. None in two weeks still allows 1.84 a week. */
export function rateInterval({ count, weeks }: Exposure): Interval | undefined {
  if (!(weeks > 0)) return undefined;
  const low = count === 0 ? 0 : inverseRegularizedGamma(0.025, count);
  return [low / weeks, inverseRegularizedGamma(0.975, count + 1) / weeks];
}

/** The rate now divided by the rate before. `null` means without bound: nothing happened before. */
export interface RateRatio {
  readonly ratio: number | null;
  readonly low: number;
  readonly high: number | null;
}

/**
 * Exact conditional interval of a ratio of two Poisson rates, 95 %: of all incidents the share that fell into "now" is
 * binomial, so its exact interval turns into one of the ratio. Right for small counts, zero, and different lengths.
 * Undefined when nothing happened in either period, or one of them has no length.
 */
export function rateRatio(now: Exposure, before: Exposure): RateRatio | undefined {
  if (!(now.weeks > 0) || !(before.weeks > 0)) return undefined;
  const share = exactShareInterval(now.count, now.count + before.count);
  if (share === undefined) return undefined;
  const scale = before.weeks / now.weeks;
  const [low, high] = share;
  return {
    ratio: before.count === 0 ? null : (now.count / before.count) * scale,
    low: (low / (1 - low)) * scale,
    high: high === 1 ? null : (high / (1 - high)) * scale,
  };
}

/** How much weekly counts vary beyond what independent incidents would. */
export interface Dispersion {
  /** Variance divided by mean: 1 for independent incidents, more when they come in clusters. */
  readonly index: number;
  /** Chance of an index this high when incidents are independent. */
  readonly probability: number;
}

/** Poisson dispersion test: (n − 1)·index against chi-square with n − 1 degrees. Undefined without two weeks or incidents. */
export function dispersion(weeklyCounts: readonly number[]): Dispersion | undefined {
  const center = mean(weeklyCounts);
  const spread = variance(weeklyCounts);
  if (center === undefined || spread === undefined || center === 0) return undefined;
  const index = spread / center;
  const degrees = weeklyCounts.length - 1;
  return { index, probability: upperRegularizedGamma(degrees / 2, (degrees * index) / 2) };
}

/**
 * Approximate (Wald) interval of the ratio with the variance of its logarithm multiplied by `index`: what is left of
 * the certainty when incidents come in clusters. Undefined when either count is zero.
 */
export function widenedRatioInterval(now: Exposure, before: Exposure, index: number): Interval | undefined {
  if (now.count === 0 || before.count === 0 || !(now.weeks > 0) || !(before.weeks > 0)) return undefined;
  const center = Math.log((now.count / before.count) * (before.weeks / now.weeks));
  const reach = normal975 * Math.sqrt((1 / now.count + 1 / before.count) * index);
  return [Math.exp(center - reach), Math.exp(center + reach)];
}

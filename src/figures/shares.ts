import { inverseRegularizedBeta } from './special-functions.ts';
import type { Interval } from './statistics.ts';

/** The standard normal quantile of 0.975. */
export const normal975 = 1.959963984540054;

/**
 * Wilson's score interval for `hits` of `n`, 95 %. Stays inside [0, 1] and keeps its width for 0 of n and n of n, where
 * the textbook interval shrinks to nothing. Undefined for n = 0.
 */
export function wilsonInterval(hits: number, n: number): Interval | undefined {
  if (n === 0) return undefined;
  const share = hits / n;
  const squared = normal975 ** 2;
  const center = share + squared / (2 * n);
  const reach = normal975 * Math.sqrt((share * (1 - share)) / n + squared / (4 * n * n));
  const scale = 1 + squared / n;
  // At the two ends the formula gives exactly 0 and 1, up to rounding.
  return [hits === 0 ? 0 : (center - reach) / scale, hits === n ? 1 : (center + reach) / scale];
}

/** Clopper and Pearson's exact binomial interval for `hits` of `n`, 95 %: never less sure than it says. */
export function exactShareInterval(hits: number, n: number): Interval | undefined {
  if (n === 0) return undefined;
  return [
    hits === 0 ? 0 : inverseRegularizedBeta(0.025, hits, n - hits + 1),
    hits === n ? 1 : inverseRegularizedBeta(0.975, hits + 1, n - hits),
  ];
}

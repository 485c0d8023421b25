import { dispersion, type Exposure, rateRatio, type RateRatio, widenedRatioInterval } from './rates.ts';

/** A baseline says something from four weeks and sixteen incidents on; below, a comparison is mostly chance. */
export const baselineMinimum = { weeks: 4, count: 16 } as const;

/** Fewer and more are said only when the whole interval lies on one side of 1. */
export type ComparisonVerdict = 'fewer' | 'more' | 'not_clear' | 'baseline_too_small';

export interface Comparison {
  /** How many weeks were asked for; `before.weeks` is smaller when the records do not reach back that far. */
  readonly weeksAsked: number;
  readonly now: Exposure;
  readonly before: Exposure;
  /** Undefined when there was no incident in either period, or no week before. */
  readonly ratio: RateRatio | undefined;
  readonly verdict: ComparisonVerdict;
  /** The weeks before vary more than independent incidents would (p < 0.05), so the verdict uses a wider interval. */
  readonly isClustered: boolean;
}

/** Compares one period with the weeks before it; `weeklyCounts` are those weeks one by one, oldest first. */
export function compare(
  weeksAsked: number,
  now: Exposure,
  before: Exposure,
  weeklyCounts: readonly number[],
): Comparison {
  const ratio = rateRatio(now, before);
  const spread = dispersion(weeklyCounts);
  const isClustered = spread !== undefined && spread.index > 1 && spread.probability < 0.05;
  const index = isClustered ? spread.index : 1;
  return { weeksAsked, now, before, ratio, verdict: judge(now, before, ratio, index), isClustered };
}

function judge(now: Exposure, before: Exposure, ratio: RateRatio | undefined, index: number): ComparisonVerdict {
  if (weeklyCountsAreTooFew(before) || ratio === undefined) return 'baseline_too_small';
  const widened = index > 1 ? widenedRatioInterval(now, before, index) : undefined;
  // With clusters and a count of zero there is no widened interval, and the exact one would claim too much.
  if (index > 1 && widened === undefined) return 'not_clear';
  const low = Math.min(ratio.low, widened?.[0] ?? Infinity);
  const high = Math.max(ratio.high ?? Infinity, widened?.[1] ?? 0);
  if (high < 1) return 'fewer';
  return low > 1 ? 'more' : 'not_clear';
}

function weeklyCountsAreTooFew({ weeks, count }: Exposure): boolean {
  // Weeks on the wall clock are up to an hour short of 168 hours.
  return Math.round(weeks) < baselineMinimum.weeks || count < baselineMinimum.count;
}

import { type Exposure, rateRatio } from './rates.ts';
import type { Interval } from './statistics.ts';

/** What may be said of the number of incidents against the baseline. "Confirmed" means the whole 95 % interval agrees. */
export type ReductionVerdict =
  | 'target_met_confirmed'
  | 'target_met_point_estimate_only'
  | 'improved_confirmed_target_not_met'
  | 'no_confirmed_change'
  | 'worse_confirmed';

export interface Reduction {
  readonly verdict: ReductionVerdict;
  /** 0.6 is 60 % fewer incidents per week; negative when there are more. */
  readonly reduction: number;
  readonly interval: Interval;
}

/**
 * Judges incidents per week against a baseline. Two tiers, since a small company cannot prove the exact size of a real
 * cut within twelve weeks. Undefined when the baseline is empty: nothing can be reduced from nothing.
 */
export function judgeReduction(now: Exposure, baseline: Exposure, target: number): Reduction | undefined {
  const found = rateRatio(now, baseline);
  if (found === undefined || found.ratio === null || found.high === null) return undefined;
  const { ratio, low, high } = found;
  return { verdict: verdict(ratio, low, high, 1 - target), reduction: 1 - ratio, interval: [1 - high, 1 - low] };
}

function verdict(ratio: number, low: number, high: number, wanted: number): ReductionVerdict {
  if (high <= wanted) return 'target_met_confirmed';
  if (ratio <= wanted && high < 1) return 'target_met_point_estimate_only';
  if (high < 1) return 'improved_confirmed_target_not_met';
  return low > 1 ? 'worse_confirmed' : 'no_confirmed_change';
}

import type { EffectOutcome } from '../engine/effects.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { PagerDutyError } from './client-result.ts';

/** How an effect ends that PagerDuty did not do: whether it is tried again, and when. */
export function outcomeOf(error: PagerDutyError, now: EpochMs): EffectOutcome {
  switch (error.kind) {
    case 'rate_limited':
      return { kind: 'retry', error: 'PagerDuty: rate limited', notBefore: now + error.retryAfterMs };
    case 'unavailable':
      return { kind: 'retry', error: `PagerDuty: ${error.reason}`, unknownOutcome: error.unknownOutcome };
    case 'refused':
      return {
        kind: 'failed',
        error: `PagerDuty refused (${error.status}${error.code === null ? '' : `, code ${error.code}`}): ${error.message}`,
      };
  }
}

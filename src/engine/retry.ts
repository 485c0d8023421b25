import { minuteMs, secondMs, type EpochMs } from '../oncall/time.ts';
import type { EffectKind } from './streams.ts';

interface RetryRule {
  readonly firstMs: number;
  readonly ceilingMs: number;
  /** Tries after which a fault of our own (an exception, not an outage) is given up. */
  readonly mostFaults: number;
}

/** A page that waits ten minutes is no page: it is tried again within seconds for as long as somebody has to answer. */
const pages: RetryRule = { firstMs: 500, ceilingMs: 15 * secondMs, mostFaults: Infinity };
/** Outages are measured in minutes; everything that is not a page may wait that long. */
const others: RetryRule = { firstMs: 2 * secondMs, ceilingMs: 5 * minuteMs, mostFaults: 12 };

export function retryRule(kind: EffectKind): RetryRule {
  switch (kind) {
    case 'slack.page':
    case 'pagerduty.page':
    case 'webhook.page':
    case 'timer.step':
    case 'timer.acknowledgement':
    case 'reassess.person':
    case 'reassess.schedule':
    case 'reassess.all':
      return pages;
    default:
      return others;
  }
}

/**
 * When to try again after failed attempt number `attempt` (1 = the first): doubling from the first wait up to the
 * ceiling, spread by ±20 % so that what failed together does not come back together. `random` is in [0, 1).
 */
export function retryAt(kind: EffectKind, attempt: number, now: EpochMs, random: number): EpochMs {
  const { firstMs, ceilingMs } = retryRule(kind);
  const waitMs = Math.min(ceilingMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return Math.ceil(now + waitMs * (0.8 + 0.4 * random));
}

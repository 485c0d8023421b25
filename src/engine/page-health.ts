import type { PageWay } from '../incident/events.ts';
import { secondMs, type EpochMs } from '../oncall/time.ts';
import type { EffectOutcome } from './effects.ts';
import type { Clock, Job } from './ports.ts';

/** Whether pages get out. Knows only what the latest try of each way came to; nothing is sent to find out. */
export interface PageHealth {
  ran(job: Job, outcome: EffectOutcome): void;
  /** Undefined while at least one of the ways works, as far as is known. */
  problem(): string | undefined;
}

/** A try that failed once is no outage: the next one comes within seconds. */
const patienceMs = 15 * secondMs;

/** One way may fail, the others page alone; when all of them fail nobody can be asked, and readiness says so. */
export function createPageHealth(ways: readonly PageWay[], clock: Clock): PageHealth {
  /** Since when every try has failed. */
  const failing = new Map<PageWay, EpochMs>();
  return {
    ran(job, outcome) {
      const way = wayOf(job.effect.kind);
      if (way === undefined || outcome.kind === 'later') return;
      if (outcome.kind === 'retry') failing.set(way, failing.get(way) ?? clock.now());
      else failing.delete(way);
    },
    problem() {
      const before = clock.now() - patienceMs;
      const works = ways.some((way) => (failing.get(way) ?? Infinity) > before);
      return works ? undefined : `no page gets out (${ways.join(', ')}); they are tried again without end`;
    },
  };
}

function wayOf(kind: Job['effect']['kind']): PageWay | undefined {
  switch (kind) {
    case 'slack.page':
      return 'slack';
    case 'pagerduty.page':
      return 'pagerduty';
    case 'webhook.page':
      return 'webhook';
    default:
      return undefined;
  }
}

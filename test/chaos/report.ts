import type { Doubled } from './verify-doubles.ts';
import type { PageCounts } from './verify-pages.ts';
import type { WorldReport } from './run-world.ts';

/** What one run on one database came to. */
export interface ChaosReport {
  readonly database: 'sqlite' | 'postgres';
  readonly seed: number;
  readonly kills: number;
  readonly killsBy: Readonly<Record<string, number>>;
  readonly stories: number;
  readonly events: number;
  readonly messages: number;
  readonly pages: PageCounts;
  readonly lost: readonly string[];
  readonly doubled: readonly Doubled[];
  readonly restartMs: { readonly n: number; readonly p50: number; readonly p99: number };
  readonly errors: Readonly<Record<string, number>>;
  readonly minutes: number;
}

export function reportOf(
  database: ChaosReport['database'],
  seed: number,
  worlds: readonly WorldReport[],
  tookMs: number,
): ChaosReport {
  const kills = worlds.flatMap((world) => world.kills);
  const restarts = worlds.flatMap((world) => world.restartsMs);
  const verdicts = worlds.map((world) => world.verdict);
  const sum = (count: (verdict: WorldReport['verdict']) => number) =>
    verdicts.reduce((total, verdict) => total + count(verdict), 0);
  return {
    database,
    seed,
    kills: kills.length,
    killsBy: countsOf(kills.map((kill) => kill.where)),
    stories: worlds.reduce((total, world) => total + world.stories, 0),
    events: sum((verdict) => verdict.events),
    messages: sum((verdict) => verdict.messages),
    pages: {
      sent: sum(({ pages }) => pages.sent),
      delivered: sum(({ pages }) => pages.delivered),
      dropped: sum(({ pages }) => pages.dropped),
      failed: sum(({ pages }) => pages.failed),
      inFlightAtAcknowledgement: sum(({ pages }) => pages.inFlightAtAcknowledgement),
    },
    lost: verdicts.flatMap((verdict) => verdict.lost),
    doubled: verdicts.flatMap((verdict) => verdict.doubled),
    restartMs: { n: restarts.length, p50: quantile(restarts, 0.5), p99: quantile(restarts, 0.99) },
    errors: Object.fromEntries(
      [
        ...Map.groupBy(
          worlds.flatMap((world) => world.errors),
          ({ msg }) => msg,
        ),
      ].map(([msg, some]) => [msg, some.reduce((total, { times }) => total + times, 0)]),
    ),
    minutes: Math.round(tookMs / 6_000) / 10,
  };
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counted = [...Map.groupBy(names, (name) => name)].map(([name, some]) => [name, some.length] as const);
  return Object.fromEntries(counted.toSorted(([, a], [, b]) => b - a));
}

/** The smallest value below which a share `q` of all lies; NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(q * sorted.length) - 1))] ?? Number.NaN;
}

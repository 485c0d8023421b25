import { dayMs, hourMs, secondMs, type EpochMs } from '../oncall/time.ts';
import type { ServerClock } from './clock.ts';
import type { Store } from './ports.ts';

/** Slack repeats for a day, PagerDuty for two: a sender's id is remembered longer than it can come again. */
const rememberInboundMs = 3 * dayMs;
/** A host that is further off than this pages at the wrong time until somebody sets its clock. */
const toleratedClockErrorMs = 2 * secondMs;
const lookEveryMs = 15 * secondMs;

export interface UpkeepOptions {
  readonly store: Store;
  /** Undefined when the process runs on a clock that the sandbox moves. */
  readonly serverClock: ServerClock | undefined;
  readonly hostNow: () => EpochMs;
  readonly onFailure: (error: unknown) => void;
  /** Done at once and then every hour. */
  readonly hourly: () => Promise<void>;
}

export interface Upkeep {
  /** Undefined while all is well; otherwise what is wrong, for readiness. */
  problem(): string | undefined;
  stop(): void;
}

/** What a process does beside its work: follows the database's clock, proves the database, forgets old sender ids. */
export async function startUpkeep(options: UpkeepOptions): Promise<Upkeep> {
  const { store, serverClock, hostNow } = options;
  let problem: string | undefined;
  let prunedAt = -Infinity;

  async function look(): Promise<void> {
    try {
      const before = hostNow();
      const databaseNow = await store.ping();
      const after = hostNow();
      const errorMs = serverClock === undefined ? 0 : serverClock.follow(databaseNow, Math.round((before + after) / 2));
      problem =
        Math.abs(errorMs) > toleratedClockErrorMs
          ? `the host's clock is ${Math.round(errorMs / 1000)} s off the database's; synchronise it`
          : undefined;
      // What is remembered for when it cannot be read is seldom older than this look.
      await store.onCallFacts();
      if (after - prunedAt > hourMs) {
        prunedAt = after;
        await store.prune(databaseNow - rememberInboundMs);
        await options.hourly();
      }
    } catch (error) {
      problem = `the database does not answer (${error instanceof Error ? error.message : 'unknown fault'})`;
      options.onFailure(error);
    }
  }

  await look();
  const timer = setInterval(() => void look(), lookEveryMs);
  timer.unref();
  return { problem: () => problem, stop: () => clearInterval(timer) };
}

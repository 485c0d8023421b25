import { minuteMs, secondMs, type EpochMs } from '../oncall/time.ts';
import type { EffectHandlers, EffectOutcome } from './effects.ts';
import type { Clock, Job, Store } from './ports.ts';
import { retryAt, retryRule } from './retry.ts';
import { runEffect } from './run-effect.ts';
import type { WorkerEvents } from './worker-events.ts';

export interface WorkerOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly handlers: EffectHandlers;
  readonly events: WorkerEvents;
  /** In [0, 1): spreads retries. */
  readonly random: () => number;
  readonly newToken: () => string;
  /** Effects under way at once. */
  readonly concurrency: number;
  /**
   * How long an effect belongs to a worker that gives no sign of life: what a dead one had in hand waits so long. A live one
   * renews what it is at work on.
   */
  readonly leaseMs: number;
}

export interface Worker {
  start(): void;
  /** Something was committed: look now rather than at the next sweep. */
  wake(): void;
  /** Takes nothing new and waits for what is under way; leases of what does not end in time run out by themselves. */
  stop(withinMs: number): Promise<void>;
  inFlight(): number;
}

const sweepMs = secondMs;
const claimAtOnce = 100;
/** Every call of a handler has a time limit of its own; what takes longer than all of them together hangs. */
const longestRunMs = 2 * minuteMs;

/**
 * Claims due effects and runs them. It is woken by commits, by the next due time, and by a sweep every second that makes
 * every wake-up a convenience and none a necessity.
 */
export function createWorker(options: WorkerOptions): Worker {
  const { store, clock, events } = options;
  const running = new Map<Promise<void>, { readonly job: Job; readonly since: EpochMs }>();
  const settlement = createSettlement(store, () => wake());
  let stopped = true;
  let claiming = false;
  let claim = Promise.resolve();
  let again = false;
  let timer: NodeJS.Timeout | undefined;
  let renewedAt = -Infinity;

  function wake(): void {
    if (stopped) return;
    if (claiming) {
      again = true;
      return;
    }
    claiming = true;
    clearTimeout(timer);
    claim = claimAll().finally(() => {
      claiming = false;
      if (again) {
        again = false;
        wake();
      }
    });
  }

  async function claimAll(): Promise<void> {
    try {
      await renewLeases();
      for (;;) {
        const room = Math.min(claimAtOnce, options.concurrency - running.size);
        if (stopped || room <= 0) break;
        const now = clock.now();
        const jobs = await store.claim(now, now + options.leaseMs, options.newToken(), room);
        if (stopped) return await giveBack(jobs);
        for (const job of jobs) begin(job);
        if (jobs.length < room) break;
      }
      if (!stopped) sleep(await untilNextDue());
    } catch (error) {
      events.storeFailed(error);
      sleep(sweepMs);
    }
  }

  /** Asked to stop while the claim was under way: nothing of it has begun, so another worker need not wait for a lease. */
  async function giveBack(jobs: readonly Job[]): Promise<void> {
    await Promise.all(jobs.map((job) => store.postpone(job, job.due, false)));
  }

  /** Before every claim, so that this worker does not take its own work for that of a dead one. */
  async function renewLeases(): Promise<void> {
    const now = clock.now();
    if (now - renewedAt < options.leaseMs / 3) return;
    const atWork = [...running.values()].filter(({ since }) => now - since < longestRunMs).map(({ job }) => job);
    if (atWork.length > 0) await store.renew(atWork, now + options.leaseMs);
    renewedAt = now;
  }

  async function untilNextDue(): Promise<number> {
    // Nothing more can be taken on now; the end of a running effect wakes the worker.
    if (running.size >= options.concurrency) return sweepMs;
    const due = await store.nextDue();
    return due === undefined ? sweepMs : Math.min(sweepMs, Math.max(1, due - clock.now()));
  }

  function sleep(waitMs: number): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(wake, waitMs);
  }

  function begin(job: Job): void {
    const run = perform(job).finally(() => {
      running.delete(run);
      wake();
    });
    running.set(run, { job, since: clock.now() });
  }

  async function perform(job: Job): Promise<void> {
    const startedAt = clock.now();
    const { outcome, fault } = await attempt(job, options.handlers);
    events.ran(job, outcome, clock.now() - startedAt);
    try {
      await conclude(job, outcome, fault, options, settlement);
    } catch (error) {
      // Not settled: the lease runs out and the effect is found again.
      events.storeFailed(error);
    }
  }

  return {
    start() {
      stopped = false;
      wake();
    },
    wake,
    async stop(withinMs) {
      stopped = true;
      clearTimeout(timer);
      const deadline = new Promise<void>((resolve) => {
        setTimeout(resolve, withinMs).unref();
      });
      // What is being claimed is given back first; then nothing new can begin any more.
      await Promise.race([claim.then(() => Promise.allSettled(running.keys())), deadline]);
      await settlement.flush();
    },
    inFlight: () => running.size,
  };
}

/** Writes down how an effect ended: done, due again, or given up. */
async function conclude(
  job: Job,
  outcome: EffectOutcome,
  fault: boolean,
  { store, clock, events, random }: WorkerOptions,
  settlement: { settle(job: Job): Promise<void> },
): Promise<void> {
  const now = clock.now();
  switch (outcome.kind) {
    case 'done':
      return settlement.settle(job);
    case 'later':
      return store.postpone(job, outcome.due, false);
    case 'failed':
      events.buried(job, outcome.error);
      return store.bury(job, outcome.error, now);
    case 'retry': {
      if (fault && job.attempt >= retryRule(job.effect.kind).mostFaults) {
        events.buried(job, outcome.error);
        return store.bury(job, outcome.error, now);
      }
      const due = Math.max(outcome.notBefore ?? 0, retryAt(job.effect.kind, job.attempt, now, random()));
      return store.postpone(job, due, true);
    }
  }
}

async function attempt(job: Job, handlers: EffectHandlers): Promise<{ outcome: EffectOutcome; fault: boolean }> {
  try {
    return { outcome: await runEffect(job, handlers), fault: false };
  } catch (error) {
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { outcome: { kind: 'retry', error: message }, fault: true };
  }
}

/** What ends in one turn of the event loop leaves the outbox in one write. */
function createSettlement(store: Store, onSettled: () => void) {
  let batch: { readonly id: string; readonly token: string }[] = [];
  let pending: Promise<void> | undefined;

  function flush(): Promise<void> {
    const settled = batch;
    batch = [];
    pending = undefined;
    return settled.length === 0 ? Promise.resolve() : store.settle(settled).then(onSettled);
  }

  return {
    settle(job: Job): Promise<void> {
      batch.push({ id: job.id, token: job.token });
      pending ??= new Promise<void>((resolve, reject) => {
        setImmediate(() => {
          flush().then(resolve, reject);
        });
      });
      return pending;
    },
    flush,
  };
}

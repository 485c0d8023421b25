import pino from 'pino';
import { createMovableClock, type MovableClock } from '../../src/engine/clock.ts';
import { done, type EffectHandlers, type EffectOutcome } from '../../src/engine/effects.ts';
import { createEngine } from '../../src/engine/executor.ts';
import { handOverHandlers } from '../../src/engine/hand-over.ts';
import { createIngest, type Ingest, type Signal } from '../../src/engine/ingest.ts';
import type { Engine } from '../../src/engine/orders.ts';
import type { Job, Store } from '../../src/engine/ports.ts';
import type { EffectKind } from '../../src/engine/streams.ts';
import { timerHandlers } from '../../src/engine/timers.ts';
import { createWorker, type Worker } from '../../src/engine/worker.ts';
import { automation } from '../../src/oncall/recorded.ts';
import type { EpochMs } from '../../src/oncall/time.ts';
import { openStore } from '../../src/store/open.ts';
import { company, sundayMorning } from '../support/company.ts';
import { everyHandler } from '../support/handlers.ts';

/** The engine on a real store, with a clock that stands until it is moved, and hands that write down what they are given. */
export interface EngineWorld {
  readonly store: Store;
  readonly clock: MovableClock;
  readonly engine: Engine;
  readonly ingest: Ingest;
  readonly worker: Worker;
  /** Everything that was handed to an adapter, in order. */
  readonly did: Job[];
  /** What the next effects of a kind answer; the last one stays. */
  answers: Partial<Record<EffectKind, (job: Job) => EffectOutcome | Promise<EffectOutcome>>>;
  readonly buried: string[];
  kinds(): string[];
  close(): Promise<void>;
}

export async function engineWorld(
  databaseUrl = 'file::memory:',
  asWorkerSees: (store: Store) => Store = (store) => store,
  hostNow: () => EpochMs = () => sundayMorning,
): Promise<EngineWorld> {
  const store = await openStore(databaseUrl, { role: 'tool' });
  const clock = createMovableClock(hostNow);
  const did: Job[] = [];
  const buried: string[] = [];
  let wake: () => void = () => undefined;
  const engine = createEngine({ store, clock, ways: ['slack'], onCommitted: () => wake() });
  const ingest = createIngest({ store, engine, clock });
  const answers: EngineWorld['answers'] = {};
  const record = async (_effect: unknown, job: Job): Promise<EffectOutcome> => {
    did.push(job);
    return (await answers[job.effect.kind]?.(job)) ?? done;
  };
  const handlers = {
    ...everyHandler(record),
    ...timerHandlers({ engine, store, clock }),
    ...handOverHandlers({ engine, store, clock }),
  } satisfies EffectHandlers;
  const log = pino({ level: 'silent' });
  const worker = createWorker({
    store: asWorkerSees(store),
    clock,
    handlers,
    events: { ran: () => undefined, buried: (job) => buried.push(job.id), storeFailed: (error) => log.error(error) },
    random: () => 0.5,
    newToken: () => `token-${did.length}-${Math.random()}`,
    concurrency: 50,
    leaseMs: 30_000,
  });
  wake = worker.wake;
  clock.onMove(worker.wake);
  await engine.execute({
    kind: 'workspace',
    stream: 'workspace',
    command: { type: 'apply_catalog', hash: 'test', catalog: company() },
    actor: automation,
  });
  return {
    store,
    clock,
    engine,
    ingest,
    worker,
    did,
    answers,
    buried,
    kinds: () => did.map((job) => job.effect.kind),
    async close() {
      await worker.stop(1_000);
      await store.close();
    },
  };
}

export function signal(key: string, more: Partial<Signal> = {}): Signal {
  return {
    alert: { key, source: 'alerts', title: `Alert ${key}`, url: undefined, pagerduty: undefined },
    status: 'firing',
    groupKey: 'service:checkout',
    service: 'checkout',
    severity: 'sev1',
    opens: true,
    firesOnce: false,
    at: sundayMorning,
    inbound: { source: 'alerts', id: `${key}:${Math.random()}` },
    ...more,
  };
}

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { apply } from '../src/cli/apply.ts';
import { parseCatalog } from '../src/config/catalog.ts';
import { done, type EffectHandlers } from '../src/engine/effects.ts';
import { createEngine } from '../src/engine/executor.ts';
import type { Engine } from '../src/engine/orders.ts';
import type { Store } from '../src/engine/ports.ts';
import { timerHandlers } from '../src/engine/timers.ts';
import type { WorkerEvents } from '../src/engine/worker-events.ts';
import { createWorker } from '../src/engine/worker.ts';
import { incidentId, incidentOf, type IncidentId } from '../src/incident/ids.ts';
import { automation } from '../src/oncall/recorded.ts';
import type { EpochMs } from '../src/oncall/time.ts';
import { openStore } from '../src/store/open.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { company } from './support/company.ts';
import type { Bench } from './support/context.ts';
import { until } from './support/installation.ts';
import { ms, percentiles } from './support/report.ts';
import { summary } from './support/statistics.ts';
import { everyHandler } from '../test/support/handlers.ts';

const incidents = 10_000;
const waitMs = 4 * 60_000;
/** The first step waits four minutes, so that no reminder is due in the same moment. */
const catalog = company.catalog.replace('wait: 5m', 'wait: 4m');
/** The worker sleeps until the first timer is due, as it does between alarms. */
const headStartMs = 500;

export const timerBench: Bench = {
  name: 'timers',
  about: '10,000 open incidents escalate, all at once or over 10 s: how late, and how long the event loop is held',
  async run({ report }) {
    report.section(
      `Escalations of ${incidents.toLocaleString('en')} open incidents: from due until the next step is committed, and until its page is handed over`,
    );
    const rows: (readonly string[])[] = [];
    const postgres = await startPostgres({ durable: true });
    const folder = mkdtempSync(join(tmpdir(), 'toran-bench-'));
    try {
      for (const spreadMs of [0, 10_000]) {
        const urls = [
          ['SQLite', `file:${join(folder, `toran-${spreadMs}.db`)}`],
          ['PostgreSQL', await postgres.createDatabase(`timers_${spreadMs}`)],
        ] as const;
        for (const [name, url] of urls) {
          const store = await openStore(url, { role: 'server' });
          try {
            const { committed, handed, blockedMs } = await escalate(store, spreadMs);
            const when = spreadMs === 0 ? 'all at once' : `over ${spreadMs / 1_000} s`;
            rows.push([name, when, 'committed', ...percentiles(summary(committed)), ms(blockedMs)]);
            rows.push([name, when, 'page handed over', ...percentiles(summary(handed)), '']);
          } finally {
            await store.close();
          }
        }
      }
    } finally {
      await postgres.stop();
      rmSync(folder, { recursive: true, force: true });
    }
    report.table(['database', 'due', 'late until', 'n', 'p50', 'p90', 'p99', 'last', 'loop held'], rows);
  },
};

async function escalate(store: Store, spreadMs: number) {
  const start = Date.UTC(2026, 10, 22, 8, 0);
  let now = () => start;
  const clock = { now: () => now() };
  const engine = createEngine({ store, clock, ways: ['slack', 'pagerduty'], onCommitted: () => worker.wake() });
  const committed: number[] = [];
  const handed: number[] = [];
  const dueAt = new Map<IncidentId, EpochMs>();
  const timers = timerHandlers({ engine, store, clock });
  const handlers: EffectHandlers = {
    ...quiet,
    ...timers,
    async 'timer.step'(effect, job) {
      dueAt.set(incidentOf(effect.page), job.due);
      const outcome = await timers['timer.step'](effect, job);
      committed.push(clock.now() - job.due);
      return outcome;
    },
    async 'slack.page'({ delivery }) {
      const incident = incidentOf(delivery);
      const due = dueAt.get(incident);
      if (due !== undefined) handed.push(clock.now() - due);
      // The step asks two people; the first of them counts.
      dueAt.delete(incident);
      return done;
    },
  };
  const worker = createWorker({
    store,
    clock,
    handlers,
    events,
    random: Math.random,
    newToken: randomUUID,
    concurrency: 100,
    leaseMs: 30_000,
  });

  await apply(engine, catalog, parseCatalog(catalog, 'catalog.yaml'), undefined);
  const atOnce = spreadMs === 0 ? 200 : 20;
  for (let from = 1; from <= incidents; from += atOnce) {
    const at = start + Math.floor((from * spreadMs) / incidents);
    now = () => at;
    await Promise.all(Array.from({ length: atOnce }, (_, n) => declare(engine, from + n)));
  }
  const declaredAt = start + spreadMs;
  now = () => declaredAt;
  worker.start();
  await until(
    'what follows from the declarations',
    async () => ((await store.outboxDepth(declaredAt)).overdue === 0 ? true : undefined),
    { withinMs: 300_000, everyMs: 200 },
  );
  await worker.stop(10_000);

  const begun = performance.now();
  now = () => Math.floor(start + waitMs - headStartMs + (performance.now() - begun));
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  worker.start();
  await until('every escalation', () => (handed.length >= incidents ? true : undefined), { withinMs: 120_000 });
  loop.disable();
  await worker.stop(10_000);
  return { committed, handed, blockedMs: loop.max / 1e6 };
}

async function declare(engine: Engine, number: number): Promise<void> {
  const outcome = await engine.execute({
    kind: 'incident',
    stream: incidentId(number),
    command: {
      type: 'declare',
      title: 'Checkout is down',
      severity: 'sev1',
      service: 'checkout',
      kind: 'incident',
      isPrivate: false,
      groupKey: undefined,
      alert: undefined,
    },
    actor: automation,
  });
  if (outcome.kind !== 'accepted') throw new Error(`an incident was not declared: ${outcome.kind}`);
}

/** What is not measured is done at once: no Slack and no PagerDuty stand behind this benchmark. */
const quiet: EffectHandlers = everyHandler(() => Promise.resolve(done));

const events: WorkerEvents = {
  ran: () => undefined,
  buried: (job, error) => console.error(`given up: ${job.effect.kind}: ${error}`),
  storeFailed: (error) => console.error(error),
};

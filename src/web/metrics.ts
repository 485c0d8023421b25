import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { HttpRoute } from '../engine/http-route.ts';
import type { Clock, Job, Store } from '../engine/ports.ts';
import type { EffectOutcome } from '../engine/effects.ts';
import type { WorkerEvents } from '../engine/worker-events.ts';

export interface Metrics {
  readonly workerEvents: WorkerEvents;
  readonly route: HttpRoute;
}

/** What is due for so long is late: less is the time that work takes. */
const overdueMs = 10_000;

/** What is counted. Labels have few values: kinds and outcomes, never incidents or people. */
export function createMetrics(store: Store, clock: Clock): Metrics {
  const registry = new Registry();
  const effects = new Counter({
    name: 'toran_effects_total',
    help: 'Effects run, by kind and outcome',
    labelNames: ['kind', 'outcome'],
    registers: [registry],
  });
  const delivery = new Histogram({
    name: 'toran_page_delivery_seconds',
    help: 'From the decision to page until Slack, PagerDuty or the gateway took the page',
    labelNames: ['kind'],
    buckets: [0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
    registers: [registry],
  });
  const dead = new Counter({
    name: 'toran_dead_letters_total',
    help: 'Effects that were given up; each needs a person to look',
    labelNames: ['kind'],
    registers: [registry],
  });
  const storeFailures = new Counter({
    name: 'toran_store_failures_total',
    help: 'Times the worker could not read or write the database',
    registers: [registry],
  });
  const waiting = new Gauge({
    name: 'toran_effects_waiting',
    help: 'Effects in the outbox, due now or later',
    registers: [registry],
  });
  const overdue = new Gauge({
    name: 'toran_effects_overdue',
    help: `Effects due for more than ${overdueMs / 1000} seconds`,
    registers: [registry],
  });
  const buriedNow = new Gauge({
    name: 'toran_dead_letters',
    help: 'Dead letters that nobody has retried or dropped',
    registers: [registry],
  });
  const setAside = new Gauge({
    name: 'toran_deliveries_set_aside',
    help: 'Authentic deliveries that could not be used',
    registers: [registry],
  });
  const memory = new Gauge({
    name: 'toran_resident_memory_bytes',
    help: 'Resident memory of the process',
    registers: [registry],
  });

  function ran(job: Job, outcome: EffectOutcome): void {
    effects.inc({ kind: job.effect.kind, outcome: outcome.kind });
    if (outcome.kind === 'done' && isPage(job))
      delivery.observe({ kind: job.effect.kind }, (clock.now() - job.createdAt) / 1000);
  }

  return {
    workerEvents: { ran, buried: (job) => dead.inc({ kind: job.effect.kind }), storeFailed: () => storeFailures.inc() },
    route: {
      method: 'GET',
      path: '/metrics',
      maxBodyBytes: 0,
      deadlineMs: 5_000,
      async handle() {
        const depth = await store.outboxDepth(clock.now() - overdueMs);
        waiting.set(depth.waiting);
        overdue.set(depth.overdue);
        buriedNow.set(depth.dead);
        setAside.set(await store.setAsideCount());
        memory.set(process.memoryUsage.rss());
        return { status: 200, headers: { 'content-type': registry.contentType }, body: await registry.metrics() };
      },
    },
  };
}

function isPage(job: Job): boolean {
  const { kind } = job.effect;
  return kind === 'slack.page' || kind === 'pagerduty.page' || kind === 'webhook.page';
}

import { createHmac, randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { createMovableClock } from '../../src/engine/clock.ts';
import { done, type EffectOutcome } from '../../src/engine/effects.ts';
import { dutyHandlers } from '../../src/engine/duty.ts';
import { createEngine } from '../../src/engine/executor.ts';
import { createIngest } from '../../src/engine/ingest.ts';
import type { Engine } from '../../src/engine/orders.ts';
import type { Store } from '../../src/engine/ports.ts';
import { runEffect } from '../../src/engine/run-effect.ts';
import type { EffectKind } from '../../src/engine/streams.ts';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import type { IncidentId } from '../../src/incident/ids.ts';
import type { Catalog } from '../../src/oncall/catalog.ts';
import { automation, type Actor } from '../../src/oncall/recorded.ts';
import { secondMs } from '../../src/oncall/time.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';
import { createPagerDutyClient } from '../../src/pagerduty/client.ts';
import { pagerDutyEffects } from '../../src/pagerduty/effects.ts';
import { overrideEffects } from '../../src/pagerduty/overrides.ts';
import { pagerDutyWebhook } from '../../src/pagerduty/webhook.ts';
import { startLocalPagerDuty, type LocalPagerDutyOptions } from '../../src/sandbox/pagerduty/local-pagerduty.ts';
import type { AccountSeed, WebhookSeed } from '../../src/sandbox/pagerduty/seed.ts';
import { openStore } from '../../src/store/open.ts';
import { startWebServer } from '../../src/web/server.ts';
import { Agent } from 'node:https';
import { apply } from '../../src/cli/apply.ts';
import { company, sundayMorning } from '../support/company.ts';
import { everyHandler } from '../support/handlers.ts';

export const webhookSecret = 'c2VjcmV0IHRoYXQgbG9va3MgbGlrZSBiYXNlNjQ=';
export const token = 'account-token';

/** PagerDuty's side of the company of test/support/company.ts: the same people; its policy rings Alma, then Dana. */
export function account(): AccountSeed {
  const users = ['alma', 'beni', 'carmel', 'dana', 'noa'].map((id) => ({
    id: `P${id.toUpperCase()}`,
    name: id.charAt(0).toUpperCase() + id.slice(1),
    email: `${id}@example.com`,
  }));
  return {
    apiTokens: [token],
    users: [...users, { id: 'PSTRANGER', name: 'Stranger', email: 'stranger@example.com' }],
    schedules: [],
    escalationPolicies: [
      {
        id: 'EPAY',
        name: 'Payments',
        rules: [
          { delayMinutes: 30, targets: [{ type: 'user', id: 'PALMA' }] },
          { delayMinutes: 30, targets: [{ type: 'user', id: 'PDANA' }] },
        ],
      },
    ],
    services: [
      { id: 'PSVC1', name: 'Checkout', escalationPolicyId: 'EPAY' },
      { id: 'PSVC2', name: 'Search', escalationPolicyId: 'EPAY' },
      { id: 'PQUIET', name: 'Reports', escalationPolicyId: 'EPAY', urgency: 'low' },
    ],
  };
}

export interface DeskOptions {
  catalog?: Catalog;
  away?: readonly AvailabilityWindow[];
  account?: AccountSeed;
  /** False: PagerDuty knows no address of Toran's. */
  webhooks?: boolean;
  secrets?: readonly string[];
  timing?: LocalPagerDutyOptions['timing'];
  /** Patience with one call, in real time; short only where PagerDuty is told not to answer. */
  timeoutMs?: number;
}

/**
 * Toran's PagerDuty side as `main.ts` composes it, with the real pdjs, a real store and real sockets on both sides; only
 * Slack is absent, and the outbox runs when the test says so.
 */
export async function desk(options: DeskOptions = {}) {
  const clock = createMovableClock(() => sundayMorning);
  const store = await openStore('file::memory:', { role: 'tool' });
  onTestFinished(() => store.close());
  const engine = createEngine({ store, clock, ways: ['slack', 'pagerduty'], onCommitted: () => undefined });
  const ingest = createIngest({ store, engine, clock });
  await apply(engine, 'catalog', options.catalog ?? company(), options.away ?? []);

  const { log, lines } = memoryLog();
  const route = pagerDutyWebhook({ secrets: options.secrets ?? [webhookSecret], ingest, engine, store, clock, log });
  const web = await startWebServer({ port: 0, host: '127.0.0.1', routes: [route], log });
  onTestFinished(() => web.stop(0));
  const url = `http://127.0.0.1:${web.port}/hooks/pagerduty`;

  const subscription: WebhookSeed = { id: 'WTORAN', url, secret: webhookSecret };
  const pagerDuty = await startLocalPagerDuty({
    now: clock.now,
    account: options.account ?? account(),
    webhooks: options.webhooks === false ? [] : [subscription],
    timing: { tickEveryMs: 0, ...options.timing },
  });
  onTestFinished(() => pagerDuty.close());
  const agent = new Agent({ ca: pagerDuty.caPem });
  onTestFinished(() => agent.destroy());
  const client = createPagerDutyClient({
    token,
    apiServer: pagerDuty.server,
    eventsServer: pagerDuty.eventsServer,
    agent,
    now: clock.now,
    timeoutMs: options.timeoutMs ?? 10 * secondMs,
    retryTimeoutMs: 1,
  });
  const outbox = runOutbox(store, clock.now, {
    ...pagerDutyEffects({ client, engine, store, clock }),
    ...overrideEffects({ client, engine, store, clock, log }),
    ...dutyHandlers({ engine, store }),
  });
  return { clock, store, engine, ingest, log, lines, url, pagerDuty, client, ...outbox, ...acts(engine, store) };
}

function acts(engine: Engine, store: Store) {
  async function does(id: IncidentId, command: IncidentCommand, actor: Actor = automation) {
    return engine.execute({ kind: 'incident', stream: id, command, actor });
  }
  return {
    does,
    as: (person: string): Actor => ({ kind: 'person', person }),
    declare: (more: Partial<Extract<IncidentCommand, { type: 'declare' }>> = {}) => declareWith(does, more),
    async incident(id: IncidentId = 'INC-1') {
      const incident = await store.incident(id);
      if (incident === undefined) throw new Error(`${id} does not exist`);
      return incident;
    },
    async eventTypes(id: IncidentId = 'INC-1') {
      return (await store.events(id)).map((recorded) => recorded.event.type);
    },
  };
}

async function declareWith(
  does: (id: IncidentId, command: IncidentCommand, actor?: Actor) => Promise<unknown>,
  more: Partial<Extract<IncidentCommand, { type: 'declare' }>>,
): Promise<IncidentId> {
  const command: IncidentCommand = {
    type: 'declare',
    title: 'Checkout is down',
    severity: 'sev1',
    service: 'checkout',
    kind: 'incident',
    isPrivate: false,
    groupKey: undefined,
    alert: undefined,
    ...more,
  };
  await does('INC-1', command, { kind: 'outside', system: 'alerts' });
  return 'INC-1';
}

type PagerDutyHandlers = ReturnType<typeof pagerDutyEffects> &
  ReturnType<typeof overrideEffects> &
  ReturnType<typeof dutyHandlers>;

/** Runs what is due of PagerDuty's effects; what is Slack's leaves the outbox untouched. */
function runOutbox(store: Store, now: () => number, handlers: PagerDutyHandlers) {
  const ran: { kind: EffectKind; outcome: EffectOutcome }[] = [];

  const everything = { ...everyHandler(() => Promise.resolve(done)), ...handlers };

  /** Retries are due at once, so that a test need not wait for them; at most `tries` rounds. */
  async function work(tries = 1): Promise<void> {
    for (let round = 0; round < 50; round += 1) {
      const jobs = await store.claim(now(), now() + 30 * secondMs, randomUUID(), 100);
      if (jobs.length === 0) return;
      for (const job of jobs) {
        const outcome = await runEffect(job, everything);
        if (job.effect.kind.startsWith('pagerduty.')) ran.push({ kind: job.effect.kind, outcome });
        if (outcome.kind === 'retry' || outcome.kind === 'later')
          await store.postpone(job, job.attempt < tries ? now() : now() + secondMs, true);
        else await store.settle([job]);
      }
    }
  }

  return { work, ran };
}

function memoryLog() {
  const lines: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString('utf8'));
      done();
    },
  });
  return { log: pino({ level: 'debug', base: null }, stream), lines };
}

export interface SignedDelivery {
  body: unknown;
  webhookId?: string;
  secret?: string;
}

/** Posts a delivery as PagerDuty does and resolves to the status. */
export async function deliver(url: string, { body, webhookId = randomUUID(), secret }: SignedDelivery) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const signature = createHmac('sha256', secret ?? webhookSecret)
    .update(text)
    .digest('hex');
  const response = await fetch(url, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'PagerDuty-Webhook/V3.0',
      'x-webhook-id': webhookId,
      'x-webhook-subscription': 'WTORAN',
      'x-pagerduty-signature': `v1=${signature}`,
    },
  });
  await response.text();
  return response.status;
}

/** An event as PagerDuty sends it, about an incident of the checkout service. */
export function event(type: string, data: Record<string, unknown> = {}, more: Record<string, unknown> = {}) {
  return {
    event: {
      id: `E${type}`,
      event_type: `incident.${type}`,
      resource_type: 'incident',
      occurred_at: new Date(sundayMorning).toISOString(),
      agent: null,
      client: null,
      data: {
        id: 'Q1',
        type: 'incident',
        number: 1,
        title: 'checkout is slow',
        status: 'triggered',
        urgency: 'high',
        created_at: new Date(sundayMorning).toISOString(),
        service: { id: 'PSVC1', type: 'service_reference' },
        ...data,
      },
      ...more,
    },
  };
}

import { randomBytes } from 'node:crypto';
import type { EpochMs } from '../../oncall/time.ts';
import { createActions, type Actions } from './actions.ts';
import { createApiServer } from './api-server.ts';
import { createCertificate } from './certificate.ts';
import { createControl, serveControl, type ControlHandler } from './control.ts';
import { createEventsApi } from './events-api.ts';
import { createFaultRules } from './fault-rules.ts';
import type { FaultRule, Faults } from './faults.ts';
import { resolve } from './incidents.ts';
import type { AccountState } from './model.ts';
import { emptyRecord, type SandboxRecord } from './record.ts';
import { createRestApi } from './rest.ts';
import { runClock } from './ringing.ts';
import { accountFrom, type AccountSeed, type WebhookSeed } from './seed.ts';
import { pagerDutyTiming, type Timing } from './timing.ts';
import { createWaiting } from './waiting.ts';
import { createWebhooks } from './webhooks.ts';
import type { World } from './world.ts';

/**
 * A PagerDuty of one's own: the REST API, Events API v2, signed V3 webhooks and an escalation engine that rings people.
 *
 * Point Toran at it with `PAGERDUTY_API_SERVER=<server>`, `PAGERDUTY_EVENTS_SERVER=<eventsServer>` and
 * `NODE_EXTRA_CA_CERTS=<caFile>` (its client speaks https only), and give a webhook seed the URL and secret of Toran's
 * `/hooks/pagerduty`. Nothing in the product knows that it is not the real one.
 *
 * Time is the injected clock: escalations, time-outs and webhook retries happen when `tick()` sees that they are due.
 * A timer calls it every `timing.tickEveryMs`; set that to 0 and tests alone decide when time passes. What a `tick`
 * makes up for happens in the order, and with the time, at which it was due.
 */
export interface LocalPagerDuty {
  /** host:port of the REST API, for `PAGERDUTY_API_SERVER`. */
  server: string;
  /** host:port of the Events API (the same server). */
  eventsServer: string;
  /** The throw-away certificate authority, as PEM and as a file. */
  caPem: string;
  caFile: string;
  /**
   * Plain-http address of the sandbox's own interface, `http://127.0.0.1:<port>/_sandbox/pagerduty`: state, record,
   * actions and faults as JSON for a terminal or a page. It keeps answering while the API refuses connections.
   */
  controlUrl: string;
  /** The same interface to mount in another server, where a page of that server can use it. */
  control: ControlHandler;
  /** Live, to read; change it through `actions`. */
  state: AccountState;
  /** What monitors and people do in PagerDuty itself. */
  actions: Actions;
  faults: Faults;
  /** Every API call, every delivery attempt and every ringing phone, in order. */
  log: SandboxRecord;
  /** Does everything that is due now. */
  tick(): void;
  /** Waits until the predicate holds, asking after every change; rejects after `timeoutMs` of real time. */
  until(predicate: () => boolean, timeoutMs?: number): Promise<void>;
  /** Waits until no webhook is on its way (those that wait for a later retry do not count). */
  deliveriesIdle(timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface LocalPagerDutyOptions {
  /** Sandbox time. Certificates and the 5 s of a webhook's answer follow the machine's clock all the same. */
  now: () => EpochMs;
  account: AccountSeed;
  /** 0 or absent: any free port. */
  port?: number;
  controlPort?: number;
  webhooks?: WebhookSeed[];
  timing?: Partial<Timing>;
  faults?: FaultRule[];
}

export async function startLocalPagerDuty(options: LocalPagerDutyOptions): Promise<LocalPagerDuty> {
  const timing = { ...pagerDutyTiming, ...options.timing };
  const waiting = createWaiting();
  const world = createWorld(options, waiting.changed);
  const webhooks = createWebhooks(world, timing);
  world.publish = webhooks.publish;

  const certificate = await createCertificate(Date.now());
  const faultRules = createFaultRules(options.faults ?? []);
  const rest = createRestApi(world, timing.restPerMinute, webhooks);
  const events = createEventsApi(world, timing.eventsPerMinute);
  const api = createApiServer({ world, rest, events, faults: faultRules, certificate });
  const port = await api.listen(options.port ?? 0);

  const actions = createActions(world);
  const faults: Faults = {
    ...faultRules,
    refuseConnections: () => api.stop(),
    acceptConnections: async () => void (await api.listen(port)),
  };
  const tick = () => {
    runClock(world, world.now(), (incident, at) => resolve(world, incident, null, at));
    webhooks.tick();
  };
  const control = createControl({ world, actions, faults, tick });
  const controlServer = await serveControl(control, options.controlPort ?? 0);
  const ticking = timing.tickEveryMs > 0 ? setInterval(tick, timing.tickEveryMs) : undefined;
  const server = `127.0.0.1:${port}`;
  return {
    server,
    eventsServer: server,
    caPem: certificate.caPem,
    caFile: certificate.caFile,
    controlUrl: controlServer.url,
    control,
    state: world.state,
    actions,
    faults,
    log: world.record,
    tick,
    until: waiting.until,
    deliveriesIdle: (timeoutMs) => waiting.until(webhooks.idle, timeoutMs),
    async close() {
      clearInterval(ticking);
      await Promise.all([api.stop(), controlServer.stop()]);
      certificate.remove();
    },
  };
}

function createWorld(options: LocalPagerDutyOptions, changed: () => void): World {
  // Ids differ from run to run, so that a database that outlives the sandbox does not meet its old incidents again.
  const run = randomBytes(3).toString('hex').toUpperCase();
  let count = 0;
  return {
    state: accountFrom(options.account, options.webhooks ?? []),
    record: emptyRecord(),
    now: options.now,
    newId(prefix) {
      count += 1;
      return `${prefix}${run}${count.toString(36).toUpperCase().padStart(7, '0')}`;
    },
    publish: () => undefined,
    changed,
  };
}

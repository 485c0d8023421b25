import type { EpochMs } from '../../oncall/time.ts';
import type { AccountSeed, WebhookSeed } from './seed.ts';
import type { Actions } from './actions.ts';
import type { FaultRule, Faults } from './faults.ts';
import type { AccountState } from './model.ts';
import type { SandboxRecord } from './record.ts';
import type { Timing } from './timing.ts';

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
  now: () => EpochMs;
  account: AccountSeed;
  /** 0 or absent: any free port. */
  port?: number;
  controlPort?: number;
  webhooks?: WebhookSeed[];
  timing?: Partial<Timing>;
  faults?: FaultRule[];
}

import { hourMs, minuteMs } from '../../oncall/time.ts';
import type { FaultBoard } from './faults.ts';
import type { Delivery, DeliveryFailure, DeliveryKind, Fields } from './model.ts';
import { appendKept } from './recording.ts';
import { isFields, textOf } from './values.ts';
import type { Workspace } from './workspace.ts';

/** What the app answered to one delivery. */
export type Answered =
  | { ok: true; body: unknown }
  | { ok: false; reason: DeliveryFailure; status?: number; noRetry?: boolean; nobodyThere?: boolean };

export interface Retry {
  attempt: number;
  reason: DeliveryFailure;
}

/** One way to the app: Socket Mode or HTTP. Never rejects. */
export interface AppLink {
  send(kind: DeliveryKind, id: string, payload: Fields, retry: Retry | undefined): Promise<Answered>;
}

export interface DeliveryDesk {
  /** Sends an event, and again at once, after one and after five minutes until the app acknowledges. */
  event(payload: Fields): void;
  /** Sends once; people see when it fails. */
  interaction(kind: 'slash_commands' | 'interactive', payload: Fields): Promise<Answered>;
  readonly deliveries: readonly Delivery[];
}

/** Slack's waits before the first, second and third retry. */
const retryWaitsMs = [0, minuteMs, 5 * minuteMs];
const delayedRetries = 24;

export function createDeliveryDesk(
  workspace: Workspace,
  link: AppLink,
  faults: FaultBoard,
  delayedEvents: boolean,
): DeliveryDesk {
  const deliveries: Delivery[] = [];
  const waits = delayedEvents
    ? [...retryWaitsMs, ...Array.from({ length: delayedRetries }, () => hourMs)]
    : retryWaitsMs;
  let count = 0;

  async function attempt(kind: DeliveryKind, id: string, payload: Fields, retry: Retry | undefined): Promise<Answered> {
    count += 1;
    const record: Delivery = {
      number: count,
      atMs: workspace.now(),
      kind,
      id,
      what: describe(kind, payload),
      attempt: retry?.attempt ?? 0,
      outcome: 'waiting',
      tookMs: undefined,
    };
    appendKept(deliveries, record);
    const begun = performance.now();
    const met = faults.forDelivery();
    for (const fault of met) if (fault.kind === 'delay_delivery') await sleep(fault.delayMs);
    const first = link.send(kind, id, payload, retry);
    if (met.some((fault) => fault.kind === 'duplicate_delivery')) void link.send(kind, id, payload, retry);
    const answered = await first;
    const lost = answered.ok && met.some((fault) => fault.kind === 'lost_ack');
    const outcome: Answered = lost ? { ok: false, reason: 'http_timeout' } : answered;
    record.outcome = outcome.ok ? 'acknowledged' : outcome.reason;
    record.tookMs = Math.round(performance.now() - begun);
    workspace.changed();
    return outcome;
  }

  async function eventUntilAcknowledged(id: string, payload: Fields, retry: Retry | undefined): Promise<void> {
    const answered = await attempt('events_api', id, payload, retry);
    const made = retry?.attempt ?? 0;
    const waitMs = waits[made];
    if (answered.ok || answered.noRetry === true || waitMs === undefined) return;
    const again = { attempt: made + 1, reason: answered.reason };
    workspace.timers.at(workspace.now() + waitMs, () => void eventUntilAcknowledged(id, payload, again));
  }

  return {
    event: (payload) => void eventUntilAcknowledged(textOf(payload['event_id']) ?? '', payload, undefined),
    interaction: (kind, payload) => attempt(kind, workspace.nextId('En'), payload, undefined),
    deliveries,
  };
}

function describe(kind: DeliveryKind, payload: Fields): string {
  if (kind === 'slash_commands') return textOf(payload['command']) ?? '';
  const inner = isFields(payload['event']) ? payload['event'] : payload;
  const type = textOf(inner['type']);
  const subtype = textOf(inner['subtype']);
  return [type, subtype].filter((part) => part !== undefined).join('.');
}

function sleep(waitMs: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, waitMs));
}

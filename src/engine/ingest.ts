import type { AlertSignal, IncidentCommand } from '../incident/commands.ts';
import { incidentId, type IncidentId } from '../incident/ids.ts';
import type { Severity } from '../oncall/catalog.ts';
import type { Actor } from '../oncall/recorded.ts';
import { secondMs, type EpochMs } from '../oncall/time.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Engine } from './orders.ts';
import {
  inboundKey,
  type AlertRow,
  type Clock,
  type Inbound,
  type SignalCount,
  type Store,
  type Verdict,
} from './ports.ts';

/** A signal from outside, whichever system it came from. */
export interface Signal {
  readonly alert: AlertSignal;
  readonly status: 'firing' | 'resolved';
  /** Resolved by being made part of another signal. */
  readonly merged?: boolean;
  /** Signals with one key share one open incident. */
  readonly groupKey: string;
  readonly service: string | undefined;
  readonly severity: Severity;
  /** False: it joins an incident that is open, and opens none. */
  readonly opens: boolean;
  readonly at: EpochMs;
  readonly inbound: Inbound;
}

export type Ingested =
  | { readonly kind: 'opened' | 'joined' | 'counted' | 'resolved'; readonly incident: IncidentId }
  | { readonly kind: 'duplicate'; readonly incident: IncidentId | undefined }
  /** A resolution of something that never fired here, or a signal too small to open an incident. */
  | { readonly kind: 'ignored' };

/** Resolves once the signal is durable; throws when it could not be committed. */
export type Ingest = (signal: Signal) => Promise<Ingested>;

export interface IngestOptions {
  readonly store: Store;
  readonly engine: Engine;
  readonly clock: Clock;
  readonly onCommitted: () => void;
}

/** How often an incident's stream learns how many signals there were. */
const countEveryMs = 10 * secondMs;

/**
 * Takes signals in. The first of a group declares an incident, the first of each alert joins it, repeats are counted:
 * ten thousand signals are one channel, one page, one card that counts. Signals of one group are taken in order.
 */
export function createIngest(options: IngestOptions): Ingest {
  const queue = createKeyedQueue<Signal, Ingested>(
    (signal) => signal.groupKey,
    (groups) => takeIn(groups, options),
  );
  return (signal) => queue.add(signal);
}

interface Known {
  readonly seen: ReadonlyMap<string, Verdict>;
  readonly groups: ReadonlyMap<string, IncidentId>;
  readonly alerts: ReadonlyMap<string, AlertRow>;
}

async function takeIn(
  groups: ReadonlyMap<string, readonly Signal[]>,
  options: IngestOptions,
): Promise<Map<Signal, Ingested>> {
  const { store, clock, onCommitted } = options;
  const everything = [...groups.values()].flat();
  const known: Known = {
    seen: await store.seen(everything.map((signal) => signal.inbound)),
    groups: await store.openGroups([...groups.keys()]),
    alerts: await store.alerts([...new Set(everything.map((signal) => signal.alert.key))]),
  };
  const results = new Map<Signal, Ingested>();
  const counted = (
    await Promise.all([...groups].map(([key, signals]) => takeGroup(key, signals, known, results, options)))
  ).flat();
  if (counted.length > 0) {
    await store.countSignals(
      sum(counted),
      counted.flatMap(({ signal }) => signal?.inbound ?? []),
      counters(counted, clock.now()),
      clock.now(),
    );
    onCommitted();
  }
  return results;
}

interface Counted {
  readonly signal: Signal | undefined;
  readonly alert: string;
  readonly incident: IncidentId;
  readonly add: number;
  readonly at: EpochMs;
}

async function takeGroup(
  groupKey: string,
  signals: readonly Signal[],
  known: Known,
  results: Map<Signal, Ingested>,
  options: IngestOptions,
): Promise<readonly Counted[]> {
  const counted: Counted[] = [];
  const joins: Promise<void>[] = [];
  const current = new Map<string, IncidentId>();
  const keys = new Set<string>();
  let open = known.groups.get(groupKey);
  for (const signal of signals) {
    const key = inboundKey(signal.inbound);
    const verdict = known.seen.get(key);
    if (verdict !== undefined || keys.has(key)) {
      results.set(signal, { kind: 'duplicate', incident: verdict?.incident ?? open });
      continue;
    }
    keys.add(key);
    const row = known.alerts.get(signal.alert.key);
    if (signal.status === 'resolved') {
      // Joins that are under way come first: a resolution must find what it resolves.
      await Promise.all(joins);
      const incident = current.get(signal.alert.key) ?? row?.incident;
      results.set(signal, await resolveAlert(signal, incident, row, options));
      open = (await options.store.openGroups([groupKey])).get(groupKey);
    } else if (open === undefined && !signal.opens) {
      await options.store.countSignals([], [signal.inbound], [], options.clock.now());
      results.set(signal, { kind: 'ignored' });
    } else if (open === undefined) {
      open = await declare(signal, options, results);
      current.set(signal.alert.key, open);
    } else if (current.has(signal.alert.key) || (row?.incident === open && !row.resolved)) {
      counted.push({ signal, alert: signal.alert.key, incident: open, add: 1, at: signal.at });
      results.set(signal, { kind: 'counted', incident: open });
    } else {
      current.set(signal.alert.key, open);
      joins.push(join(signal, open, results, counted, options));
    }
  }
  await Promise.all(joins);
  return counted;
}

/** Opens an incident, or joins the one that another replica opened in the same moment. */
async function declare(signal: Signal, options: IngestOptions, results: Map<Signal, Ingested>): Promise<IncidentId> {
  const { store, engine } = options;
  for (;;) {
    const id = incidentId(await store.nextIncidentNumber());
    const outcome = await engine.execute({
      kind: 'incident',
      stream: id,
      command: declaration(signal),
      actor: actorOf(signal),
      happenedAt: signal.at,
      inbound: signal.inbound,
      alert: rowOf(signal, id),
    });
    if (outcome.kind === 'accepted') {
      results.set(signal, { kind: 'opened', incident: id });
      return id;
    }
    if (outcome.kind === 'refused')
      throw new Error(`${signal.alert.key}: no incident could be declared (${outcome.refusal.code})`);
    const other =
      outcome.kind === 'duplicate'
        ? outcome.verdict.incident
        : (await store.openGroups([signal.groupKey])).get(signal.groupKey);
    // Resolved again between the two looks: the next round declares.
    if (other === undefined) continue;
    if (outcome.kind === 'duplicate') results.set(signal, { kind: 'duplicate', incident: other });
    else await join(signal, other, results, [], options);
    return other;
  }
}

async function join(
  signal: Signal,
  incident: IncidentId,
  results: Map<Signal, Ingested>,
  counted: Counted[],
  { engine }: IngestOptions,
): Promise<void> {
  const outcome = await engine.execute({
    kind: 'incident',
    stream: incident,
    command: { type: 'attach_alert', alert: signal.alert, severity: signal.severity },
    actor: actorOf(signal),
    happenedAt: signal.at,
    inbound: signal.inbound,
    alert: rowOf(signal, incident),
  });
  if (outcome.kind === 'duplicate') {
    results.set(signal, { kind: 'duplicate', incident: outcome.verdict.incident });
    return;
  }
  if (outcome.kind !== 'accepted') throw new Error(`${signal.alert.key}: could not join ${incident} (${outcome.kind})`);
  results.set(signal, { kind: 'joined', incident });
  const listed = outcome.events.some((recorded) => recorded.event.type === 'alert_attached');
  if (!listed) counted.push({ signal: undefined, alert: signal.alert.key, incident, add: 0, at: signal.at });
}

async function resolveAlert(
  signal: Signal,
  incident: IncidentId | undefined,
  row: AlertRow | undefined,
  { store, engine, clock }: IngestOptions,
): Promise<Ingested> {
  if (incident === undefined) {
    await store.countSignals([], [signal.inbound], [], clock.now());
    return { kind: 'ignored' };
  }
  const open = await store.unresolvedAlerts(incident);
  const self = row?.incident === incident && row.resolved ? 0 : 1;
  const outcome = await engine.execute({
    kind: 'incident',
    stream: incident,
    command: {
      type: 'alert_resolved',
      alert: signal.alert.key,
      othersOpen: Math.max(0, open - self),
      merged: signal.merged ?? false,
    },
    actor: actorOf(signal),
    happenedAt: signal.at,
    inbound: signal.inbound,
    alert: { ...(row ?? rowOf(signal, incident)), incident, lastAt: signal.at, resolved: true },
  });
  return outcome.kind === 'duplicate' ? { kind: 'duplicate', incident } : { kind: 'resolved', incident };
}

function declaration(signal: Signal): IncidentCommand {
  return {
    type: 'declare',
    title: signal.alert.title,
    severity: signal.severity,
    service: signal.service,
    kind: 'incident',
    isPrivate: false,
    groupKey: signal.groupKey,
    alert: signal.alert,
  };
}

function actorOf(signal: Signal): Actor {
  return { kind: 'outside', system: signal.alert.source };
}

function rowOf(signal: Signal, incident: IncidentId): AlertRow {
  return { key: signal.alert.key, incident, count: 1, firstAt: signal.at, lastAt: signal.at, resolved: false };
}

function sum(counted: readonly Counted[]): readonly SignalCount[] {
  const byAlert = new Map<string, SignalCount>();
  for (const { alert, incident, add, at } of counted) {
    if (add === 0) continue;
    const before = byAlert.get(alert);
    byAlert.set(alert, { alert, incident, add: (before?.add ?? 0) + add, at: Math.max(before?.at ?? 0, at) });
  }
  return [...byAlert.values()];
}

function counters(counted: readonly Counted[], now: EpochMs) {
  return [...new Set(counted.map(({ incident }) => incident))].map((incident) => ({
    effect: { kind: 'timer.count_alerts' as const, incident },
    due: now + countEveryMs,
    lane: `count:${incident}`,
    priority: 1,
    coalesce: `count:${incident}`,
  }));
}

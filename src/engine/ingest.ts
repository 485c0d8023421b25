import type { AlertSignal } from '../incident/commands.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { Severity } from '../oncall/catalog.ts';
import { secondMs, type EpochMs } from '../oncall/time.ts';
import { actorOf, enter, rowOf } from './enter.ts';
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
  /**
   * True where the source tells each firing once, with the time at which it began: told again, however late and under
   * whatever id, it is no news, also when its incident is over by now. A monitor that repeats itself still fires.
   */
  readonly firesOnce: boolean;
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
  const { store, clock } = options;
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
    // Nobody is woken: what was planned is due in seconds, the sweep comes every second, and a storm is mostly repeats.
  }
  return results;
}

export interface Counted {
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
  const entries: Promise<void>[] = [];
  // The alerts as they stand after what came before in this turn.
  const current = new Map(known.alerts);
  const keys = new Set<string>();
  let open = known.groups.get(groupKey);
  for (const signal of signals) {
    const { key } = signal.alert;
    const inbound = inboundKey(signal.inbound);
    const verdict = known.seen.get(inbound);
    if (verdict !== undefined || keys.has(inbound)) {
      results.set(signal, { kind: 'duplicate', incident: verdict?.incident ?? open });
      continue;
    }
    keys.add(inbound);
    const row = current.get(key);
    if (signal.status === 'resolved') {
      // What is on its way in comes first: a resolution must find what it resolves.
      await Promise.all(entries);
      const latest = current.get(key);
      results.set(signal, await resolveAlert(signal, latest, options));
      if (latest !== undefined) current.set(key, { ...latest, resolved: true });
      open = (await options.store.openGroups([groupKey])).get(groupKey);
    } else if (row !== undefined && signal.firesOnce && signal.at <= row.lastAt) {
      counted.push({ signal, alert: key, incident: row.incident, add: 0, at: signal.at });
    } else if (open !== undefined && row?.incident === open && !row.resolved) {
      counted.push({ signal, alert: key, incident: open, add: 1, at: signal.at });
    } else {
      const entry = enter(signal, open, results, counted, options).then((incident) => {
        if (incident !== undefined) current.set(key, rowOf(signal, incident));
      });
      if (open === undefined) {
        await entry;
        open = current.get(key)?.incident;
      } else {
        current.set(key, rowOf(signal, open));
        entries.push(entry);
      }
    }
  }
  await Promise.all(entries);
  return counted.map((one) => {
    const incident = current.get(one.alert)?.incident ?? one.incident;
    if (one.signal !== undefined) results.set(one.signal, { kind: 'counted', incident });
    return { ...one, incident };
  });
}

async function resolveAlert(
  signal: Signal,
  row: AlertRow | undefined,
  { store, engine, clock }: IngestOptions,
): Promise<Ingested> {
  if (row === undefined) {
    await store.countSignals([], [signal.inbound], [], clock.now());
    return { kind: 'ignored' };
  }
  const { incident } = row;
  const open = await store.unresolvedAlerts(incident);
  const self = row.resolved ? 0 : 1;
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
    alert: { ...row, lastAt: signal.at, resolved: true },
  });
  return outcome.kind === 'duplicate' ? { kind: 'duplicate', incident } : { kind: 'resolved', incident };
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

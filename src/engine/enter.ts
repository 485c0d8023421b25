import type { IncidentCommand } from '../incident/commands.ts';
import { incidentId, type IncidentId } from '../incident/ids.ts';
import type { Actor } from '../oncall/recorded.ts';
import type { Counted, Ingested, IngestOptions, Signal } from './ingest.ts';
import type { AlertRow } from './ports.ts';

/** More than chance allows: only a store that keeps answering nonsense gets there. */
const mostTries = 25;

/**
 * Joins the open incident of the group, or opens one. The incident can end between two looks, and another replica can open
 * one: then it is decided anew, so that a signal never lands where nobody looks. Undefined when it was too small to open any.
 */
export async function enter(
  signal: Signal,
  known: IncidentId | undefined,
  results: Map<Signal, Ingested>,
  counted: Counted[],
  options: IngestOptions,
): Promise<IncidentId | undefined> {
  const { store, clock } = options;
  let open = known;
  for (let turn = 0; turn < mostTries; turn += 1) {
    if (open === undefined && !signal.opens) {
      await store.countSignals([], [signal.inbound], [], clock.now());
      results.set(signal, { kind: 'ignored' });
      return undefined;
    }
    const entered =
      open === undefined
        ? await declare(signal, results, options)
        : await join(signal, open, results, counted, options);
    if (entered !== undefined) return entered;
    open = (await store.openGroups([signal.groupKey])).get(signal.groupKey);
  }
  throw new Error(`${signal.alert.key}: found no incident to join and could open none in ${mostTries} tries`);
}

/** Undefined when another incident was opened for the group in the same moment. */
async function declare(
  signal: Signal,
  results: Map<Signal, Ingested>,
  { store, engine }: IngestOptions,
): Promise<IncidentId | undefined> {
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
  switch (outcome.kind) {
    case 'accepted':
      results.set(signal, { kind: 'opened', incident: id });
      return id;
    case 'duplicate':
      results.set(signal, { kind: 'duplicate', incident: outcome.verdict.incident });
      return outcome.verdict.incident;
    case 'refused':
      throw new Error(`${signal.alert.key}: no incident could be declared (${outcome.refusal.code})`);
    case 'group_taken':
      return undefined;
  }
}

/** Undefined when the incident is over by now. */
async function join(
  signal: Signal,
  incident: IncidentId,
  results: Map<Signal, Ingested>,
  counted: Counted[],
  { engine }: IngestOptions,
): Promise<IncidentId | undefined> {
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
    return outcome.verdict.incident ?? incident;
  }
  if (outcome.kind === 'refused' && outcome.refusal.code === 'incident_is_over') return undefined;
  if (outcome.kind !== 'accepted') throw new Error(`${signal.alert.key}: could not join ${incident} (${outcome.kind})`);
  results.set(signal, { kind: 'joined', incident });
  const listed = outcome.events.some((recorded) => recorded.event.type === 'alert_attached');
  if (!listed) counted.push({ signal: undefined, alert: signal.alert.key, incident, add: 0, at: signal.at });
  return incident;
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

export function actorOf(signal: Signal): Actor {
  return { kind: 'outside', system: signal.alert.source };
}

export function rowOf(signal: Signal, incident: IncidentId): AlertRow {
  return { key: signal.alert.key, incident, count: 1, firstAt: signal.at, lastAt: signal.at, resolved: false };
}

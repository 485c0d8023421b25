import type { Ingest, Signal } from '../engine/ingest.ts';
import type { Engine } from '../engine/orders.ts';
import type { Inbound, Store } from '../engine/ports.ts';
import { incidentOf, type DeliveryId, type IncidentId } from '../incident/ids.ts';
import { pageOfDelivery, type Incident } from '../incident/incident.ts';
import { isWaiting, type Page } from '../incident/page.ts';
import { clipText } from '../incident/text.ts';
import type { Catalog, Severity } from '../oncall/catalog.ts';
import type { Actor } from '../oncall/recorded.ts';
import type { EpochMs } from '../oncall/time.ts';
import { isOwnResolution } from './page-key.ts';
import { personOfUser } from './people.ts';

/** What webhooks and answers of the API both know of an incident. */
export interface SeenIncident {
  readonly id: string;
  readonly title: string;
  readonly urgency: 'high' | 'low';
  readonly serviceId: string | null;
  readonly priorityName: string | null;
  readonly htmlUrl: string | null;
  readonly createdAtMs: EpochMs | null;
}

/** Something that was seen to have happened to an incident in PagerDuty, by whichever way Toran learnt of it. */
export interface Sighting {
  readonly incident: SeenIncident;
  readonly at: EpochMs;
  /** The PagerDuty user who did it; null when no person did. */
  readonly userId: string | null;
  readonly inbound: Inbound;
}

export interface MirrorOptions {
  readonly ingest: Ingest;
  readonly engine: Engine;
  readonly store: Store;
}

/**
 * Turns what happens to incidents in PagerDuty into what happens to incidents here. Everything may be told twice, late, and
 * by webhook and poll both: what is known already changes nothing.
 */
export interface Mirror {
  /** It is open there since `since`: it opens an incident here, joins one, or is known. */
  firing(sighting: Sighting, since: EpochMs): Promise<IncidentId | undefined>;
  acknowledged(sighting: Sighting): Promise<void>;
  /** `mergedIntoId`: the incident there that it was made part of, which is no fix. */
  resolved(sighting: Sighting, mergedIntoId: string | null): Promise<void>;
  /** Its priority was changed: it may open an incident now, or make one worse. */
  reprioritised(sighting: Sighting): Promise<void>;
  note(incident: string, text: string, sighting: Omit<Sighting, 'incident'>): Promise<void>;
  /** Someone answered the ringing of one of Toran's own pages. */
  answered(delivery: DeliveryId, sighting: Omit<Sighting, 'incident'>): Promise<void>;
}

export function createMirror(options: MirrorOptions): Mirror {
  const { ingest, engine, store } = options;

  const rowOf = async (id: string) => (await store.alerts([alertKey(id)])).get(alertKey(id));

  async function firing(sighting: Sighting, since: EpochMs): Promise<IncidentId | undefined> {
    const signal = signalOf(sighting, 'firing', (await store.onCallFacts()).catalog);
    const ingested = await ingest({ ...signal, at: since });
    return ingested.kind === 'ignored' ? undefined : ingested.incident;
  }

  async function acknowledged(sighting: Sighting): Promise<void> {
    const { incident, at, userId, inbound } = sighting;
    const row = await rowOf(incident.id);
    // Acknowledged before its trigger came through here, or acknowledged after it was resolved, which reopens it there.
    const isNews = row === undefined || (row.resolved && at > row.lastAt);
    const since = row === undefined ? (incident.createdAtMs ?? at) : at;
    const opening = { ...sighting, inbound: { ...inbound, id: `${inbound.id}:trigger` } };
    const id = isNews ? await firing(opening, since) : row.incident;
    const state = id === undefined ? undefined : await store.incident(id);
    if (state === undefined || isStaleAnswer(state, at)) return;
    await engine.execute({
      kind: 'incident',
      stream: state.id,
      command: { type: 'acknowledge', page: undefined, via: 'pagerduty' },
      actor: await actorOf(userId),
      happenedAt: at,
      inbound,
    });
  }

  async function reprioritised(sighting: Sighting): Promise<void> {
    const row = await rowOf(sighting.incident.id);
    const { catalog } = await store.onCallFacts();
    const { alert, severity } = signalOf(sighting, 'firing', catalog);
    if (row === undefined) await firing(sighting, sighting.incident.createdAtMs ?? sighting.at);
    else if (!row.resolved)
      await engine.execute({
        kind: 'incident',
        stream: row.incident,
        command: { type: 'attach_alert', alert, severity },
        actor: { kind: 'outside', system: 'pagerduty' },
        happenedAt: sighting.at,
        inbound: sighting.inbound,
      });
  }

  async function note(incident: string, content: string, { at, userId, inbound }: Omit<Sighting, 'incident'>) {
    const row = await rowOf(incident);
    const text = clipText(content, longestNote);
    if (row === undefined || text === '' || isOwnResolution(text)) return;
    await engine.execute({
      kind: 'incident',
      stream: row.incident,
      command: { type: 'add_note', text },
      actor: await actorOf(userId),
      happenedAt: at,
      inbound,
    });
  }

  async function answered(delivery: DeliveryId, { at, userId, inbound }: Omit<Sighting, 'incident'>): Promise<void> {
    const incident = await store.incident(incidentOf(delivery));
    const found = incident === undefined ? undefined : pageOfDelivery(incident, delivery);
    // A page that is over asks nothing; Toran's own end of the ringing is no answer either.
    if (incident === undefined || found === undefined || userId === null || !isWaiting(found.page)) return;
    const { to, outcome } = found.delivery;
    if (outcome.kind === 'failed' || (to.kind === 'person' && found.page.declined.includes(to.person))) return;
    await engine.execute({
      kind: 'incident',
      stream: incident.id,
      command: { type: 'acknowledge', page: found.page.id, via: 'pagerduty' },
      actor: await actorOf(userId),
      happenedAt: at,
      inbound,
    });
  }

  async function actorOf(userId: string | null): Promise<Actor> {
    if (userId === null) return { kind: 'outside', system: 'pagerduty' };
    return { kind: 'person', person: personOfUser((await store.onCallFacts()).catalog, userId) };
  }

  return {
    firing,
    acknowledged,
    reprioritised,
    note,
    answered,
    async resolved(sighting, mergedIntoId) {
      const signal = signalOf(sighting, 'resolved', (await store.onCallFacts()).catalog);
      await ingest({ ...signal, merged: mergedIntoId !== null });
    },
  };
}

const longestNote = 4_000;

export function alertKey(pagerDutyIncident: string): string {
  return `pagerduty:${pagerDutyIncident}`;
}

/**
 * An acknowledgement answers what was asked before it. When its holder was lost since, or somebody was asked by hand, the
 * old one must not end the new page. Pages that alerts start are not compared: PagerDuty's people may be faster than its
 * webhooks, and then they have answered before Toran could ask.
 */
function isStaleAnswer(incident: Incident, at: EpochMs): boolean {
  const waiting = incident.pages.filter(isWaiting);
  return waiting.length > 0 && waiting.every((page) => asksAnew(page) && at < page.requestedAt);
}

function asksAnew(page: Page): boolean {
  switch (page.reason) {
    case 'manual':
    case 'reopened':
    case 'acknowledgement_lost':
      return true;
    case 'alert':
    case 'declared':
    case 'severity':
      return false;
  }
}

function signalOf(
  { incident, at, inbound }: Sighting,
  status: Signal['status'],
  { services }: Pick<Catalog, 'services'>,
): Signal {
  const service = Object.values(services).find(
    (one) => one.pagerduty !== undefined && one.pagerduty === incident.serviceId,
  )?.id;
  const severity = severityOf(incident);
  const url = incident.htmlUrl?.startsWith('https://') === true ? incident.htmlUrl : undefined;
  return {
    alert: {
      key: alertKey(incident.id),
      source: 'pagerduty',
      title: clipText(incident.title, 300) || `PagerDuty ${incident.id}`,
      url,
      pagerduty: { incident: incident.id, service: incident.serviceId ?? undefined, url },
    },
    status,
    groupKey: service === undefined ? `pagerduty-service:${incident.serviceId ?? incident.id}` : `service:${service}`,
    service,
    severity,
    // What PagerDuty itself would not wake anybody for opens no channel of its own.
    opens: incident.urgency === 'high' || severity === 'sev1' || severity === 'sev2',
    firesOnce: true,
    at,
    inbound,
  };
}

/** A priority that carries a number (P1, SEV-2, "1 - critical") says how bad it is; otherwise the urgency does. */
function severityOf(incident: SeenIncident): Severity {
  const digit = /(?:^|[^\d])([1-5])(?:[^\d]|$)/.exec(incident.priorityName ?? '')?.[1];
  switch (digit) {
    case '1':
      return 'sev1';
    case '2':
      return 'sev2';
    case '3':
      return 'sev3';
    case '4':
    case '5':
      return 'sev4';
    default:
      return incident.urgency === 'high' ? 'sev2' : 'sev4';
  }
}

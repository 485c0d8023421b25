import type { Logger } from 'pino';
import type { Clock, Inbound } from '../engine/ports.ts';
import type { PagerDutyRef } from '../incident/events.ts';
import { hourMs, type EpochMs } from '../oncall/time.ts';
import type { PagerDutyIncident } from './client-answers.ts';
import type { PagerDutyClient } from './client.ts';
import { alertKey, createMirror, type Mirror, type MirrorOptions, type Sighting } from './mirror.ts';
import { deliveryOfKey } from './page-key.ts';
import { watchSubscriptions } from './subscription.ts';

export interface ReconcilerOptions extends MirrorOptions {
  readonly client: PagerDutyClient;
  readonly clock: Clock;
  readonly log: Logger;
  /** Real time between two looks. Minutes where webhooks tell the news, seconds where looking is the only way. */
  readonly everyMs: number;
}

export interface Reconciler {
  /** Looks now, or waits for the look that is under way; never rejects. */
  look(): Promise<void>;
  /** Looks no more, and waits for the look that is under way. */
  stop(): Promise<void>;
}

/**
 * Asks PagerDuty for what webhooks did not tell: while Toran was down, while the subscription was off, or because PagerDuty
 * has no address of Toran's. Looks at once and then again and again. It decides nothing and remembers nothing: each look
 * compares, and what it tells is deduplicated like a webhook, so any number of replicas may look, and none has to.
 */
export function startReconciler(options: ReconcilerOptions): Reconciler {
  const { log, everyMs } = options;
  let looking: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let failure: string | undefined;
  let stopped = false;

  /** An outage is said once, and so is its end. */
  async function compare(): Promise<void> {
    const before = failure;
    failure = await lookOnce(options);
    if (failure === before) return;
    if (failure === undefined) log.info('pagerduty answers again');
    else log.warn({ failure }, 'pagerduty could not be asked for open incidents; asking again and again');
  }

  function look(): Promise<void> {
    looking ??= compare()
      .catch((error: unknown) => log.error({ err: error }, 'pagerduty could not be compared with the database'))
      .finally(() => {
        looking = undefined;
      });
    return looking;
  }

  function next(): void {
    void look().finally(() => {
      if (stopped) return;
      timer = setTimeout(next, everyMs);
      timer.unref();
    });
  }

  next();
  return {
    look,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
    },
  };
}

/**
 * PagerDuty repeats a webhook for two days. What is older and still open was there before Toran was, or its policy has been
 * gone through long ago: news of it would wake people for what they know.
 */
const newsForMs = 72 * hourMs;
/** Services in one question: their ids have to fit into a URL. */
const servicesAtOnce = 50;
const mostOpenIncidents = 10_000;

/** Undefined when all went well; otherwise how PagerDuty failed. */
async function lookOnce(options: ReconcilerOptions): Promise<string | undefined> {
  const { client, log, store } = options;
  // First of all, so that nothing is lost between the list and the moment at which webhooks come again.
  await watchSubscriptions(client, log);
  const { catalog } = await store.onCallFacts();
  const openHere = await openAlerts(options);
  const services = new Set([
    ...Object.values(catalog.services).flatMap((service) => service.pagerduty ?? []),
    ...openHere.flatMap((alert) => alert.service ?? []),
  ]);
  const open = await listOpen(client, [...services]);
  if ('failure' in open) return open.failure;
  const mirror = createMirror(options);
  const known = await store.alerts(open.incidents.map(({ id }) => alertKey(id)));
  for (const incident of open.incidents) {
    const row = known.get(alertKey(incident.id));
    await tellOpen(incident, row !== undefined && !row.resolved, mirror, options);
  }
  const openThere = new Set(open.incidents.map(({ id }) => id));
  const gone = openHere.filter(({ incident }) => !openThere.has(incident));
  return tellResolved(gone, mirror, options);
}

type Listed = { readonly incidents: readonly PagerDutyIncident[] } | { readonly failure: string };

async function listOpen(client: PagerDutyClient, services: readonly string[]): Promise<Listed> {
  const incidents: PagerDutyIncident[] = [];
  for (let from = 0; from < services.length; from += servicesAtOnce) {
    const serviceIds = services.slice(from, from + servicesAtOnce);
    const listed = await client.listOpenIncidents({ serviceIds });
    if (!listed.ok) return { failure: listed.error.kind };
    incidents.push(...listed.value.incidents);
  }
  return { incidents };
}

async function tellOpen(
  incident: PagerDutyIncident,
  isKnown: boolean,
  mirror: Mirror,
  options: ReconcilerOptions,
): Promise<void> {
  const own = deliveryOfKey(incident.incidentKey);
  const { acknowledgement } = incident;
  if (own !== undefined) {
    if (acknowledgement !== null) await mirror.answered(own, answerOf(incident, acknowledgement, options));
    return;
  }
  if (!isKnown && !(await tellNew(incident, mirror, options))) return;
  if (acknowledgement !== null) await mirror.acknowledged(answerOf(incident, acknowledgement, options));
}

/** False when it is no news, or none any more. */
async function tellNew(incident: PagerDutyIncident, mirror: Mirror, options: ReconcilerOptions): Promise<boolean> {
  const { store, client, clock } = options;
  const { id, urgency, priorityId, createdAtMs } = incident;
  const now = clock.now();
  const row = (await store.alerts([alertKey(id)])).get(alertKey(id));
  if (row === undefined) {
    const since = createdAtMs ?? now;
    if (now - since > newsForMs) return false;
    // What was too small to open an incident is looked at again when it has become worse.
    const inbound = inboundOf(id, 'triggered', urgency, priorityId ?? '');
    return (await mirror.firing({ incident, at: since, userId: null, inbound }, since)) !== undefined;
  }
  if (!row.resolved) return true;
  // The list may be older than the webhook that told of the resolution: only what is still open now was reopened.
  const current = await client.getIncident(id);
  if (!current.ok || current.value.status === 'resolved') return false;
  const inbound = inboundOf(id, 'reopened', String(row.lastAt));
  return (await mirror.firing({ incident: current.value, at: now, userId: null, inbound }, now)) !== undefined;
}

/** Alerts that are open here and not there. Each is read before it is believed: not being listed may have other reasons. */
async function tellResolved(
  gone: readonly PagerDutyRef[],
  mirror: Mirror,
  { client, clock }: ReconcilerOptions,
): Promise<string | undefined> {
  for (const { incident: id } of gone) {
    const current = await client.getIncident(id);
    if (!current.ok && current.error.kind !== 'refused') return current.error.kind;
    if (!current.ok || current.value.status !== 'resolved') continue;
    const at = current.value.resolvedAtMs ?? clock.now();
    const inbound = inboundOf(id, 'resolved', String(at));
    await mirror.resolved({ incident: current.value, at, userId: null, inbound }, current.value.mergedIntoId);
  }
  return undefined;
}

async function openAlerts({ store }: ReconcilerOptions): Promise<readonly PagerDutyRef[]> {
  const rows = await store.incidents({ open: true, includePrivate: true, limit: mostOpenIncidents });
  const streams = await store.load(
    'incident',
    rows.map(({ id }) => id),
  );
  const alerts = [...streams.values()].flatMap(({ state }) => state?.alerts ?? []);
  return alerts.flatMap(({ pagerduty, resolved }) => (resolved ? [] : (pagerduty ?? [])));
}

/** Known again by whose answer it is and since when, so that the next look tells nothing new. */
function answerOf(
  incident: PagerDutyIncident,
  { userId, atMs }: { readonly userId: string; readonly atMs: EpochMs | null },
  { clock }: ReconcilerOptions,
): Sighting {
  const inbound = inboundOf(incident.id, 'acknowledged', userId, String(atMs ?? ''));
  return { incident, at: atMs ?? clock.now(), userId, inbound };
}

function inboundOf(incident: string, ...news: readonly string[]): Inbound {
  return { source: 'pagerduty', id: ['poll', incident, ...news].join(':') };
}

import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Engine } from '../engine/orders.ts';
import type { Clock, Store } from '../engine/ports.ts';
import type { DeliveryFailure } from '../incident/events.ts';
import { hindrance } from '../incident/before-sending.ts';
import { incidentOf, type DeliveryId, type IncidentId } from '../incident/ids.ts';
import { holder, isOpen, pageOfDelivery, type AttachedAlert, type Incident } from '../incident/incident.ts';
import { isWaiting } from '../incident/page.ts';
import { lastKnownWords } from '../messages/last-known.ts';
import type { Catalog, PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { automation } from '../oncall/recorded.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { toIso, type EpochMs } from '../oncall/time.ts';
import type { PagerDutyClient } from './client.ts';
import { endOfRinging, pageKey, resolutionOf } from './page-key.ts';
import { outcomeOf } from './outcome.ts';
import { asSender, emailOf, senderEmails } from './people.ts';
import { ring } from './ring.ts';

export interface PagerDutyEffectOptions {
  readonly client: PagerDutyClient;
  readonly engine: Engine;
  readonly store: Store;
  readonly clock: Clock;
}

type Kinds = 'pagerduty.page' | 'pagerduty.stop_page' | 'pagerduty.acknowledge' | 'pagerduty.resolve';

export function pagerDutyEffects(options: PagerDutyEffectOptions): Pick<EffectHandlers, Kinds> {
  return {
    'pagerduty.page': ({ delivery }) => page(delivery, options),
    'pagerduty.stop_page': ({ delivery }) => stopPage(delivery, options),
    'pagerduty.acknowledge': ({ incident, alert }) => acknowledge(incident, alert, options),
    'pagerduty.resolve': ({ incident, alert }) => resolve(incident, alert, options),
  };
}

/** Rings the person who was chosen, if that person can still answer and still has to. */
async function page(id: DeliveryId, options: PagerDutyEffectOptions): Promise<EffectOutcome> {
  const { store, engine, clock } = options;
  const incident = await store.incident(incidentOf(id));
  const found = incident === undefined ? undefined : pageOfDelivery(incident, id);
  if (incident === undefined || found === undefined || !isOpen(incident) || !isWaiting(found.page)) return done;
  if (found.delivery.outcome.kind !== 'queued' || found.delivery.to.kind !== 'person') return done;
  const { person } = found.delivery.to;
  const facts = await store.onCallFacts();
  const fail = async (because: DeliveryFailure): Promise<EffectOutcome> => {
    await engine.execute({
      kind: 'incident',
      stream: incident.id,
      command: { type: 'delivery_failed', delivery: id, because },
      actor: automation,
    });
    return done;
  };
  const against = async () => hindrance(incident, found.page, found.delivery, await store.onCallFacts(), clock.now());
  const hindered = await against();
  if (hindered !== undefined) return fail(hindered);
  const rung = await ring({
    client: options.client,
    catalog: facts.catalog,
    incident,
    delivery: id,
    person,
    title: await titleOf(incident, facts, store),
    against,
  });
  switch (rung.kind) {
    case 'rung':
      await engine.execute({
        kind: 'incident',
        stream: incident.id,
        command: {
          type: 'delivery_succeeded',
          delivery: id,
          channel: undefined,
          ts: undefined,
          reference: rung.reference,
        },
        actor: automation,
      });
      return done;
    case 'hindered':
      return fail(rung.because);
    case 'no_address':
      return fail('no_address');
    case 'not_rung':
      return fail('refused');
    case 'error':
      return rung.error.kind === 'refused' ? fail('refused') : outcomeOf(rung.error, clock.now());
  }
}

/** Phones stop ringing when the question has been answered. Incidents born in PagerDuty are not Toran's to end here. */
async function stopPage(id: DeliveryId, { client, store, clock }: PagerDutyEffectOptions): Promise<EffectOutcome> {
  const incident = await store.incident(incidentOf(id));
  const delivery = incident === undefined ? undefined : pageOfDelivery(incident, id)?.delivery;
  if (incident === undefined || delivery === undefined) return done;
  const reference = delivery.outcome.kind === 'delivered' ? delivery.outcome.reference : undefined;
  if (incident.alerts.some((alert) => alert.pagerduty?.incident === reference)) return done;
  const { catalog } = await store.onCallFacts();
  let rings = reference;
  if (rings === undefined) {
    // A try may have made it whose answer never came: found by its key, so that no phone rings on.
    const own = await client.findOpenIncident(pageKey(id));
    if (!own.ok) return outcomeOf(own.error, clock.now());
    rings = own.value?.id;
  }
  if (rings === undefined) return done;
  const stopped = rings;
  const resolved = await asSender(senderEmails(catalog, {}), (from) => client.resolve(stopped, from, endOfRinging));
  return resolved === undefined || resolved.ok ? done : outcomeOf(resolved.error, clock.now());
}

/** Acknowledged in Slack, so acknowledged there: in the name of the person who did it, whose incident it becomes. */
async function acknowledge(
  id: IncidentId,
  key: string,
  { client, store, clock }: PagerDutyEffectOptions,
): Promise<EffectOutcome> {
  const { alert, incident, catalog } = await read(id, key, store);
  if (alert?.pagerduty === undefined || incident === undefined || !isOpen(incident)) return done;
  const by: PersonId | undefined = holder(incident);
  if (by === undefined) return done;
  const { incident: there } = alert.pagerduty;
  const from = emailOf(catalog, by);
  if (from !== undefined) {
    const answered = await client.acknowledgeIfTriggered(there, from);
    return answered.ok ? done : outcomeOf(answered.error, clock.now());
  }
  const current = await client.getIncident(there);
  if (!current.ok) return outcomeOf(current.error, clock.now());
  // Acknowledged or resolved there by whoever it was: nothing is left to tell.
  if (current.value.status !== 'triggered') return done;
  return {
    kind: 'failed',
    error: `${id}: PagerDuty was not told of the acknowledgement; give "${by}" an email in the catalog, the one PagerDuty knows`,
  };
}

async function resolve(
  id: IncidentId,
  key: string,
  { client, store, clock }: PagerDutyEffectOptions,
): Promise<EffectOutcome> {
  const { alert, incident, catalog } = await read(id, key, store);
  if (alert?.pagerduty === undefined || incident === undefined || isOpen(incident)) return done;
  const { incident: there } = alert.pagerduty;
  const senders = senderEmails(catalog, { prefer: incident.roles['lead'] });
  const resolved = await asSender(senders, (from) => client.resolve(there, from, resolutionOf(id)));
  if (resolved === undefined) {
    return {
      kind: 'failed',
      error: `${id}: PagerDuty was not told that it is resolved; give somebody in the catalog an email and a pagerduty id`,
    };
  }
  return resolved.ok ? done : outcomeOf(resolved.error, clock.now());
}

async function read(
  id: IncidentId,
  key: string,
  store: Store,
): Promise<{ incident: Incident | undefined; alert: AttachedAlert | undefined; catalog: Catalog }> {
  const incident = await store.incident(id);
  const { catalog } = await store.onCallFacts();
  return { incident, alert: incident?.alerts.find((one) => one.key === key), catalog };
}

async function titleOf(incident: Incident, { catalog, asOf }: OnCallFacts, store: Store): Promise<string> {
  const title = (await store.texts(incident.id)).get(incident.title);
  const service = incident.service === undefined ? undefined : entry(catalog.services, incident.service)?.name;
  const lastKnown =
    asOf === undefined ? undefined : lastKnownWords[catalog.workspace.locale].pageTitle(utcMinute(asOf));
  return [`${incident.id} ${incident.severity}`, service, title, lastKnown]
    .filter((part) => part !== undefined)
    .join(' · ');
}

/** `2026-11-24 18:40 UTC`. */
function utcMinute(at: EpochMs): string {
  return `${toIso(at).slice(0, 16).replace('T', ' ')} UTC`;
}

/** Without a token nothing is written to PagerDuty: what comes from there is read, what would go there is dropped. */
export const pagerDutyOff: Pick<EffectHandlers, Kinds> = {
  'pagerduty.page': () => Promise.resolve(done),
  'pagerduty.stop_page': () => Promise.resolve(done),
  'pagerduty.acknowledge': () => Promise.resolve(done),
  'pagerduty.resolve': () => Promise.resolve(done),
};

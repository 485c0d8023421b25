import type { DeliveryId } from '../incident/ids.ts';
import { clipText } from '../incident/text.ts';
import type { Incident } from '../incident/incident.ts';
import type { Catalog, PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { PagerDutyError } from './client-result.ts';
import type { PagerDutyClient } from './client.ts';
import { pageKey } from './page-key.ts';
import { senderEmail } from './people.ts';

export interface RingRequest {
  readonly client: PagerDutyClient;
  readonly catalog: Catalog;
  readonly incident: Incident;
  readonly delivery: DeliveryId;
  readonly person: PersonId;
  readonly title: string;
}

export type Rung =
  /** `reference`: the PagerDuty incident that rings this person, as read back. */
  | { readonly kind: 'rung'; readonly reference: string }
  | { readonly kind: 'no_address' }
  /** PagerDuty took it and yet rings somebody else. */
  | { readonly kind: 'not_rung' }
  | { readonly kind: 'error'; readonly error: PagerDutyError };

/** A storm has hundreds of incidents there; the first few are rung by one policy, and a page does not wait for the rest. */
const mostLookedAt = 3;

/**
 * Makes PagerDuty ring one person, and reads back that it does: an accepted request is no proof. Where the incident was
 * born in PagerDuty and its policy already rings that person, nothing is added. Otherwise one PagerDuty incident per
 * delivery is made, assigned to the person, with a key that makes repeating harmless. It rings one person on purpose:
 * Toran's own policy is what escalates, and the alert's own incident stays with PagerDuty's policy.
 */
export async function ring(request: RingRequest): Promise<Rung> {
  const { client, catalog, incident, delivery, person, title } = request;
  const userId = entry(catalog.people, person)?.pagerduty;
  if (userId === undefined) return { kind: 'no_address' };

  const bornThere = incident.alerts.filter((alert) => alert.pagerduty !== undefined && !alert.resolved);
  for (const alert of bornThere.slice(0, mostLookedAt)) {
    if (alert.pagerduty === undefined) continue;
    const current = await client.getIncident(alert.pagerduty.incident);
    if (!current.ok) {
      if (current.error.kind === 'refused') continue;
      return { kind: 'error', error: current.error };
    }
    if (current.value.status === 'triggered' && current.value.assigneeIds.includes(userId)) {
      return { kind: 'rung', reference: current.value.id };
    }
  }

  const serviceId = pagerDutyService(request);
  const fromEmail = senderEmail(catalog, person);
  if (serviceId === undefined || fromEmail === undefined) return { kind: 'no_address' };
  const created = await client.createIncident({
    title: clipText(title, 1_024),
    serviceId,
    urgency: 'high',
    ring: { by: 'person', userId },
    incidentKey: pageKey(delivery),
    fromEmail,
  });
  if (!created.ok) return { kind: 'error', error: created.error };
  const readBack = await client.getIncident(created.value.incident.id);
  if (!readBack.ok) return { kind: 'error', error: readBack.error };
  const rings = readBack.value.status !== 'resolved' && readBack.value.assigneeIds.includes(userId);
  return rings ? { kind: 'rung', reference: readBack.value.id } : { kind: 'not_rung' };
}

/** The service of the incident, else of one of its alerts, else any that the catalog knows: the phone must ring. */
function pagerDutyService({ catalog, incident }: RingRequest): string | undefined {
  const own = incident.service === undefined ? undefined : entry(catalog.services, incident.service)?.pagerduty;
  const ofAlert = incident.alerts.find((alert) => alert.pagerduty?.service !== undefined)?.pagerduty?.service;
  return (
    own ?? ofAlert ?? Object.values(catalog.services).find((service) => service.pagerduty !== undefined)?.pagerduty
  );
}

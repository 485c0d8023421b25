import type { DeliveryFailure } from '../incident/events.ts';
import type { DeliveryId } from '../incident/ids.ts';
import { clipText } from '../incident/text.ts';
import type { Incident } from '../incident/incident.ts';
import type { Catalog, PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { PagerDutyError } from './client-result.ts';
import type { PagerDutyClient } from './client.ts';
import { pageKey } from './page-key.ts';
import { asSender, senderEmails } from './people.ts';

export interface RingRequest {
  readonly client: PagerDutyClient;
  readonly catalog: Catalog;
  readonly incident: Incident;
  readonly delivery: DeliveryId;
  readonly person: PersonId;
  readonly title: string;
  /** What stands against it: asked right before a phone is made to ring, after everything that took time. */
  readonly against: () => Promise<DeliveryFailure | undefined>;
}

export type Rung =
  /** `reference`: the PagerDuty incident that rings this person, as read back. */
  | { readonly kind: 'rung'; readonly reference: string }
  | { readonly kind: 'no_address' }
  | { readonly kind: 'hindered'; readonly because: DeliveryFailure }
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
  const { client, catalog, delivery, person, title } = request;
  const userId = entry(catalog.people, person)?.pagerduty;
  if (userId === undefined) return { kind: 'no_address' };

  const already = await rungAlready(request, userId);
  if (already !== undefined) return already;

  const serviceId = pagerDutyService(request);
  if (serviceId === undefined) return { kind: 'no_address' };
  const because = await request.against();
  if (because !== undefined) return { kind: 'hindered', because };
  const created = await asSender(senderEmails(catalog, { except: person }), (fromEmail) =>
    client.createIncident({
      title: clipText(title, 1_024),
      serviceId,
      urgency: 'high',
      ring: { by: 'person', userId },
      incidentKey: pageKey(delivery),
      fromEmail,
    }),
  );
  if (created === undefined) return { kind: 'no_address' };
  if (!created.ok) return { kind: 'error', error: created.error };
  return readBack(created.value.incident.id, userId, client);
}

/** The incident's own ringing in PagerDuty, when it is this person whom its policy rings. */
async function rungAlready({ client, incident }: RingRequest, userId: string): Promise<Rung | undefined> {
  const bornThere = incident.alerts.flatMap(({ pagerduty, resolved }) => (resolved ? [] : (pagerduty?.incident ?? [])));
  const looks = await Promise.all(bornThere.slice(0, mostLookedAt).map((id) => client.getIncident(id)));
  for (const look of looks) {
    if (!look.ok) continue;
    const { id, status, urgency, assigneeIds } = look.value;
    // Low urgency is an e-mail at most, and no phone.
    if (status === 'triggered' && urgency === 'high' && assigneeIds.includes(userId))
      return { kind: 'rung', reference: id };
  }
  // What could not be read may be ringing already; what was refused is gone.
  const unread = looks.find((look) => !look.ok && look.error.kind !== 'refused');
  return unread === undefined || unread.ok ? undefined : { kind: 'error', error: unread.error };
}

/**
 * Whether PagerDuty asks this person. One who has answered by now was rung; one who is said to have answered and was never
 * notified was not: with a personal token, whoever owns it "makes" the incident, and their own is taken for acknowledged.
 */
async function readBack(id: string, userId: string, client: PagerDutyClient): Promise<Rung> {
  const current = await client.getIncident(id);
  if (!current.ok) return { kind: 'error', error: current.error };
  if (current.value.status === 'triggered') {
    return current.value.assigneeIds.includes(userId) ? { kind: 'rung', reference: id } : { kind: 'not_rung' };
  }
  const page = await client.readPage(id);
  if (!page.ok) return { kind: 'error', error: page.error };
  const notified = page.value.notified.some((notification) => notification.userId === userId);
  return notified ? { kind: 'rung', reference: id } : { kind: 'not_rung' };
}

/** The service of the incident, else of one of its alerts, else any that the catalog knows: the phone must ring. */
function pagerDutyService({ catalog, incident }: RingRequest): string | undefined {
  const own = incident.service === undefined ? undefined : entry(catalog.services, incident.service)?.pagerduty;
  const ofAlert = incident.alerts.find((alert) => alert.pagerduty?.service !== undefined)?.pagerduty?.service;
  return (
    own ?? ofAlert ?? Object.values(catalog.services).find((service) => service.pagerduty !== undefined)?.pagerduty
  );
}

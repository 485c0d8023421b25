import type { Logger } from 'pino';
import type { HttpResponse, HttpRoute } from '../engine/http-route.ts';
import type { Clock, Store } from '../engine/ports.ts';
import { createMirror, type Mirror, type MirrorOptions, type Sighting } from './mirror.ts';
import { deliveryOfKey } from './page-key.ts';
import { verifySignature } from './signature.ts';
import {
  largestWebhookBytes,
  parseWebhookPayload,
  type WebhookEvent,
  type WebhookIncident,
} from './webhook-payload.ts';

export interface WebhookOptions extends MirrorOptions {
  readonly secrets: readonly string[];
  readonly clock: Clock;
  readonly log: Logger;
}

const accepted: HttpResponse = { status: 202, body: 'accepted\n' };

/**
 * `POST /hooks/pagerduty`. 4xx only for a bad signature, since PagerDuty drops what gets one and switches a subscription
 * off after three: authentic deliveries that cannot be used are set aside and answered 2xx, a store that cannot commit
 * is a 503 by way of the exception.
 */
export function pagerDutyWebhook(options: WebhookOptions): HttpRoute {
  const { secrets, store, clock, log } = options;
  const mirror = createMirror(options);
  return {
    method: 'POST',
    path: '/hooks/pagerduty',
    maxBodyBytes: largestWebhookBytes,
    deadlineMs: 2_000,
    async handle({ body, headers }) {
      if (!verifySignature(body, headers['x-pagerduty-signature'], secrets)) {
        log.warn(
          { subscription: headers['x-webhook-subscription'] },
          'pagerduty webhook with a bad signature refused; compare PAGERDUTY_WEBHOOK_SECRETS',
        );
        return { status: 401, body: 'bad signature\n' };
      }
      const now = clock.now();
      const parsed = parseWebhookPayload(body, now);
      const webhookId = readWebhookId(headers['x-webhook-id']);
      if (parsed.ok) {
        await take(parsed.event, webhookId ?? parsed.event.eventId, mirror);
        return accepted;
      }
      const id = webhookId ?? `unread:${now}`;
      await setAside(id, parsed.reason, body, store, now);
      log.error({ webhook: id, reason: parsed.reason }, 'pagerduty webhook could not be used and was set aside');
      return accepted;
    },
  };
}

/** The header is not signed: an odd one is not kept, and the event's own id takes its place. */
function readWebhookId(header: string | undefined): string | undefined {
  return header !== undefined && /^[\x21-\x7e]{1,128}$/.test(header) ? header : undefined;
}

async function setAside(id: string, reason: string, body: Uint8Array, store: Store, now: number): Promise<void> {
  // PostgreSQL keeps no NUL in a text.
  const text = new TextDecoder().decode(body).replaceAll('\0', '\uFFFD');
  await store.setAside('pagerduty', id, reason, text, now);
}

async function take(event: WebhookEvent, webhookId: string, mirror: Mirror): Promise<void> {
  const seen = {
    at: event.occurredAtMs,
    userId: event.agentUserId,
    inbound: { source: 'pagerduty' as const, id: webhookId },
  };
  switch (event.type) {
    case 'triggered':
    case 'reopened':
    case 'acknowledged':
    case 'priority_updated':
    case 'unacknowledged':
    case 'escalated':
    case 'reassigned':
    case 'delegated':
      return takeChange(event.type, event.incident, { ...seen, incident: event.incident }, mirror);
    case 'resolved':
      return takeResolution(event, { ...seen, incident: event.incident }, mirror);
    case 'annotated':
      return mirror.note(event.incidentId, event.content, seen);
    case 'status_update':
    case 'responder_added':
    case 'responder_replied':
    case 'ping':
    case 'unknown':
      return undefined;
  }
}

type Change = Exclude<Extract<WebhookEvent, { incident: WebhookIncident }>['type'], 'resolved'>;
type Resolution = Extract<WebhookEvent, { type: 'resolved' }>;

async function takeResolution(
  { incident, mergedIntoId }: Resolution,
  sighting: Sighting,
  mirror: Mirror,
): Promise<void> {
  const own = deliveryOfKey(incident.incidentKey);
  if (own === undefined) return mirror.resolved(sighting, mergedIntoId);
  // On the phone "resolve" is as near as "acknowledge", and an answer either way.
  if (mergedIntoId === null) await mirror.answered(own, sighting);
}

async function takeChange(type: Change, incident: WebhookIncident, sighting: Sighting, mirror: Mirror): Promise<void> {
  const own = deliveryOfKey(incident.incidentKey);
  if (own !== undefined) {
    if (type === 'acknowledged') await mirror.answered(own, sighting);
    return;
  }
  switch (type) {
    case 'triggered':
      await mirror.firing(sighting, incident.createdAtMs ?? sighting.at);
      return;
    case 'reopened':
      await mirror.firing(sighting, sighting.at);
      return;
    case 'acknowledged':
      return mirror.acknowledged(sighting);
    case 'priority_updated':
      return mirror.reprioritised(sighting);
    // Whom PagerDuty asks next is PagerDuty's; Toran asks by its own policy.
    case 'unacknowledged':
    case 'escalated':
    case 'reassigned':
    case 'delegated':
      return undefined;
  }
}

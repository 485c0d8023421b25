import type { Logger } from 'pino';
import type { HttpResponse, HttpRoute } from '../engine/http-route.ts';
import type { Ingest, Signal } from '../engine/ingest.ts';
import type { Engine } from '../engine/orders.ts';
import type { Clock, Inbound, Store } from '../engine/ports.ts';
import { incidentOf, type DeliveryId } from '../incident/ids.ts';
import { pageOfDelivery } from '../incident/incident.ts';
import { clipText } from '../incident/text.ts';
import type { Catalog, Severity } from '../oncall/catalog.ts';
import type { Actor } from '../oncall/recorded.ts';
import { deliveryOfKey } from './page-key.ts';
import { personOfUser } from './people.ts';
import { verifySignature } from './signature.ts';
import {
  largestWebhookBytes,
  parseWebhookPayload,
  type WebhookEvent,
  type WebhookIncident,
} from './webhook-payload.ts';

export interface WebhookOptions {
  readonly secrets: readonly string[];
  readonly ingest: Ingest;
  readonly engine: Engine;
  readonly store: Store;
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
  return {
    method: 'POST',
    path: '/hooks/pagerduty',
    maxBodyBytes: largestWebhookBytes,
    deadlineMs: 2_000,
    async handle({ body, headers }) {
      if (!verifySignature(body, headers['x-pagerduty-signature'], options.secrets)) {
        options.log.warn(
          { subscription: headers['x-webhook-subscription'] },
          'pagerduty webhook with a bad signature refused; compare PAGERDUTY_WEBHOOK_SECRETS',
        );
        return { status: 401, body: 'bad signature\n' };
      }
      const parsed = parseWebhookPayload(body, options.clock.now());
      const webhookId = headers['x-webhook-id'];
      if (!parsed.ok) {
        const id = webhookId ?? `unread:${options.clock.now()}`;
        await options.store.setAside(
          'pagerduty',
          id,
          parsed.reason,
          new TextDecoder().decode(body),
          options.clock.now(),
        );
        options.log.error(
          { webhook: id, reason: parsed.reason },
          'pagerduty webhook could not be used and was set aside',
        );
        return accepted;
      }
      await take(parsed.event, { source: 'pagerduty', id: webhookId ?? parsed.event.eventId }, options);
      return accepted;
    },
  };
}

async function take(event: WebhookEvent, inbound: Inbound, options: WebhookOptions): Promise<void> {
  switch (event.type) {
    case 'triggered':
    case 'reopened':
    case 'acknowledged':
    case 'resolved': {
      const own = deliveryOfKey(event.incident.incidentKey);
      if (own === undefined) return takeIncident(event.type, event, event.incident, inbound, options);
      return event.type === 'acknowledged' ? answerPage(own, event, inbound, options) : undefined;
    }
    case 'annotated':
      return takeNote(event, inbound, options);
    case 'unacknowledged':
    case 'escalated':
    case 'reassigned':
    case 'delegated':
    case 'priority_updated':
    case 'status_update':
    case 'responder_added':
    case 'responder_replied':
    case 'ping':
    case 'unknown':
      return undefined;
  }
}

async function takeIncident(
  type: 'triggered' | 'reopened' | 'acknowledged' | 'resolved',
  event: WebhookEvent,
  incident: WebhookIncident,
  inbound: Inbound,
  options: WebhookOptions,
): Promise<void> {
  const { catalog } = await options.store.onCallFacts();
  const signal = signalOf(incident, event, type === 'resolved' ? 'resolved' : 'firing', inbound, catalog);
  if (type !== 'acknowledged') {
    await options.ingest(signal);
    return;
  }
  const row = (await options.store.alerts([signal.alert.key])).get(signal.alert.key);
  // Acknowledged there before its trigger came through here: the incident is taken in first, then the answer.
  const known =
    row?.incident ??
    incidentOfIngested(await options.ingest({ ...signal, inbound: { ...inbound, id: `${inbound.id}:trigger` } }));
  if (known === undefined) return;
  await options.engine.execute({
    kind: 'incident',
    stream: known,
    command: { type: 'acknowledge', page: undefined, via: 'pagerduty' },
    actor: actorOf(event, catalog),
    happenedAt: event.occurredAtMs,
    inbound,
  });
}

function incidentOfIngested(ingested: Awaited<ReturnType<Ingest>>) {
  return ingested.kind === 'ignored' ? undefined : ingested.incident;
}

/** Someone answered the ringing of a page on the phone. */
async function answerPage(
  delivery: DeliveryId,
  event: WebhookEvent,
  inbound: Inbound,
  options: WebhookOptions,
): Promise<void> {
  const { catalog } = await options.store.onCallFacts();
  const id = incidentOf(delivery);
  const incident = await options.store.incident(id);
  const found = incident === undefined ? undefined : pageOfDelivery(incident, delivery);
  if (found === undefined) return;
  await options.engine.execute({
    kind: 'incident',
    stream: id,
    command: { type: 'acknowledge', page: found.page.id, via: 'pagerduty' },
    actor: actorOf(event, catalog),
    happenedAt: event.occurredAtMs,
    inbound,
  });
}

async function takeNote(
  event: Extract<WebhookEvent, { type: 'annotated' }>,
  inbound: Inbound,
  options: WebhookOptions,
): Promise<void> {
  const key = alertKey(event.incidentId);
  const row = (await options.store.alerts([key])).get(key);
  const text = clipText(event.content, 4_000);
  if (row === undefined || text === '') return;
  const { catalog } = await options.store.onCallFacts();
  await options.engine.execute({
    kind: 'incident',
    stream: row.incident,
    command: { type: 'add_note', text },
    actor: actorOf(event, catalog),
    happenedAt: event.occurredAtMs,
    inbound,
  });
}

function alertKey(pagerDutyIncident: string): string {
  return `pagerduty:${pagerDutyIncident}`;
}

function actorOf(event: WebhookEvent, catalog: Catalog): Actor {
  return event.agentUserId === null
    ? { kind: 'outside', system: 'pagerduty' }
    : { kind: 'person', person: personOfUser(catalog, event.agentUserId) };
}

function signalOf(
  incident: WebhookIncident,
  event: WebhookEvent,
  status: Signal['status'],
  inbound: Inbound,
  catalog: Catalog,
): Signal {
  const service = Object.values(catalog.services).find(
    (one) => one.pagerduty !== undefined && one.pagerduty === incident.serviceId,
  )?.id;
  const severity = severityOf(incident);
  return {
    alert: {
      key: alertKey(incident.id),
      source: 'pagerduty',
      title: clipText(incident.title, 300) || `PagerDuty ${incident.id}`,
      url: incident.htmlUrl ?? undefined,
      pagerduty: {
        incident: incident.id,
        service: incident.serviceId ?? undefined,
        url: incident.htmlUrl ?? undefined,
      },
    },
    status,
    groupKey: service === undefined ? `pagerduty-service:${incident.serviceId ?? incident.id}` : `service:${service}`,
    service,
    severity,
    // What PagerDuty itself would not wake anybody for opens no channel of its own.
    opens: incident.urgency === 'high' || severity === 'sev1' || severity === 'sev2',
    at: incident.createdAtMs === null || status === 'resolved' ? event.occurredAtMs : incident.createdAtMs,
    inbound,
  };
}

/** A priority that carries a number (P1, SEV-2, "1 - critical") says how bad it is; otherwise the urgency does. */
function severityOf(incident: WebhookIncident): Severity {
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

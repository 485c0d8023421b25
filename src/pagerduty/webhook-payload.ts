import { z } from 'zod';
import { clipText } from '../incident/text.ts';
import { parseInstant, type EpochMs } from '../oncall/time.ts';

export type WebhookStatus = 'triggered' | 'acknowledged' | 'resolved';

/** The incident as a V3 webhook carries it: without acknowledgements, responders or pending actions (read those back). */
export interface WebhookIncident {
  id: string;
  number: number | null;
  title: string;
  status: WebhookStatus;
  urgency: 'high' | 'low';
  incidentKey: string | null;
  serviceId: string | null;
  serviceName: string | null;
  escalationPolicyId: string | null;
  priorityId: string | null;
  priorityName: string | null;
  assigneeIds: string[];
  htmlUrl: string | null;
  createdAtMs: EpochMs | null;
}

interface Envelope {
  eventId: string;
  /** PagerDuty's own name of the event, for example `incident.triggered`. */
  eventType: string;
  occurredAtMs: EpochMs;
  /** The PagerDuty user who did it; null when it happened by itself, or something other than a person did it. */
  agentUserId: string | null;
  agentName: string | null;
}

type IncidentChange =
  | 'triggered'
  | 'acknowledged'
  | 'unacknowledged'
  | 'escalated'
  | 'reassigned'
  | 'delegated'
  | 'priority_updated'
  | 'reopened';

export type WebhookEvent = Envelope & WebhookBody;

type WebhookBody =
  | { type: IncidentChange; incident: WebhookIncident }
  /** `mergedIntoId` is set when it was merged into another incident, which is no fix. */
  | { type: 'resolved'; incident: WebhookIncident; mergedIntoId: string | null }
  /** `trimmed`: PagerDuty, or the bound here, cut the text; the whole is to be had from the API. */
  | { type: 'annotated'; incidentId: string; noteId: string | null; content: string; trimmed: boolean }
  | { type: 'status_update'; incidentId: string; message: string; trimmed: boolean }
  | { type: 'responder_added' | 'responder_replied'; incidentId: string; responder: WebhookResponder }
  | { type: 'ping' }
  /** Authentic and of no use to us; answer 2xx, for PagerDuty adds event types as it likes. */
  | { type: 'unknown'; incidentId: string | null };

export interface WebhookResponder {
  /** Null when a whole policy was asked. */
  userId: string | null;
  userName: string | null;
  escalationPolicyId: string | null;
  state: 'pending' | 'accepted' | 'declined' | 'other';
}

export type ParsedWebhook = { ok: true; event: WebhookEvent } | { ok: false; reason: string };

/** PagerDuty promises 55 KB and drops what exceeds 256 KB. */
export const largestWebhookBytes = 512 * 1024;

const longestTitle = 1_024;
const longestText = 10_000;

/**
 * Reads one V3 delivery whose signature has been checked. What is missing or odd becomes null or a plain default, since
 * deliveries of 2021 and 2026 differ and more will; `ok: false` is left for what cannot be used at all, and then `reason`
 * names the place without quoting content. `receivedAtMs` stands in for a time that cannot be read.
 */
export function parseWebhookPayload(rawBody: Uint8Array, receivedAtMs: EpochMs): ParsedWebhook {
  if (rawBody.byteLength > largestWebhookBytes)
    return { ok: false, reason: `larger than ${largestWebhookBytes} bytes` };
  let json: unknown;
  try {
    json = JSON.parse(Buffer.from(rawBody).toString('utf8'));
  } catch {
    return { ok: false, reason: 'not JSON' };
  }
  const envelope = envelopeShape.safeParse(json);
  if (!envelope.success) return { ok: false, reason: placeOf(envelope.error) };
  const { id, event_type, occurred_at, agent, data } = envelope.data.event;
  const head: Envelope = {
    eventId: id,
    eventType: event_type,
    occurredAtMs: parseInstant(occurred_at) ?? receivedAtMs,
    agentUserId: agent?.type === 'user_reference' ? agent.id : null,
    agentName: agent?.type === 'user_reference' ? agent.summary : null,
  };
  const parsed = (bodies.get(event_type) ?? unknownBody).safeParse(data);
  if (!parsed.success) return { ok: false, reason: `${event_type}: ${placeOf(parsed.error)}` };
  return { ok: true, event: { ...head, ...parsed.data } };
}

function placeOf(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'unreadable' : `${issue.path.join('.') || 'body'}: ${issue.code}`;
}

/** Opaque, but never with blanks or control characters: PostgreSQL would not even keep a NUL. */
const id = z.string().regex(/^[\x21-\x7e]{1,128}$/);
const optionalId = id.nullish().catch(null).transform(orNull);
const optionalName = z
  .string()
  .nullish()
  .catch(null)
  .transform((name) => (typeof name === 'string' ? clipText(name, longestTitle) : null));
const reference = z.object({ id, type: optionalName, summary: optionalName }).nullish().catch(null);
const text = z.string().nullish().catch(null);

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}

const envelopeShape = z.object({
  event: z.object({
    id,
    event_type: id,
    occurred_at: z.string().catch(''),
    agent: reference,
    data: z.unknown().optional(),
  }),
});

const bareReference = z.object({ id });

/** Unreadable elements of a list cost themselves only, and a list is never longer than PagerDuty can mean it. */
function referenceIds(candidates: unknown): string[] {
  if (!Array.isArray(candidates)) return [];
  return candidates.slice(0, 100).flatMap((candidate) => {
    const parsed = bareReference.safeParse(candidate);
    return parsed.success ? [parsed.data.id] : [];
  });
}

const incidentShape = z.object({
  id,
  number: z.number().nullish().catch(null),
  title: text,
  status: z.enum(['triggered', 'acknowledged', 'resolved']),
  urgency: z.enum(['high', 'low']).catch('high'),
  incident_key: text,
  created_at: text,
  html_url: text,
  service: reference,
  escalation_policy: reference,
  priority: reference,
  assignees: z.unknown().optional(),
  resolve_reason: z.object({ type: text, incident: reference }).nullish().catch(null),
});

function incidentFrom(raw: z.infer<typeof incidentShape>): WebhookIncident {
  return {
    id: raw.id,
    number: raw.number ?? null,
    title: clipText(raw.title ?? '', longestTitle),
    status: raw.status,
    urgency: raw.urgency,
    incidentKey: typeof raw.incident_key === 'string' ? clipText(raw.incident_key, 255) : null,
    serviceId: raw.service?.id ?? null,
    serviceName: raw.service?.summary ?? null,
    escalationPolicyId: raw.escalation_policy?.id ?? null,
    priorityId: raw.priority?.id ?? null,
    priorityName: raw.priority?.summary ?? null,
    assigneeIds: referenceIds(raw.assignees),
    htmlUrl: webAddress(raw.html_url),
    createdAtMs: parseInstant(raw.created_at ?? '') ?? null,
  };
}

/** It becomes a link that people click, so nothing but an https address gets through. */
function webAddress(candidate: string | null | undefined): string | null {
  return candidate !== null && candidate !== undefined && /^https:\/\/\S{1,2000}$/.test(candidate) ? candidate : null;
}

function changed<T extends IncidentChange>(type: T) {
  return incidentShape.transform((raw) => ({ type, incident: incidentFrom(raw) }));
}

const resolvedBody = incidentShape.transform((raw) => ({
  type: 'resolved' as const,
  incident: incidentFrom(raw),
  mergedIntoId: raw.resolve_reason?.type === 'merge_resolve_reason' ? (raw.resolve_reason.incident?.id ?? null) : null,
}));

const annotatedBody = z
  .object({ id: optionalId, incident: z.object({ id }), content: text, trimmed: z.boolean().catch(false) })
  .transform(({ id: noteId, incident, content, trimmed }) => ({
    type: 'annotated' as const,
    incidentId: incident.id,
    noteId,
    content: clipText(content ?? '', longestText),
    trimmed: trimmed || (content ?? '').length > longestText,
  }));

const statusUpdateBody = z
  .object({ incident: z.object({ id }), message: text, trimmed: z.boolean().catch(false) })
  .transform(({ incident, message, trimmed }) => ({
    type: 'status_update' as const,
    incidentId: incident.id,
    message: clipText(message ?? '', longestText),
    trimmed: trimmed || (message ?? '').length > longestText,
  }));

function responder<T extends 'responder_added' | 'responder_replied'>(type: T) {
  return z
    .object({
      incident: z.object({ id }),
      user: reference,
      escalation_policy: reference,
      state: z.enum(['pending', 'accepted', 'declined', 'other']).catch('other'),
    })
    .transform((raw) => ({
      type,
      incidentId: raw.incident.id,
      responder: {
        userId: raw.user?.id ?? null,
        userName: raw.user?.summary ?? null,
        escalationPolicyId: raw.escalation_policy?.id ?? null,
        state: raw.state,
      },
    }));
}

const pingBody = z.unknown().transform(() => ({ type: 'ping' as const }));

const aboutIncident = z.object({
  incident: reference,
  incident_role_assignments: z
    .array(z.object({ incident: reference }))
    .nullish()
    .catch(null),
  type: text,
  id: optionalId,
});

/** Where the incident of an event is, when it has one: in most `data.incident`, in role assignments inside the list. */
const unknownBody = z.unknown().transform((data) => {
  const parsed = aboutIncident.safeParse(data);
  if (!parsed.success) return { type: 'unknown' as const, incidentId: null };
  const { incident, incident_role_assignments, type, id: ownId } = parsed.data;
  const nested = incident?.id ?? incident_role_assignments?.[0]?.incident?.id ?? null;
  return { type: 'unknown' as const, incidentId: type === 'incident' ? ownId : nested };
});

const bodies = new Map<string, z.ZodType<WebhookBody>>([
  ['incident.triggered', changed('triggered')],
  ['incident.acknowledged', changed('acknowledged')],
  ['incident.unacknowledged', changed('unacknowledged')],
  ['incident.escalated', changed('escalated')],
  ['incident.reassigned', changed('reassigned')],
  ['incident.delegated', changed('delegated')],
  ['incident.priority_updated', changed('priority_updated')],
  ['incident.reopened', changed('reopened')],
  ['incident.resolved', resolvedBody],
  ['incident.annotated', annotatedBody],
  ['incident.status_update_published', statusUpdateBody],
  ['incident.responder.added', responder('responder_added')],
  ['incident.responder.replied', responder('responder_replied')],
  ['pagey.ping', pingBody],
]);

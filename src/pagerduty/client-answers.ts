import { z } from 'zod';
import { clipText } from '../incident/text.ts';
import { parseInstant, type EpochMs } from '../oncall/time.ts';

// PagerDuty: "any field can be null unless noted". So only what an answer is worthless without is required here, and
// everything that is not named is dropped.

export type PagerDutyStatus = 'triggered' | 'acknowledged' | 'resolved';

export interface PagerDutyIncident {
  id: string;
  number: number | null;
  title: string;
  status: PagerDutyStatus;
  urgency: 'high' | 'low';
  incidentKey: string | null;
  serviceId: string | null;
  serviceName: string | null;
  escalationPolicyId: string | null;
  priorityId: string | null;
  priorityName: string | null;
  assigneeIds: string[];
  acknowledgerIds: string[];
  /** Whose acknowledgement is the newest, and since when; null when nobody holds it. */
  acknowledgement: { userId: string; atMs: EpochMs | null } | null;
  responders: PagerDutyResponder[];
  htmlUrl: string | null;
  createdAtMs: EpochMs | null;
  resolvedAtMs: EpochMs | null;
  /** When PagerDuty will take the acknowledgement back by itself; null = not running. */
  unacknowledgeAtMs: EpochMs | null;
  /** When PagerDuty rings the next level; null = not running. */
  escalateAtMs: EpochMs | null;
  /** Set when this incident was merged into another one: that is no fix. */
  mergedIntoId: string | null;
}

export interface PagerDutyResponder {
  userId: string;
  /** PagerDuty's word: pending, joined, declined, user_cancelled. */
  state: string;
}

export interface PagerDutyNotification {
  userId: string;
  atMs: EpochMs;
}

export interface OnCall {
  userId: string;
  userName: string | null;
  /** Null: a direct target of the policy, always on call; no override can cover them. */
  scheduleId: string | null;
  /** `layers`: the classic schedules; `shifts`: those of /v3/schedules, which have overrides of their own. */
  scheduleSystem: 'layers' | 'shifts' | null;
  escalationPolicyId: string;
  level: number;
  /** Null: without beginning or end. */
  fromMs: EpochMs | null;
  toMs: EpochMs | null;
}

export interface PagerDutyService {
  id: string;
  name: string;
  status: string | null;
  escalationPolicyId: string | null;
  /** After so many seconds an acknowledgement undoes itself; null = never. */
  acknowledgementTimeoutSeconds: number | null;
}

export interface PagerDutyUser {
  id: string;
  name: string;
  email: string | null;
  timeZone: string | null;
}

export interface PagerDutyNamed {
  id: string;
  name: string;
}

export interface WebhookSubscription {
  id: string;
  url: string | null;
  active: boolean;
  /** Off for a day after three dropped deliveries; what happened meanwhile was thrown away and must be polled. */
  temporarilyDisabled: boolean;
  events: string[];
}

const instant = z
  .string()
  .nullish()
  .transform((text) => (typeof text === 'string' ? (parseInstant(text) ?? null) : null));
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const count = z
  .number()
  .nullish()
  .transform((value) => value ?? null);
const reference = z.object({ id: z.string(), summary: text, type: text });
const maybeReference = reference.nullish().catch(null);

/** A list in which an unreadable element costs that element, not the answer; absent and null are empty. */
function listOf<T>(element: z.ZodType<T>) {
  return z
    .array(z.unknown())
    .nullish()
    .transform((elements) => (elements ?? []).flatMap((one) => kept(element, one)));
}

function kept<T>(element: z.ZodType<T>, candidate: unknown): T[] {
  const parsed = element.safeParse(candidate);
  return parsed.success ? [parsed.data] : [];
}

const incident = z
  .object({
    id: z.string(),
    incident_number: count,
    title: text,
    summary: text,
    status: z.enum(['triggered', 'acknowledged', 'resolved']),
    urgency: z.enum(['high', 'low']).catch('high'),
    incident_key: text,
    service: maybeReference,
    escalation_policy: maybeReference,
    priority: maybeReference,
    assignments: listOf(z.object({ assignee: reference })),
    acknowledgements: listOf(z.object({ acknowledger: reference, at: instant })),
    incidents_responders: listOf(z.object({ state: z.string(), user: reference })),
    pending_actions: listOf(z.object({ type: z.string(), at: instant })),
    html_url: text,
    created_at: instant,
    resolved_at: instant,
    resolve_reason: z.object({ type: text, incident: maybeReference }).nullish().catch(null),
  })
  .transform((raw): PagerDutyIncident => ({
    id: raw.id,
    number: raw.incident_number,
    title: clipText(raw.title ?? raw.summary ?? '', 1_024),
    status: raw.status,
    urgency: raw.urgency,
    incidentKey: raw.incident_key,
    serviceId: raw.service?.id ?? null,
    serviceName: raw.service?.summary ?? null,
    escalationPolicyId: raw.escalation_policy?.id ?? null,
    priorityId: raw.priority?.id ?? null,
    priorityName: raw.priority?.summary ?? null,
    assigneeIds: raw.assignments.map((one) => one.assignee.id),
    acknowledgerIds: raw.acknowledgements.map((one) => one.acknowledger.id),
    acknowledgement: newest(raw.acknowledgements.map((one) => ({ userId: one.acknowledger.id, atMs: one.at }))),
    responders: raw.incidents_responders.map((one) => ({ userId: one.user.id, state: one.state })),
    htmlUrl: raw.html_url,
    createdAtMs: raw.created_at,
    resolvedAtMs: raw.resolved_at,
    unacknowledgeAtMs: raw.pending_actions.find((one) => one.type === 'unacknowledge')?.at ?? null,
    escalateAtMs: raw.pending_actions.find((one) => one.type === 'escalate')?.at ?? null,
    mergedIntoId: raw.resolve_reason?.incident?.id ?? null,
  }));

function newest(acknowledgements: readonly { userId: string; atMs: EpochMs | null }[]) {
  return acknowledgements.toSorted((one, other) => (other.atMs ?? 0) - (one.atMs ?? 0))[0] ?? null;
}

export const incidentAnswer = z.object({ incident }).transform((answer) => answer.incident);

export interface Page<T> {
  elements: T[];
  more: boolean;
}

/** One page of a list. A body without the list is an error, not an empty list: "no open incidents" must be PagerDuty's word. */
function pageOf<T>(key: string, element: z.ZodType<T>) {
  return z.record(z.string(), z.unknown()).transform((page, context): Page<T> => {
    const elements = page[key];
    if (!Array.isArray(elements)) {
      context.addIssue({ code: 'custom', message: `${key} is missing`, path: [key] });
      return z.NEVER;
    }
    return { elements: elements.flatMap((one) => kept(element, one)), more: page['more'] === true };
  });
}

export const incidentsPage = pageOf('incidents', incident);

export const notificationsPage = pageOf(
  'log_entries',
  z
    .object({ type: z.literal('notify_log_entry'), created_at: instant.pipe(z.number()), user: reference })
    .transform((raw): PagerDutyNotification => ({ userId: raw.user.id, atMs: raw.created_at })),
);

export const onCallsPage = pageOf(
  'oncalls',
  z
    .object({
      user: reference,
      schedule: maybeReference,
      escalation_policy: reference,
      escalation_level: z.number(),
      start: instant,
      end: instant,
    })
    .transform((raw): OnCall => ({
      userId: raw.user.id,
      userName: raw.user.summary,
      scheduleId: raw.schedule?.id ?? null,
      scheduleSystem: raw.schedule ? (raw.schedule.type?.includes('v3') ? 'shifts' : 'layers') : null,
      escalationPolicyId: raw.escalation_policy.id,
      level: raw.escalation_level,
      fromMs: raw.start,
      toMs: raw.end,
    })),
);

const service = z
  .object({
    id: z.string(),
    name: text,
    summary: text,
    status: text,
    escalation_policy: maybeReference,
    acknowledgement_timeout: count,
  })
  .transform((raw): PagerDutyService => ({
    id: raw.id,
    name: raw.name ?? raw.summary ?? raw.id,
    status: raw.status,
    escalationPolicyId: raw.escalation_policy?.id ?? null,
    acknowledgementTimeoutSeconds: raw.acknowledgement_timeout,
  }));

export const servicesPage = pageOf('services', service);

const user = z
  .object({ id: z.string(), name: text, summary: text, email: text, time_zone: text })
  .transform((raw): PagerDutyUser => ({
    id: raw.id,
    name: raw.name ?? raw.summary ?? raw.id,
    email: raw.email,
    timeZone: raw.time_zone,
  }));

export const usersPage = pageOf('users', user);
export const userAnswer = z.object({ user }).transform((answer) => answer.user);

const named = z
  .object({ id: z.string(), name: text, summary: text })
  .transform((raw): PagerDutyNamed => ({ id: raw.id, name: raw.name ?? raw.summary ?? raw.id }));

export const escalationPoliciesPage = pageOf('escalation_policies', named);
export const prioritiesPage = pageOf('priorities', named);

export const webhookSubscriptionsPage = pageOf(
  'webhook_subscriptions',
  z
    .object({
      id: z.string(),
      active: z.boolean().catch(true),
      delivery_method: z.object({ url: text, temporarily_disabled: z.boolean().catch(false) }),
      events: listOf(z.string()),
    })
    .transform((raw): WebhookSubscription => ({
      id: raw.id,
      url: raw.delivery_method.url,
      active: raw.active,
      temporarilyDisabled: raw.delivery_method.temporarily_disabled,
      events: raw.events,
    })),
);

export const abilitiesAnswer = z.object({ abilities: z.array(z.string()) }).transform((answer) => answer.abilities);

export const notesAnswer = z.object({ notes: listOf(z.object({ id: z.string(), content: z.string() })) });
export const noteAnswer = z
  .object({ note: z.object({ id: z.string() }) })
  .transform((answer): { noteId: string } => ({ noteId: answer.note.id }));

/** For writes whose success is the status alone: the body may be anything, also empty. */
export const anyAnswer = z.unknown().transform((): null => null);

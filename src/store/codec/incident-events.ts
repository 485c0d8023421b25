import { z } from 'zod';
import type { IncidentEvent, PagePlan, Recipient, StepRef } from '../../incident/events.ts';
import { deliveryId, maybe, outsideSystem, pageId, policyStep, severity, target, textId } from './parts.ts';
import { everyOne } from './read.ts';

const pagerDutyRef = z.object({ incident: z.string(), service: maybe(z.string()), url: maybe(z.string()) });

const plan = z.object({
  steps: z.array(policyStep),
  repeat: z.number(),
  ackTimeoutMs: z.number(),
  lastResort: z.array(target),
}) satisfies z.ZodType<PagePlan>;

const stepRef = z.object({
  round: z.number(),
  step: z.union([z.number(), z.literal('last_resort')]),
}) satisfies z.ZodType<StepRef>;

const recipient = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('person'),
    person: z.string(),
    why: z.enum(['rotation', 'override', 'cover', 'direct', 'team']),
    insteadOf: maybe(z.string()),
    takenOff: z.array(z.string()).exactOptional(),
  }),
  z.object({ kind: z.literal('channel'), channel: z.string() }),
]) satisfies z.ZodType<Recipient>;

const way = z.enum(['slack', 'pagerduty', 'webhook']);
const openStatus = z.enum(['triage', 'investigating', 'fixing', 'monitoring']);
const status = z.enum([...openStatus.options, 'resolved', 'closed', 'cancelled']);
const message = { channel: z.string(), ts: z.string() };

function event<Type extends string, Shape extends z.core.$ZodLooseShape>(type: Type, shape: Shape) {
  return z.object({ type: z.literal(type), ...shape });
}

const record = [
  event('declared', {
    number: z.number(),
    kind: z.enum(['incident', 'drill']),
    title: textId,
    severity,
    service: maybe(z.string()),
    groupKey: maybe(z.string()),
    isPrivate: z.boolean(),
  }),
  event('alert_attached', {
    alert: z.string(),
    source: outsideSystem,
    title: textId,
    url: maybe(z.string()),
    pagerduty: maybe(pagerDutyRef),
  }),
  event('alerts_counted', { total: z.number() }),
  event('alert_resolved', { alert: z.string() }),
  event('channel_opened', { channel: z.string(), name: z.string() }),
  event('card_posted', message),
  event('announcement_posted', message),
  event('title_changed', { title: textId }),
  event('severity_changed', { from: severity, to: severity }),
  event('status_changed', { from: status, to: openStatus }),
  event('role_assigned', { role: z.string(), person: z.string() }),
  event('role_released', { role: z.string(), person: z.string() }),
  event('person_joined', { person: z.string() }),
] as const;

const paging = [
  event('page_requested', {
    page: pageId,
    reason: z.enum(['alert', 'declared', 'severity', 'manual', 'reopened', 'acknowledgement_lost']),
    plan,
  }),
  event('page_escalated', {
    page: pageId,
    to: stepRef,
    because: z.enum([
      'no_answer',
      'declined',
      'escalated_by_hand',
      'unavailable',
      'delivery_failed',
      'nobody_in_step',
      'duty_changed',
    ]),
  }),
  event('page_sent', {
    page: pageId,
    delivery: deliveryId,
    at: stepRef,
    to: recipient,
    via: way,
    asOf: z.number().exactOptional(),
  }),
  event('page_skipped', { page: pageId, at: stepRef, skipped: textId, count: z.number() }),
  event('page_delivered', {
    delivery: deliveryId,
    channel: z.string().exactOptional(),
    ts: z.string().exactOptional(),
    reference: z.string().exactOptional(),
  }),
  event('page_failed', {
    delivery: deliveryId,
    because: z.enum(['unavailable', 'no_address', 'refused', 'superseded']),
  }),
  event('page_acknowledged', { page: pageId, person: z.string(), via: way }),
  event('page_declined', { page: pageId, person: z.string() }),
  event('acknowledgement_lost', { page: pageId, because: z.enum(['timeout', 'unavailable']) }),
  event('page_exhausted', { page: pageId, times: z.number() }),
] as const;

const journal = [
  event('update_posted', { text: textId }),
  event('note_added', { text: textId }),
  event('message_captured', { ...message, author: maybe(z.string()), text: textId }),
  event('message_edited', { ...message, text: textId }),
  event('message_removed', message),
  event('milestone_set', {
    milestone: z.enum(['impact_start', 'detected', 'declared', 'paged', 'acknowledged', 'mitigated', 'resolved']),
    at: z.number(),
  }),
  event('change_linked', { change: z.string(), title: textId, url: maybe(z.string()) }),
  event('reminder_sent', { reminder: z.enum(['no_lead', 'no_update', 'still_on_it', 'alerts_all_resolved']) }),
  event('cancelled', { reason: z.enum(['false_alarm', 'duplicate', 'not_an_incident']) }),
  event('resolved', { how: z.enum(['person', 'alerts_resolved']) }),
  event('reopened', { text: textId, groupKey: maybe(z.string()) }),
  event('closed', {}),

  event('postmortem_drafted', { path: z.string(), canvas: maybe(z.string()) }),
] as const;

export const incidentEvent = everyOne<IncidentEvent, 'type'>()(
  z.discriminatedUnion('type', [...record, ...paging, ...journal]),
);

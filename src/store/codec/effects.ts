import { z } from 'zod';
import { coverageModes } from '../../oncall/coverage.ts';
import type { Effect } from '../../engine/streams.ts';
import { deliveryId, incidentId, pageId } from './parts.ts';
import { everyOne, read } from './read.ts';

function onIncident<Kind extends string>(kind: Kind) {
  return z.object({ kind: z.literal(kind), incident: incidentId });
}

function onDelivery<Kind extends string>(kind: Kind) {
  return z.object({ kind: z.literal(kind), delivery: deliveryId });
}

function onAlert<Kind extends string>(kind: Kind) {
  return z.object({ kind: z.literal(kind), incident: incidentId, alert: z.string() });
}

function onSchedule<Kind extends string>(kind: Kind) {
  return z.object({ kind: z.literal(kind), schedule: z.string() });
}

function onOffer<Kind extends string>(kind: Kind) {
  return z.object({ kind: z.literal(kind), schedule: z.string(), offer: z.string() });
}

const effect = everyOne<Effect, 'kind'>()(
  z.discriminatedUnion('kind', [
    onIncident('slack.open_channel'),
    onIncident('slack.set_topic'),
    onIncident('slack.post_card'),
    onIncident('slack.update_card'),
    onIncident('slack.pin_card'),
    onIncident('slack.add_bookmarks'),
    onIncident('slack.announce'),
    onIncident('slack.update_announcement'),
    z.object({ kind: z.literal('slack.invite'), incident: incidentId, person: z.string() }),
    z.object({ kind: z.literal('slack.post_event'), incident: incidentId, sequence: z.number() }),
    onDelivery('slack.page'),
    onDelivery('slack.update_page'),
    z.object({ kind: z.literal('slack.ask_holder'), page: pageId }),
    onIncident('slack.share_postmortem'),
    onSchedule('slack.sync_user_group'),
    onOffer('slack.update_offer'),
    onOffer('slack.offer_outcome'),
    z.object({ kind: z.literal('slack.offer'), schedule: z.string(), offer: z.string(), person: z.string() }),
    z.object({ kind: z.literal('slack.relieved'), schedule: z.string(), override: z.string(), person: z.string() }),
    z.object({
      kind: z.literal('slack.duty_notice'),
      schedule: z.string(),
      person: z.string(),
      notice: z.enum(['on', 'off', 'coming', 'changed']),
      at: z.number(),
    }),
    z.object({ kind: z.literal('timer.hand_off'), schedule: z.string(), at: z.number() }),
    z.object({ kind: z.literal('reassess.duty') }),
    onDelivery('pagerduty.page'),
    onDelivery('pagerduty.stop_page'),
    onAlert('pagerduty.acknowledge'),
    onAlert('pagerduty.resolve'),
    onDelivery('webhook.page'),
    z.object({ kind: z.literal('timer.step'), page: pageId, entry: z.number() }),
    z.object({ kind: z.literal('timer.acknowledgement'), page: pageId }),
    z.object({ kind: z.literal('timer.reminder'), incident: incidentId, reminder: z.enum(['no_lead', 'no_update']) }),
    onIncident('timer.count_alerts'),
    onIncident('postmortem.draft'),
    z.object({ kind: z.literal('handover.person'), person: z.string(), window: z.string() }),
    z.object({ kind: z.literal('timer.offer'), schedule: z.string(), offer: z.string() }),
    z.object({ kind: z.literal('slack.warn_uncovered'), schedule: z.string(), offer: z.string() }),
    z.object({ kind: z.literal('pagerduty.sync_overrides'), schedule: z.string() }),
    z.object({ kind: z.literal('pagerduty.sync_all_overrides') }),
    z.object({ kind: z.literal('reassess.person'), person: z.string() }),
    z.object({ kind: z.literal('reassess.schedule'), schedule: z.string() }),
    z.object({ kind: z.literal('digest.post'), due: z.number() }),
    z.object({ kind: z.literal('reassess.all') }),
    z.object({ kind: z.literal('slack.refresh_home'), person: z.string() }),
    z.object({ kind: z.literal('slack.refresh_homes') }),
    z.object({ kind: z.literal('availability.materialise'), person: z.string() }),
    z.object({ kind: z.literal('availability.sync_calendar'), feed: z.string() }),
    z.object({ kind: z.literal('availability.retention') }),
    z.object({ kind: z.literal('slack.stale_calendar'), person: z.string() }),
    z.object({ kind: z.literal('slack.coverage_warning'), due: z.number() }),
    z.object({
      kind: z.literal('slack.coverage_picture'),
      person: z.string(),
      days: z.number(),
      k: z.number(),
      mode: z.enum(coverageModes),
    }),
    z.object({ kind: z.literal('slack.away_notice'), person: z.string(), window: z.string() }),
  ]),
);

/** Throws `Unreadable` for an effect that this version of Toran does not know. */
export function readEffect(id: string, stored: unknown): Effect {
  return read(effect, stored, `effect ${id}`);
}

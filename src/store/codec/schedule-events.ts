import { z } from 'zod';
import type { KnownDuty, KnownShift, MadeOverride, Offer, OfferMessage, ScheduleEvent } from '../../oncall/schedule.ts';
import type { PublishedOverride } from '../../oncall/published.ts';
import { override } from './catalog.ts';
import { actor, maybe } from './parts.ts';
import { everyOne } from './read.ts';

const text = z.string();
const at = z.number();
const how = z.enum(['accepted', 'assigned']);
const because = z.enum(['withdrawn', 'declined_by_all', 'passed', 'not_needed']);

const madeOverride = z.object({
  id: text,
  override,
  origin: z.enum(['by_hand', 'cover', 'take', 'swap', 'assigned', 'plan']),
  madeAt: at,
  madeBy: actor,
  cancelledAt: maybe(at),
  batch: maybe(text),
}) satisfies z.ZodType<MadeOverride>;

const offer = z.object({
  id: text,
  from: at,
  to: at,
  insteadOf: text,
  kind: z.enum(['cover', 'swap', 'hand_over', 'plan']),
  inReturn: maybe(z.object({ from: at, to: at })),
  asked: z.array(text),
  declined: z.array(text),
  madeAt: at,
  madeBy: actor,
  assignAt: at.nullable(),
  state: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('open') }),
    z.object({ kind: z.literal('taken'), by: text, how }),
    z.object({ kind: z.literal('over'), because }),
  ]),
  batch: maybe(text),
}) satisfies z.ZodType<Offer>;

const offerMessage = z.object({ offer: text, person: text, channel: text, ts: text }) satisfies z.ZodType<OfferMessage>;

const knownShift = z.object({ person: text, from: at, to: at }) satisfies z.ZodType<KnownShift>;

const knownDuty = z.object({
  at,
  onDuty: z.array(text),
  shifts: z.array(knownShift),
  until: at,
  next: at,
  userGroup: maybe(text),
}) satisfies z.ZodType<KnownDuty>;

const publishedOverride = z.object({
  id: maybe(text),
  schedule: text,
  from: at,
  to: at,
  user: text,
}) satisfies z.ZodType<PublishedOverride>;

export const scheduleEvent = everyOne<ScheduleEvent, 'type'>()(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('override_made'), made: madeOverride }),
    z.object({ type: z.literal('override_cancelled'), override: text, at }),
    z.object({ type: z.literal('offer_made'), offer }),
    z.object({ type: z.literal('offer_declined'), offer: text, person: text }),
    z.object({ type: z.literal('offer_taken'), offer: text, by: text, how }),
    z.object({ type: z.literal('offer_ended'), offer: text, because }),
    z.object({ type: z.literal('offer_sent'), message: offerMessage }),
    z.object({
      type: z.literal('duty_noted'),
      duty: knownDuty,
      cameOn: z.array(knownShift),
      wentOff: z.array(text),
      coming: z.array(knownShift),
      changed: z.array(text),
    }),
    z.object({ type: z.literal('overrides_published'), published: z.array(publishedOverride) }),
  ]),
);

import type { Override, ScheduleId } from './catalog.ts';
import type { Recorded } from './recorded.ts';
import type { MadeOverride, Offer, OfferId, ScheduleEvent, ScheduleState } from './schedule.ts';
import { dayMs, type EpochMs } from './time.ts';

/** What is over for longer than this is not kept in the fold: thirteen months, so that a year can be compared. */
export const historyMs = 396 * dayMs;

export function evolveSchedule(state: ScheduleState, recorded: Recorded<ScheduleEvent>): ScheduleState {
  const next = { ...applied(state, recorded.event), version: recorded.sequence };
  return forgetting(next, recorded.recordedAt - historyMs);
}

function applied(state: ScheduleState, event: ScheduleEvent): ScheduleState {
  switch (event.type) {
    case 'override_made':
      return { ...state, overrides: [...state.overrides, event.made] };
    case 'override_cancelled':
      return {
        ...state,
        overrides: state.overrides.map((made) =>
          made.id === event.override
            ? { ...made, cancelledAt: Math.min(event.at, made.cancelledAt ?? event.at) }
            : made,
        ),
      };
    case 'offer_made':
      return { ...state, offers: [...state.offers, event.offer] };
    case 'offer_declined':
      return withOffer(state, event.offer, (offer) => ({ ...offer, declined: [...offer.declined, event.person] }));
    case 'offer_taken':
      return withOffer(state, event.offer, (offer) => ({
        ...offer,
        state: { kind: 'taken', by: event.by, how: event.how },
      }));
    case 'offer_ended':
      return withOffer(state, event.offer, (offer) => ({ ...offer, state: { kind: 'over', because: event.because } }));
    case 'offer_sent':
      return { ...state, messages: [...state.messages, event.message] };
    case 'duty_noted':
      return { ...state, duty: event.duty };
    case 'overrides_published':
      return { ...state, published: event.published };
  }
}

function withOffer(state: ScheduleState, id: OfferId, change: (offer: Offer) => Offer): ScheduleState {
  return { ...state, offers: state.offers.map((offer) => (offer.id === id ? change(offer) : offer)) };
}

function forgetting(state: ScheduleState, before: EpochMs): ScheduleState {
  if (state.overrides.every((made) => made.override.to >= before) && state.offers.every((offer) => offer.to >= before))
    return state;
  const offers = state.offers.filter((offer) => offer.to >= before);
  const kept = new Set(offers.map(({ id }) => id));
  return {
    ...state,
    overrides: state.overrides.filter((made) => made.override.to >= before),
    offers,
    messages: state.messages.filter((message) => kept.has(message.offer)),
  };
}

/** The time in which an override counts: cut where it was cancelled, undefined when that was before it began. */
export function effective(made: MadeOverride): Override | undefined {
  const to = Math.min(made.override.to, made.cancelledAt ?? Infinity);
  return to <= made.override.from ? undefined : { ...made.override, to };
}

/** What the resolver needs to know of a schedule's stream, oldest first. */
export function overridesInForce(
  state: ScheduleState,
): readonly { readonly schedule: ScheduleId; readonly override: Override }[] {
  return state.overrides.flatMap((made) => {
    const override = effective(made);
    return override === undefined ? [] : [{ schedule: state.schedule, override }];
  });
}

import type { PersonId, ScheduleId } from './catalog.ts';
import { callsForHandOver } from './hand-over.ts';
import type { PersonEvent, PersonState } from './person.ts';
import { priorities, type Planned, type Recorded } from './recorded.ts';
import type { OfferId, ScheduleEvent, ScheduleState } from './schedule.ts';
import type { WindowId } from './windows.ts';

export type HandOverEffect =
  /** Shifts, offers and roles of somebody whose absence has begun, has changed or is over. */
  | { readonly kind: 'handover.person'; readonly person: PersonId; readonly window: WindowId }
  /** Nobody has accepted an offer in time: it is assigned by load. */
  | { readonly kind: 'timer.offer'; readonly schedule: ScheduleId; readonly offer: OfferId }
  /** Nobody could be found for it: whoever leads hears of it. */
  | { readonly kind: 'slack.warn_uncovered'; readonly schedule: ScheduleId; readonly offer: OfferId };

/**
 * An absence calls for a hand-over when it begins; what ends, shortens or withdraws one is looked at at once, since offers
 * that nobody has taken yet lose their reason. Each has a lane of its own: one that waits must not hold up another.
 */
export function reactHandOver(
  { event, recordedAt, sequence }: Recorded<PersonEvent>,
  { person, windows }: PersonState,
): readonly Planned<HandOverEffect>[] {
  const id = windowOf(event);
  const window = windows.find((known) => known.id === id);
  if (id === undefined || window === undefined) return [];
  const isChange = event.type !== 'window_added' || window.effect === 'free' || window.supersedes !== undefined;
  if (!isChange && !callsForHandOver(window)) return [];
  const begins = callsForHandOver(window) && !window.cancelled;
  const dues = [...(isChange ? [recordedAt] : []), ...(begins ? [Math.max(recordedAt, window.from)] : [])];
  const lane = `handover:${person}:${sequence}`;
  return [...new Set(dues)].map((due) => ({
    effect: { kind: 'handover.person', person, window: id },
    due,
    lane: `${lane}:${due}`,
    priority: priorities.timer,
    coalesce: undefined,
  }));
}

/** An offer that waits for consent is looked at again when its time is over. */
export function reactOffer(
  { event }: Recorded<ScheduleEvent>,
  { schedule }: ScheduleState,
): readonly Planned<HandOverEffect>[] {
  if (event.type !== 'offer_made' || event.offer.assignAt === null) return [];
  const { id: offer, assignAt: due } = event.offer;
  const key = `offer:${schedule}:${offer}`;
  const effect = { kind: 'timer.offer' as const, schedule, offer };
  return [{ effect, due, lane: key, priority: priorities.timer, coalesce: key }];
}

function windowOf(event: PersonEvent): WindowId | undefined {
  switch (event.type) {
    case 'window_added':
      return event.window.id;
    case 'window_cancelled':
      return event.window;
    default:
      return undefined;
  }
}

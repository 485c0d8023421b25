import type { PersonId } from './catalog.ts';
import { concernedBy } from './overrides.ts';
import type { PersonEvent } from './person.ts';
import { priorities, type Planned, type Recorded } from './recorded.ts';
import type { Offer, ScheduleEvent, ScheduleState } from './schedule.ts';
import type { EpochMs } from './time.ts';

/** Somebody's own page shows something else than before. For whoever has never opened theirs it does nothing. */
export type HomeEffect = { readonly kind: 'slack.refresh_home'; readonly person: PersonId };

/** After a change of somebody's availability. When windows and shifts begin and end, a shown Home looks again by itself. */
export function refreshHome({ recordedAt }: Recorded<PersonEvent>, person: PersonId): readonly Planned<HomeEffect>[] {
  return [plannedRefresh(person, recordedAt)];
}

/** After a shift or an offer has changed: the Homes of those whom it concerns. */
export function refreshHomesOfSchedule(
  { event, recordedAt }: Recorded<ScheduleEvent>,
  state: ScheduleState,
): readonly Planned<HomeEffect>[] {
  return [...new Set(concerned(event, state))].map((person) => plannedRefresh(person, recordedAt));
}

function concerned(event: ScheduleEvent, { overrides, offers }: ScheduleState): readonly PersonId[] {
  switch (event.type) {
    case 'override_made':
      return concernedBy(event.made.override);
    case 'override_cancelled':
      return overrides.flatMap(({ id, override }) => (id === event.override ? concernedBy(override) : []));
    case 'offer_made':
      return askedOf(event.offer);
    case 'offer_taken':
    case 'offer_declined':
    case 'offer_ended':
      return offers.flatMap((offer) => (offer.id === event.offer ? askedOf(offer) : []));
    case 'offer_sent':
    case 'duty_noted':
    case 'overrides_published':
      return [];
  }
}

function askedOf({ asked, insteadOf }: Offer): readonly PersonId[] {
  return [...asked, insteadOf];
}

/** Refreshes that are due at one instant are one: each shows what is true when it is sent. */
export function plannedRefresh(person: PersonId, due: EpochMs): Planned<HomeEffect> {
  const key = `home:${person}:${due}`;
  return { effect: { kind: 'slack.refresh_home', person }, due, lane: key, priority: priorities.edit, coalesce: key };
}

import type { PersonId } from './catalog.ts';
import type { PersonEvent } from './person.ts';
import { priorities, type Planned, type Recorded } from './recorded.ts';
import type { EpochMs } from './time.ts';

/** Somebody's own page shows something else than before. For whoever has never opened theirs it does nothing. */
export type HomeEffect = { readonly kind: 'slack.refresh_home'; readonly person: PersonId };

/** After a change of somebody's availability. When windows and shifts begin and end, a shown Home looks again by itself. */
export function refreshHome({ recordedAt }: Recorded<PersonEvent>, person: PersonId): readonly Planned<HomeEffect>[] {
  return [plannedRefresh(person, recordedAt)];
}

/** Refreshes that are due at one instant are one: each shows what is true when it is sent. */
export function plannedRefresh(person: PersonId, due: EpochMs): Planned<HomeEffect> {
  const key = `home:${person}:${due}`;
  return { effect: { kind: 'slack.refresh_home', person }, due, lane: key, priority: priorities.edit, coalesce: key };
}

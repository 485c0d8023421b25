import type { PersonId, ScheduleId } from './catalog.ts';
import { entry } from './lookup.ts';
import { overridesOf } from './overrides.ts';
import type { OnCallFacts } from './resolver.ts';
import { teamsOf } from './schedule-teams.ts';

/**
 * The people who could be asked, and the schedules that any of them has turns in: nobody else's load is looked at. Whoever
 * else has turns in those is still known, or others would count as standing in for them.
 */
export function factsAround(facts: OnCallFacts, whose: PersonId, schedules: readonly ScheduleId[]): OnCallFacts {
  const { catalog } = facts;
  const asked = new Set(
    schedules.flatMap((id) => [
      ...peopleIn(facts, id),
      ...teamsOf(catalog, id, whose).flatMap(({ members }) => members),
    ]),
  );
  const near = Object.entries(catalog.schedules).filter(([id]) => peopleIn(facts, id).some((each) => asked.has(each)));
  const known = new Set([...asked, ...near.flatMap(([id]) => peopleIn(facts, id))]);
  return {
    ...facts,
    catalog: {
      ...catalog,
      people: Object.fromEntries(Object.entries(catalog.people).filter(([id]) => known.has(id))),
      schedules: Object.fromEntries(near),
    },
  };
}

/** Who takes turns in a schedule, or is put on by an override: nobody else has a duty there but as a cover. */
export function peopleIn(facts: OnCallFacts, id: ScheduleId): readonly PersonId[] {
  const layers = entry(facts.catalog.schedules, id)?.layers ?? [];
  const putOn = overridesOf(facts, id).flatMap((override) => (override.kind === 'remove' ? [] : [override.person]));
  return [...layers.flatMap(({ participants }) => participants), ...putOn];
}

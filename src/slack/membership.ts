import type { Catalog, PersonId, Target } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';

/** Takes turns in a schedule, or stands in for someone by an override. */
export function isInSchedule({ catalog, overrides }: OnCallFacts, id: string, person: PersonId): boolean {
  const schedule = entry(catalog.schedules, id);
  if (schedule === undefined) return false;
  const made = overrides.flatMap((each) => (each.schedule === id ? [each.override] : []));
  return (
    schedule.layers.some(({ participants }) => participants.includes(person)) ||
    [...schedule.overrides, ...made].some((override) => override.kind !== 'remove' && override.person === person)
  );
}

/** Belongs to those whom one of these targets asks, and so may know who of them was passed over. */
export function isAmong(facts: OnCallFacts, targets: readonly Target[], person: PersonId): boolean {
  return targets.some((target) => {
    switch (target.kind) {
      case 'schedule':
        return isInSchedule(facts, target.schedule, person);
      case 'team':
        return entry(facts.catalog.teams, target.team)?.members.includes(person) === true;
      case 'person':
        return target.person === person;
      case 'channel':
        return false;
    }
  });
}

export function shareTeam({ teams }: Catalog, one: PersonId, other: PersonId): boolean {
  return Object.values(teams).some(({ members }) => members.includes(one) && members.includes(other));
}

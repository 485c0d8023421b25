import type { Override, PersonId, Schedule, ScheduleId } from './catalog.ts';
import { entry } from './lookup.ts';
import type { OnCallFacts } from './resolver.ts';
import type { EpochMs } from './time.ts';

/** A place on duty and who holds it after the overrides; undefined when they leave it to nobody. */
export interface Slot {
  readonly person: PersonId | undefined;
  readonly why: 'rotation' | 'override';
  /** Whom the overrides took off this place, in the order of the chain. */
  readonly takenOff: readonly PersonId[];
}

/** Every override of a schedule as it is now, oldest first: see `overridesOn`. */
export function overridesOf(facts: OnCallFacts, schedule: ScheduleId): readonly Override[] {
  const declared = entry(facts.catalog.schedules, schedule)?.overrides ?? [];
  return overridesOn(facts, { id: schedule, overrides: declared });
}

/** Those of the catalog file, as it is or was, are older than what people made in Slack; the oldest come first. */
export function overridesOn(facts: OnCallFacts, schedule: Pick<Schedule, 'id' | 'overrides'>): readonly Override[] {
  const made = facts.overrides.filter((each) => each.schedule === schedule.id);
  return [...schedule.overrides, ...made.map((each) => each.override)];
}

/**
 * Who is on duty once the overrides that are active at `atMs` are applied to the layers' person. The newest decision about
 * a person wins, `only` ends everything older, and chains are followed in whatever order they were made: Beni covers Alma
 * and Carmel covers Beni puts Carmel on. A chain that comes back to where it was ends as nobody, never as a guess.
 */
export function applyOverrides(base: PersonId | undefined, overrides: readonly Override[], atMs: EpochMs): Slot[] {
  const active = overrides.filter((override) => override.from <= atMs && atMs < override.to);
  const onlyIndex = active.findLastIndex((override) => override.kind === 'only');
  const only = active[onlyIndex];
  const later = active.slice(onlyIndex + 1);
  const slots: Slot[] = [];
  if (only?.kind === 'only') slots.push(follow(only.person, 0, later, base === only.person ? [] : listed(base)));
  else if (base !== undefined) slots.push(follow(base, undefined, later, []));
  for (const [index, override] of later.entries()) {
    if (override.kind === 'add') slots.push(follow(override.person, index + 1, later, []));
  }
  return slots;
}

/**
 * Follows one place from hand to hand. `since` is where in the list the first person was put on, undefined for a turn of
 * the rotation: what took that person off before is older than the decision to put them on, and does not count.
 */
function follow(
  first: PersonId,
  since: number | undefined,
  overrides: readonly Override[],
  replaced: readonly PersonId[],
): Slot {
  const why = since === undefined ? 'rotation' : 'override';
  const takenOff = [...replaced];
  const seen = new Set<PersonId>();
  let person = first;
  let decision = newestAbout(person, overrides.slice(since ?? 0));
  while (decision !== undefined) {
    takenOff.push(person);
    seen.add(person);
    if (decision.kind === 'remove' || seen.has(decision.person))
      return { person: undefined, why: 'override', takenOff };
    person = decision.person;
    decision = newestAbout(person, overrides);
  }
  return { person, why: takenOff.length > 0 ? 'override' : why, takenOff };
}

type TakesOff = Extract<Override, { kind: 'replace' | 'remove' }>;

function newestAbout(person: PersonId, overrides: readonly Override[]): TakesOff | undefined {
  return overrides.findLast(
    (override): override is TakesOff =>
      (override.kind === 'replace' || override.kind === 'remove') && override.insteadOf === person,
  );
}

function listed(person: PersonId | undefined): PersonId[] {
  return person === undefined ? [] : [person];
}

/** Whose duty an override changes. */
export function concernedBy(override: Override): readonly PersonId[] {
  switch (override.kind) {
    case 'replace':
      return [override.person, override.insteadOf];
    case 'remove':
      return [override.insteadOf];
    case 'add':
    case 'only':
      return [override.person];
  }
}

import { available, type Asked } from './available.ts';
import type { PersonId, Schedule, ScheduleId, Severity } from './catalog.ts';
import { coverOrder, type LayerHolders } from './covers.ts';
import { applyOverrides, overridesOn, type Slot } from './overrides.ts';
import { isInCatalog, scheduleAt, scheduleIds } from './past.ts';
import type { DutyRow, Excluded, OnCallFacts } from './resolver.ts';
import { holderAt, offsetsFor, type Rotation, rotationOf } from './rotation.ts';
import type { EpochMs } from './time.ts';
import type { ZoneOffsets } from './wall-clock.ts';

/** A schedule in numbers, ready for many questions within the time that its offsets span. */
export interface Roster {
  readonly schedule: Schedule;
  /** One for each layer, in the order of the catalog: a later one wins where it is active. */
  readonly rotations: readonly Rotation[];
  readonly offsets: ZoneOffsets;
}

/** `unknown`: the catalog does not have this person, so nobody can be rung. */
type State = 'yes' | 'last' | 'no' | 'unknown';

/**
 * Availability of everybody, at the instant and for the severity that are asked about. Quiet hours count for those who are
 * asked to cover, and not for whoever is on duty.
 */
export type StateOf = (person: PersonId, asked: Asked) => State;

/**
 * Who is on duty for a schedule at an instant, and who was passed over: layers, then overrides, then availability, then
 * covers (DESIGN §8). Never empty: nobody is a row of its own, without a person. An unknown schedule has nobody. About
 * the past, the catalog that was in force then is asked.
 */
export function onDuty(facts: OnCallFacts, id: ScheduleId, atMs: EpochMs, severity: Severity): readonly DutyRow[] {
  const schedule = scheduleAt(facts.catalog, id, atMs);
  if (schedule === undefined) return [{ schedule: id, person: null, why: 'nobody', excluded: [] }];
  const { rotations, offsets } = rosterOf(schedule, atMs, atMs);
  const holders = rotations.map((rotation) => holderAt(rotation, offsets, atMs));
  return dutyRows(facts, schedule, { rotations, holders, top: topLayer(holders) }, atMs, severity);
}

/** Prepares a schedule for questions about instants in [from, to]. */
export function rosterOf(schedule: Schedule, from: EpochMs, to: EpochMs): Roster {
  const rotations = schedule.layers.map(rotationOf);
  return { schedule, rotations, offsets: offsetsFor(rotations, schedule.timezone, from, to) };
}

/** The last layer that has somebody; -1 when none has. */
export function topLayer(holders: readonly (PersonId | undefined)[]): number {
  return holders.findLastIndex((holder) => holder !== undefined);
}

/** What `onDuty` says once the layers have been asked. */
export function dutyRows(
  facts: OnCallFacts,
  { id: schedule, overrides }: Pick<Schedule, 'id' | 'overrides'>,
  layers: LayerHolders,
  atMs: EpochMs,
  severity: Severity,
): readonly DutyRow[] {
  const stateOf: StateOf = (person, asked) => stateAt(facts, person, atMs, severity, asked);
  const slots = applyOverrides(layers.holders[layers.top], overridesOn(facts, { id: schedule, overrides }), atMs);
  // Whoever is on duty in their own right keeps that place; covers are looked for among the others.
  const busy = new Set(
    slots.flatMap(({ person }) => (person !== undefined && answers(stateOf(person, 'on_duty')) ? [person] : [])),
  );
  const rows: FilledRow[] = [];
  const passedOver: Excluded[] = [];
  for (const slot of slots) {
    const outcome = fill(slot, layers, stateOf, busy);
    if (outcome.row === undefined) {
      passedOver.push(...outcome.excluded);
    } else if (!rows.some(({ person }) => person === outcome.row?.person)) {
      busy.add(outcome.row.person);
      rows.push({ schedule, excluded: outcome.excluded, ...outcome.row });
    }
  }
  const [first, ...rest] = rows;
  return first === undefined
    ? [{ schedule, person: null, why: 'nobody', excluded: distinct(passedOver) }]
    : [{ ...first, excluded: distinct([...first.excluded, ...passedOver], first.person) }, ...rest];
}

type FilledRow = Extract<DutyRow, { person: PersonId }>;

interface Outcome {
  /** Undefined when nobody can hold this place. */
  readonly row: Omit<FilledRow, 'schedule' | 'excluded'> | undefined;
  readonly excluded: readonly Excluded[];
}

/** Puts the slot's person on duty or, when they cannot answer, the first who can of those who may cover. */
function fill(slot: Slot, layers: LayerHolders, stateOf: StateOf, busy: ReadonlySet<PersonId>): Outcome {
  const replaced = slot.takenOff.map((person): Excluded => ({ person, because: 'replaced' }));
  const { person, why } = slot;
  if (person === undefined) return { row: undefined, excluded: replaced };
  const state = stateOf(person, 'on_duty');
  if (answers(state)) {
    return { row: { person, why, availability: state, insteadOf: undefined }, excluded: distinct(replaced, person) };
  }
  const free = coverOrder(layers, person, slot.takenOff).filter((other) => !busy.has(other));
  const inState = (wanted: State) => free.find((other) => stateOf(other, 'off_duty') === wanted);
  const willing = inState('yes');
  const cover = willing ?? inState('last');
  const asked = cover === undefined ? free : free.slice(0, free.indexOf(cover));
  const excluded = [person, ...asked].flatMap((other) => exclusion(other, stateOf(other, 'off_duty')));
  if (cover === undefined) return { row: undefined, excluded: [...excluded, ...replaced] };
  const availability = willing === undefined ? 'last' : 'yes';
  return {
    row: { person: cover, why: 'cover', availability, insteadOf: person },
    excluded: distinct([...excluded, ...replaced], cover),
  };
}

/** Who this person is to the pager at an instant; availability comes first, so that hard is never overruled. */
export function stateAt(facts: OnCallFacts, person: PersonId, atMs: EpochMs, severity: Severity, asked: Asked): State {
  if (!isInCatalog(facts.catalog, person, atMs)) return 'unknown';
  return available(facts, person, atMs, severity, asked).state;
}

/** Whether a schedule names this person at an instant, by a turn or by an override: in their own right, not as a cover. */
export function holdsDuty(facts: OnCallFacts, person: PersonId, atMs: EpochMs): boolean {
  return scheduleIds(facts.catalog).some((id) => {
    const schedule = scheduleAt(facts.catalog, id, atMs);
    return schedule !== undefined && slotsAt(facts, schedule, atMs).some((slot) => slot.person === person);
  });
}

function slotsAt(facts: OnCallFacts, schedule: Schedule, atMs: EpochMs): readonly Slot[] {
  const { rotations, offsets } = rosterOf(schedule, atMs, atMs);
  const holders = rotations.map((rotation) => holderAt(rotation, offsets, atMs));
  return applyOverrides(holders[topLayer(holders)], overridesOn(facts, schedule), atMs);
}

export function answers(state: State): state is 'yes' | 'last' {
  return state === 'yes' || state === 'last';
}

/** Why somebody in this state is passed over; empty for those who are not. */
export function exclusion(person: PersonId, state: State): Excluded[] {
  if (answers(state)) return [];
  return [{ person, because: state === 'no' ? 'unavailable' : 'not_in_catalog' }];
}

/** One entry for each person, the first; without `onDuty`, who is not excluded after all. */
export function distinct(excluded: readonly Excluded[], onDuty?: PersonId): Excluded[] {
  const byPerson = new Map(excluded.toReversed().map((entry) => [entry.person, entry]));
  return [...new Set(excluded.map(({ person }) => person))].flatMap((person) => {
    const kept = byPerson.get(person);
    return kept === undefined || person === onDuty ? [] : [kept];
  });
}

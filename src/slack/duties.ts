import type { PersonId, ScheduleId } from '../oncall/catalog.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { shifts } from '../oncall/shifts.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import type { When } from './cover-request.ts';
import type { DutyChoice } from './duty-values.ts';

/** How far ahead a form looks for shifts. */
const horizonMs = 120 * dayMs;

/**
 * Whose duty it is through [from, to), whether or not they can answer then: that is what can be given away. In order,
 * one entry for each unbroken stretch of one person.
 */
export function nominalDuties(
  facts: OnCallFacts,
  schedule: ScheduleId,
  from: EpochMs,
  to: EpochMs,
): readonly DutyChoice[] {
  const open = new Map<PersonId, DutyChoice>();
  const duties: DutyChoice[] = [];
  for (const { person, start, end } of shifts({ ...facts, windows: [] }, schedule, from, to)) {
    if (person === null) continue;
    const previous = open.get(person);
    if (previous !== undefined && previous.to !== start) duties.push(previous);
    open.set(person, { schedule, person, from: previous?.to === start ? previous.from : start, to: end });
  }
  return [...duties, ...open.values()].toSorted((a, b) => a.from - b.from || (a.person < b.person ? -1 : 1));
}

/** The duties of a person that the words mean; empty when there is none. One that runs is given from now on. */
export function dutiesOf(
  facts: OnCallFacts,
  person: PersonId,
  schedules: readonly ScheduleId[],
  when: When,
  now: EpochMs,
): readonly DutyChoice[] {
  const [from, to] = when.kind === 'span' ? [when.from, when.to] : [now, now + horizonMs];
  const own = schedules
    .flatMap((schedule) => nominalDuties(facts, schedule, Math.max(from, now), to))
    .filter((duty) => duty.person === person)
    .toSorted((a, b) => a.from - b.from);
  if (when.kind === 'span') return own;
  const running = own.filter((duty) => duty.from <= now);
  const [next] = own.filter((duty) => duty.from > now);
  const coming = next === undefined ? [] : [next];
  switch (when.kind) {
    case 'this':
      return running;
    case 'next':
      return coming;
    case 'unsaid':
      return running.length > 0 ? running : coming;
  }
}

/** Whether somebody is on duty at a time that is meant, in the place of one who cannot be asked: nothing of it is theirs to give. */
export function standsIn(
  facts: OnCallFacts,
  person: PersonId,
  schedules: readonly ScheduleId[],
  when: When,
  now: EpochMs,
): boolean {
  if (when.kind === 'next') return false;
  const [from, to] = when.kind === 'span' ? [Math.max(when.from, now), when.to] : [now, now + 1];
  return schedules.some((schedule) =>
    shifts(facts, schedule, from, to).some((shift) => shift.person === person && shift.why === 'cover'),
  );
}

/** The next duties of everybody else at these schedules, so many of each, in order. */
export function othersDuties(
  facts: OnCallFacts,
  schedules: readonly ScheduleId[],
  except: PersonId,
  now: EpochMs,
  mostOfEach: number,
): readonly DutyChoice[] {
  const duties = schedules.flatMap((schedule) => nominalDuties(facts, schedule, now, now + horizonMs));
  const byPerson = Map.groupBy(duties, ({ person, schedule }) => `${person}\n${schedule}`);
  return [...byPerson.values()]
    .flatMap((some) => some.slice(0, mostOfEach))
    .filter(({ person }) => person !== except)
    .toSorted((a, b) => a.from - b.from);
}

/** The next duties of a person, the one that runs first. */
export function nextDuties(facts: OnCallFacts, person: PersonId, now: EpochMs, most: number): readonly DutyChoice[] {
  const schedules = Object.keys(facts.catalog.schedules);
  return dutiesOf(facts, person, schedules, { kind: 'span', from: now, to: now + horizonMs }, now).slice(0, most);
}

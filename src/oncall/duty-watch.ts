import type { PersonId, ScheduleId } from './catalog.ts';
import { without } from './fairness.ts';
import type { Span } from './layer-windows.ts';
import { entry } from './lookup.ts';
import type { OnCallFacts } from './resolver.ts';
import { effective } from './schedule-evolve.ts';
import type { KnownDuty, KnownShift, MadeOverride, Offer, ScheduleEvent, ScheduleState } from './schedule.ts';
import { shifts } from './shifts.ts';
import { dayMs, minuteMs, type EpochMs } from './time.ts';

/** A change that puts somebody on duty within this time is told to them; what lies further ahead, a day before it begins. */
export const tellChangesWithinMs = 7 * dayMs;
const remindBeforeMs = dayMs;
/** Looked at again at the latest: what lies a week ahead has moved by then. */
const lookAgainMs = dayMs;
/** Nobody is told of less: borders of neighbouring windows may leave moments. */
const shortestMs = minuteMs;

type Noted = Extract<ScheduleEvent, { type: 'duty_noted' }>;

/**
 * Compares who is on duty, now and in the next week, with what was known at the last look, so that hand-offs and changes are
 * told once, whoever looks and however often: after downtime the present alone is compared. Undefined where there is no news.
 * `facts` hold the overrides of `state`.
 */
export function watchDuty(state: ScheduleState, facts: OnCallFacts, now: EpochMs): Noted | undefined {
  const { schedule, duty: known } = state;
  const declared = entry(facts.catalog.schedules, schedule);
  if (declared === undefined) return undefined;
  const until = now + tellChangesWithinMs;
  const around = stretches(facts, schedule, now - remindBeforeMs, until + remindBeforeMs);
  const ahead = clipped(around, { from: now, to: until });
  const onDuty = peopleAt(around, now);
  const next = nextLook(around, onDuty, now);
  const found: KnownDuty = { at: now, onDuty, until, shifts: ahead, next, userGroup: declared.userGroup };
  if (known === undefined) return { type: 'duty_noted', duty: found, cameOn: [], wentOff: [], coming: [], changed: [] };
  const running = around.filter(({ from, to }) => from <= now && now < to);
  const cameOn = running.filter(({ person }) => !known.onDuty.includes(person));
  const wentOff = known.onDuty.filter((person) => !onDuty.includes(person));
  const changed = surprised(state, known, ahead, cameOn, now);
  const coming = comingShifts(around, known, now).filter(({ person }) => !changed.includes(person));
  const isNews =
    cameOn.length + wentOff.length + coming.length + changed.length > 0 ||
    known.next <= now ||
    next < known.next ||
    found.userGroup !== known.userGroup ||
    !isSame(ahead, known.shifts, { from: now, to: Math.min(known.until, until) });
  return isNews ? { type: 'duty_noted', duty: found, cameOn, wentOff, coming, changed } : undefined;
}

/** Who is on duty and can answer, one entry for each unbroken stretch of a person. */
function stretches(facts: OnCallFacts, schedule: ScheduleId, from: EpochMs, to: EpochMs): readonly KnownShift[] {
  const running = new Map<PersonId, KnownShift>();
  const finished: KnownShift[] = [];
  for (const { person, start, end } of shifts(facts, schedule, from, to)) {
    if (person === null) continue;
    const before = running.get(person);
    if (before !== undefined && before.to < start) finished.push(before);
    const begins = before === undefined || before.to < start ? start : before.from;
    running.set(person, { person, from: begins, to: Math.max(end, before?.to ?? end) });
  }
  return [...finished, ...running.values()].toSorted(
    (a, b) => a.from - b.from || (a.person < b.person ? -1 : Number(a.person > b.person)),
  );
}

function peopleAt(some: readonly KnownShift[], at: EpochMs): readonly PersonId[] {
  return some.flatMap(({ person, from, to }) => (from <= at && at < to ? [person] : [])).toSorted();
}

/** The next border at which other people are on duty, the next reminder, or a day from now. */
function nextLook(around: readonly KnownShift[], onDuty: readonly PersonId[], now: EpochMs): EpochMs {
  const borders = around.flatMap(({ from, to }) => [from, to]).filter((at) => at > now);
  const handOff = borders.filter((at) => peopleAt(around, at).join('\n') !== onDuty.join('\n'));
  const reminders = around.map(({ from }) => from - remindBeforeMs).filter((at) => at > now);
  return Math.min(now + lookAgainMs, ...handOff, ...reminders);
}

/**
 * Shifts that have come within a day since the last look, of people who were not on duty in the day before them: whoever
 * comes back every evening needs no reminder.
 */
function comingShifts(around: readonly KnownShift[], known: KnownDuty, now: EpochMs): readonly KnownShift[] {
  const seen = Math.max(known.at + remindBeforeMs, now);
  return around.filter(
    ({ person, from }) =>
      from > seen &&
      from <= now + remindBeforeMs &&
      !around.some((other) => other.person === person && other.to > from - remindBeforeMs && other.from < from),
  );
}

/** People who are on duty where they were not expected to be, and have not agreed to it themselves. */
function surprised(
  { overrides, offers }: ScheduleState,
  known: KnownDuty,
  ahead: readonly KnownShift[],
  cameOn: readonly KnownShift[],
  now: EpochMs,
): readonly PersonId[] {
  const asked = { from: now, to: known.until };
  const people = [...new Set(ahead.map(({ person }) => person))];
  return people.filter((person) => {
    const isTold = cameOn.some((shift) => shift.person === person);
    const own = ahead.filter((shift) => shift.person === person && !(isTold && shift.from <= now));
    const expected = [
      ...known.shifts.filter((shift) => shift.person === person),
      ...overrides.flatMap((made) => knownOtherwise(made, person, offers)),
    ];
    return clipped(own, asked)
      .flatMap((shift) => without(shift, expected))
      .some(({ from, to }) => to - from >= shortestMs);
  });
}

/**
 * Time that somebody took over themselves, accepted or was told of when it was given to them; and what is theirs again since
 * an override was taken back, of which they are told then.
 */
function knownOtherwise(made: MadeOverride, person: PersonId, offers: readonly Offer[]): readonly Span[] {
  const { override, madeBy, origin, id, cancelledAt } = made;
  if (cancelledAt !== undefined && override.kind === 'replace' && override.insteadOf === person)
    return [{ from: Math.max(cancelledAt, override.from), to: override.to }];
  const inForce = effective(made);
  if (inForce === undefined || inForce.kind === 'remove' || inForce.person !== person) return [];
  const isOwn = madeBy.kind === 'person' && madeBy.person === person;
  const isOfOffer = offers.some((offer) => id.startsWith(`${offer.id}/`));
  return isOwn || isOfOffer || origin === 'assigned' ? [inForce] : [];
}

function clipped(some: readonly KnownShift[], { from, to }: Span): readonly KnownShift[] {
  return some
    .map((shift) => ({ person: shift.person, from: Math.max(shift.from, from), to: Math.min(shift.to, to) }))
    .filter((shift) => shift.from < shift.to);
}

function isSame(one: readonly KnownShift[], other: readonly KnownShift[], span: Span): boolean {
  const [first, second] = [one, other].map((some) => JSON.stringify(clipped(some, span)));
  return first === second;
}

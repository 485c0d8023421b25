import { available } from './available.ts';
import { burdenFor, type DayKindOf, zoneOf } from './burden.ts';
import type { PersonId, ScheduleId } from './catalog.ts';
import type { Span } from './layer-windows.ts';
import { loadAfter, type Loads } from './load.ts';
import { hashOf } from './hash.ts';
import { entry } from './lookup.ts';
import { overridesOf } from './overrides.ts';
import type { OnCallFacts } from './resolver.ts';
import { teamsOf } from './schedule-teams.ts';
import { type Shift, shifts } from './shifts.ts';
import { hourMs, zoned } from './time.ts';

export interface Substitute {
  readonly person: PersonId;
  /** When the span begins. Somebody who is to be asked last is never given it without consent. */
  readonly availability: 'yes' | 'last';
  /** Nothing that anybody has told of stands against any part of the span: only then can they accept it. */
  readonly canTakeWhole: boolean;
  /** What speaks for them, never what speaks against anybody: `messages` has the words. */
  readonly why: readonly SubstituteReason[];
}

export type SubstituteReason = 'same_schedule' | 'rested' | 'local_day' | 'lightest_load';

export interface SubstituteContext {
  readonly loads: Loads;
  readonly dayKind: DayKindOf;
  /** Breaks ties, so that equals take turns and the same question still has the same answer: the offer's id. */
  readonly seed: string;
  /** Asked already, or in the escalation that is running: not asked twice. */
  readonly notAgain?: readonly PersonId[];
}

const restMs = 12 * hourMs;

/**
 * Who could take [from, to) of a schedule from somebody, best first (DESIGN §8): whoever can be asked in the ordinary way
 * before whoever is to be asked last, people of the schedule before others of its teams, for the whole span, rested twelve
 * hours on either side, from 8 to 22 on their own clock when it begins, then by burden for each available hour after
 * taking it, then by the seed. Nobody who cannot be asked when it begins, and nobody who is on duty there anyway.
 */
export function substitutes(
  facts: OnCallFacts,
  schedule: ScheduleId,
  span: Span,
  absent: PersonId,
  context: SubstituteContext,
): readonly Substitute[] {
  const own = peopleOf(facts, schedule);
  const duties = dutiesAround(facts, schedule, span);
  const holding = duties.filter((shift) => shift.schedule === schedule && overlaps(shift, span));
  const left = new Set([absent, ...(context.notAgain ?? []), ...holding.map(({ person }) => person)]);
  const ranked = [...new Set([...own, ...teamsOf(facts.catalog, schedule, absent).flatMap(({ members }) => members)])]
    .filter((person) => !left.has(person) && entry(facts.catalog.people, person) !== undefined)
    .flatMap((person) => rank(facts, person, span, { isOwn: own.has(person), duties }, context) ?? [])
    .toSorted((a, b) => compare(a.key, b.key));
  const lightest = Math.min(...ranked.map(({ load }) => load));
  return ranked.map(({ person, availability, canTakeWhole, why, load }) => ({
    person,
    availability,
    canTakeWhole,
    why: load === lightest ? [...why, 'lightest_load'] : why,
  }));
}

interface Ranked extends Substitute {
  readonly load: number;
  /** Compared from the left; the smaller is asked earlier. */
  readonly key: readonly number[];
}

function rank(
  facts: OnCallFacts,
  person: PersonId,
  span: Span,
  { isOwn, duties }: { readonly isOwn: boolean; readonly duties: readonly Shift[] },
  { loads, dayKind, seed }: SubstituteContext,
): Ranked | undefined {
  const { state, whole } = stateThrough(facts, person, span);
  if (state === 'no') return undefined;
  const rested = !duties.some((shift) => shift.person === person);
  const { hour } = zoned(span.from, zoneOf(facts.catalog, person));
  const isLocalDay = hour >= 8 && hour < 22;
  const load = loadAfter(loads.get(person), burdenFor(facts.catalog, person, span, dayKind));
  const reasons = { same_schedule: isOwn, rested, local_day: isLocalDay };
  const why = (['same_schedule', 'rested', 'local_day'] as const).filter((reason) => reasons[reason]);
  const preferred = [state === 'yes', isOwn, whole, rested, isLocalDay];
  const key = [...preferred.map((holds) => (holds ? 0 : 1)), load, hashOf(`${seed}:${person}`)];
  return { person, availability: state, canTakeWhole: whole, why, load, key };
}

/**
 * How they can be asked when the span begins, and whether they can take all of it. What follows from personal rules (the
 * Sabbath, a festival) lies in every long shift and is covered when it begins: it speaks against nobody.
 */
function stateThrough(facts: OnCallFacts, person: PersonId, { from, to }: Span) {
  // As somebody on duty: quiet hours do not bind them then.
  const { state } = available(facts, person, from, 'sev1', 'on_duty');
  const told = facts.windows.filter((window) => window.person === person && window.source !== 'personal');
  let at = from;
  while (at < to) {
    const next = available({ ...facts, windows: told }, person, at, 'sev1');
    if (next.state === 'no') return { state, whole: false };
    at = next.until ?? to;
  }
  return { state, whole: true };
}

/** Everybody who is or was on duty near the span. Whoever merely stands in at this schedule holds nothing yet. */
function dutiesAround(facts: OnCallFacts, schedule: ScheduleId, { from, to }: Span): readonly Shift[] {
  return Object.keys(facts.catalog.schedules)
    .flatMap((id) => shifts(facts, id, from - restMs, to + restMs))
    .filter((shift) => shift.schedule !== schedule || shift.why !== 'cover');
}

/** Participants of every layer, and whoever an override ever put on. */
function peopleOf(facts: OnCallFacts, schedule: ScheduleId): ReadonlySet<PersonId> {
  const layers = entry(facts.catalog.schedules, schedule)?.layers ?? [];
  const putOn = overridesOf(facts, schedule).flatMap((override) =>
    override.kind === 'remove' ? [] : [override.person],
  );
  return new Set([...layers.flatMap(({ participants }) => participants), ...putOn]);
}

function overlaps(shift: Shift, { from, to }: Span): boolean {
  return shift.start < to && from < shift.end;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

import { available } from './available.ts';
import { burdenFor, type DayKindOf, zoneOf } from './burden.ts';
import type { Catalog, PersonId, ScheduleId, Target } from './catalog.ts';
import type { Span } from './layer-windows.ts';
import { loadAfter, type Loads } from './load.ts';
import { entry } from './lookup.ts';
import { overridesOf } from './overrides.ts';
import type { OnCallFacts } from './resolver.ts';
import { type Shift, shifts } from './shifts.ts';
import { hourMs, zoned } from './time.ts';
import { liveWindows } from './windows.ts';

export interface Substitute {
  readonly person: PersonId;
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
  const ranked = [...new Set([...own, ...teamMates(facts.catalog, schedule, absent)])]
    .filter((person) => !left.has(person) && entry(facts.catalog.people, person) !== undefined)
    .flatMap((person) => rank(facts, person, span, { isOwn: own.has(person), duties }, context) ?? [])
    .toSorted((a, b) => compare(a.key, b.key));
  const lightest = Math.min(...ranked.map(({ load }) => load));
  return ranked.map(({ person, why, load }) => ({ person, why: load === lightest ? [...why, 'lightest_load'] : why }));
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
  return { person, why, load, key };
}

/** How they can be asked when the span begins, and whether that holds to its end. */
function stateThrough(facts: OnCallFacts, person: PersonId, { from, to }: Span) {
  const own = { ...facts, windows: liveWindows(facts.windows, person) };
  const { state, until } = available(own, person, from, 'sev1');
  return { state, whole: until === null || until >= to };
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

/** Members of the teams whose services page this schedule; where there are none, of the absent person's own teams. */
function teamMates({ services, policies, teams }: Catalog, schedule: ScheduleId, absent: PersonId): PersonId[] {
  const asks = (target: Target) => target.kind === 'schedule' && target.schedule === schedule;
  const served = Object.values(services).flatMap(({ policy, team }) => {
    const steps = policy === undefined ? [] : (entry(policies, policy)?.steps ?? []);
    const owner = team === undefined ? undefined : entry(teams, team);
    return owner !== undefined && steps.some(({ notify }) => notify.some(asks)) ? [owner] : [];
  });
  const chosen = served.length > 0 ? served : Object.values(teams).filter(({ members }) => members.includes(absent));
  return chosen.flatMap(({ members }) => members);
}

function overlaps(shift: Shift, { from, to }: Span): boolean {
  return shift.start < to && from < shift.end;
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/** FNV-1a: spreads ties evenly and the same way on every machine. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}

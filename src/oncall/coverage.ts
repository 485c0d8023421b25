import type { PersonId, ScheduleId } from './catalog.ts';
import { demandOf, type Need, type ScheduleDemand } from './coverage-demand.ts';
import { withoutTheWorst } from './coverage-stress.ts';
import type { Span } from './layer-windows.ts';
import { absencesOf, believed } from './presence.ts';
import type { OnCallFacts } from './resolver.ts';
import { surplusOf, tightSets } from './surplus.ts';
import type { EpochMs } from './time.ts';

/** `uncovered`: places stay empty. `last_person`: one more who drops out leaves one empty. `ok`: any k may drop out. */
export type CoverageLevel = 'uncovered' | 'last_person' | 'thin' | 'ok';
/** From bad to good. */
export const coverageLevels = ['uncovered', 'last_person', 'thin', 'ok'] as const satisfies readonly CoverageLevel[];

/**
 * `confirmed` believes certain windows alone, `tentative` those as well that may yet be called off (as the pager does from
 * their start), `stress` takes away, beyond that, the k people whose loss hurts most.
 */
export type CoverageMode = 'confirmed' | 'tentative' | 'stress';
export const coverageModes = ['confirmed', 'tentative', 'stress'] as const satisfies readonly CoverageMode[];

/** How many people may be called up at once before coverage counts as thin, where the catalog does not say. */
export const usualTarget = 2;

export interface CoverageQuestion extends Span {
  readonly mode: CoverageMode;
  /** How many may drop out at once; left out: the workspace's target. Also how many `stress` takes away. */
  readonly k?: number;
  /** People who count as gone for the whole span. */
  readonly without?: readonly PersonId[];
  /** Those who are asked last do answer, so they count; `gone` tells what rests on them. */
  readonly askedLast?: 'count' | 'gone';
}

/** [from, to) in which nothing changes. */
export interface CoverageSegment extends Span {
  /** Of all schedules together. */
  readonly level: CoverageLevel;
  /** How many people may drop out, whoever they are, before a place stays empty; null when nobody is needed anywhere. */
  readonly surplus: number | null;
  /** People who can be asked, less those who are needed, of each schedule alone; without those that need nobody now. */
  readonly schedules: readonly ScheduleDepth[];
  /** Why the level is what it is. */
  readonly witness: CoverageWitness;
  /** Every set of schedules that share fewer people than they would need to be ok, each problem by itself. */
  readonly shared: readonly SharedPeople[];
}

/** Several schedules, and everybody who is left to serve any of them. */
export interface SharedPeople extends CoverageWitness {
  /** How many of these people may drop out before a place stays empty; less than each schedule could lose alone. */
  readonly surplus: number;
}

export interface ScheduleDepth {
  readonly schedule: ScheduleId;
  readonly depth: number;
  /** Who can be asked, in the order of the alphabet. */
  readonly left: readonly PersonId[];
}

/**
 * The fewest schedules that together have no more to spare than everything has, and everybody who is left to serve them:
 * payments and db rest on these three. It names who remains and never who is away. Both in the order of the alphabet.
 */
export interface CoverageWitness {
  readonly schedules: readonly ScheduleId[];
  readonly people: readonly PersonId[];
}

/**
 * Coverage through [from, to): segments in order, without holes, neighbours different. Depth of each schedule and surplus
 * of all together, exact: a statement about sets of people (Hall), and no probability, which a common cause makes wrong by
 * orders of magnitude.
 */
export function coverage(facts: OnCallFacts, question: CoverageQuestion): readonly CoverageSegment[] {
  const { from, to, mode, k = coverageTarget(facts) } = question;
  if (from >= to) return [];
  const planned = believed(facts, mode === 'confirmed' ? 'confirmed' : 'tentative');
  const demands = Object.values(facts.catalog.schedules).map((schedule) => demandOf(planned, schedule, { from, to }));
  const gone = new Set(question.without);
  const people = new Set(demands.flatMap(({ always, forATime }) => [...always, ...forATime.map((on) => on.person)]));
  const present = [...people].filter((person) => !gone.has(person)).toSorted();
  const absences = absencesOf(planned, present, { from, to }, question.askedLast === 'gone');
  const segments: CoverageSegment[] = [];
  for (const { at, end, needs } of sweep(demands, present, absences, { from, to })) {
    const left = mode === 'stress' ? withoutTheWorst(needs, present, k) : needs;
    const next = segmentOf(left, present, { from: at, to: end }, k);
    const previous = segments.at(-1);
    if (previous !== undefined && saysTheSame(previous, next)) segments.splice(-1, 1, { ...previous, to: end });
    else segments.push(next);
  }
  return segments;
}

/** The workspace's target for how many may drop out at once. */
export function coverageTarget({ catalog }: OnCallFacts): number {
  return catalog.workspace.coverageTarget ?? usualTarget;
}

export function coverageLevel(surplus: number | null, k: number): CoverageLevel {
  if (surplus === null || surplus >= Math.max(k, 1)) return 'ok';
  if (surplus < 0) return 'uncovered';
  return surplus === 0 ? 'last_person' : 'thin';
}

interface Slice {
  readonly at: EpochMs;
  readonly end: EpochMs;
  readonly needs: readonly Need[];
}

/** Walks through time and says, wherever somebody comes or goes or a schedule begins or rests, what is needed then. */
function* sweep(
  demands: readonly ScheduleDemand[],
  people: readonly PersonId[],
  absences: ReadonlyMap<PersonId, readonly Span[]>,
  { from, to }: Span,
): Generator<Slice, undefined> {
  const inForce = demands.map(({ inForce: spans }) => cursorOver(spans));
  const missing = people.map((person) => cursorOver(absences.get(person) ?? []));
  const place = new Map(people.map((person, index) => [person, index]));
  const candidates = demands.map(({ always, forATime }) => {
    const fixed = inOrder(always.flatMap((person) => place.get(person) ?? []));
    const guests = forATime.flatMap(({ person, ...span }) => {
      const index = place.get(person);
      return index === undefined || fixed.includes(index) ? [] : [{ index, isOn: cursorOver([span]) }];
    });
    return { fixed, guests };
  });
  const spans = [...demands.flatMap((demand) => [...demand.inForce, ...demand.forATime]), ...absences.values()].flat();
  const borders = [from, ...spans.flatMap((span) => [span.from, span.to]).filter((at) => from < at && at < to)];
  const cuts = [...new Set(borders)].toSorted((a, b) => a - b);
  for (const [step, at] of cuts.entries()) {
    const isGone = missing.map((isWithin) => isWithin(at));
    const needs = demands.flatMap(({ schedule, needed }, index): Need[] => {
      if (inForce[index]?.(at) !== true) return [];
      const { fixed, guests } = candidates[index] ?? { fixed: [], guests: [] };
      const invited = guests.filter(({ isOn }) => isOn(at)).map((guest) => guest.index);
      const all = invited.length === 0 ? fixed : inOrder([...fixed, ...new Set(invited)]);
      return [{ schedule: schedule.id, needed, people: all.filter((person) => isGone[person] === false) }];
    });
    yield { at, end: cuts[step + 1] ?? to, needs };
  }
  return undefined;
}

/** Whether instants that only grow lie within one of some disjoint spans in order. */
function cursorOver(spans: readonly Span[]): (atMs: EpochMs) => boolean {
  let index = 0;
  return (atMs) => {
    while ((spans[index]?.to ?? Infinity) <= atMs) index += 1;
    return (spans[index]?.from ?? Infinity) <= atMs;
  };
}

function segmentOf(needs: readonly Need[], people: readonly PersonId[], span: Span, k: number): CoverageSegment {
  const found = surplusOf(needs, people.length);
  const level = coverageLevel(found?.surplus ?? null, k);
  const witness = (tight: readonly number[]): CoverageWitness => {
    const own = tight.flatMap((index) => needs[index] ?? []);
    const left = new Set(own.flatMap((need) => need.people));
    return { schedules: own.map(({ schedule }) => schedule).toSorted(), people: namesOf(inOrder([...left]), people) };
  };
  const sets = level === 'ok' ? [] : tightSets(needs, people.length, k);
  return {
    ...span,
    level,
    surplus: found?.surplus ?? null,
    schedules: needs.map(({ schedule, needed, people: able }) => {
      return { schedule, depth: able.length - needed, left: namesOf(able, people) };
    }),
    witness: witness(found?.tight ?? []),
    shared: sets.flatMap(({ surplus, tight }) => (tight.length < 2 ? [] : [{ surplus, ...witness(tight) }])),
  };
}

/** The list of people is in the order of the alphabet, and so are places in it. */
function inOrder(places: readonly number[]): readonly number[] {
  return places.toSorted((a, b) => a - b);
}

function namesOf(places: readonly number[], people: readonly PersonId[]): PersonId[] {
  return places.flatMap((index) => people[index] ?? []);
}

function saysTheSame(one: CoverageSegment, other: CoverageSegment): boolean {
  return (
    one.level === other.level &&
    one.surplus === other.surplus &&
    one.schedules.length === other.schedules.length &&
    one.schedules.every(({ schedule, depth, left }, index) => {
      const same = other.schedules[index];
      return same?.schedule === schedule && same.depth === depth && isEqual(left, same.left);
    }) &&
    isSameWitness(one.witness, other.witness) &&
    one.shared.length === other.shared.length &&
    one.shared.every((set, index) => {
      const same = other.shared[index];
      return same?.surplus === set.surplus && isSameWitness(set, same);
    })
  );
}

function isSameWitness(one: CoverageWitness, other: CoverageWitness): boolean {
  return isEqual(one.schedules, other.schedules) && isEqual(one.people, other.people);
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

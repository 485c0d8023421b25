import { burdensWithin, type DayKindOf } from './burden.ts';
import type { PersonId, ScheduleId } from './catalog.ts';
import { coverage, coverageLevel, coverageTarget, type CoverageLevel } from './coverage.ts';
import { coverPlan, type CoverPlan } from './cover-plan.ts';
import type { PlanFairness } from './cover-plan-board.ts';
import { handOverHorizonMs } from './hand-over.ts';
import { hollowShifts } from './hollow-shifts.ts';
import type { Span } from './layer-windows.ts';
import { loadsOf } from './load.ts';
import type { OnCallFacts } from './resolver.ts';
import { dayMs, type EpochMs } from './time.ts';
import { withTimelines } from './timeline.ts';
import type { WindowId } from './windows.ts';

/** So far ahead a plan is made when many are called up at once: beyond that too much will be different. */
export const callUpHorizonMs = 28 * dayMs;
/** No plan reaches further. */
const longestPlanMs = 400 * dayMs;
/** The time whose load makes a plan fair. */
const loadMs = 28 * dayMs;

/** Many people who cannot be asked from one moment on, marked together and undone together. */
export interface CallUpSpan {
  readonly from: EpochMs;
  /** null: until further notice. */
  readonly to: EpochMs | null;
}

/** A schedule that has less to spare without these people, at its worst. */
export interface HollowSchedule extends Span {
  readonly schedule: ScheduleId;
  readonly level: CoverageLevel;
  /** People who can be asked, less those who are needed: negative where a place stays empty. */
  readonly depth: number;
}

/** The window of one person in a mass call-up: found again by its name, so that marking twice marks once. */
export function callUpWindow(batch: string, person: PersonId): WindowId {
  return `callup:${batch}:${person}`;
}

/** Whom a mass call-up has marked, whether or not they are back by now. */
export function markedIn(facts: OnCallFacts, batch: string): readonly PersonId[] {
  const marked = facts.windows.filter(({ id, person }) => id === callUpWindow(batch, person));
  return [...new Set(marked.map(({ person }) => person))];
}

/** The facts as they would be with these people gone, for looking before anything is done. */
export function asIfGone(facts: OnCallFacts, people: readonly PersonId[], { from, to }: CallUpSpan): OnCallFacts {
  const windows = people.map((person) => ({
    id: callUpWindow('as-if', person),
    person,
    effect: 'hard' as const,
    certain: true,
    from,
    to,
    cancelled: false,
    source: 'teammate' as const,
  }));
  return withTimelines({ ...facts, windows: [...facts.windows, ...windows] });
}

/**
 * Which schedules have become thin or worse within a span because people are gone, each at its first worst moment, the
 * worst schedule first. Compared with how it would be if they were there: what was thin before is no news.
 */
export function hollowSchedules(
  facts: OnCallFacts,
  gone: readonly PersonId[],
  { from, to }: Span,
): readonly HollowSchedule[] {
  const k = coverageTarget(facts);
  const away = new Set(gone);
  const before = worst({ ...facts, windows: facts.windows.filter(({ person }) => !away.has(person)) }, { from, to });
  const hollow = [...worst(facts, { from, to })].flatMap(([schedule, { depth, ...span }]) => {
    const level = coverageLevel(depth, k);
    const isNews = depth < (before.get(schedule)?.depth ?? Infinity);
    return level === 'ok' || !isNews ? [] : [{ schedule, level, depth, ...span }];
  });
  return hollow.toSorted((a, b) => a.depth - b.depth || (a.schedule < b.schedule ? -1 : 1));
}

/** The least depth of each schedule, and from when to when it is that the first time. */
function worst(facts: OnCallFacts, span: Span): ReadonlyMap<ScheduleId, Span & { readonly depth: number }> {
  const found = new Map<ScheduleId, Span & { readonly depth: number }>();
  for (const { from, to, schedules } of coverage(facts, { ...span, mode: 'tentative' })) {
    for (const { schedule, depth } of schedules) {
      const known = found.get(schedule);
      if (known === undefined || depth < known.depth) found.set(schedule, { from, to, depth });
      else if (depth === known.depth && known.to === from) found.set(schedule, { ...known, to });
    }
  }
  return found;
}

/** Who could take the shifts of these people, as fairly as it can be had. Nothing is changed by proposing it. */
export function callUpPlan(
  facts: OnCallFacts,
  gone: readonly PersonId[],
  span: Span,
  { dayKind, seed }: { readonly dayKind: DayKindOf; readonly seed: string },
): CoverPlan {
  const told = asTold(facts);
  const hollow = hollowShifts(told, span).filter(({ insteadOf }) => insteadOf !== null && gone.includes(insteadOf));
  return coverPlan(told, hollow, planFairness(facts, span.from, dayKind, seed));
}

/** Proposals reach from where shifts are not offered yet to where plans are looked at. */
const proposalsMs = { from: handOverHorizonMs, to: 90 * dayMs } as const;

/** What is proposed for the weeks to come: shifts whose holder has told of an absence, too far ahead to be offered now. */
export function proposedCovers(facts: OnCallFacts, now: EpochMs, dayKind: DayKindOf): CoverPlan {
  const span = { from: now + proposalsMs.from, to: now + proposalsMs.to };
  const told = asTold(facts);
  const news = { ...told, windows: told.windows.filter(({ source }) => source !== 'company') };
  const hollow = hollowShifts(news, span).filter(({ insteadOf }) => insteadOf !== null);
  return coverPlan(told, hollow, planFairness(facts, now, dayKind, `proposals:${now}`));
}

/**
 * Without what follows from personal rules: the Sabbath lies in every long shift and is covered when it begins, so it neither
 * leaves a shift hollow nor keeps anybody from one.
 */
function asTold(facts: OnCallFacts): OnCallFacts {
  return withTimelines({ ...facts, windows: facts.windows.filter(({ source }) => source !== 'personal') });
}

/** What makes a plan fair, from what the last four weeks were like. */
export function planFairness(facts: OnCallFacts, now: EpochMs, dayKind: DayKindOf, seed: string): PlanFairness {
  const loads = [...loadsOf(facts, { from: now - loadMs, to: now }, dayKind)];
  const burden = burdensWithin(facts.catalog, { from: now, to: now + longestPlanMs }, dayKind);
  return {
    points: (span, person) => burden(person, span),
    load: new Map(loads.map(([person, { points }]) => [person, points])),
    targetShare: new Map(loads.map(([person, { availableHours }]) => [person, availableHours])),
    seed,
  };
}

import type { Language, PersonId, ScheduleId } from '../oncall/catalog.ts';
import { coverageConcerns, type CoverageConcern } from '../oncall/coverage-concerns.ts';
import {
  coverage,
  coverageLevel,
  coverageLevels,
  coverageTarget,
  type CoverageLevel,
  type CoverageMode,
  type CoverageSegment,
} from '../oncall/coverage.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { leadsOf } from '../oncall/schedule-teams.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import { withTimelines } from '../oncall/timeline.ts';
import { personView, type PersonView } from './incident-view.ts';
import { isInSchedule } from './membership.ts';

/** Coverage as one reader may know it: of schedules whose members they are, whom they lead, or all as an admin. */
export interface CoverageView {
  readonly language: Language;
  readonly now: EpochMs;
  readonly days: number;
  readonly k: number;
  readonly mode: CoverageMode;
  readonly rows: readonly CoverageRow[];
  readonly concerns: readonly ConcernView[];
}

export interface CoverageRow {
  readonly schedule: ScheduleId;
  /** The worst of each week from now on; undefined where nobody is needed. */
  readonly weeks: readonly (CoverageLevel | undefined)[];
}

export interface ConcernView {
  readonly level: CoverageConcern['level'];
  readonly schedules: readonly ScheduleId[];
  /** Who is left, never who is away. */
  readonly left: readonly PersonView[];
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly isOpen: boolean;
  /** False: it comes about only if an absence that is not certain yet does. */
  readonly isCertain: boolean;
}

export interface CoverageAsked {
  readonly days: number;
  readonly k: number | undefined;
  readonly mode: CoverageMode;
  readonly schedules: readonly ScheduleId[];
}

const weekMs = 7 * dayMs;

/** Those of whom somebody may know how many are left: an aggregate of a few gives away each of them. */
export function schedulesSeenBy(facts: OnCallFacts, person: PersonId): readonly ScheduleId[] {
  const { catalog } = facts;
  const ids = Object.keys(catalog.schedules);
  if (catalog.workspace.admins.includes(person)) return ids;
  return ids.filter((id) => isInSchedule(facts, id, person) || leadsOf(catalog, id).includes(person));
}

export function coverageView(facts: OnCallFacts, asked: CoverageAsked, now: EpochMs, language: Language): CoverageView {
  const seen = withSchedules(facts, asked.schedules);
  const k = asked.k ?? coverageTarget(facts);
  const span = { from: now, to: now + asked.days * dayMs };
  const segments = coverage(seen, { ...span, mode: asked.mode, k });
  const certain = asked.mode === 'confirmed' ? segments : coverage(seen, { ...span, mode: 'confirmed', k });
  const confirmed = coverageConcerns(certain, k);
  return {
    language,
    now,
    days: asked.days,
    k,
    mode: asked.mode,
    rows: asked.schedules.map((schedule) => ({ schedule, weeks: weeksOf(segments, schedule, span, k) })),
    concerns: coverageConcerns(segments, k).map((concern) => concernView(concern, confirmed, facts)),
  };
}

/** The weeks alone: what a glance needs. */
export function coverageRows(facts: OnCallFacts, asked: CoverageAsked, now: EpochMs): readonly CoverageRow[] {
  const k = asked.k ?? coverageTarget(facts);
  const span = { from: now, to: now + asked.days * dayMs };
  const segments = coverage(withSchedules(facts, asked.schedules), { ...span, mode: asked.mode, k });
  return asked.schedules.map((schedule) => ({ schedule, weeks: weeksOf(segments, schedule, span, k) }));
}

export function concernView(
  concern: CoverageConcern,
  confirmed: readonly CoverageConcern[],
  { catalog }: OnCallFacts,
): ConcernView {
  const { level, schedules, people, from, to, isOpen } = concern;
  const left = people.map((person) => personView(person, catalog.people));
  return { level, schedules, left, from, to, isOpen, isCertain: confirmed.some((other) => isAsBad(other, concern)) };
}

function isAsBad(certain: CoverageConcern, concern: CoverageConcern): boolean {
  const isSame = certain.schedules.join() === concern.schedules.join();
  const isBad = coverageLevels.indexOf(certain.level) <= coverageLevels.indexOf(concern.level);
  return isSame && isBad && certain.from < concern.to && concern.from < certain.to;
}

/** The facts with nothing but these schedules, so that nothing else shines through. */
export function withSchedules(facts: OnCallFacts, schedules: readonly ScheduleId[]): OnCallFacts {
  const kept = Object.entries(facts.catalog.schedules).filter(([id]) => schedules.includes(id));
  return withTimelines({ ...facts, catalog: { ...facts.catalog, schedules: Object.fromEntries(kept) } });
}

function weeksOf(
  segments: readonly CoverageSegment[],
  schedule: ScheduleId,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
  k: number,
): readonly (CoverageLevel | undefined)[] {
  const count = Math.ceil((to - from) / weekMs);
  return Array.from({ length: count }, (_, week) => {
    const start = from + week * weekMs;
    const depths = segments
      .filter((segment) => segment.from < start + weekMs && start < segment.to)
      .flatMap((segment) => segment.schedules.flatMap((each) => (each.schedule === schedule ? [each.depth] : [])));
    return depths.length === 0 ? undefined : coverageLevel(Math.min(...depths), k);
  });
}

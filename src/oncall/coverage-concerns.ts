import type { PersonId, ScheduleId } from './catalog.ts';
import { coverageLevel, type CoverageLevel, type CoverageSegment } from './coverage.ts';
import type { Span } from './layer-windows.ts';
import { dayMs } from './time.ts';

/** A time in which one schedule, or some that share their people, has too few of them: what a lead can act on. */
export interface CoverageConcern extends Span {
  readonly level: Exclude<CoverageLevel, 'ok'>;
  /** One that is short by itself, or several that are so together and not each alone. In the order of the alphabet. */
  readonly schedules: readonly ScheduleId[];
  /** Everybody who is left to serve them at some time within the span; never who is away. */
  readonly people: readonly PersonId[];
  /** Whether those are the same people all the time. */
  readonly isSteady: boolean;
  /** Whether it is so all the time; else it comes and goes, by day alone or every night. */
  readonly isContinuous: boolean;
  /** It lasts as far as was looked, and may go on after. */
  readonly isOpen: boolean;
}

/** What comes again within such a time is one concern that comes and goes: a weekend between two working weeks. */
const longestPauseMs = 3 * dayMs;

/**
 * What is wrong in some segments of coverage, by start, worse first. Each schedule is told by itself for as long as its level
 * stays the same; several are told together where sharing people makes them worse than each is alone, and each of them then
 * not besides. `k` is the target of the question that the segments answer.
 */
export function coverageConcerns(segments: readonly CoverageSegment[], k: number): readonly CoverageConcern[] {
  const end = segments.at(-1)?.to;
  const running = new Map<string, CoverageConcern>();
  const finished: CoverageConcern[] = [];
  for (const segment of segments) {
    for (const found of concernsIn(segment, k)) {
      const key = JSON.stringify([found.level, found.schedules]);
      const previous = running.get(key);
      if (previous !== undefined && found.from - previous.to <= longestPauseMs) {
        running.set(key, continued(previous, found));
        continue;
      }
      if (previous !== undefined) finished.push(previous);
      running.set(key, found);
    }
  }
  const all = [...finished, ...running.values()];
  return all
    .filter((concern) => !all.some((other) => isTold(concern, other)))
    .map((concern) => (concern.to === end ? { ...concern, isOpen: true } : concern))
    .toSorted(inOrder);
}

function concernsIn({ from, to, schedules, shared }: CoverageSegment, k: number): CoverageConcern[] {
  const span = { from, to };
  return [
    ...schedules.flatMap(({ schedule, depth, left }) => concern(span, coverageLevel(depth, k), [schedule], left)),
    ...shared.flatMap((set) => concern(span, coverageLevel(set.surplus, k), set.schedules, set.people)),
  ];
}

function concern(
  span: Span,
  level: CoverageLevel,
  schedules: readonly ScheduleId[],
  people: readonly PersonId[],
): CoverageConcern[] {
  return level === 'ok'
    ? []
    : [{ ...span, level, schedules, people, isSteady: true, isContinuous: true, isOpen: false }];
}

function continued(previous: CoverageConcern, next: CoverageConcern): CoverageConcern {
  const isSteady =
    previous.isSteady &&
    previous.people.length === next.people.length &&
    previous.people.every((person, index) => person === next.people[index]);
  const people = isSteady ? previous.people : [...new Set([...previous.people, ...next.people])].toSorted();
  const isContinuous = previous.isContinuous && previous.to === next.from;
  return { ...previous, to: next.to, people, isSteady, isContinuous };
}

/** Whether a schedule's own concern is part of a worse one that it shares with others, all the time. */
function isTold(concern: CoverageConcern, other: CoverageConcern): boolean {
  return (
    other.schedules.length > concern.schedules.length &&
    severity[other.level] < severity[concern.level] &&
    other.isContinuous &&
    other.from <= concern.from &&
    concern.to <= other.to &&
    concern.schedules.every((schedule) => other.schedules.includes(schedule))
  );
}

const severity = { uncovered: 0, last_person: 1, thin: 2 } as const;

function inOrder(a: CoverageConcern, b: CoverageConcern): number {
  if (a.from !== b.from) return a.from - b.from;
  if (a.level !== b.level) return severity[a.level] - severity[b.level];
  return a.schedules.join() < b.schedules.join() ? -1 : 1;
}

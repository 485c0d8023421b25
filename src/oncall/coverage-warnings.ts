import type { ScheduleId } from './catalog.ts';
import type { CoverageConcern } from './coverage-concerns.ts';
import { dayMs, type EpochMs } from './time.ts';

/** Days before a time without cover begins at which it is told again. */
export const warningDays = [28, 14, 7, 3, 1] as const;

/** What has been told so far: plain data, to be kept until the next look. */
export interface CoverageMemory {
  readonly told: readonly ToldConcern[];
}

/** Names schedules and times, and nobody. */
export interface ToldConcern {
  readonly level: CoverageConcern['level'];
  readonly schedules: readonly ScheduleId[];
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly isOpen: boolean;
  /** The least of `warningDays` by which it was told; null as long as it lies further ahead than all of them. */
  readonly told: number | null;
}

export interface CoverageWarning {
  readonly concern: CoverageConcern;
  /** `changed`: told before with another level or another span. `sooner`: told before, and now closer. */
  readonly because: 'new' | 'changed' | 'sooner';
  /** Time until it begins; 0 once it has. */
  readonly leadMs: number;
}

export interface CoverageNews {
  /** By start. Only what is uncovered or rests on the last person: what is thin stands in the weekly digest. */
  readonly warnings: readonly CoverageWarning[];
  /** What was told and is over before its time: somebody is there again. */
  readonly cleared: readonly ToldConcern[];
  readonly memory: CoverageMemory;
}

export const nothingTold: CoverageMemory = { told: [] };

/**
 * What is worth telling now, given what was told before: each concern as soon as it is known, again 28, 14, 7, 3 and 1 days
 * before it begins, and whenever its level or span changes; nothing else twice. That the horizon moves on is no
 * change, nor that a time has begun. Asking again with the memory of the answer tells nothing.
 */
export function coverageWarnings(
  memory: CoverageMemory,
  concerns: readonly CoverageConcern[],
  now: EpochMs,
): CoverageNews {
  const urgent = concerns.filter(({ level, to }) => level !== 'thin' && to > now);
  const known = memory.told.filter(({ to, isOpen }) => isOpen || to > now);
  const warnings: CoverageWarning[] = [];
  const told: ToldConcern[] = [];
  const met = new Set<ToldConcern>();
  for (const concern of urgent) {
    const before = known.find((each) => !met.has(each) && isAbout(each, concern));
    if (before !== undefined) met.add(before);
    const stage = stageOf(concern, now);
    const because = reasonFor(before, concern, stage, now);
    if (because !== undefined) warnings.push({ concern, because, leadMs: Math.max(0, concern.from - now) });
    const { level, schedules, from, to, isOpen } = concern;
    told.push({ level, schedules, from, to, isOpen, told: because === undefined ? (before?.told ?? null) : stage });
  }
  const isOver = (each: ToldConcern) =>
    !met.has(each) && each.to > now && !urgent.some((concern) => takesIn(concern, each));
  return { warnings, cleared: known.filter(isOver), memory: { told } };
}

/** What was told of a schedule is not over when it has become part of something that concerns more of them. */
function takesIn(concern: CoverageConcern, told: ToldConcern): boolean {
  const isPart = told.schedules.every((schedule) => concern.schedules.includes(schedule));
  return isPart && concern.from < told.to && told.from < concern.to;
}

/** The same schedules at an overlapping time: it may have become better or worse, longer or shorter. */
function isAbout(told: ToldConcern, concern: CoverageConcern): boolean {
  const isSame = told.schedules.join() === concern.schedules.join();
  return isSame && told.from < concern.to && (concern.from < told.to || told.isOpen);
}

function reasonFor(
  before: ToldConcern | undefined,
  concern: CoverageConcern,
  stage: number | null,
  now: EpochMs,
): CoverageWarning['because'] | undefined {
  if (before === undefined) return 'new';
  const startsElsewhere = before.from !== concern.from && Math.max(before.from, concern.from) > now;
  const endsElsewhere = before.isOpen ? concern.to < before.to : concern.to !== before.to;
  if (before.level !== concern.level || startsElsewhere || endsElsewhere) return 'changed';
  const isSooner = stage !== null && (before.told === null || stage < before.told);
  // Once it has begun, whoever had to know was told a day before at the latest, or when it became known.
  return isSooner && concern.from > now ? 'sooner' : undefined;
}

function stageOf({ from }: CoverageConcern, now: EpochMs): number | null {
  return warningDays.findLast((days) => from - now <= days * dayMs) ?? null;
}

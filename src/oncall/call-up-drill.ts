import type { PersonId, ScheduleId, ServiceId } from './catalog.ts';
import { coverage, type CoverageSegment, coverageTarget } from './coverage.ts';
import { onDuty } from './duty.ts';
import { lastResort, policyFor, resolveStep, type StepTargets } from './policy.ts';
import type { OnCallFacts } from './resolver.ts';
import type { EpochMs } from './time.ts';
import { withTimelines } from './timeline.ts';
import type { AvailabilityWindow } from './windows.ts';

/** "These three vanish now: who is paged, service by service?" As it is, and as it would be without them. */
export interface CallUpDrill {
  readonly at: EpochMs;
  readonly people: readonly PersonId[];
  /** In the order of the catalog. */
  readonly services: readonly ServiceDrill[];
  readonly schedules: readonly ScheduleDrill[];
  /** Of all schedules together, at that instant. */
  readonly coverage: BeforeAndAfter<CoverageSegment>;
}

export interface BeforeAndAfter<T> {
  readonly before: T;
  readonly after: T;
}

export interface ServiceDrill {
  readonly service: ServiceId;
  /** Whom each step of its policy pages, in order; empty steps are skipped at once. None without a policy. */
  readonly steps: readonly BeforeAndAfter<Paged>[];
  readonly lastResort: BeforeAndAfter<Paged>;
  /** `last_resort`: no step has anybody left. `changed`: the first page goes to others than before. */
  readonly outcome: 'same' | 'changed' | 'last_resort';
}

export interface Paged {
  readonly people: readonly PersonId[];
  readonly channels: readonly string[];
}

export interface ScheduleDrill {
  readonly schedule: ScheduleId;
  readonly onDuty: BeforeAndAfter<readonly PersonId[]>;
  /** People who can be asked less those who are needed; null when it needs nobody now. */
  readonly depth: BeforeAndAfter<number | null>;
  /** It needs somebody, and nobody is on duty any more, or fewer can be asked than are needed. */
  readonly isHollow: boolean;
}

/**
 * What pages would do at an instant if these people could not be asked any more, asked of the very rules that page: nothing
 * is written, and nobody is told. Severity 1, since that is what it is asked for.
 */
export function callUpDrill(
  facts: OnCallFacts,
  people: readonly PersonId[],
  atMs: EpochMs,
  k: number = coverageTarget(facts),
): CallUpDrill {
  const before = withTimelines(facts);
  const after = withTimelines({ ...facts, windows: [...facts.windows, ...people.map((who) => vanished(who, atMs))] });
  const covered = { before: coverageNow(before, atMs, k), after: coverageNow(after, atMs, k) };
  return {
    at: atMs,
    people: [...new Set(people)],
    services: Object.keys(facts.catalog.services).map((service) => serviceDrill(before, after, service, atMs)),
    schedules: Object.keys(facts.catalog.schedules).map((schedule) =>
      scheduleDrill(before, after, schedule, atMs, covered),
    ),
    coverage: covered,
  };
}

function vanished(person: PersonId, from: EpochMs): AvailabilityWindow {
  const id = `drill:${person}`;
  return { id, person, effect: 'hard', certain: true, from, to: null, cancelled: false, source: 'self' };
}

function serviceDrill(before: OnCallFacts, after: OnCallFacts, service: ServiceId, atMs: EpochMs): ServiceDrill {
  const policy = policyFor(before.catalog, service);
  const steps = (policy?.steps ?? []).map((_, index) => ({
    before: policy === undefined ? nobody : paged(resolveStep(before, policy, index, atMs, 'sev1')),
    after: policy === undefined ? nobody : paged(resolveStep(after, policy, index, atMs, 'sev1')),
  }));
  return {
    service,
    steps,
    lastResort: {
      before: paged(lastResort(before, policy, atMs, 'sev1')),
      after: paged(lastResort(after, policy, atMs, 'sev1')),
    },
    outcome: outcomeOf(steps),
  };
}

const nobody: Paged = { people: [], channels: [] };

function outcomeOf(steps: readonly BeforeAndAfter<Paged>[]): ServiceDrill['outcome'] {
  if (steps.every((step) => step.after.people.length === 0)) return 'last_resort';
  const isSame = steps.every((step) => step.before.people.join() === step.after.people.join());
  return isSame ? 'same' : 'changed';
}

function paged({ people, channels }: StepTargets): Paged {
  return { people: people.map(({ person }) => person), channels };
}

function scheduleDrill(
  before: OnCallFacts,
  after: OnCallFacts,
  schedule: ScheduleId,
  atMs: EpochMs,
  covered: BeforeAndAfter<CoverageSegment>,
): ScheduleDrill {
  const holders = { before: holdersOf(before, schedule, atMs), after: holdersOf(after, schedule, atMs) };
  const depth = { before: depthOf(covered.before, schedule), after: depthOf(covered.after, schedule) };
  const isHollow = depth.after !== null && (depth.after < 0 || holders.after.length === 0);
  return { schedule, onDuty: holders, depth, isHollow };
}

function holdersOf(facts: OnCallFacts, schedule: ScheduleId, atMs: EpochMs): PersonId[] {
  return onDuty(facts, schedule, atMs, 'sev1').flatMap(({ person }) => (person === null ? [] : [person]));
}

function depthOf({ schedules }: CoverageSegment, schedule: ScheduleId): number | null {
  return schedules.find((each) => each.schedule === schedule)?.depth ?? null;
}

function coverageNow(facts: OnCallFacts, atMs: EpochMs, k: number): CoverageSegment {
  const [segment] = coverage(facts, { from: atMs, to: atMs + 1, mode: 'tentative', k });
  if (segment === undefined) throw new RangeError('A span of a millisecond has one segment.');
  return segment;
}

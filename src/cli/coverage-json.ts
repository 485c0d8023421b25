import type { BeforeAndAfter, CallUpDrill, Paged } from '../oncall/call-up-drill.ts';
import type { CoverageSegment } from '../oncall/coverage.ts';
import { type TimeZone, toIsoInZone } from '../oncall/time.ts';

/** What `toran coverage --json` prints of its segments (DESIGN §16); neighbours that read the same are one. */
export function coverageJson(segments: readonly CoverageSegment[], zone: TimeZone) {
  const printed: ReturnType<typeof segmentJson>[] = [];
  for (const segment of segments) {
    const next = segmentJson(segment, zone);
    const previous = printed.at(-1);
    if (previous !== undefined && readsTheSame(previous, next)) previous.to = next.to;
    else printed.push(next);
  }
  return printed;
}

function segmentJson({ from, to, level, surplus, schedules, witness }: CoverageSegment, zone: TimeZone) {
  return {
    from: toIsoInZone(from, zone),
    to: toIsoInZone(to, zone),
    level,
    surplus,
    schedules: schedules.map(({ schedule, depth }) => ({ schedule, depth })),
    witness: { schedules: witness.schedules, people: witness.people },
  };
}

function readsTheSame(one: ReturnType<typeof segmentJson>, other: ReturnType<typeof segmentJson>): boolean {
  const shown = ({ from: _from, to: _to, ...rest }: ReturnType<typeof segmentJson>) => JSON.stringify(rest);
  return shown(one) === shown(other);
}

export function drillJson({ at, people, services, schedules, coverage }: CallUpDrill, zone: TimeZone) {
  return {
    at: toIsoInZone(at, zone),
    people,
    services: services.map(({ service, outcome, steps, lastResort }) => ({
      service,
      outcome,
      steps: steps.map(pagedJson),
      last_resort: pagedJson(lastResort),
    })),
    schedules: schedules.map(({ schedule, onDuty, depth, isHollow }) => ({
      schedule,
      on_duty: onDuty,
      depth,
      hollow: isHollow,
    })),
    coverage: { before: togetherJson(coverage.before), after: togetherJson(coverage.after) },
  };
}

function pagedJson({ before, after }: BeforeAndAfter<Paged>) {
  return { before, after };
}

function togetherJson({ level, surplus, witness }: CoverageSegment) {
  return { level, surplus, witness };
}

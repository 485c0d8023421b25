import type { PersonId } from '../oncall/catalog.ts';
import type { CoverageMode } from '../oncall/coverage.ts';
import type { PersonEvent } from '../oncall/person.ts';
import { priorities, type Planned, type Recorded } from '../oncall/recorded.ts';
import { fromWall, minuteMs, zoned, type EpochMs, type TimeZone } from '../oncall/time.ts';

/** Looks whether a duty will lack people, and tells those who answer for it. */
export type CoverageEffect =
  | { readonly kind: 'slack.coverage_warning'; readonly due: EpochMs }
  /** Somebody wants to see coverage as a picture. */
  | {
      readonly kind: 'slack.coverage_picture';
      readonly person: PersonId;
      readonly days: number;
      readonly k: number;
      readonly mode: CoverageMode;
    };

/** Hour of the wall clock at which coverage is looked at every day. */
const lookHour = 9;
/** A wave of absences is one look. */
const gatherMs = 10 * minuteMs;

/** The first 09:00 of the zone's wall clock strictly after `nowMs`. */
export function nextCoverageLookAt(nowMs: EpochMs, zone: TimeZone): EpochMs {
  const today = zoned(nowMs, zone).toPlainDate();
  const due = fromWall(today.toPlainDateTime({ hour: lookHour }), zone);
  return due > nowMs ? due : fromWall(today.add({ days: 1 }).toPlainDateTime({ hour: lookHour }), zone);
}

export function plannedCoverageLook(due: EpochMs): Planned<CoverageEffect> {
  const key = `coverage:${due}`;
  return { effect: { kind: 'slack.coverage_warning', due }, due, lane: key, priority: priorities.edit, coalesce: key };
}

/** As soon as an absence is known, gathered with those that come within the same ten minutes. */
export function lookAfter({ event, recordedAt }: Recorded<PersonEvent>): readonly Planned<CoverageEffect>[] {
  if (event.type !== 'window_added' || event.window.effect !== 'hard') return [];
  return [plannedCoverageLook((Math.floor(recordedAt / gatherMs) + 1) * gatherMs)];
}

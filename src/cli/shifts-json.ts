import type { Shift } from '../oncall/shifts.ts';
import { type TimeZone, toIsoInZone } from '../oncall/time.ts';

/** `{"shifts":[…]}`, with instants in the offset of the schedule's zone; a gap has no person. */
export function shiftsJson(shifts: readonly Shift[], zone: TimeZone): string {
  const printed = shifts.map(({ schedule, start, end, person, why }) => ({
    schedule,
    start: toIsoInZone(start, zone),
    end: toIsoInZone(end, zone),
    person,
    why,
  }));
  return JSON.stringify({ shifts: printed });
}

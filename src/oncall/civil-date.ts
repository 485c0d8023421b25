import { Temporal } from 'temporal-polyfill';
import { dayMs, type EpochMs, fromWall, type TimeZone, zoned } from './time.ts';

/** A day on the calendar, in no zone: `2026-10-27`. Compares like text. */
export type CivilDate = string;

/** Days since 1970-01-01; a number, so that days are counted by arithmetic. */
export type DayNumber = number;

export function dayNumber(date: CivilDate): DayNumber {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / dayMs);
}

export function civilDate(day: DayNumber): CivilDate {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Sunday is 0, as everywhere in the code; day 0 was a Thursday. */
export function weekdayOf(day: DayNumber): number {
  return (((day + 4) % 7) + 7) % 7;
}

/** The day that the calendar on the wall of `zone` shows at an instant. */
export function dateAt(atMs: EpochMs, zone: TimeZone): CivilDate {
  return zoned(atMs, zone).toPlainDate().toString();
}

/** The first instant of a day in a zone: midnight, or what comes after it where the clock jumps over it. */
export function startOfDate(date: CivilDate, zone: TimeZone): EpochMs {
  return fromWall(Temporal.PlainDate.from(date).toPlainDateTime(), zone);
}

export function addDays(date: CivilDate, days: number): CivilDate {
  return civilDate(dayNumber(date) + days);
}

import type { Temporal } from 'temporal-polyfill';
import { type EpochMs, fromWall, type TimeZone, zoned } from '../oncall/time.ts';

/** Half-open [fromMs, toMs). In a week with a change of the clock it is an hour longer or shorter than 168. */
export interface Week {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

/** The Sunday of the week that holds an instant, in the given zone. Weeks start on Sunday at 00:00 wall time. */
export function sundayOf(atMs: EpochMs, zone: TimeZone): Temporal.PlainDate {
  const date = zoned(atMs, zone).toPlainDate();
  // Temporal numbers Monday 1 to Sunday 7.
  return date.subtract({ days: date.dayOfWeek % 7 });
}

function startOfDay(date: Temporal.PlainDate, zone: TimeZone): EpochMs {
  return fromWall(date.toPlainDateTime(), zone);
}

/** Start of the week that holds an instant. */
export function weekStart(atMs: EpochMs, zone: TimeZone): EpochMs {
  return startOfDay(sundayOf(atMs, zone), zone);
}

/** The last `count` weeks that ended at or before `nowMs`, oldest first. */
export function weeksEnded(nowMs: EpochMs, zone: TimeZone, count: number): Week[] {
  const current = sundayOf(nowMs, zone);
  const weeks: Week[] = [];
  for (let ago = count; ago >= 1; ago -= 1) {
    weeks.push({
      fromMs: startOfDay(current.subtract({ weeks: ago }), zone),
      toMs: startOfDay(current.subtract({ weeks: ago - 1 }), zone),
    });
  }
  return weeks;
}

/** Calendar date on which a week starts, `2026-11-22`: a label that needs no language. */
export function weekLabel(week: Week, zone: TimeZone): string {
  return zoned(week.fromMs, zone).toPlainDate().toString();
}

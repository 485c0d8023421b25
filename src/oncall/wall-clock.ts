import { Temporal } from 'temporal-polyfill';
import { dayMs, type EpochMs, type TimeZone, zoned } from './time.ts';

/**
 * A wall time as a number: the milliseconds that it would have since 1970-01-01T00:00 if its zone were UTC. It compares
 * and adds like the clock on the wall, which is what the grid of a rotation needs.
 */
export type WallMs = number;

/** A time in which the zone has one offset, half-open [from, to); the first begins and the last ends nowhere. */
interface OffsetPeriod {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly offsetMs: number;
}

/** The offsets of a zone over some time, in order and without holes; never empty. */
export type ZoneOffsets = readonly [OffsetPeriod, ...OffsetPeriod[]];

/** A clock that is never moved. */
export const steadyClock: ZoneOffsets = [{ from: -Infinity, to: Infinity, offsetMs: 0 }];

/** No zone ever moved its clock by more than this: Apia skipped one whole day in 2011. */
export const longestJumpMs = dayMs;

/**
 * The offsets of `zone` in [from, to] and two days around, so that wall times near the ends come out right. Reading a
 * zone costs some microseconds for each change of its clock; what follows is plain arithmetic.
 */
export function offsetsBetween(zone: TimeZone, from: EpochMs, to: EpochMs): ZoneOffsets {
  const last = to + 2 * dayMs;
  const first = zoned(from - 2 * dayMs, zone);
  let change = first.getTimeZoneTransition('next');
  const periods: [OffsetPeriod, ...OffsetPeriod[]] = [periodOf(first, -Infinity, change, last)];
  while (change !== null && change.epochMilliseconds <= last) {
    const next: Temporal.ZonedDateTime | null = change.getTimeZoneTransition('next');
    periods.push(periodOf(change, change.epochMilliseconds, next, last));
    change = next;
  }
  return periods;
}

/** What the clock on the wall shows at an instant. */
export function wallAt(offsets: ZoneOffsets, atMs: EpochMs): WallMs {
  return atMs + lastPeriod(offsets, (period) => period.from <= atMs).offsetMs;
}

/**
 * The first instant at which the clock shows `wall` or later: in a repeated hour the first occurrence, for a time that
 * was skipped the first instant after the gap.
 */
export function firstInstant(offsets: ZoneOffsets, wall: WallMs): EpochMs {
  const index = lastIndex(offsets, (period) => period.from + period.offsetMs <= wall);
  const before = offsets[index - 1];
  // The hour before a clock goes back is shown twice, and the earlier period shows it first.
  if (before !== undefined && wall - before.offsetMs < before.to) return wall - before.offsetMs;
  const period = offsets[index] ?? offsets[0];
  return Math.min(wall - period.offsetMs, period.to);
}

/** The last instant until which the clock shows no more than `wall`: like firstInstant, but the last occurrence. */
export function lastInstant(offsets: ZoneOffsets, wall: WallMs): EpochMs {
  const period = lastPeriod(offsets, (candidate) => candidate.from + candidate.offsetMs <= wall);
  return Math.min(wall - period.offsetMs, period.to);
}

/** The number of a wall time such as `2026-11-01T09:00`. Throws RangeError when the text is none. */
export function wallMs(text: string): WallMs {
  // With its own zone the text means the same on every host; asked for each layer of each question, so it has to be quick.
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(text)) {
    const wall = Date.parse(`${text}Z`);
    // The 30th of February is no time of its own, which `Date` would take for March.
    if (!Number.isNaN(wall) && new Date(wall).toISOString().startsWith(text)) return wall;
  }
  return Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds;
}

/** The wall times between which each change of the clock happens: skipped ones, or ones that are shown twice. */
export function clockChanges(offsets: ZoneOffsets): { readonly from: WallMs; readonly to: WallMs }[] {
  return offsets.slice(1).map((after, index) => {
    const before = offsets[index] ?? offsets[0];
    const walls = [after.from + before.offsetMs, after.from + after.offsetMs];
    return { from: Math.min(...walls), to: Math.max(...walls) };
  });
}

function periodOf(
  since: Temporal.ZonedDateTime,
  from: EpochMs,
  next: Temporal.ZonedDateTime | null,
  last: EpochMs,
): OffsetPeriod {
  const to = next === null || next.epochMilliseconds > last ? Infinity : next.epochMilliseconds;
  return { from, to, offsetMs: since.offsetNanoseconds / 1e6 };
}

function lastPeriod(offsets: ZoneOffsets, holds: (period: OffsetPeriod) => boolean): OffsetPeriod {
  return offsets[lastIndex(offsets, holds)] ?? offsets[0];
}

/** Index of the last period that `holds`, by bisection: whatever holds for one holds for those before it. */
function lastIndex(offsets: ZoneOffsets, holds: (period: OffsetPeriod) => boolean): number {
  let low = 0;
  let high = offsets.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const period = offsets[middle];
    if (period !== undefined && holds(period)) low = middle;
    else high = middle - 1;
  }
  return low;
}

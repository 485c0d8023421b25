import { type LayerWindow, weekdays } from './catalog.ts';
import { dayMs, type EpochMs, hourMs, minuteMs } from './time.ts';
import { firstInstant, lastInstant, wallAt, type ZoneOffsets } from './wall-clock.ts';

/** Half-open [from, to). */
export interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** A window of a layer in numbers. `days` are those on which it starts, Sunday 0; `toMs` passes a day after midnight. */
export interface WeeklyWindow {
  readonly days: ReadonlySet<number>;
  readonly fromMs: number;
  readonly toMs: number;
}

export function weeklyWindow(window: LayerWindow): WeeklyWindow {
  const [fromMs, toMs] = [timeOfDayMs(window.from), timeOfDayMs(window.to)];
  return {
    days: new Set(window.days.map((day) => weekdays.indexOf(day))),
    fromMs,
    toMs: toMs > fromMs ? toMs : toMs + dayMs,
  };
}

/** `HH:MM` in milliseconds after midnight; `24:00` is the end of the day. */
export function timeOfDayMs(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * hourMs + minutes * minuteMs;
}

/**
 * When windows are open within [from, to), merged and in order. Where the clock is moved they overlap rather than leave
 * a hole: one begins at the first occurrence of its wall time and ends at the last.
 */
export function openSpans(windows: readonly WeeklyWindow[], offsets: ZoneOffsets, from: EpochMs, to: EpochMs): Span[] {
  const merged: { from: EpochMs; to: EpochMs }[] = [];
  for (const span of [...occurrences(windows, offsets, from, to)].toSorted((a, b) => a.from - b.from)) {
    const previous = merged.at(-1);
    if (previous !== undefined && span.from <= previous.to) previous.to = Math.max(previous.to, span.to);
    else merged.push({ ...span });
  }
  return merged;
}

/** Whether a window is open for any time at all within [from, to). */
export function isOpenWithin(windows: readonly WeeklyWindow[], offsets: ZoneOffsets, from: EpochMs, to: EpochMs) {
  return occurrences(windows, offsets, from, to).next().done !== true;
}

function* occurrences(
  windows: readonly WeeklyWindow[],
  offsets: ZoneOffsets,
  from: EpochMs,
  to: EpochMs,
): Generator<Span, undefined> {
  // One day more on each side: a window may have begun the evening before, and a clock may be moved back.
  const firstDay = Math.floor(wallAt(offsets, from) / dayMs) - 1;
  const lastDay = Math.floor(wallAt(offsets, to) / dayMs) + 1;
  for (let day = firstDay; day <= lastDay; day += 1) {
    for (const window of windows) {
      if (!window.days.has(weekdayOf(day))) continue;
      const start = Math.max(from, firstInstant(offsets, day * dayMs + window.fromMs));
      const end = Math.min(to, lastInstant(offsets, day * dayMs + window.toMs));
      if (start < end) yield { from: start, to: end };
    }
  }
  return undefined;
}

/** Sunday is 0; day 0 of the epoch was a Thursday. */
function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

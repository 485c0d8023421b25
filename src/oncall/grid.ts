import type { Step } from './catalog.ts';
import { dayMs, type EpochMs, hourMs } from './time.ts';
import { firstInstant, wallAt, type WallMs, type ZoneOffsets } from './wall-clock.ts';

/**
 * The wall-clock grid of a rotation: turn k begins k steps after the anchor, at the same wall time whatever the clock
 * did in between (GoAlert, Grafana and OneUptime all moved here after elapsed hours had drifted).
 */
export type Grid =
  | { readonly kind: 'fixed'; readonly anchor: WallMs; readonly stepMs: number }
  | { readonly kind: 'months'; readonly anchor: WallMs; readonly months: number };

const unitMs = { hours: hourMs, days: dayMs, weeks: 7 * dayMs } as const;

export function gridOf(anchor: WallMs, every: Step): Grid {
  return every.unit === 'months'
    ? { kind: 'months', anchor, months: every.count }
    : { kind: 'fixed', anchor, stepMs: every.count * unitMs[every.unit] };
}

/** The wall time at which turn k begins. Months keep the anchor's day and clamp where a month is shorter. */
export function turnStart(grid: Grid, k: number): WallMs {
  return grid.kind === 'fixed' ? grid.anchor + k * grid.stepMs : monthsAfter(grid.anchor, k * grid.months);
}

/** The instant at which turn k begins: after a gap in the clock, or at the first of two occurrences. */
export function turnStartsAt(grid: Grid, offsets: ZoneOffsets, k: number): EpochMs {
  return firstInstant(offsets, turnStart(grid, k));
}

/**
 * The turn that owns an instant, counted from the anchor; negative before it. Independent of how old the grid is: the
 * wall clock gives the turn, and only a clock that was just moved makes it look at neighbours. Turns that a gap swallows
 * have no length and own nothing.
 */
export function turnAt(grid: Grid, offsets: ZoneOffsets, atMs: EpochMs): number {
  let k = turnShowing(grid, wallAt(offsets, atMs));
  while (turnStartsAt(grid, offsets, k + 1) <= atMs) k += 1;
  while (turnStartsAt(grid, offsets, k) > atMs) k -= 1;
  return k;
}

function turnShowing(grid: Grid, wall: WallMs): number {
  if (grid.kind === 'fixed') return Math.floor((wall - grid.anchor) / grid.stepMs);
  const [then, now] = [new Date(grid.anchor), new Date(wall)];
  const months = (now.getUTCFullYear() - then.getUTCFullYear()) * 12 + now.getUTCMonth() - then.getUTCMonth();
  return Math.floor(months / grid.months);
}

function monthsAfter(anchor: WallMs, months: number): WallMs {
  const date = new Date(anchor);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const timeOfDayMs = anchor - Math.floor(anchor / dayMs) * dayMs;
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + timeOfDayMs;
}

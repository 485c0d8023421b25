import type { Layer, PersonId } from './catalog.ts';
import { type Grid, gridOf, turnAt, turnStart, turnStartsAt } from './grid.ts';
import { isOpenWithin, openSpans, type Span, type WeeklyWindow, weeklyWindow } from './layer-windows.ts';
import { dayMs, type EpochMs, type TimeZone } from './time.ts';
import { clockChanges, longestJumpMs, offsetsBetween, steadyClock, wallMs, type ZoneOffsets } from './wall-clock.ts';

/** A layer in numbers. Made once for a question, and asked many times. */
export interface Rotation {
  readonly grid: Grid;
  readonly participants: readonly PersonId[];
  readonly windows: readonly WeeklyWindow[];
}

/** [from, to) with who is nominally on duty. */
export interface Turn extends Span {
  readonly person: PersonId;
}

const weekMs = 7 * dayMs;

export function rotationOf(layer: Layer): Rotation {
  return {
    grid: gridOf(wallMs(layer.start), layer.every),
    participants: layer.participants,
    windows: layer.windows.map(weeklyWindow),
  };
}

/**
 * The offsets that these rotations need to answer for [from, to]: those around it, and those since the anchor where the
 * clock's history decides whose turn it is.
 */
export function offsetsFor(rotations: readonly Rotation[], zone: TimeZone, from: EpochMs, to: EpochMs): ZoneOffsets {
  const anchors = rotations.filter(({ grid, windows }) => clockMatters(grid, windows)).map(({ grid }) => grid.anchor);
  return offsetsBetween(zone, Math.min(from - 2 * weekMs, ...anchors), to + 2 * weekMs);
}

/** Who is nominally on duty at an instant; undefined before the start, outside the windows and without participants. */
export function holderAt(rotation: Rotation, offsets: ZoneOffsets, atMs: EpochMs): PersonId | undefined {
  const k = turnAt(rotation.grid, offsets, atMs);
  if (k < 0 || !isOpen(rotation, offsets, atMs, atMs + 1)) return undefined;
  return participantOf(rotation, takenBefore(rotation, offsets, k));
}

/** How many turns were taken before the one that owns an instant; undefined before the start. */
export function turnsTaken(rotation: Rotation, offsets: ZoneOffsets, atMs: EpochMs): number | undefined {
  const k = turnAt(rotation.grid, offsets, atMs);
  return k < 0 ? undefined : takenBefore(rotation, offsets, k);
}

/** Who is nominally on duty through [from, to), in order; times without anybody are left out. */
export function turnsBetween(rotation: Rotation, offsets: ZoneOffsets, from: EpochMs, to: EpochMs): Turn[] {
  const { grid, windows } = rotation;
  const open = windows.length === 0 ? [{ from, to }] : openSpans(windows, offsets, from, to);
  const turns: Turn[] = [];
  let k = Math.max(0, turnAt(grid, offsets, from));
  let taken = takenBefore(rotation, offsets, k);
  for (let start = turnStartsAt(grid, offsets, k); start < to; k += 1) {
    const end = turnStartsAt(grid, offsets, k + 1);
    const person = participantOf(rotation, taken);
    if (person !== undefined) turns.push(...within(open, start, end).map((span) => ({ ...span, person })));
    if (isOpen(rotation, offsets, start, end)) taken += 1;
    start = end;
  }
  return turns;
}

function participantOf({ participants }: Rotation, taken: number): PersonId | undefined {
  return participants[taken % participants.length];
}

function isOpen({ windows }: Rotation, offsets: ZoneOffsets, from: EpochMs, to: EpochMs): boolean {
  return windows.length === 0 ? from < to : isOpenWithin(windows, offsets, from, to);
}

/**
 * How many turns before turn k were really taken. One without a single active second is not: the windows leave it out
 * (a daily rotation that rests on Saturdays), or the clock jumped over it. Counted without walking through the turns:
 * windows repeat every week, and only the turns beside a change of the clock need a closer look.
 */
function takenBefore(rotation: Rotation, offsets: ZoneOffsets, k: number): number {
  const { grid, windows } = rotation;
  if (grid.kind === 'months' || !clockMatters(grid, windows)) return k;
  const nominal = nominallyTaken(windows, grid);
  let taken = nominal.before(k);
  let next = 0;
  for (const change of clockChanges(offsets)) {
    const last = Math.min(k - 1, Math.floor((change.to - grid.anchor) / grid.stepMs));
    for (let j = Math.max(next, Math.floor((change.from - grid.anchor) / grid.stepMs) - 1); j <= last; j += 1) {
      const really = isOpen(rotation, offsets, turnStartsAt(grid, offsets, j), turnStartsAt(grid, offsets, j + 1));
      taken += Number(really) - Number(nominal.isTaken(j));
      next = j + 1;
    }
  }
  return taken;
}

/**
 * Whether a change of the clock, or a window, can leave a turn without any time. Not when a turn lasts two weeks: every
 * window opens twice in it, and no gap swallows both.
 */
function clockMatters(grid: Grid, windows: readonly WeeklyWindow[]): boolean {
  if (grid.kind === 'months') return false;
  return windows.length === 0 ? grid.stepMs <= longestJumpMs : grid.stepMs < 2 * weekMs;
}

/** Turns that are taken as long as nobody moves the clock; they repeat after some weeks, at most 168 turns. */
function nominallyTaken(windows: readonly WeeklyWindow[], grid: Extract<Grid, { kind: 'fixed' }>) {
  const period = windows.length === 0 ? 1 : leastCommonMultiple(grid.stepMs, weekMs) / grid.stepMs;
  const counts = [0];
  for (let j = 0; j < period; j += 1) {
    const [start, end] = [turnStart(grid, j), turnStart(grid, j + 1)];
    const taken = windows.length === 0 || isOpenWithin(windows, steadyClock, start, end);
    counts.push((counts[j] ?? 0) + Number(taken));
  }
  const before = (k: number) => Math.floor(k / period) * (counts[period] ?? 0) + (counts[k % period] ?? 0);
  return { before, isTaken: (j: number) => before(j + 1) > before(j) };
}

function within(open: readonly Span[], from: EpochMs, to: EpochMs): Span[] {
  return open
    .filter((span) => Math.max(span.from, from) < Math.min(span.to, to))
    .map((span) => ({ from: Math.max(span.from, from), to: Math.min(span.to, to) }));
}

function leastCommonMultiple(a: number, b: number): number {
  let [x, y] = [a, b];
  while (y > 0) [x, y] = [y, x % y];
  return (a / x) * b;
}

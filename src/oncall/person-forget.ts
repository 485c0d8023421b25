import type { PersonCommand, PersonEvent, PersonState } from './person.ts';
import type { EpochMs } from './time.ts';
import { endOf, liveOf, type AvailabilityWindow, type WindowId } from './windows.ts';

/**
 * What ended before an instant, together with all that it came from and was carved out of it: a family goes as a whole,
 * since an older version that stays behind alone would count again.
 */
export function forgetWindows(
  { endedBefore, keep = 'recent' }: Extract<PersonCommand, { type: 'forget_windows' }>,
  state: PersonState,
): readonly PersonEvent[] {
  const live = new Set(liveOf(state.windows));
  const windows = familiesOf(state.windows)
    .filter((family) => keep === 'nothing' || isOver(family, live, endedBefore, keep))
    .flatMap((family) => family.map(({ id }) => id));
  return windows.length === 0 ? [] : [{ type: 'windows_forgotten', windows }];
}

/** What was superseded does not count, however long it once was meant to be. A family without an heir was taken back. */
function isOver(
  family: readonly AvailabilityWindow[],
  live: ReadonlySet<AvailabilityWindow>,
  endedBefore: EpochMs,
  keep: 'recent' | 'live',
): boolean {
  const heirs = family.filter((window) => live.has(window));
  if (heirs.length === 0 && keep === 'live') return true;
  const ends = heirs.length > 0 ? heirs.map(endOf) : family.map((window) => window.to ?? window.from);
  return Math.max(...ends) <= endedBefore && !family.some(isKeptByItsFile);
}

/** An entry without an end may still stand in its file: forgotten, it would send the person away again. */
function isKeptByItsFile({ source, to }: AvailabilityWindow): boolean {
  return to === null && (source === 'file' || source === 'calendar');
}

/** Windows that belong together by `supersedes` or `carves`, whichever way. */
function familiesOf(windows: readonly AvailabilityWindow[]): readonly (readonly AvailabilityWindow[])[] {
  const parent = new Map<WindowId, WindowId>();
  const rootOf = (id: WindowId): WindowId => {
    const up = parent.get(id);
    return up === undefined || up === id ? id : rootOf(up);
  };
  for (const { id, supersedes, carves } of windows) {
    for (const other of [supersedes, carves]) if (other !== undefined) parent.set(rootOf(id), rootOf(other));
  }
  return [...Map.groupBy(windows, ({ id }) => rootOf(id)).values()];
}

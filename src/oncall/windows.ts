import type { PersonId, Severity } from './catalog.ts';
import type { EpochMs } from './time.ts';

export type WindowId = string;

/**
 * A time in which a person is not to be paged (hard), is paged last (soft), or is back for a while (free, which carves
 * time out of one parent window and of nothing else). Append-only: a change is a new window that supersedes the old.
 * It never says why: no field for a reason exists here (DESIGN rule 6).
 */
export interface AvailabilityWindow {
  readonly id: WindowId;
  readonly person: PersonId;
  readonly effect: 'hard' | 'soft' | 'free';
  readonly certain: boolean;
  readonly from: EpochMs;
  /** null means open: until the person (or their delegate) says that they are back. */
  readonly to: EpochMs | null;
  /** Only for `free`: the window out of which time is carved. */
  readonly carves?: WindowId;
  readonly supersedes?: WindowId;
  readonly cancelled: boolean;
  /** Only for `soft`: severities that may page in order nevertheless. */
  readonly letsThrough?: readonly Severity[];
  /** Only for `soft`: does not count for whoever is on duty (quiet hours). */
  readonly yieldsToDuty?: true;
  /** When it ends, the person is paged last for so long; chosen when the window is written. */
  readonly easeBackMs?: number;
  /** `personal`: computed from rules that only the person knows. */
  readonly source: 'self' | 'teammate' | 'delegate' | 'file' | 'calendar' | 'company' | 'personal';
}

/**
 * The windows of a person that count. Each is a fact that is never edited: a change, and also a cancellation, is a new
 * window that supersedes the old. Only windows of the same person supersede, so that nobody frees anybody else.
 */
export function liveWindows(windows: readonly AvailabilityWindow[], person: PersonId): AvailabilityWindow[] {
  return liveOf(windows.filter((window) => window.person === person));
}

/** The same of windows that are all one person's. */
export function liveOf(own: readonly AvailabilityWindow[]): AvailabilityWindow[] {
  const superseded = new Set(own.filter(({ id, supersedes }) => supersedes !== id).map(({ supersedes }) => supersedes));
  return own.filter((window) => !window.cancelled && !superseded.has(window.id));
}

/** By id, of one person's windows; see `lineageOf`. */
export type WindowsById = ReadonlyMap<WindowId, AvailabilityWindow>;

export function windowsById(own: readonly AvailabilityWindow[]): WindowsById {
  return new Map(own.map((window) => [window.id, window]));
}

/** A window and everything that it has come from by changes: home leave stays with an absence that is made longer. */
export function lineageOf(window: AvailabilityWindow, byId: WindowsById): ReadonlySet<WindowId> {
  const ids = new Set<WindowId>();
  for (let each: AvailabilityWindow | undefined = window; each !== undefined && !ids.has(each.id);) {
    ids.add(each.id);
    each = each.supersedes === undefined ? undefined : byId.get(each.supersedes);
  }
  return ids;
}

/** The last instant, exclusive, at which a window says anything: with the time in which its person is eased back. */
export function endOf({ to, easeBackMs = 0 }: AvailabilityWindow): EpochMs {
  return to === null ? Infinity : to + easeBackMs;
}

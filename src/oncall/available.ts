import type { PersonId, Severity } from './catalog.ts';
import type { Availability, OnCallFacts } from './resolver.ts';
import type { EpochMs } from './time.ts';
import type { AvailabilityWindow } from './windows.ts';

/**
 * Whether a person can be asked at an instant, by their windows alone; somebody without any can. Hard wins over soft and
 * soft over nothing, whoever wrote the window and in whatever order they lie. Total: it never throws, and adding an
 * absence never makes anyone available.
 */
export function available(facts: OnCallFacts, person: PersonId, atMs: EpochMs, severity: Severity): Availability {
  const windows = liveWindows(facts.windows, person);
  const state = stateAt(windows, atMs, severity);
  const until = windows
    .flatMap((window) => [window.from, window.to ?? Infinity])
    .filter((border) => border > atMs && border < Infinity)
    .toSorted((a, b) => a - b)
    .find((border) => stateAt(windows, border, severity) !== state);
  return { state, until: until ?? null };
}

/**
 * The windows of a person that count. Each is a fact that is never edited: a change, and also a cancellation, is a new
 * window that supersedes the old. Only windows of the same person supersede, so that nobody frees anybody else.
 */
export function liveWindows(windows: readonly AvailabilityWindow[], person: PersonId): AvailabilityWindow[] {
  const own = windows.filter((window) => window.person === person);
  const superseded = new Set(own.filter(({ id, supersedes }) => supersedes !== id).map(({ supersedes }) => supersedes));
  return own.filter((window) => !window.cancelled && !superseded.has(window.id));
}

function stateAt(live: readonly AvailabilityWindow[], atMs: EpochMs, severity: Severity): Availability['state'] {
  const covering = live.filter((window) => window.from <= atMs && (window.to === null || atMs < window.to));
  const carved = new Set(covering.filter(({ effect }) => effect === 'free').map(({ carves }) => carves));
  const absences = covering.filter((window) => !carved.has(window.id));
  if (absences.some(({ effect }) => effect === 'hard')) return 'no';
  const holdsBack = absences.some(
    ({ effect, letsThrough = [] }) => effect === 'soft' && !letsThrough.includes(severity),
  );
  return holdsBack ? 'last' : 'yes';
}

import { added, type PersonEvent, type PersonState } from './person.ts';
import type { EpochMs } from './time.ts';
import { liveOf, type AvailabilityWindow, type WindowId } from './windows.ts';

/** What keeps telling of a person's absences, each time as a whole. */
export type ImportedFrom =
  | { readonly source: 'file' }
  | { readonly source: 'personal' }
  | { readonly source: 'company' }
  /** One of possibly several; the ids of its windows begin with `calendar:<feed>:`. */
  | { readonly source: 'calendar'; readonly feed: string };

/**
 * Makes what a source says now the whole of what it says: new entries are added, changed ones get a version of their own
 * (`…@2`), and what is gone ends. Nothing that has passed changes. What the person has ended or taken back by themselves
 * is not brought back by the same entry; with other times a calendar may bring it back, as tentative.
 */
export function applySource(
  from: ImportedFrom,
  windows: readonly AvailabilityWindow[],
  state: PersonState,
  now: EpochMs,
): readonly PersonEvent[] {
  const live = liveOf(state.windows).filter((window) => isFrom(window, from));
  const wanted = new Set(windows.map((window) => window.id));
  const gone = live.filter(({ id, to }) => !wanted.has(entryOf(id)) && (to === null || to > now));
  return [
    ...gone.map((window) => endedBySource(window, now)),
    ...windows.flatMap((window) => versionOf({ ...window, person: state.person }, from, state, now)),
  ];
}

function isFrom(window: AvailabilityWindow, from: ImportedFrom): boolean {
  if (window.source !== from.source) return false;
  return from.source !== 'calendar' || window.id.startsWith(calendarPrefix(from.feed));
}

export function calendarPrefix(feed: string): string {
  return `calendar:${feed}:`;
}

function endedBySource(window: AvailabilityWindow, now: EpochMs): PersonEvent {
  if (window.from >= now) return { type: 'window_cancelled', window: window.id };
  return added({ ...window, id: `${window.id}~${now}`, to: now, supersedes: window.id });
}

function versionOf(
  window: AvailabilityWindow,
  from: ImportedFrom,
  state: PersonState,
  now: EpochMs,
): readonly PersonEvent[] {
  const versions = state.windows.filter((known) => isFrom(known, from) && entryOf(known.id) === window.id);
  const isPast = window.to !== null && window.to <= now;
  if (isPast && from.source !== 'file' && versions.length === 0) return [];
  const id = versions.length === 0 ? window.id : `${window.id}@${versions.length + 1}`;
  const current = liveOf(state.windows).find((known) => versions.includes(known));
  if (current !== undefined) {
    if (saysTheSame(current, window)) return [];
    return [added({ ...window, id, supersedes: current.id })];
  }
  const withdrawn = versions.filter((version) => wasEndedByPerson(version, state));
  if (withdrawn.some((version) => saysTheSame(version, window))) return [];
  // Other times than those that the person has refused: perhaps news, so it counts, and is asked about.
  const certain = window.certain && (from.source !== 'calendar' || withdrawn.length === 0);
  return [added({ ...window, id, certain })];
}

/** By the person or somebody who speaks for them: the source itself supersedes its own windows, or cancels them. */
function wasEndedByPerson(version: AvailabilityWindow, state: PersonState): boolean {
  return state.windows.some((later) => later.supersedes === version.id && later.source !== version.source);
}

/** The entry behind a window: versions of one entry differ in what follows the last `@`, and what ended early in `~`. */
export function entryOf(id: WindowId): WindowId {
  return id.replace(/(?:@\d+|~\d+)+$/, '');
}

function saysTheSame(one: AvailabilityWindow, other: AvailabilityWindow): boolean {
  return (
    one.effect === other.effect &&
    one.certain === other.certain &&
    one.from === other.from &&
    one.to === other.to &&
    one.carves === other.carves &&
    one.yieldsToDuty === other.yieldsToDuty &&
    (one.easeBackMs ?? 0) === (other.easeBackMs ?? 0) &&
    (one.letsThrough ?? []).join() === (other.letsThrough ?? []).join()
  );
}

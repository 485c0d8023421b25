import { liveWindows } from './available.ts';
import type { PersonId } from './catalog.ts';
import { priorities, type Planned, type Recorded } from './recorded.ts';
import type { EpochMs } from './time.ts';
import type { AvailabilityWindow, WindowId } from './windows.ts';

/** The stream of one person: their availability windows, append-only, without reasons. */
export interface PersonState {
  readonly person: PersonId;
  readonly version: number;
  readonly windows: readonly AvailabilityWindow[];
}

export type PersonEvent =
  | { readonly type: 'window_added'; readonly window: AvailabilityWindow }
  | { readonly type: 'window_cancelled'; readonly window: WindowId };

export type PersonCommand =
  | {
      readonly type: 'mark_unavailable';
      readonly window: WindowId;
      readonly effect: 'hard' | 'soft';
      readonly certain: boolean;
      readonly from: EpochMs;
      readonly to: EpochMs | null;
      readonly source: AvailabilityWindow['source'];
    }
  /** "I'm back": what is running ends now, what was planned for later stays. */
  | { readonly type: 'mark_available' }
  | { readonly type: 'withdraw'; readonly window: WindowId }
  /** The whole of what a file declares for this person; what people said in Slack stays untouched. */
  | { readonly type: 'apply_file'; readonly windows: readonly AvailabilityWindow[] };

export type PersonRefusal =
  | { readonly code: 'window_ends_before_it_starts' }
  | { readonly code: 'not_away' }
  | { readonly code: 'no_such_window' };

/** Tells every open incident to look again whether those it asks, or who hold it, are still there. */
export type PersonEffect = { readonly kind: 'reassess.person'; readonly person: PersonId };

export type PersonDecision =
  | { readonly accepted: true; readonly events: readonly PersonEvent[] }
  | { readonly accepted: false; readonly refusal: PersonRefusal };

export function decidePerson(command: PersonCommand, state: PersonState, now: EpochMs): PersonDecision {
  switch (command.type) {
    case 'mark_unavailable':
      return markUnavailable(command, state);
    case 'mark_available':
      return markAvailable(state, now);
    case 'withdraw': {
      const window = liveWindows(state.windows, state.person).find((live) => live.id === command.window);
      if (window === undefined) return { accepted: false, refusal: { code: 'no_such_window' } };
      return { accepted: true, events: [{ type: 'window_cancelled', window: window.id }] };
    }
    case 'apply_file':
      return { accepted: true, events: applyFile(command.windows, state) };
  }
}

export function evolvePerson(state: PersonState, recorded: Recorded<PersonEvent>): PersonState {
  const { event, sequence } = recorded;
  switch (event.type) {
    case 'window_added':
      return { ...state, version: sequence, windows: [...state.windows, event.window] };
    case 'window_cancelled':
      return {
        ...state,
        version: sequence,
        windows: state.windows.map((window) => (window.id === event.window ? { ...window, cancelled: true } : window)),
      };
  }
}

/** Now, and again when a window begins: pages move within a second, the check before every send covers the interval. */
export function reactPerson(recorded: Recorded<PersonEvent>, state: PersonState): readonly Planned<PersonEffect>[] {
  const { event, recordedAt } = recorded;
  const due = event.type === 'window_added' ? Math.max(recordedAt, event.window.from) : recordedAt;
  const lane = `reassess:${state.person}`;
  return [
    {
      effect: { kind: 'reassess.person', person: state.person },
      due,
      lane: `${lane}:${due}`,
      priority: priorities.page,
      coalesce: `${lane}:${due}`,
    },
  ];
}

function markUnavailable(
  command: Extract<PersonCommand, { type: 'mark_unavailable' }>,
  state: PersonState,
): PersonDecision {
  if (command.to !== null && command.to <= command.from) {
    return { accepted: false, refusal: { code: 'window_ends_before_it_starts' } };
  }
  if (state.windows.some((window) => window.id === command.window)) return { accepted: true, events: [] };
  const { window: id, effect, certain, from, to, source } = command;
  const window: AvailabilityWindow = { id, person: state.person, effect, certain, from, to, cancelled: false, source };
  return { accepted: true, events: [{ type: 'window_added', window }] };
}

function markAvailable(state: PersonState, now: EpochMs): PersonDecision {
  const running = liveWindows(state.windows, state.person).filter(
    (window) => window.effect !== 'free' && window.from <= now && (window.to === null || window.to > now),
  );
  if (running.length === 0) return { accepted: false, refusal: { code: 'not_away' } };
  return { accepted: true, events: running.map((window) => endedAt(window, now)) };
}

/** A window that has not begun is cancelled; one that runs is superseded by itself, shorter. */
function endedAt(window: AvailabilityWindow, now: EpochMs): PersonEvent {
  if (window.from >= now) return { type: 'window_cancelled', window: window.id };
  const shorter = { ...window, id: `${window.id}~${now}`, to: now, supersedes: window.id, source: 'self' as const };
  return { type: 'window_added', window: shorter };
}

/**
 * A file says which absences there are. What is gone from it is cancelled, what comes back or has changed gets a version of
 * its own (`…@2`), and what the person has ended by themselves ("I'm back") is not brought back by the same file.
 */
function applyFile(windows: readonly AvailabilityWindow[], state: PersonState): readonly PersonEvent[] {
  const live = liveWindows(state.windows, state.person);
  const wanted = new Set(windows.map((window) => window.id));
  const gone = live.filter((window) => window.source === 'file' && !wanted.has(entryOf(window.id)));
  return [
    ...gone.map((window): PersonEvent => ({ type: 'window_cancelled', window: window.id })),
    ...windows.flatMap((window) => versionOf(window, state, live)),
  ];
}

function versionOf(
  window: AvailabilityWindow,
  state: PersonState,
  live: readonly AvailabilityWindow[],
): readonly PersonEvent[] {
  const versions = state.windows.filter((known) => known.source === 'file' && entryOf(known.id) === window.id);
  const id = versions.length === 0 ? window.id : `${window.id}@${versions.length + 1}`;
  const current = live.find((known) => known.source === 'file' && entryOf(known.id) === window.id);
  if (current !== undefined) {
    if (saysTheSame(current, window)) return [];
    return [{ type: 'window_added', window: { ...window, id, supersedes: current.id } }];
  }
  const endedByPerson = versions.some((known) => !known.cancelled && saysTheSame(known, window));
  return endedByPerson ? [] : [{ type: 'window_added', window: { ...window, id } }];
}

/** The entry of the file behind a window: versions of one entry differ in what follows the last `@`. */
function entryOf(id: WindowId): WindowId {
  return id.replace(/@\d+$/, '');
}

function saysTheSame(one: AvailabilityWindow, other: AvailabilityWindow): boolean {
  return (
    one.effect === other.effect &&
    one.certain === other.certain &&
    one.from === other.from &&
    one.to === other.to &&
    one.carves === other.carves &&
    (one.letsThrough ?? []).join() === (other.letsThrough ?? []).join()
  );
}

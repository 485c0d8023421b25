import { entry } from './lookup.ts';
import { cutHomeLeaves, homeLeavesOf } from './person-home-leave.ts';
import { roleOf, sourceOf, type Role } from './person-role.ts';
import { accept, added, refuse, type PersonCommand, type PersonDecision, type PersonEvent } from './person.ts';
import type { PersonState } from './person.ts';
import type { Actor } from './recorded.ts';
import { minuteMs, type EpochMs } from './time.ts';
import { endOf, lineageOf, liveOf, windowsById, type AvailabilityWindow, type WindowId } from './windows.ts';

/** So long may whoever marked a team-mate take it back. */
export const withdrawWithinMs = 15 * minuteMs;

export function markUnavailable(
  command: Extract<PersonCommand, { type: 'mark_unavailable' }>,
  state: PersonState,
  role: Role,
): PersonDecision {
  const { window: id, effect, certain, from, to, source, letsThrough = [], easeBackMs = 0 } = command;
  // That somebody cannot be reached is all that another may say: how they are asked, and how they come back, is theirs.
  if (role === 'other' && (effect !== 'hard' || easeBackMs > 0)) return refuse('not_your_absence');
  if (to !== null && to <= from) return refuse('window_ends_before_it_starts');
  if (state.windows.some((window) => window.id === id)) return accept([]);
  const window: AvailabilityWindow = {
    id,
    person: state.person,
    effect,
    certain,
    from,
    to,
    cancelled: false,
    source,
    ...(effect === 'soft' && letsThrough.length > 0 ? { letsThrough } : {}),
    ...(easeBackMs > 0 ? { easeBackMs } : {}),
  };
  return accept([added(window)]);
}

export function markAvailable(
  { fully = false }: Extract<PersonCommand, { type: 'mark_available' }>,
  state: PersonState,
  now: EpochMs,
  role: Role,
): PersonDecision {
  const running = liveOf(state.windows).filter(
    (window) => window.effect !== 'free' && window.from <= now && now < endOf(window),
  );
  const carved = running.filter((window) => isCarved(window, state, now));
  const holding = running.filter((window) => !carved.includes(window));
  // On home leave, what can be meant is the leave; that the absence itself is over has to be said on its own.
  const ended = holding.length > 0 ? holding : carved;
  if (ended.length === 0) return refuse('not_away');
  return accept(ended.flatMap((window) => endWindow(window, state, { now, role, fully })));
}

function isCarved(window: AvailabilityWindow, state: PersonState, now: EpochMs): boolean {
  return homeLeavesOf(window, state).some(({ from, to }) => from <= now && (to === null || now < to));
}

interface Ending {
  readonly now: EpochMs;
  readonly role: Role;
  readonly fully: boolean;
}

/** What runs is superseded by itself, shorter; what has not begun by nothing. The past stays what it was. */
export function endWindow(window: AvailabilityWindow, state: PersonState, ending: Ending): PersonEvent[] {
  const { now, role, fully } = ending;
  if (window.from >= now) return [takenBack(window, now, role), ...cutHomeLeaves(window, now, state, ending)];
  const isEasingBack = window.to !== null && window.to <= now;
  const easeBackMs = isEasingBack ? now - (window.to ?? now) : fully ? 0 : (window.easeBackMs ?? 0);
  const { easeBackMs: _, ...rest } = window;
  const shorter = {
    ...rest,
    id: `${window.id}~${now}`,
    to: isEasingBack ? window.to : now,
    supersedes: window.id,
    source: sourceOf(role),
    ...(easeBackMs > 0 ? { easeBackMs } : {}),
  };
  return [added(shorter), ...(isEasingBack ? [] : cutHomeLeaves(window, now, state, ending))];
}

/**
 * A window that does not come about. One that a file, a calendar or a rule keeps telling of is superseded by the person's
 * word, which the next reading of it does not undo.
 */
export function takenBack(window: AvailabilityWindow, now: EpochMs, role: Role): PersonEvent {
  if (isOwnWord(window.source)) return { type: 'window_cancelled', window: window.id };
  return added({
    ...window,
    id: `${window.id}~${now}`,
    supersedes: window.id,
    cancelled: true,
    source: sourceOf(role),
  });
}

function isOwnWord(source: AvailabilityWindow['source']): boolean {
  return source === 'self' || source === 'delegate' || source === 'teammate';
}

export function withdraw(id: WindowId, state: PersonState, now: EpochMs, actor: Actor): PersonDecision {
  const window = liveVersionOf(id, state);
  if (window === undefined) return refuse('no_such_window');
  const role = roleOf(actor, state);
  if (role === 'other') {
    const mark = entry(state.marks, window.id);
    // Once the person has changed what somebody said of them, it is their own word.
    if (actor.kind !== 'person' || mark?.by !== actor.person) return refuse('not_your_absence');
    if (now - mark.at > withdrawWithinMs) return refuse('too_late_to_withdraw');
  }
  if (endOf(window) <= now) return refuse('window_over');
  // What has held for a while was true: it ends, and is not made never to have been.
  if (window.from < now - withdrawWithinMs) return accept(endWindow(window, state, { now, role, fully: true }));
  return accept([takenBack(window, now, role), ...cutHomeLeaves(window, -Infinity, state, { now, role })]);
}

/** The window that an older one has become by changes: what people hold in their hands may name an earlier version. */
export function liveVersionOf(id: WindowId, state: PersonState): AvailabilityWindow | undefined {
  const byId = windowsById(state.windows);
  return liveOf(state.windows).find((window) => lineageOf(window, byId).has(id));
}

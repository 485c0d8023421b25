import { sourceOf, type Role } from './person-role.ts';
import { accept, added, refuse, type PersonCommand, type PersonDecision, type PersonEvent } from './person.ts';
import type { PersonState } from './person.ts';
import type { EpochMs } from './time.ts';
import { lineageOf, liveOf, windowsById, type AvailabilityWindow, type WindowId, type WindowsById } from './windows.ts';

/** A leave carves its time out of one absence, and unless the person said otherwise they are paged last in it. */
export function addHomeLeave(
  command: Extract<PersonCommand, { type: 'add_home_leave' }>,
  state: PersonState,
  now: EpochMs,
  role: Role,
): PersonDecision {
  const { window: id, from, to, asked } = command;
  if (to <= from) return refuse('window_ends_before_it_starts');
  if (state.windows.some((window) => window.id === id)) return accept([]);
  const byId = windowsById(state.windows);
  const absence = liveOf(state.windows).find((window) => lineageOf(window, byId).has(command.carves));
  if (absence === undefined || absence.effect === 'free') return refuse('no_such_window');
  if (to <= now) return refuse('window_over');
  if (from < absence.from || to > (absence.to ?? Infinity)) return refuse('home_leave_outside_absence');
  const leave = { id, person: state.person, certain: true, from, to, cancelled: false, source: sourceOf(role) };
  return accept([
    ...(asked === 'last' ? [added({ ...leave, id: askedLastIn(id), effect: 'soft' })] : []),
    added({ ...leave, effect: 'free', carves: absence.id }),
  ]);
}

/** The id of the window that asks a person last during a leave. */
export function askedLastIn(leave: WindowId): WindowId {
  return `${leave}+last`;
}

/** Whether a window, in any of its versions, asks a person last during a leave: it is no absence of its own. */
export function isAskedLast(window: AvailabilityWindow, byId: WindowsById): boolean {
  return [...lineageOf(window, byId)].some((id) => id.endsWith(askedLastIn('')));
}

/** The live leaves out of an absence, whichever version of it they were taken from. */
export function homeLeavesOf(absence: AvailabilityWindow, state: PersonState): readonly AvailabilityWindow[] {
  const names = lineageOf(absence, windowsById(state.windows));
  return liveOf(state.windows).filter(
    ({ effect, carves }) => effect === 'free' && carves !== undefined && names.has(carves),
  );
}

/** An absence that ends at `end` has no leave after it: neither the time carved out, nor "page last" in it. */
export function cutHomeLeaves(
  absence: AvailabilityWindow,
  end: EpochMs,
  state: PersonState,
  { now, role }: { readonly now: EpochMs; readonly role: Role },
): PersonEvent[] {
  if (absence.effect === 'free') return askedLastWith(absence, state).flatMap((last) => cut(last, end, now, role));
  return homeLeavesOf(absence, state)
    .flatMap((leave) => [leave, ...askedLastWith(leave, state)])
    .flatMap((window) => cut(window, end, now, role));
}

function askedLastWith(leave: AvailabilityWindow, state: PersonState): readonly AvailabilityWindow[] {
  const byId = windowsById(state.windows);
  const names = [...lineageOf(leave, byId)].map(askedLastIn);
  return liveOf(state.windows).filter((window) => {
    const lineage = lineageOf(window, byId);
    return names.some((name) => lineage.has(name));
  });
}

function cut(window: AvailabilityWindow, end: EpochMs, now: EpochMs, role: Role): PersonEvent[] {
  if (window.to !== null && window.to <= end) return [];
  if (window.from >= end) return [{ type: 'window_cancelled', window: window.id }];
  return [added({ ...window, id: `${window.id}~${now}`, to: end, supersedes: window.id, source: sourceOf(role) })];
}

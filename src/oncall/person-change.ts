import { cutHomeLeaves } from './person-home-leave.ts';
import { liveVersionOf } from './person-mark.ts';
import { sourceOf, type Role } from './person-role.ts';
import { accept, added, refuse, type PersonCommand, type PersonDecision, type PersonState } from './person.ts';
import type { EpochMs } from './time.ts';
import { endOf } from './windows.ts';

/** A change is a new window in the place of the old one, which stays readable as what was known then. */
export function changeWindow(
  command: Extract<PersonCommand, { type: 'change_window' }>,
  state: PersonState,
  now: EpochMs,
  role: Role,
): PersonDecision {
  if (state.windows.some((window) => window.id === command.id)) return accept([]);
  const window = liveVersionOf(command.window, state);
  if (window === undefined) return refuse('no_such_window');
  if (endOf(window) <= now) return refuse('window_over');
  // Time that has passed is not rewritten: what has begun keeps its start, and nothing ends before now.
  const from = window.from <= now ? window.from : Math.max(command.from ?? window.from, now);
  const wanted = command.to === undefined ? window.to : command.to;
  const to = wanted === null || wanted === window.to ? wanted : Math.max(wanted, Math.min(now, window.to ?? now));
  if (wanted !== null && wanted <= from) return refuse('window_ends_before_it_starts');
  const easeBackMs = command.easeBackMs ?? window.easeBackMs ?? 0;
  const { easeBackMs: _, ...rest } = window;
  const changed = {
    ...rest,
    id: command.id,
    certain: command.certain ?? window.certain,
    from,
    to,
    supersedes: window.id,
    source: sourceOf(role),
    ...(easeBackMs > 0 ? { easeBackMs } : {}),
  };
  return accept([added(changed), ...cutHomeLeaves(window, to ?? Infinity, state, { now, role })]);
}

import { changeWindow } from './person-change.ts';
import { forgetWindows } from './person-forget.ts';
import { addHomeLeave } from './person-home-leave.ts';
import { applySource } from './person-import.ts';
import { markAvailable, markUnavailable, withdraw } from './person-mark.ts';
import { roleOf } from './person-role.ts';
import {
  accept,
  refuse,
  type PersonCommand,
  type PersonDecision,
  type PersonEffect,
  type PersonEvent,
  type PersonState,
} from './person.ts';
import { priorities, type Actor, type Planned, type Recorded } from './recorded.ts';
import type { EpochMs } from './time.ts';
import type { AvailabilityWindow } from './windows.ts';

export function newPerson(person: string): PersonState {
  return { person, version: 0, windows: [], delegate: undefined, marks: {} };
}

/** What somebody else may ask for; whether this somebody may is for whoever passes it on to know. */
const opensToOthers: ReadonlySet<PersonCommand['type']> = new Set([
  'mark_unavailable',
  'withdraw',
  'apply_file',
  'apply_company',
]);

/** Who may do what follows from the actor: the person themselves, their delegate, somebody else, or a part of Toran. */
export function decidePerson(command: PersonCommand, state: PersonState, now: EpochMs, actor: Actor): PersonDecision {
  const role = roleOf(actor, state);
  if (role === 'other' && !opensToOthers.has(command.type)) return refuse('not_your_absence');
  switch (command.type) {
    case 'mark_unavailable':
      return markUnavailable(command, state, role);
    case 'mark_available':
      return markAvailable(command, state, now, role);
    case 'change_window':
      return changeWindow(command, state, now, role);
    case 'add_home_leave':
      return addHomeLeave(command, state, now, role);
    case 'withdraw':
      return withdraw(command.window, state, now, actor);
    case 'name_delegate':
      return nameDelegate(command.delegate, state, role === 'delegate');
    case 'apply_file':
      return accept(applySource({ source: 'file' }, command.windows, state, now));
    case 'apply_personal':
      return accept(applySource({ source: 'personal' }, command.windows, state, now));
    case 'apply_calendar':
      return accept(applySource({ source: 'calendar', feed: command.feed }, command.windows, state, now));
    case 'apply_company':
      return accept(applySource({ source: 'company' }, command.windows, state, now));
    case 'forget_windows':
      return accept(forgetWindows(command, state));
  }
}

function nameDelegate(delegate: string | null, state: PersonState, byDelegate: boolean): PersonDecision {
  // What was entrusted to one person is not theirs to pass on.
  if (byDelegate) return refuse('not_your_absence');
  if (delegate === state.person) return refuse('delegate_is_oneself');
  return accept(delegate === (state.delegate ?? null) ? [] : [{ type: 'delegate_named', delegate }]);
}

export function evolvePerson(before: PersonState, recorded: Recorded<PersonEvent>): PersonState {
  const { event, sequence, actor, recordedAt } = recorded;
  const state = { ...before, version: sequence };
  switch (event.type) {
    case 'window_added': {
      const windows = [...state.windows, event.window];
      if (actor.kind !== 'person' || actor.person === state.person) return { ...state, windows };
      return { ...state, windows, marks: { ...state.marks, [event.window.id]: { by: actor.person, at: recordedAt } } };
    }
    case 'window_cancelled': {
      const cancel = (id: string) => id === event.window;
      return {
        ...state,
        windows: state.windows.map((window) => (cancel(window.id) ? { ...window, cancelled: true } : window)),
      };
    }
    case 'delegate_named':
      return { ...state, delegate: event.delegate ?? undefined };
    case 'windows_forgotten': {
      const forgotten = new Set(event.windows);
      return {
        ...state,
        windows: state.windows.filter(({ id }) => !forgotten.has(id)),
        marks: Object.fromEntries(Object.entries(state.marks).filter(([id]) => !forgotten.has(id))),
      };
    }
    case 'window_forgotten':
      return state;
  }
}

/**
 * Now, and again when a window begins: pages move within a second, the check before every send covers the interval. The end
 * of a leave is the beginning of the rest of the absence.
 */
export function reactPerson(recorded: Recorded<PersonEvent>, state: PersonState): readonly Planned<PersonEffect>[] {
  const { event, recordedAt } = recorded;
  switch (event.type) {
    case 'window_added':
      if (isQuiet(event.window.effect, event.window.source)) return [];
      return borders(event.window).map((at) => reassess(state.person, Math.max(recordedAt, at)));
    case 'window_cancelled':
      return [reassess(state.person, recordedAt)];
    case 'delegate_named':
    case 'windows_forgotten':
    case 'window_forgotten':
      return [];
  }
}

/** When somebody may become unavailable by this window. */
function borders({ effect, from, to }: AvailabilityWindow): readonly EpochMs[] {
  return effect === 'free' && to !== null ? [from, to] : [from];
}

/** Hundreds of quiet hours that nobody wrote one by one, and that take nobody off a page, are no reason to look again. */
function isQuiet(effect: 'hard' | 'soft' | 'free', source: string): boolean {
  return effect === 'soft' && (source === 'personal' || source === 'calendar' || source === 'company');
}

function reassess(person: string, due: EpochMs): Planned<PersonEffect> {
  const lane = `reassess:${person}`;
  return {
    effect: { kind: 'reassess.person', person },
    due,
    lane: `${lane}:${due}`,
    priority: priorities.page,
    coalesce: `${lane}:${due}`,
  };
}

import type { PersonState } from './person.ts';
import type { Actor } from './recorded.ts';
import type { AvailabilityWindow } from './windows.ts';

/** What somebody is to the person whose absence it is. `system`: a part of Toran, or whoever runs its commands. */
export type Role = 'self' | 'delegate' | 'other' | 'system';

export function roleOf(actor: Actor, state: PersonState): Role {
  if (actor.kind !== 'person') return 'system';
  if (actor.person === state.person) return 'self';
  return actor.person === state.delegate ? 'delegate' : 'other';
}

/** Whose word a change of a window is from now on. A part of Toran changes nothing but on somebody's behalf. */
export function sourceOf(role: Role): AvailabilityWindow['source'] {
  switch (role) {
    case 'self':
    case 'system':
      return 'self';
    case 'delegate':
      return 'delegate';
    case 'other':
      return 'teammate';
  }
}

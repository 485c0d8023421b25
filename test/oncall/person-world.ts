import type { PersonCommand, PersonEvent } from '../../src/oncall/person.ts';
import { decidePerson, evolvePerson, newPerson, reactPerson } from '../../src/oncall/person-rules.ts';
import { available } from '../../src/oncall/available.ts';
import { automation, type Actor } from '../../src/oncall/recorded.ts';
import type { EpochMs } from '../../src/oncall/time.ts';
import { liveWindows, type AvailabilityWindow } from '../../src/oncall/windows.ts';
import { facts } from './world.ts';

export const start = Date.UTC(2026, 10, 22, 8);

/** Alma, and what has been said about her. */
export interface PersonStory {
  now: EpochMs;
  readonly effects: { readonly due: EpochMs }[];
  readonly events: PersonEvent[];
  /** The number of events, or why it was refused. Without `by`, a part of Toran does it. */
  does(command: PersonCommand, by?: string): number | string;
  live(): readonly AvailabilityWindow[];
  windows(): readonly AvailabilityWindow[];
  isAway(at?: EpochMs): boolean;
  /** By the windows as they are known now. */
  state(at?: EpochMs): 'yes' | 'last' | 'no';
}

export function person(): PersonStory {
  let state = newPerson('alma');
  const self: PersonStory = {
    now: start,
    effects: [],
    events: [],
    does(command, by) {
      const actor: Actor = by === undefined ? automation : { kind: 'person', person: by };
      const decision = decidePerson(command, state, self.now, actor);
      if (!decision.accepted) return decision.refusal.code;
      for (const event of decision.events) {
        const recorded = { sequence: state.version + 1, happenedAt: self.now, recordedAt: self.now, actor, event };
        state = evolvePerson(state, recorded);
        self.effects.push(...reactPerson(recorded, state));
        self.events.push(event);
      }
      return decision.events.length;
    },
    windows: () => state.windows,
    live: () => liveWindows(state.windows, 'alma'),
    isAway: (at = self.now) => self.state(at) === 'no',
    state: (at = self.now) => available(facts({ people: ['alma'], windows: state.windows }), 'alma', at, 'sev1').state,
  };
  return self;
}

export const away = (more: Partial<Extract<PersonCommand, { type: 'mark_unavailable' }>> = {}): PersonCommand => ({
  type: 'mark_unavailable',
  window: 'w1',
  effect: 'hard',
  certain: true,
  from: start,
  to: null,
  source: 'self',
  ...more,
});

export const entry = (more: Partial<AvailabilityWindow> = {}): AvailabilityWindow => ({
  id: 'file:reserve',
  person: 'alma',
  effect: 'hard',
  certain: true,
  from: start,
  to: null,
  cancelled: false,
  source: 'file',
  ...more,
});

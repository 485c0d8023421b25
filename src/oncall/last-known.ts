import { dayMs, type EpochMs } from './time.ts';
import { withTimelines } from './timeline.ts';
import type { OnCallFacts } from './resolver.ts';

/** For so long the last facts that could be read are good enough to ring somebody by. */
export const goodForMs = dayMs;

/**
 * Facts that were last known at `asOf` and cannot be read now. Within a day people are paged by them: whoever was hard
 * unavailable then still is not. After that nobody knows who has left meanwhile, so nobody is rung by a guess: everybody
 * counts as unavailable, and pages go to the channels of last resort, which are never empty.
 */
export function asLastKnown(facts: OnCallFacts, asOf: EpochMs, now: EpochMs): OnCallFacts {
  if (now - asOf <= goodForMs) return { ...facts, asOf };
  const unknown = Object.keys(facts.catalog.people).map((person) => unknownAvailability(person));
  return withTimelines({ ...facts, windows: [...facts.windows, ...unknown], asOf });
}

/** Somebody of whom nothing can be read: as hard as an absence, since ringing the wrong person cannot be taken back. */
export function unknownAvailability(person: string): OnCallFacts['windows'][number] {
  return {
    id: `unknown:${person}`,
    person,
    effect: 'hard',
    certain: false,
    from: 0,
    to: null,
    cancelled: false,
    source: 'company',
  };
}

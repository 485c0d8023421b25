import type { PersonId } from './catalog.ts';
import type { EpochMs } from './time.ts';

/** Who did it. A person outside the catalog is `slack:U0123` or `pagerduty:P0123`. */
export type Actor =
  | { readonly kind: 'person'; readonly person: PersonId }
  | { readonly kind: 'automation' }
  | { readonly kind: 'outside'; readonly system: OutsideSystem };

export type OutsideSystem = 'pagerduty' | 'alerts' | 'changes' | 'import';

export const automation: Actor = { kind: 'automation' };

/** An event as it was recorded. `happenedAt` can lie before `recordedAt`: a note for ten minutes ago. */
export interface Recorded<Event> {
  /** 1-based and without holes within its stream. */
  readonly sequence: number;
  readonly happenedAt: EpochMs;
  readonly recordedAt: EpochMs;
  readonly actor: Actor;
  readonly event: Event;
}

/** An effect with what the outbox must know about it. */
export interface Planned<Effect> {
  readonly effect: Effect;
  readonly due: EpochMs;
  /** Effects in one lane go out in order, one at a time: one lane is one destination object. */
  readonly lane: string;
  readonly priority: number;
  /** At most one effect with this key waits: for edits, which show what is true when they are sent. */
  readonly coalesce: string | undefined;
}

/** Lower goes first when more is due than can be done at once. */
export const priorities = { page: 0, timer: 1, channel: 5, edit: 8 } as const;

import type { Refusal } from '../incident/refusal.ts';
import type { PersonRefusal } from '../oncall/person.ts';
import type { Actor, Recorded } from '../oncall/recorded.ts';
import type { ScheduleRefusal } from '../oncall/schedule.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { AlertRow, Inbound, Verdict } from './ports.ts';
import type { StreamKind, Streams } from './streams.ts';

/** A command on its way to its stream. */
export interface Order<Kind extends StreamKind = StreamKind> {
  readonly kind: Kind;
  readonly stream: Streams[Kind]['id'];
  readonly command: Streams[Kind]['command'];
  readonly actor: Actor;
  /** When it happened, if before now. */
  readonly happenedAt?: EpochMs;
  /** The sender's own id; committed with what it causes. */
  readonly inbound?: Inbound;
  /** Found by the engine: another open incident has the group's key. A reopening then does without it. */
  readonly groupTaken?: boolean;
  /** The signal's row, committed with the event that it causes. */
  readonly alert?: AlertRow;
}

/** What became of it. Only `accepted` and `duplicate` are durable when this is known. */
export type Outcome<Kind extends StreamKind = StreamKind> =
  | {
      readonly kind: 'accepted';
      readonly state: Streams[Kind]['state'];
      readonly events: readonly Recorded<Streams[Kind]['event']>[];
    }
  | { readonly kind: 'refused'; readonly refusal: Refusal | PersonRefusal | ScheduleRefusal }
  | { readonly kind: 'duplicate'; readonly verdict: Verdict }
  /** The incident's group key is taken: whoever declared must join that incident instead. */
  | { readonly kind: 'group_taken' };

/** The only door to the rules. Throws when the store cannot commit; the caller then does not acknowledge. */
export interface Engine {
  execute<Kind extends StreamKind>(order: Order<Kind>): Promise<Outcome<Kind>>;
}

import type { Catalog, Override, PersonId, ScheduleId } from './catalog.ts';
import type { EpochMs } from './time.ts';
import type { Timelines } from './timeline.ts';
import type { AvailabilityWindow } from './windows.ts';

/** Everything that decides who can answer. One snapshot serves one decision; nothing else is read. */
export interface OnCallFacts {
  readonly catalog: Catalog;
  readonly windows: readonly AvailabilityWindow[];
  /** What `withTimelines` has prepared; not looked at once `windows` is another list. */
  readonly timelines?: Timelines;
  /** Made in Slack, oldest first; newer than every override of the catalog file. */
  readonly overrides: readonly { readonly schedule: ScheduleId; readonly override: Override }[];
  /** Only when they cannot be read now: when they were last known. Whoever pages by them says so. */
  readonly asOf?: EpochMs;
  /** People of whom nothing can be read; they count as unavailable. */
  readonly unreadable?: readonly PersonId[];
}

/** `last`: page only when this step and the next have nobody else. `until`: when the answer next changes; null is never. */
export interface Availability {
  readonly state: 'yes' | 'last' | 'no';
  readonly until: EpochMs | null;
}

export type Why = 'rotation' | 'override' | 'cover' | 'direct' | 'team';

export interface Candidate {
  readonly person: PersonId;
  readonly why: Why;
  /** `last` candidates are used only when nobody else is left. */
  readonly availability: 'yes' | 'last';
  /** The schedule that named this person, when one did. */
  readonly schedule: ScheduleId | undefined;
  /** The person in whose place a cover stands. */
  readonly insteadOf: PersonId | undefined;
  /** Whom overrides took off this place, in the order of the chain; left out where none did. */
  readonly takenOff?: readonly PersonId[];
}

export interface Excluded {
  readonly person: PersonId;
  /** Never a reason of an absence. `replaced`: an override took them off duty. */
  readonly because: 'unavailable' | 'replaced' | 'not_in_catalog';
}

/** Total: an unknown target gives no candidates and never throws. */
export interface Candidates {
  readonly inOrder: readonly Candidate[];
  readonly excluded: readonly Excluded[];
  readonly channels: readonly string[];
}

/** One person who is on duty for a schedule, or nobody; with those who were passed over for it. */
export type DutyRow = { readonly schedule: ScheduleId; readonly excluded: readonly Excluded[] } & (
  | {
      readonly person: PersonId;
      readonly why: 'rotation' | 'override' | 'cover';
      readonly availability: 'yes' | 'last';
      readonly insteadOf: PersonId | undefined;
    }
  | { readonly person: null; readonly why: 'nobody' }
);

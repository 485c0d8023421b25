import type { Override, PersonId, ScheduleId } from './catalog.ts';
import type { PublishedOverride } from './published.ts';
import type { Actor } from './recorded.ts';
import type { EpochMs } from './time.ts';

/** Given by whoever makes it: unique within the workspace. */
export type OverrideId = string;
export type OfferId = string;

/** Who made an override, and how; shown to people, never a reason of an absence. */
export type OverrideOrigin = 'by_hand' | 'cover' | 'take' | 'swap' | 'assigned' | 'plan';

/** An override that people made in Slack. Append-only: it is cancelled, never edited; what it did until then stays. */
export interface MadeOverride {
  readonly id: OverrideId;
  readonly override: Override;
  readonly origin: OverrideOrigin;
  readonly madeAt: EpochMs;
  readonly madeBy: Actor;
  /** From then on it counts no longer, also where that lies ahead; undefined while it counts to its end. */
  readonly cancelledAt: EpochMs | undefined;
  /** Made together with others, and undone together: a mass call-up, a plan. */
  readonly batch: string | undefined;
}

/** A shift, or a part of one, that looks for somebody: [from, to) of `insteadOf`. */
export interface Offer {
  readonly id: OfferId;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly insteadOf: PersonId;
  /** `cover`: the person asks themselves. `swap`: against a shift of whoever accepts. `hand_over`: an absence began. `plan`: part of a cover plan. */
  readonly kind: 'cover' | 'swap' | 'hand_over' | 'plan';
  /** Only for `swap`: what `insteadOf` would take over from whoever accepts. */
  readonly inReturn: { readonly from: EpochMs; readonly to: EpochMs } | undefined;
  /** Who is asked, in order of preference; the first who accepts has it. */
  readonly asked: readonly PersonId[];
  readonly declined: readonly PersonId[];
  readonly madeAt: EpochMs;
  readonly madeBy: Actor;
  /** Nobody has accepted by then: it is assigned by load. null: never without consent. */
  readonly assignAt: EpochMs | null;
  readonly state:
    | { readonly kind: 'open' }
    | { readonly kind: 'taken'; readonly by: PersonId; readonly how: 'accepted' | 'assigned' }
    | { readonly kind: 'over'; readonly because: 'withdrawn' | 'declined_by_all' | 'passed' | 'not_needed' };
  readonly batch: string | undefined;
}

/** The stream of one schedule: what people decided about it beside the catalog. */
export interface ScheduleState {
  readonly schedule: ScheduleId;
  readonly version: number;
  /** Oldest first; the newest wins. */
  readonly overrides: readonly MadeOverride[];
  readonly offers: readonly Offer[];
  /** Where people were asked, so that what they read stays true. */
  readonly messages: readonly OfferMessage[];
  /** What was known at the last look; undefined before the first. */
  readonly duty: KnownDuty | undefined;
  /** What Toran has written into PagerDuty's schedules for it. */
  readonly published: readonly PublishedOverride[];
}

export interface OfferMessage {
  readonly offer: OfferId;
  readonly person: PersonId;
  readonly channel: string;
  readonly ts: string;
}

export interface KnownShift {
  readonly person: PersonId;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Who is on duty and can answer, as of `at`. Kept so that hand-offs and changes are told once. */
export interface KnownDuty {
  readonly at: EpochMs;
  /** Sorted. */
  readonly onDuty: readonly PersonId[];
  /** Everybody's time on duty in [at, until), in order. */
  readonly shifts: readonly KnownShift[];
  readonly until: EpochMs;
  /** When to look again. */
  readonly next: EpochMs;
  /** The Slack user group that followed. */
  readonly userGroup: string | undefined;
}

export type ScheduleEvent =
  | { readonly type: 'override_made'; readonly made: MadeOverride }
  /** `at` may lie ahead: the later part of an override is given to somebody else. */
  | { readonly type: 'override_cancelled'; readonly override: OverrideId; readonly at: EpochMs }
  | { readonly type: 'offer_made'; readonly offer: Offer }
  | { readonly type: 'offer_declined'; readonly offer: OfferId; readonly person: PersonId }
  | {
      readonly type: 'offer_taken';
      readonly offer: OfferId;
      readonly by: PersonId;
      readonly how: 'accepted' | 'assigned';
    }
  | {
      readonly type: 'offer_ended';
      readonly offer: OfferId;
      readonly because: 'withdrawn' | 'declined_by_all' | 'passed' | 'not_needed';
    }
  | { readonly type: 'offer_sent'; readonly message: OfferMessage }
  /** Somebody looked, and something is new since the last look: who it concerns is told. */
  | {
      readonly type: 'duty_noted';
      readonly duty: KnownDuty;
      /** Since when, and until when as far as is known. */
      readonly cameOn: readonly KnownShift[];
      readonly wentOff: readonly PersonId[];
      /** Shifts that begin within a day. */
      readonly coming: readonly KnownShift[];
      /** On duty within a week where they were not expected, by what others did. */
      readonly changed: readonly PersonId[];
    }
  /** All that is Toran's own in PagerDuty's schedules, or is about to be. */
  | { readonly type: 'overrides_published'; readonly published: readonly PublishedOverride[] };

export type ScheduleCommand =
  /** By hand or by a plan; takes effect at once, also in the middle of a shift, and never in the past. */
  | {
      readonly type: 'make_override';
      readonly id: OverrideId;
      readonly override: Override;
      readonly origin: OverrideOrigin;
      readonly batch?: string;
    }
  | { readonly type: 'cancel_override'; readonly id: OverrideId }
  /** Undoes everything of a batch that has not passed: open offers end, overrides stop from now on. */
  | { readonly type: 'cancel_batch'; readonly batch: string }
  | {
      readonly type: 'offer';
      readonly id: OfferId;
      readonly kind: Offer['kind'];
      readonly from: EpochMs;
      readonly to: EpochMs;
      readonly insteadOf: PersonId;
      readonly inReturn?: { readonly from: EpochMs; readonly to: EpochMs };
      readonly asked: readonly PersonId[];
      readonly assignAt: EpochMs | null;
      readonly batch?: string;
    }
  /** The actor accepts or declines; only people who were asked can. */
  | { readonly type: 'accept_offer'; readonly offer: OfferId; readonly person: PersonId }
  | { readonly type: 'decline_offer'; readonly offer: OfferId; readonly person: PersonId }
  /** `not_needed`: the person can be asked again before anybody has taken it. */
  | { readonly type: 'withdraw_offer'; readonly offer: OfferId; readonly because?: 'not_needed' }
  /** Its time is over: `person` was found by load; undefined when there is nobody. Stale when it is no longer open. */
  | { readonly type: 'assign_offer'; readonly offer: OfferId; readonly person: PersonId | undefined }
  | { readonly type: 'record_offer_message'; readonly message: OfferMessage }
  /** Is somebody else on duty, now or soon, than was known? */
  | { readonly type: 'look_at_duty' }
  | { readonly type: 'record_published'; readonly published: readonly PublishedOverride[] };

export type ScheduleRefusal =
  | { readonly code: 'no_such_schedule' }
  | { readonly code: 'no_such_override' }
  | { readonly code: 'no_such_offer' }
  | { readonly code: 'not_in_catalog'; readonly person: PersonId }
  /** Putting others on duty, or giving their shifts away, is for leads and admins. */
  | { readonly code: 'not_permitted' }
  /** It was agreed with this person: whoever promised cannot take it back alone. */
  | { readonly code: 'promised'; readonly to: PersonId }
  | { readonly code: 'same_person' }
  | { readonly code: 'nobody_to_ask' }
  /** The two shifts of a swap overlap, or an override of the catalog file already gives this person's shift back. */
  | { readonly code: 'goes_in_circles'; readonly person: PersonId }
  | { readonly code: 'offer_over'; readonly by: PersonId | undefined }
  | { readonly code: 'not_asked' }
  | { readonly code: 'shift_over' }
  | { readonly code: 'person_unavailable'; readonly person: PersonId }
  | { readonly code: 'not_on_duty'; readonly person: PersonId }
  | { readonly code: 'span_ends_before_it_starts' };

/** Whoever this schedule has on duty may be another now: every open incident that pages through it looks again. */
export type ScheduleEffect = { readonly kind: 'reassess.schedule'; readonly schedule: ScheduleId };

export type ScheduleDecision =
  | { readonly accepted: true; readonly events: readonly ScheduleEvent[] }
  | { readonly accepted: false; readonly refusal: ScheduleRefusal };

export function newSchedule(schedule: ScheduleId): ScheduleState {
  return { schedule, version: 0, overrides: [], offers: [], messages: [], duty: undefined, published: [] };
}

import type { PersonId, Severity } from './catalog.ts';
import type { EpochMs } from './time.ts';
import type { AvailabilityWindow, WindowId } from './windows.ts';

/** The stream of one person: their availability windows, append-only, without reasons; and whom they have named. */
export interface PersonState {
  readonly person: PersonId;
  readonly version: number;
  readonly windows: readonly AvailabilityWindow[];
  /** May open, extend and end this person's absence; undefined when nobody may. */
  readonly delegate: PersonId | undefined;
  /** Of windows that somebody else has added: who, and when. */
  readonly marks: Readonly<Record<WindowId, Mark>>;
}

export interface Mark {
  readonly by: PersonId;
  readonly at: EpochMs;
}

export type PersonEvent =
  /** Also a change and a taking back of an older window: with `supersedes`, and for the latter `cancelled`. */
  | { readonly type: 'window_added'; readonly window: AvailabilityWindow }
  | { readonly type: 'window_cancelled'; readonly window: WindowId }
  | { readonly type: 'delegate_named'; readonly delegate: PersonId | null }
  /** Long over, or erased at the person's wish. The events that told of them are emptied after it. */
  | { readonly type: 'windows_forgotten'; readonly windows: readonly WindowId[] }
  /** What stood here told of a window that is forgotten. */
  | { readonly type: 'window_forgotten' };

type Source = AvailabilityWindow['source'];

export type PersonCommand =
  | {
      readonly type: 'mark_unavailable';
      readonly window: WindowId;
      readonly effect: 'hard' | 'soft';
      /** False: announced, not sure. It holds in full from its start, and coverage can be shown with and without it. */
      readonly certain: boolean;
      readonly from: EpochMs;
      readonly to: EpochMs | null;
      readonly source: Source;
      /** Only for `soft`. */
      readonly letsThrough?: readonly Severity[];
      /** When it ends, whenever that is, the person is paged last for so long. */
      readonly easeBackMs?: number;
    }
  /**
   * "I'm back": what holds the person back now ends now, what was planned for later stays. In the time of easing back, or
   * `fully`, that ends too. On home leave it lifts "page last" first; said again, it ends the absence itself.
   */
  | { readonly type: 'mark_available'; readonly fully?: boolean }
  /** Extends, shortens or confirms. What has begun keeps its start, and what has passed stays as it was. */
  | {
      readonly type: 'change_window';
      readonly window: WindowId;
      /** Of the window that takes its place. */
      readonly id: WindowId;
      readonly from?: EpochMs;
      readonly to?: EpochMs | null;
      readonly certain?: boolean;
      /** 0: none. */
      readonly easeBackMs?: number;
    }
  /** Home for a while in the middle of one absence: paged last, or as if there were none. */
  | {
      readonly type: 'add_home_leave';
      readonly window: WindowId;
      readonly carves: WindowId;
      readonly from: EpochMs;
      readonly to: EpochMs;
      readonly asked: 'last' | 'in_order';
    }
  | { readonly type: 'name_delegate'; readonly delegate: PersonId | null }
  /** By the person at any time, by whoever marked a team-mate for 15 minutes. */
  | { readonly type: 'withdraw'; readonly window: WindowId }
  /** The whole of what a file declares for this person; what people said in Slack stays untouched. */
  | { readonly type: 'apply_file'; readonly windows: readonly AvailabilityWindow[] }
  /** The whole of what the person's own rules come to, from now on. */
  | { readonly type: 'apply_personal'; readonly windows: readonly AvailabilityWindow[] }
  /** The whole of what one calendar says, from now on; the ids of its windows begin with `calendar:<feed>:`. */
  | { readonly type: 'apply_calendar'; readonly feed: string; readonly windows: readonly AvailabilityWindow[] }
  /** The whole of the company's own days for this person, from now on. */
  | { readonly type: 'apply_company'; readonly windows: readonly AvailabilityWindow[] }
  /**
   * Forgets what ended before an instant. What was taken back is kept for as long, unless only the `live` ones are kept;
   * `nothing` forgets also what holds now.
   */
  | { readonly type: 'forget_windows'; readonly endedBefore: EpochMs; readonly keep?: 'recent' | 'live' | 'nothing' };

export type PersonRefusal =
  | { readonly code: 'window_ends_before_it_starts' }
  | { readonly code: 'not_away' }
  | { readonly code: 'no_such_window' }
  /** It has ended; what was is not changed any more. */
  | { readonly code: 'window_over' }
  | { readonly code: 'home_leave_outside_absence' }
  /** Only the person, or the delegate they named, can do this. */
  | { readonly code: 'not_your_absence' }
  | { readonly code: 'too_late_to_withdraw' }
  | { readonly code: 'delegate_is_oneself' };

/** Tells every open incident to look again whether those it asks, or who hold it, are still there. */
export type PersonEffect = { readonly kind: 'reassess.person'; readonly person: PersonId };

export type PersonDecision =
  | { readonly accepted: true; readonly events: readonly PersonEvent[] }
  | { readonly accepted: false; readonly refusal: PersonRefusal };

export function accept(events: readonly PersonEvent[]): PersonDecision {
  return { accepted: true, events };
}

export function refuse(code: PersonRefusal['code']): PersonDecision {
  return { accepted: false, refusal: { code } };
}

export function added(window: AvailabilityWindow): PersonEvent {
  return { type: 'window_added', window };
}

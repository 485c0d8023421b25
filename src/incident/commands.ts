import type { PersonId, ScheduleId, ServiceId, Severity, Target } from '../oncall/catalog.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { OutsideSystem } from '../oncall/recorded.ts';
import type {
  CancelReason,
  DeliveryFailure,
  IncidentKind,
  Milestone,
  OpenStatus,
  PagerDutyRef,
  PageWay,
  Reminder,
} from './events.ts';
import type { DeliveryId, PageId } from './ids.ts';

/** What a signal from outside says, whichever system it came from. */
export interface AlertSignal {
  /** Unique over all sources: `pagerduty:Q1ABC`, `alerts:disk-full`. */
  readonly key: string;
  readonly source: OutsideSystem;
  readonly title: string;
  readonly url: string | undefined;
  readonly pagerduty: PagerDutyRef | undefined;
}

/** What someone or something wants of one incident. Plain data; nothing of Slack or PagerDuty is in here but ids. */
export type IncidentCommand =
  | {
      readonly type: 'declare';
      readonly title: string;
      readonly severity: Severity;
      readonly service: ServiceId | undefined;
      readonly kind: IncidentKind;
      readonly isPrivate: boolean;
      readonly groupKey: string | undefined;
      /** The signal that opened it, when one did. */
      readonly alert: AlertSignal | undefined;
    }
  | { readonly type: 'attach_alert'; readonly alert: AlertSignal; readonly severity: Severity }
  | { readonly type: 'count_alerts'; readonly total: number }
  /**
   * `othersOpen` counts the incident's unresolved signals beyond this one, also those that the stream does not list. `merged`:
   * the signal was made part of another one and is no better for it.
   */
  | { readonly type: 'alert_resolved'; readonly alert: string; readonly othersOpen: number; readonly merged?: boolean }
  | { readonly type: 'record_channel'; readonly channel: string; readonly name: string }
  | { readonly type: 'record_card'; readonly channel: string; readonly ts: string }
  | { readonly type: 'record_announcement'; readonly channel: string; readonly ts: string }
  | { readonly type: 'change_title'; readonly title: string }
  | { readonly type: 'change_severity'; readonly to: Severity }
  | { readonly type: 'change_status'; readonly to: OpenStatus }
  | { readonly type: 'assign_role'; readonly role: string; readonly person: PersonId }
  | { readonly type: 'release_role'; readonly role: string }
  /** An absence has begun: the roles of this person go to whoever can hold them, or are open. */
  | { readonly type: 'hand_over_roles'; readonly person: PersonId }
  | { readonly type: 'join' }
  | { readonly type: 'page'; readonly targets: readonly Target[] }
  /** The step's time is over. Stale when the page has moved on from `entry`. */
  | { readonly type: 'step_timed_out'; readonly page: PageId; readonly entry: number }
  | { readonly type: 'escalate'; readonly page: PageId | undefined }
  | { readonly type: 'acknowledge'; readonly page: PageId | undefined; readonly via: PageWay }
  | { readonly type: 'decline'; readonly page: PageId }
  | { readonly type: 'check_acknowledgement'; readonly page: PageId }
  /**
   * Availability has changed: is everyone who is being asked, or who holds an acknowledgement, still there? With a
   * schedule: somebody else may be on duty for it by now.
   */
  | { readonly type: 'reassess'; readonly schedule?: ScheduleId }
  | {
      readonly type: 'delivery_succeeded';
      readonly delivery: DeliveryId;
      readonly channel: string | undefined;
      readonly ts: string | undefined;
      readonly reference: string | undefined;
    }
  | { readonly type: 'delivery_failed'; readonly delivery: DeliveryId; readonly because: DeliveryFailure }
  | { readonly type: 'post_update'; readonly text: string }
  | { readonly type: 'add_note'; readonly text: string }
  | {
      readonly type: 'capture_message';
      readonly channel: string;
      readonly ts: string;
      readonly author: PersonId | undefined;
      readonly text: string;
    }
  | { readonly type: 'edit_message'; readonly channel: string; readonly ts: string; readonly text: string }
  | { readonly type: 'remove_message'; readonly channel: string; readonly ts: string }
  | { readonly type: 'set_milestone'; readonly milestone: Milestone; readonly at: EpochMs }
  | { readonly type: 'link_change'; readonly change: string; readonly title: string; readonly url: string | undefined }
  | { readonly type: 'remind'; readonly reminder: Reminder }
  | { readonly type: 'cancel'; readonly reason: CancelReason }
  | { readonly type: 'resolve' }
  | { readonly type: 'reopen'; readonly reason: string }
  | { readonly type: 'close' }
  | { readonly type: 'record_postmortem'; readonly path: string; readonly canvas: string | undefined };

export type IncidentCommandType = IncidentCommand['type'];

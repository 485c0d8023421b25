import type { PersonId, PolicyStep, ServiceId, Severity, Target } from '../oncall/catalog.ts';
import type { OutsideSystem } from '../oncall/recorded.ts';
import type { Why } from '../oncall/resolver.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { DeliveryId, PageId, TextId } from './ids.ts';

export type IncidentKind = 'incident' | 'drill';
export type OpenStatus = 'triage' | 'investigating' | 'fixing' | 'monitoring';
export type IncidentStatus = OpenStatus | 'resolved' | 'closed' | 'cancelled';
export type CancelReason = 'false_alarm' | 'duplicate' | 'not_an_incident';

/** Editable, ordered times; see DESIGN §11 for how figures use them. */
export type Milestone = 'impact_start' | 'detected' | 'declared' | 'paged' | 'acknowledged' | 'mitigated' | 'resolved';

export type PageReason = 'alert' | 'declared' | 'severity' | 'manual' | 'reopened' | 'acknowledgement_lost';
export type PageWay = 'slack' | 'pagerduty' | 'webhook';

/** Where an alert lives outside, when it is a PagerDuty incident. */
export interface PagerDutyRef {
  readonly incident: string;
  readonly service: string | undefined;
  readonly url: string | undefined;
}

/** Steps are copied when the page starts: a policy edited during the night does not change who is asked next. */
export interface PagePlan {
  readonly steps: readonly PolicyStep[];
  readonly repeat: number;
  readonly ackTimeoutMs: number;
  readonly lastResort: readonly Target[];
}

export type Recipient =
  | {
      readonly kind: 'person';
      readonly person: PersonId;
      readonly why: Why;
      readonly insteadOf: PersonId | undefined;
      /** Whom overrides took off this place, in the order of the chain. */
      readonly takenOff?: readonly PersonId[];
    }
  | { readonly kind: 'channel'; readonly channel: string };

/** `step` counts from 0 within a round; `last_resort` stands behind the last one. */
export type StepRef = { readonly round: number; readonly step: number | 'last_resort' };

/**
 * What can happen to an incident: past tense, never edited, a correction is a new event. docs/events.md says since when
 * each exists and who reads it. Text that people wrote is referred to by id, so that it can be erased.
 */
export type IncidentEvent =
  | {
      readonly type: 'declared';
      readonly number: number;
      readonly kind: IncidentKind;
      readonly title: TextId;
      readonly severity: Severity;
      readonly service: ServiceId | undefined;
      /** The key under which further alerts join this incident while it is open. */
      readonly groupKey: string | undefined;
      readonly isPrivate: boolean;
    }
  | {
      readonly type: 'alert_attached';
      readonly alert: string;
      readonly source: OutsideSystem;
      readonly title: TextId;
      readonly url: string | undefined;
      readonly pagerduty: PagerDutyRef | undefined;
    }
  /** `total` signals so far over all alerts of the incident; written at most every 10 seconds. */
  | { readonly type: 'alerts_counted'; readonly total: number }
  | { readonly type: 'alert_resolved'; readonly alert: string }
  | { readonly type: 'channel_opened'; readonly channel: string; readonly name: string }
  | { readonly type: 'card_posted'; readonly channel: string; readonly ts: string }
  | { readonly type: 'announcement_posted'; readonly channel: string; readonly ts: string }
  | { readonly type: 'title_changed'; readonly title: TextId }
  | { readonly type: 'severity_changed'; readonly from: Severity; readonly to: Severity }
  | { readonly type: 'status_changed'; readonly from: IncidentStatus; readonly to: OpenStatus }
  | { readonly type: 'role_assigned'; readonly role: string; readonly person: PersonId }
  | { readonly type: 'role_released'; readonly role: string; readonly person: PersonId }
  | { readonly type: 'person_joined'; readonly person: PersonId }
  | { readonly type: 'page_requested'; readonly page: PageId; readonly reason: PageReason; readonly plan: PagePlan }
  /** The page moved to another step; deliveries of that step follow as `page_sent`. */
  | { readonly type: 'page_escalated'; readonly page: PageId; readonly to: StepRef; readonly because: EscalationCause }
  /** A delivery was decided and handed to the outbox. `skipped` names who was passed over, in an erasable row. */
  | {
      readonly type: 'page_sent';
      readonly page: PageId;
      readonly delivery: DeliveryId;
      readonly at: StepRef;
      readonly to: Recipient;
      readonly via: PageWay;
      /** Only when who can answer could not be read: decided by what was known then. */
      readonly asOf?: EpochMs;
    }
  | {
      readonly type: 'page_skipped';
      readonly page: PageId;
      readonly at: StepRef;
      readonly skipped: TextId;
      readonly count: number;
    }
  | {
      readonly type: 'page_delivered';
      readonly delivery: DeliveryId;
      readonly channel?: string;
      readonly ts?: string;
      readonly reference?: string;
    }
  | { readonly type: 'page_failed'; readonly delivery: DeliveryId; readonly because: DeliveryFailure }
  | { readonly type: 'page_acknowledged'; readonly page: PageId; readonly person: PersonId; readonly via: PageWay }
  | { readonly type: 'page_declined'; readonly page: PageId; readonly person: PersonId }
  | { readonly type: 'acknowledgement_lost'; readonly page: PageId; readonly because: 'timeout' | 'unavailable' }
  | { readonly type: 'page_exhausted'; readonly page: PageId; readonly times: number }
  | { readonly type: 'update_posted'; readonly text: TextId }
  | { readonly type: 'note_added'; readonly text: TextId }
  | {
      readonly type: 'message_captured';
      readonly channel: string;
      readonly ts: string;
      readonly author: PersonId | undefined;
      readonly text: TextId;
    }
  | { readonly type: 'message_edited'; readonly channel: string; readonly ts: string; readonly text: TextId }
  | { readonly type: 'message_removed'; readonly channel: string; readonly ts: string }
  | { readonly type: 'milestone_set'; readonly milestone: Milestone; readonly at: EpochMs }
  | {
      readonly type: 'change_linked';
      readonly change: string;
      readonly title: TextId;
      readonly url: string | undefined;
    }
  | { readonly type: 'reminder_sent'; readonly reminder: Reminder }
  | { readonly type: 'cancelled'; readonly reason: CancelReason }
  | { readonly type: 'resolved'; readonly how: 'person' | 'alerts_resolved' }
  | {
      readonly type: 'reopened';
      readonly text: TextId;
      /** As of `declared`; undefined when another incident has taken the key meanwhile: this one then stands beside it. */
      readonly groupKey: string | undefined;
    }
  | { readonly type: 'closed' }
  | { readonly type: 'postmortem_drafted'; readonly path: string; readonly canvas: string | undefined };

export type EscalationCause =
  | 'no_answer'
  | 'declined'
  | 'escalated_by_hand'
  | 'unavailable'
  | 'delivery_failed'
  | 'nobody_in_step'
  | 'duty_changed';
export type DeliveryFailure = 'unavailable' | 'no_address' | 'refused' | 'superseded';
export type Reminder = 'no_lead' | 'no_update' | 'still_on_it' | 'alerts_all_resolved';

export type IncidentEventType = IncidentEvent['type'];

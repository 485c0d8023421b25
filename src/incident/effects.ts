import type { Reminder } from './events.ts';
import type { DeliveryId, IncidentId, PageId } from './ids.ts';

/**
 * What an incident wants done in the world. Effects carry ids, not text: what is sent is rendered when it is sent, from
 * what is true then. Each is done by the adapter that owns the I/O; see `EffectHandlers` in engine/ports.ts.
 */
export type IncidentEffect =
  | { readonly kind: 'slack.open_channel'; readonly incident: IncidentId }
  | { readonly kind: 'slack.set_topic'; readonly incident: IncidentId }
  | { readonly kind: 'slack.post_card'; readonly incident: IncidentId }
  | { readonly kind: 'slack.update_card'; readonly incident: IncidentId }
  | { readonly kind: 'slack.pin_card'; readonly incident: IncidentId }
  | { readonly kind: 'slack.add_bookmarks'; readonly incident: IncidentId }
  | { readonly kind: 'slack.announce'; readonly incident: IncidentId }
  | { readonly kind: 'slack.update_announcement'; readonly incident: IncidentId }
  | { readonly kind: 'slack.invite'; readonly incident: IncidentId; readonly person: string }
  /** A message in the incident's channel about the event with this sequence. */
  | { readonly kind: 'slack.post_event'; readonly incident: IncidentId; readonly sequence: number }
  | { readonly kind: 'slack.page'; readonly delivery: DeliveryId }
  /** Shows on a page's message how it ended, and takes its buttons away. */
  | { readonly kind: 'slack.update_page'; readonly delivery: DeliveryId }
  | { readonly kind: 'slack.ask_holder'; readonly page: PageId }
  | { readonly kind: 'slack.share_postmortem'; readonly incident: IncidentId }
  | { readonly kind: 'pagerduty.page'; readonly delivery: DeliveryId }
  /** Ends the ringing of a PagerDuty incident that was made for one delivery. */
  | { readonly kind: 'pagerduty.stop_page'; readonly delivery: DeliveryId }
  | { readonly kind: 'pagerduty.acknowledge'; readonly incident: IncidentId; readonly alert: string }
  | { readonly kind: 'pagerduty.resolve'; readonly incident: IncidentId; readonly alert: string }
  | { readonly kind: 'webhook.page'; readonly delivery: DeliveryId }
  | { readonly kind: 'timer.step'; readonly page: PageId; readonly entry: number }
  | { readonly kind: 'timer.acknowledgement'; readonly page: PageId }
  | {
      readonly kind: 'timer.reminder';
      readonly incident: IncidentId;
      readonly reminder: Extract<Reminder, 'no_lead' | 'no_update'>;
    }
  | { readonly kind: 'timer.count_alerts'; readonly incident: IncidentId }
  | { readonly kind: 'postmortem.draft'; readonly incident: IncidentId };

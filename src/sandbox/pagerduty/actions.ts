import type { EpochMs } from '../../oncall/time.ts';
import type { Alert, Incident } from './model.ts';

/** PagerDuty's own error codes and words, so that a refused action reads like a refused request. */
export type ActionResult = { ok: true; incident: Incident } | { ok: false; code: number; message: string };

/** What monitors and people do in PagerDuty itself, without going through the API. */
export interface Actions {
  /**
   * A monitor reports trouble. Joins the open alert of the same key; `incident` is null when PagerDuty makes none: nobody
   * is on call, or the service is disabled or in maintenance.
   */
  trigger(alert: {
    serviceId: string;
    summary: string;
    dedupKey?: string;
    severity?: Alert['severity'];
    details?: unknown;
  }): { dedupKey: string; incident: Incident | null };
  /** The monitor says it is over: the alert resolves, and the incident with its last alert. */
  recover(alert: { serviceId: string; dedupKey: string }): void;
  /** A deploy or another change, as a pipeline reports it. */
  change(change: { serviceId: string; summary: string; source?: string; url?: string }): void;
  acknowledge(incidentId: string, userId: string): ActionResult;
  unacknowledge(incidentId: string, userId: string): ActionResult;
  resolve(incidentId: string, userId: string, resolution?: string): ActionResult;
  reopen(incidentId: string, userId: string): ActionResult;
  /** To the next level, or to the given one. */
  escalate(incidentId: string, userId: string, level?: number): ActionResult;
  reassign(
    incidentId: string,
    byUserId: string,
    to: { userIds: string[] } | { escalationPolicyId: string },
  ): ActionResult;
  note(incidentId: string, userId: string, content: string): ActionResult;
  setPriority(incidentId: string, userId: string, priorityId: string | null): ActionResult;
  snooze(incidentId: string, userId: string, seconds: number): ActionResult;
  merge(targetId: string, sourceIds: string[], userId: string): ActionResult;
  replyToRequest(incidentId: string, userId: string, answer: 'accepted' | 'declined'): ActionResult;
  /** A person makes an override by hand on a schedule of layers. */
  override(scheduleId: string, override: { start: EpochMs; end: EpochMs; userId: string }): void;
  /** Sends `pagey.ping` to one subscription. */
  ping(subscriptionId: string): void;
}

import type { Agent } from 'node:https';
import type { EpochMs } from '../oncall/time.ts';

/**
 * Why PagerDuty did not do what was asked.
 * - `rate_limited`: nothing was done; ask again after `retryAfterMs`.
 * - `refused`: PagerDuty understood and said no; asking again does not help. `code` is PagerDuty's own.
 * - `unavailable`: an outage, a cut connection, no answer in time. With `unknownOutcome` a write may have been made all the
 *   same, so look before it is repeated.
 */
export type PagerDutyError =
  | { kind: 'rate_limited'; retryAfterMs: number }
  | { kind: 'refused'; status: number; code: number | null; message: string }
  | { kind: 'unavailable'; unknownOutcome: boolean; reason: string };

export type PagerDutyResult<T> = { ok: true; value: T } | { ok: false; error: PagerDutyError };

export type PagerDutyStatus = 'triggered' | 'acknowledged' | 'resolved';

export interface PagerDutyIncident {
  id: string;
  number: number;
  title: string;
  status: PagerDutyStatus;
  urgency: 'high' | 'low';
  incidentKey: string | null;
  serviceId: string | null;
  serviceName: string | null;
  escalationPolicyId: string | null;
  priorityId: string | null;
  priorityName: string | null;
  assigneeIds: string[];
  acknowledgerIds: string[];
  htmlUrl: string | null;
  createdAtMs: EpochMs;
  resolvedAtMs: EpochMs | null;
  /** When PagerDuty will take the acknowledgement back by itself; null = not running. */
  unacknowledgeAtMs: EpochMs | null;
  /** Set when this incident was merged into another one: that is no fix. */
  mergedIntoId: string | null;
}

/** What a page looks like from PagerDuty's side, to prove that the chosen person was rung. */
export interface PagerDutyPage {
  incident: PagerDutyIncident;
  /** Every notification that PagerDuty says it sent, newest first. */
  notified: { userId: string; atMs: EpochMs }[];
  responders: { userId: string; state: string }[];
}

export interface OnCall {
  userId: string;
  userName: string | null;
  /** Null: a direct target of the policy, always on call; no override can cover them. */
  scheduleId: string | null;
  scheduleSystem: 'layers' | 'shifts' | null;
  escalationPolicyId: string;
  level: number;
  /** Null: without beginning or end. */
  fromMs: EpochMs | null;
  toMs: EpochMs | null;
}

import type { EpochMs } from '../../oncall/time.ts';

/** One request to the REST or Events API. `status` is null when the connection was cut instead of answered. */
export interface CallRecord {
  at: EpochMs;
  method: string;
  path: string;
  query: string;
  from: string | null;
  body: unknown;
  status: number | null;
  /** Whether the change was made, also when the answer says otherwise or never arrived. */
  applied: boolean;
  fault: string | null;
}

/** One attempt to deliver one webhook. Attempts of one webhook share `webhookId`. */
export interface DeliveryRecord {
  at: EpochMs;
  subscriptionId: string;
  webhookId: string;
  eventType: string;
  incidentId: string | null;
  attempt: number;
  outcome: 'delivered' | 'will_retry' | 'dropped';
  status: number | null;
  reason: string;
}

/** A person's phone rang. This, not an answer of the API, is what "was paged" means in the sandbox. */
export interface RungRecord {
  at: EpochMs;
  userId: string;
  name: string;
  incidentId: string;
  incidentTitle: string;
  why: 'on_call' | 'assigned' | 'responder_request';
  /** Level of the escalation policy; null for people who were named directly. */
  level: number | null;
  urgency: 'high' | 'low';
}

export interface SandboxRecord {
  calls: CallRecord[];
  deliveries: DeliveryRecord[];
  rung: RungRecord[];
}

export function emptyRecord(): SandboxRecord {
  return { calls: [], deliveries: [], rung: [] };
}

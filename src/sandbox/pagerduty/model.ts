import type { EpochMs } from '../../oncall/time.ts';

/** What the local PagerDuty holds. Plain mutable data: the engine changes it, the REST answers and the page render it. */
export interface AccountState {
  subdomain: string;
  apiTokens: ApiToken[];
  abilities: string[];
  users: User[];
  schedules: Schedule[];
  escalationPolicies: EscalationPolicy[];
  services: Service[];
  priorities: Priority[];
  incidents: Incident[];
  changeEvents: ChangeEvent[];
  subscriptions: Subscription[];
}

/** An account key knows no user, so incident writes need `From`; a user key acts as that user. */
export type ApiToken = { token: string; kind: 'account' } | { token: string; kind: 'user'; userId: string };

export interface User {
  id: string;
  name: string;
  email: string;
  timeZone: string;
  role: 'owner' | 'admin' | 'user' | 'limited_user' | 'observer' | 'read_only_user' | 'restricted_access';
  phone: string;
}

/** People in turn on an endless grid of equal turns; enough for a sandbox. Before `start` nobody is on. */
export interface Rotation {
  id: string;
  start: EpochMs;
  turnMs: number;
  userIds: string[];
}

export interface Override {
  id: string;
  start: EpochMs;
  end: EpochMs;
  /** Null stands for v3's `empty_member`: nobody. */
  userId: string | null;
  /** v3 only: whose shift, of which rotation or custom shift, is replaced. v2 overrides replace whoever is on. */
  replaces: { userId: string; rotationId: string } | { userId: string; customShiftId: string } | null;
}

export interface CustomShift {
  id: string;
  start: EpochMs;
  end: EpochMs;
  userId: string | null;
}

/**
 * `layers`: the classic schedule, exactly one person at a time, a later rotation wins, `/schedules`.
 * `shifts`: the newer one, every rotation and custom shift adds a person, `/v3/schedules`.
 */
export interface Schedule {
  id: string;
  name: string;
  timeZone: string;
  system: 'layers' | 'shifts';
  rotations: Rotation[];
  overrides: Override[];
  customShifts: CustomShift[];
}

export type Target = { type: 'user'; id: string } | { type: 'schedule'; id: string };

export interface EscalationRule {
  delayMinutes: number;
  targets: Target[];
}

export interface EscalationPolicy {
  id: string;
  name: string;
  rules: EscalationRule[];
  /** How often the whole policy is gone through again after the first time. */
  loops: number;
}

export interface Service {
  id: string;
  name: string;
  escalationPolicyId: string;
  /** The 32 characters that Events API v2 calls `routing_key`. */
  integrationKey: string;
  acknowledgementTimeoutSeconds: number | null;
  autoResolveTimeoutSeconds: number | null;
  urgency: 'high' | 'low';
  status: 'active' | 'maintenance' | 'disabled';
}

export interface Priority {
  id: string;
  name: string;
}

export type IncidentStatus = 'triggered' | 'acknowledged' | 'resolved';

export interface Alert {
  id: string;
  key: string;
  status: 'triggered' | 'resolved';
  severity: 'critical' | 'error' | 'warning' | 'info';
  summary: string;
  createdAt: EpochMs;
  suppressedTriggers: number;
  details: unknown;
}

export interface Note {
  id: string;
  userId: string;
  content: string;
  createdAt: EpochMs;
}

/** `accepted` is the webhooks' word; the REST answers say `joined` for the same thing. */
export interface Responder {
  userId: string;
  requesterId: string;
  message: string;
  state: 'pending' | 'accepted' | 'declined' | 'cancelled';
  requestedAt: EpochMs;
  viaEscalationPolicyId: string | null;
}

export type LogEntryKind =
  | 'trigger'
  | 'acknowledge'
  | 'unacknowledge'
  | 'assign'
  | 'escalate'
  | 'exhaust_escalation_path'
  | 'delegate'
  | 'notify'
  | 'resolve'
  | 'reopen'
  | 'annotate'
  | 'snooze'
  | 'repeat_escalation_path'
  | 'priority_change'
  | 'urgency_change'
  | 'merge'
  | 'responder_request'
  | 'responder_accept'
  | 'responder_decline'
  | 'status_update';

export interface LogEntry {
  id: string;
  kind: LogEntryKind;
  at: EpochMs;
  /** Who did it: a person, or the service for what happened by itself. */
  agentUserId: string | null;
  /** For `notify`: who was rung. For `assign` and `escalate`: who holds it now. */
  userIds: string[];
  summary: string;
}

export type ResolveReason = { type: 'merge'; intoIncidentId: string };

export interface Incident {
  id: string;
  number: number;
  title: string;
  details: string | null;
  status: IncidentStatus;
  urgency: 'high' | 'low';
  priorityId: string | null;
  serviceId: string;
  escalationPolicyId: string;
  assignedVia: 'escalation_policy' | 'direct_assignment';
  assignments: { at: EpochMs; userId: string }[];
  acknowledgements: { at: EpochMs; userId: string }[];
  incidentKey: string | null;
  /** Made by a person (REST or page) rather than by alerts of a monitor. */
  manual: boolean;
  createdAt: EpochMs;
  updatedAt: EpochMs;
  reopenedAt: EpochMs | null;
  resolvedAt: EpochMs | null;
  lastStatusChangeAt: EpochMs;
  lastStatusChangeBy: string | null;
  resolveReason: ResolveReason | null;
  /** Level of the policy that is being rung, 1 = the first; loop 0 = the first time through. */
  level: number;
  loop: number;
  /** The clock's next moves; null when that one is not running. */
  escalateAt: EpochMs | null;
  unacknowledgeAt: EpochMs | null;
  autoResolveAt: EpochMs | null;
  conferenceUrl: string | null;
  alerts: Alert[];
  notes: Note[];
  responders: Responder[];
  statusUpdates: { id: string; userId: string; message: string; at: EpochMs }[];
  logEntries: LogEntry[];
}

export interface ChangeEvent {
  id: string;
  serviceId: string;
  summary: string;
  source: string | null;
  at: EpochMs;
  links: { href: string; text: string | null }[];
  details: unknown;
}

export interface Subscription {
  id: string;
  url: string;
  /** More than one while a secret is being rotated: each signs every delivery. */
  secrets: string[];
  events: string[];
  filter: { type: 'account' } | { type: 'service'; serviceId: string };
  description: string;
  customHeaders: { name: string; value: string }[];
  active: boolean;
  /** Until when deliveries are thrown away after three dropped in a row; null = healthy. */
  disabledUntil: EpochMs | null;
  droppedInARow: number;
}

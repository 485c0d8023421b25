import type { EpochMs } from '../oncall/time.ts';
import { toIso } from '../oncall/time.ts';
import {
  abilitiesAnswer,
  anyAnswer,
  escalationPoliciesPage,
  onCallsPage,
  prioritiesPage,
  servicesPage,
  userAnswer,
  usersPage,
  webhookSubscriptionsPage,
  type OnCall,
  type PagerDutyNamed,
  type PagerDutyService,
  type PagerDutyUser,
  type WebhookSubscription,
} from './client-answers.ts';
import { allPages, type ListCall } from './client-pages.ts';
import { done, type PagerDutyResult } from './client-result.ts';
import type { Transport } from './client-transport.ts';

export interface AccountCalls {
  /** Who is on call in [from, to), in both of PagerDuty's schedule systems; a shift comes once per policy and level. */
  oncalls(filter: OnCallsFilter): Promise<PagerDutyResult<OnCall[]>>;
  /** Only a user's own token has a current user; an account key is refused with 400. */
  currentUser(): Promise<PagerDutyResult<PagerDutyUser>>;
  /** What the plan includes. Works with every valid token, which makes it the check of the token. */
  abilities(): Promise<PagerDutyResult<string[]>>;
  listServices(): Promise<PagerDutyResult<PagerDutyService[]>>;
  listUsers(): Promise<PagerDutyResult<PagerDutyUser[]>>;
  listEscalationPolicies(): Promise<PagerDutyResult<PagerDutyNamed[]>>;
  /** Most severe first. Refused with 402 on plans without priorities. */
  listPriorities(): Promise<PagerDutyResult<PagerDutyNamed[]>>;
  getWebhookSubscriptions(): Promise<PagerDutyResult<WebhookSubscription[]>>;
  /** Switches a temporarily disabled subscription on again. What was dropped meanwhile does not come back. */
  enableWebhookSubscription(id: string): Promise<PagerDutyResult<null>>;
  /** Has PagerDuty send a `pagey.ping`, to prove that secret and address fit. */
  pingWebhookSubscription(id: string): Promise<PagerDutyResult<null>>;
  /**
   * An event as a monitor would send it: anonymous, asynchronous, and safe to repeat by its `dedupKey`. Success says only that
   * it was accepted: PagerDuty makes no incident when nobody is on call.
   */
  sendEvent(event: MonitorEvent): Promise<PagerDutyResult<{ dedupKey: string }>>;
}

export interface OnCallsFilter {
  /** Both absent: right now. PagerDuty looks at most 90 days ahead. */
  fromMs?: EpochMs;
  toMs?: EpochMs;
  userIds?: string[];
  scheduleIds?: string[];
  escalationPolicyIds?: string[];
}

export type MonitorEvent = { routingKey: string; dedupKey: string } & (
  | { action: 'acknowledge' | 'resolve' }
  | {
      action: 'trigger';
      summary: string;
      source: string;
      severity: 'critical' | 'error' | 'warning' | 'info';
      details?: object;
    }
);

export function accountCalls(transport: Transport): AccountCalls {
  async function list<T>(call: ListCall<T>): Promise<PagerDutyResult<T[]>> {
    const listed = await allPages(transport, call);
    return listed.ok ? done(listed.value.elements) : listed;
  }

  function subscription(id: string, action: 'enable' | 'ping') {
    const path = `webhook_subscriptions/${encodeURIComponent(id)}/${action}`;
    return transport.rest({ method: 'POST', path, body: {}, answer: anyAnswer });
  }

  return {
    oncalls: (filter) => list({ path: 'oncalls', query: onCallsQuery(filter), answer: onCallsPage }),
    currentUser: () => transport.rest({ method: 'GET', path: 'users/me', answer: userAnswer }),
    abilities: () => transport.rest({ method: 'GET', path: 'abilities', answer: abilitiesAnswer }),
    listServices: () => list({ path: 'services', answer: servicesPage }),
    listUsers: () => list({ path: 'users', answer: usersPage }),
    listEscalationPolicies: () => list({ path: 'escalation_policies', answer: escalationPoliciesPage }),
    listPriorities: () => list({ path: 'priorities', answer: prioritiesPage }),
    getWebhookSubscriptions: () => list({ path: 'webhook_subscriptions', answer: webhookSubscriptionsPage }),
    enableWebhookSubscription: (id) => subscription(id, 'enable'),
    pingWebhookSubscription: (id) => subscription(id, 'ping'),
    sendEvent: (event) => transport.event(eventBody(event)),
  };
}

function onCallsQuery(filter: OnCallsFilter): Record<string, string | string[]> {
  return {
    ...(filter.fromMs === undefined ? {} : { since: toIso(filter.fromMs) }),
    ...(filter.toMs === undefined ? {} : { until: toIso(filter.toMs) }),
    ...(filter.userIds === undefined ? {} : { 'user_ids[]': filter.userIds }),
    ...(filter.scheduleIds === undefined ? {} : { 'schedule_ids[]': filter.scheduleIds }),
    ...(filter.escalationPolicyIds === undefined ? {} : { 'escalation_policy_ids[]': filter.escalationPolicyIds }),
  };
}

function eventBody(event: MonitorEvent): object {
  const keyed = { routing_key: event.routingKey, event_action: event.action, dedup_key: event.dedupKey };
  if (event.action !== 'trigger') return keyed;
  const { summary, source, severity, details } = event;
  return {
    ...keyed,
    payload: {
      summary: summary.slice(0, 1024),
      source,
      severity,
      ...(details === undefined ? {} : { custom_details: details }),
    },
  };
}

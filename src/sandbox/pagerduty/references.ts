import type { EpochMs } from '../../oncall/time.ts';
import type { AccountState, Incident, Schedule } from './model.ts';

export interface Reference {
  id: string;
  type: string;
  summary: string;
  self: string | null;
  html_url: string | null;
}

/** REST times carry whole seconds; only webhooks' `occurred_at` has milliseconds. */
export function instant(at: EpochMs): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

export function maybeInstant(at: EpochMs | null): string | null {
  return at === null ? null : instant(at);
}

function reference(state: AccountState, path: string, type: string, id: string, summary: string): Reference {
  return {
    id,
    type: `${type}_reference`,
    summary,
    self: `https://api.pagerduty.com/${path}/${id}`,
    html_url: `https://${state.subdomain}.pagerduty.com/${path}/${id}`,
  };
}

export function userReference(state: AccountState, id: string): Reference {
  const name = state.users.find((one) => one.id === id)?.name ?? id;
  return reference(state, 'users', 'user', id, name);
}

export function serviceReference(state: AccountState, id: string): Reference {
  return reference(state, 'services', 'service', id, state.services.find((one) => one.id === id)?.name ?? id);
}

export function policyReference(state: AccountState, id: string): Reference {
  const name = state.escalationPolicies.find((one) => one.id === id)?.name ?? id;
  return reference(state, 'escalation_policies', 'escalation_policy', id, name);
}

export function priorityReference(state: AccountState, id: string | null): Reference | null {
  if (id === null) return null;
  return reference(state, 'priorities', 'priority', id, state.priorities.find((one) => one.id === id)?.name ?? id);
}

export function incidentReference(state: AccountState, incident: Incident): Reference {
  return reference(state, 'incidents', 'incident', incident.id, incident.title);
}

export function scheduleReference(state: AccountState, schedule: Schedule): Reference {
  const shifts = schedule.system === 'shifts';
  const path = shifts ? 'v3/schedules' : 'schedules';
  return reference(state, path, shifts ? 'schedule_v3' : 'schedule', schedule.id, schedule.name);
}

import type { EpochMs } from '../../oncall/time.ts';
import type { AccountState, EscalationPolicy, Incident, LogEntryKind, Service, User } from './model.ts';
import type { SandboxRecord } from './record.ts';

/** An event for the webhook subscriptions, with the data as it was when it happened. */
export interface PublishedEvent {
  eventType: string;
  at: EpochMs;
  agentUserId: string | null;
  incidentId: string | null;
  serviceId: string | null;
  data: unknown;
}

/** What the rules of the sandbox work on. */
export interface World {
  state: AccountState;
  record: SandboxRecord;
  now: () => EpochMs;
  newId: (prefix: string) => string;
  publish: (event: PublishedEvent) => void;
  /** Wakes whoever waits for something to become true. */
  changed: () => void;
}

/** PagerDuty says no: the HTTP status, its own code and its words. */
export class PagerDutyRefusal extends Error {
  override readonly name = 'PagerDutyRefusal';
  readonly status: number;
  readonly code: number;
  readonly errors: string[];
  constructor(status: number, code: number, message: string, errors: string[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

export function notFound(): PagerDutyRefusal {
  return new PagerDutyRefusal(404, 2100, 'Not Found');
}

export function invalid(...errors: string[]): PagerDutyRefusal {
  return new PagerDutyRefusal(400, 2001, 'Invalid Input Provided', errors);
}

export function incidentOf(world: World, idOrNumber: string): Incident {
  const found = world.state.incidents.find((one) => one.id === idOrNumber || String(one.number) === idOrNumber);
  if (found === undefined) throw notFound();
  return found;
}

export function userOf(world: World, id: string): User {
  const found = world.state.users.find((one) => one.id === id);
  if (found === undefined) throw new PagerDutyRefusal(400, 1007, 'Assignee Not Found');
  return found;
}

export function serviceOf(world: World, id: string): Service {
  const found = world.state.services.find((one) => one.id === id);
  if (found === undefined) throw invalid('Service not found.');
  return found;
}

export function policyOf(world: World, id: string): EscalationPolicy {
  const found = world.state.escalationPolicies.find((one) => one.id === id);
  if (found === undefined) throw new PagerDutyRefusal(400, 1014, 'Escalation Policy Not Found');
  return found;
}

export interface Logged {
  kind: LogEntryKind;
  at: EpochMs;
  agentUserId?: string | null;
  userIds?: string[];
  summary: string;
}

export function log(world: World, incident: Incident, entry: Logged): void {
  incident.logEntries.push({ id: world.newId('R'), agentUserId: null, userIds: [], ...entry });
  incident.updatedAt = entry.at;
}

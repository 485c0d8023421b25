import type { EpochMs } from '../../oncall/time.ts';
import type {
  AccountState,
  ApiToken,
  EscalationPolicy,
  Priority,
  Schedule,
  Service,
  Subscription,
  User,
} from './model.ts';

/** What an account starts with. Whatever is left out gets PagerDuty's own default. */
export interface AccountSeed {
  subdomain?: string;
  /** A bare string is an account key. */
  apiTokens: (ApiToken | string)[];
  /** Paid features; default: all that Toran could use. Leave one out to see the 402 of a smaller plan. */
  abilities?: string[];
  users: UserSeed[];
  schedules: ScheduleSeed[];
  escalationPolicies: EscalationPolicySeed[];
  services: ServiceSeed[];
  priorities?: Priority[];
}

export type UserSeed = Pick<User, 'id' | 'name' | 'email'> & Partial<User>;

export interface ScheduleSeed {
  id: string;
  name: string;
  timeZone?: string;
  system?: Schedule['system'];
  /** Later rotations win on a layered schedule and add people on a shift-based one. `id` defaults to the place. */
  rotations: { id?: string; start: EpochMs; turnMs: number; userIds: string[] }[];
}

export type EscalationPolicySeed = Pick<EscalationPolicy, 'id' | 'name' | 'rules'> & Partial<EscalationPolicy>;

export type ServiceSeed = Pick<Service, 'id' | 'name' | 'escalationPolicyId'> & Partial<Service>;

/** A webhook subscription that exists from the start. `events` absent = all of them, `serviceId` absent = the account. */
export interface WebhookSeed {
  id: string;
  url: string;
  /** Several while a secret is rotated. */
  secret: string | string[];
  events?: string[];
  serviceId?: string;
}

const allAbilities = ['sso', 'teams', 'urgencies', 'coordinated_responding', 'event_rules', 'response_operations'];

/** P1 to P5, most severe first, as a new account has them. */
const defaultPriorities: Priority[] = ['P1', 'P2', 'P3', 'P4', 'P5'].map((name) => ({ id: `PRIOR${name}`, name }));

export const allEvents = [
  'incident.acknowledged',
  'incident.annotated',
  'incident.conference_bridge.updated',
  'incident.delegated',
  'incident.escalated',
  'incident.priority_updated',
  'incident.reassigned',
  'incident.reopened',
  'incident.resolved',
  'incident.responder.added',
  'incident.responder.replied',
  'incident.service_updated',
  'incident.status_update_published',
  'incident.triggered',
  'incident.unacknowledged',
];

export function accountFrom(seed: AccountSeed, webhooks: WebhookSeed[]): AccountState {
  return {
    subdomain: seed.subdomain ?? 'sandbox',
    apiTokens: seed.apiTokens.map((token) => (typeof token === 'string' ? { token, kind: 'account' } : { ...token })),
    abilities: [...(seed.abilities ?? allAbilities)],
    users: seed.users.map((user, place) => ({
      timeZone: 'Etc/UTC',
      role: 'user',
      phone: `+1555000${String(place).padStart(4, '0')}`,
      ...user,
    })),
    schedules: seed.schedules.map(scheduleFrom),
    escalationPolicies: seed.escalationPolicies.map((policy) => ({ loops: 0, ...structuredClone(policy) })),
    services: seed.services.map(serviceFrom),
    priorities: structuredClone(seed.priorities ?? defaultPriorities),
    incidents: [],
    changeEvents: [],
    subscriptions: webhooks.map(subscriptionFrom),
  };
}

function scheduleFrom(seed: ScheduleSeed): Schedule {
  return {
    id: seed.id,
    name: seed.name,
    timeZone: seed.timeZone ?? 'Etc/UTC',
    system: seed.system ?? 'layers',
    rotations: seed.rotations.map((rotation, place) => ({ ...rotation, id: rotation.id ?? `${seed.id}R${place + 1}` })),
    overrides: [],
    customShifts: [],
  };
}

function serviceFrom(seed: ServiceSeed): Service {
  return {
    integrationKey: seed.id.toLowerCase().padEnd(32, '0').slice(0, 32),
    acknowledgementTimeoutSeconds: null,
    autoResolveTimeoutSeconds: null,
    urgency: 'high',
    status: 'active',
    ...seed,
  };
}

function subscriptionFrom(seed: WebhookSeed): Subscription {
  return {
    id: seed.id,
    url: seed.url,
    secrets: typeof seed.secret === 'string' ? [seed.secret] : [...seed.secret],
    events: seed.events ?? [...allEvents],
    filter: seed.serviceId === undefined ? { type: 'account' } : { type: 'service', serviceId: seed.serviceId },
    description: 'Toran',
    customHeaders: [],
    active: true,
    disabledUntil: null,
    droppedInARow: 0,
  };
}

import type { EscalationPolicy, Service, User } from './model.ts';
import { instant, policyReference, scheduleReference, serviceReference, userReference } from './references.ts';
import { filterOf, ok, pageOf, paramOf, type RestAnswer, type RestRequest, type Route } from './route.ts';
import { invalid, notFound, PagerDutyRefusal, type World } from './world.ts';

/** What an account consists of, to read: people, services, policies, priorities, abilities, changes. */
export const accountRoutes: Route[] = [
  { method: 'GET', path: '/abilities', answer: ({ world }) => ok({ abilities: world.state.abilities }) },
  { method: 'GET', path: '/abilities/*', answer: testAbility },
  { method: 'GET', path: '/users', answer: listUsers },
  { method: 'GET', path: '/users/me', answer: currentUser },
  { method: 'GET', path: '/users/*', answer: getUser },
  { method: 'GET', path: '/services', answer: listServices },
  { method: 'GET', path: '/services/*', answer: getService },
  { method: 'GET', path: '/escalation_policies', answer: listPolicies },
  { method: 'GET', path: '/escalation_policies/*', answer: getPolicy },
  { method: 'GET', path: '/priorities', answer: listPriorities },
  { method: 'GET', path: '/change_events', answer: (request) => listChanges(request, undefined) },
  { method: 'GET', path: '/services/*/change_events', answer: (request) => listChanges(request, paramOf(request, 0)) },
  { method: 'POST', path: '/change_events', answer: pointToEvents },
];

function testAbility(request: RestRequest): RestAnswer {
  if (!request.world.state.abilities.includes(paramOf(request, 0))) {
    throw new PagerDutyRefusal(402, 2014, 'Account Does Not Have The Required Ability');
  }
  return { status: 204 };
}

function userJson(world: World, user: User) {
  const { id, name, email, role, timeZone } = user;
  return {
    ...userReference(world.state, id),
    type: 'user',
    name,
    email,
    time_zone: timeZone,
    color: 'green',
    role,
    description: null,
    invitation_sent: false,
    job_title: null,
    teams: [],
    contact_methods: [],
    notification_rules: [],
  };
}

function listUsers(request: RestRequest): RestAnswer {
  const query = request.query.get('query')?.toLowerCase();
  const users = request.world.state.users.filter(
    ({ name, email }) =>
      query === undefined || name.toLowerCase().includes(query) || email.toLowerCase().includes(query),
  );
  return pageOf(request, 'users', users, (user) => userJson(request.world, user));
}

function currentUser(request: RestRequest): RestAnswer {
  const { token, world } = request;
  if (token.kind === 'account') throw invalid('This endpoint needs a user-level token.');
  return ok({ user: userJson(world, userById(request, token.userId)) });
}

function userById(request: RestRequest, id: string): User {
  const user = request.world.state.users.find((one) => one.id === id);
  if (user === undefined) throw notFound();
  return user;
}

function getUser(request: RestRequest): RestAnswer {
  return ok({ user: userJson(request.world, userById(request, paramOf(request, 0))) });
}

function serviceJson(world: World, service: Service) {
  const { id, name, urgency } = service;
  const open = world.state.incidents.filter((one) => one.serviceId === id && one.status !== 'resolved');
  const busy = open.some((one) => one.status === 'triggered') ? 'critical' : open.length > 0 ? 'warning' : 'active';
  return {
    ...serviceReference(world.state, id),
    type: 'service',
    name,
    description: null,
    created_at: instant(0),
    status: service.status === 'active' ? busy : service.status,
    acknowledgement_timeout: service.acknowledgementTimeoutSeconds,
    auto_resolve_timeout: service.autoResolveTimeoutSeconds,
    alert_creation: 'create_alerts_and_incidents',
    escalation_policy: policyReference(world.state, service.escalationPolicyId),
    incident_urgency_rule: { type: 'constant', urgency },
    integrations: [],
    teams: [],
  };
}

function listServices(request: RestRequest): RestAnswer {
  const query = request.query.get('query')?.toLowerCase();
  const services = request.world.state.services.filter(
    (one) => query === undefined || one.name.toLowerCase().includes(query),
  );
  return pageOf(request, 'services', services, (service) => serviceJson(request.world, service));
}

function getService(request: RestRequest): RestAnswer {
  const service = request.world.state.services.find((one) => one.id === paramOf(request, 0));
  if (service === undefined) throw notFound();
  return ok({ service: serviceJson(request.world, service) });
}

function policyJson(world: World, policy: EscalationPolicy) {
  const { state } = world;
  return {
    ...policyReference(state, policy.id),
    type: 'escalation_policy',
    name: policy.name,
    description: null,
    num_loops: policy.loops,
    on_call_handoff_notifications: 'if_has_services',
    escalation_rules: policy.rules.map((rule, place) => ({
      id: `${policy.id}L${place + 1}`,
      escalation_delay_in_minutes: rule.delayMinutes,
      targets: rule.targets.flatMap((target) => {
        if (target.type === 'user') return [userReference(state, target.id)];
        const schedule = state.schedules.find((one) => one.id === target.id);
        return schedule === undefined ? [] : [scheduleReference(state, schedule)];
      }),
    })),
    services: state.services
      .filter((service) => service.escalationPolicyId === policy.id)
      .map((service) => serviceReference(state, service.id)),
    teams: [],
  };
}

function listPolicies(request: RestRequest): RestAnswer {
  const users = filterOf(request, 'user_ids');
  const policies = request.world.state.escalationPolicies.filter(
    (policy) =>
      users === undefined || policy.rules.some((rule) => rule.targets.some((target) => users.includes(target.id))),
  );
  return pageOf(request, 'escalation_policies', policies, (policy) => policyJson(request.world, policy));
}

function getPolicy(request: RestRequest): RestAnswer {
  const policy = request.world.state.escalationPolicies.find((one) => one.id === paramOf(request, 0));
  if (policy === undefined) throw notFound();
  return ok({ escalation_policy: policyJson(request.world, policy) });
}

/** An account seeded without priorities stands for a plan without them. */
function listPriorities(request: RestRequest): RestAnswer {
  const { priorities } = request.world.state;
  if (priorities.length === 0) throw new PagerDutyRefusal(402, 2014, 'Account Does Not Have The Required Ability');
  return pageOf(request, 'priorities', priorities, ({ id, name }) => ({
    id,
    type: 'priority',
    summary: name,
    self: `https://api.pagerduty.com/priorities/${id}`,
    html_url: null,
    name,
    description: null,
  }));
}

/** `since` and `until` only in UTC; anything with another offset is refused. */
function listChanges(request: RestRequest, serviceId: string | undefined): RestAnswer {
  const { state } = request.world;
  const [since, until] = ['since', 'until'].map((key) => {
    const text = request.query.get(key);
    if (text !== null && (!text.endsWith('Z') || Number.isNaN(Date.parse(text)))) throw invalid(`${key} must be UTC.`);
    return text === null ? undefined : Date.parse(text);
  });
  const changes = state.changeEvents.filter(
    (one) =>
      (serviceId === undefined || one.serviceId === serviceId) &&
      one.at >= (since ?? -Infinity) &&
      one.at < (until ?? Infinity),
  );
  return pageOf(request, 'change_events', changes.toReversed(), (change) => ({
    id: change.id,
    type: 'change_event',
    summary: change.summary,
    source: change.source,
    timestamp: instant(change.at),
    services: [serviceReference(state, change.serviceId)],
    custom_details: change.details ?? {},
    links: change.links,
  }));
}

function pointToEvents(): RestAnswer {
  throw invalid('Send change events to https://events.pagerduty.com/v2/change/enqueue.');
}

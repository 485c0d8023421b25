import { z } from 'zod';
import { dayMs } from '../../oncall/time.ts';
import { delegate, escalateTo, moveToService, reassign, setConference, setPriority, setUrgency } from './handing-on.ts';
import { incidentJson } from './incident-json.ts';
import { acknowledge, openIncident, reopen, resolve, unacknowledge } from './incidents.ts';
import type { Incident, User } from './model.ts';
import {
  actorOf,
  bodyOf,
  filterOf,
  instantOf,
  ok,
  pageOf,
  paramOf,
  referenceBody,
  type RestAnswer,
  type RestRequest,
  type Route,
} from './route.ts';
import { incidentOf, invalid, PagerDutyRefusal, type World } from './world.ts';

export const incidentRoutes: Route[] = [
  { method: 'GET', path: '/incidents', answer: list },
  { method: 'POST', path: '/incidents', answer: create },
  { method: 'PUT', path: '/incidents', answer: changeMany },
  {
    method: 'GET',
    path: '/incidents/*',
    answer: (request) => answerWith(request, incidentOf(request.world, paramOf(request, 0))),
  },
  { method: 'PUT', path: '/incidents/*', answer: changeOne },
];

function answerWith(request: RestRequest, incident: Incident, status = 200): RestAnswer {
  return { status, body: { incident: incidentJson(request.world.state, incident) } };
}

const statuses = new Set(['triggered', 'acknowledged', 'resolved']);

function list(request: RestRequest): RestAnswer {
  const { world, query, at } = request;
  const wanted = filterOf(request, 'statuses');
  if (wanted?.some((status) => !statuses.has(status)) === true) {
    throw invalid('Status must be a list of triggered, acknowledged, or resolved.');
  }
  const all = query.get('date_range') === 'all';
  const since = instantOf(request, 'since') ?? at - 30 * dayMs;
  const until = instantOf(request, 'until') ?? at + 1;
  if (!all && until - since > 184 * dayMs) throw invalid('The date range must not exceed six months.');
  const key = query.get('incident_key');
  const users = filterOf(request, 'user_ids');
  const oneOf = (filter: string, value: string) => filterOf(request, filter)?.includes(value) ?? true;
  const found = world.state.incidents.filter(
    (one) =>
      (all || (one.createdAt >= since && one.createdAt < until)) &&
      (wanted?.includes(one.status) ?? true) &&
      oneOf('service_ids', one.serviceId) &&
      oneOf('urgencies', one.urgency) &&
      (users === undefined || one.assignments.some((assignment) => users.includes(assignment.userId))) &&
      (key === null || one.incidentKey === key || one.alerts.some((alert) => alert.key === key)),
  );
  const ordered = query.get('sort_by') === 'created_at:desc' ? found.toReversed() : found;
  return pageOf(request, 'incidents', ordered, (one) => incidentJson(world.state, one));
}

const assignmentsBody = z.array(z.object({ assignee: referenceBody })).min(1);
const priorityBody = referenceBody.or(z.string()).nullable();
const conferenceBody = z.object({ conference_url: z.string().nullish() });

const newIncidentBody = z.object({
  incident: z.object({
    type: z.literal('incident'),
    title: z.string().trim().min(1),
    service: referenceBody,
    urgency: z.enum(['high', 'low']).optional(),
    priority: priorityBody.optional(),
    body: z.object({ details: z.string() }).optional(),
    incident_key: z.string().optional(),
    assignments: assignmentsBody.max(1).optional(),
    escalation_policy: referenceBody.optional(),
    conference_bridge: conferenceBody.optional(),
  }),
});

function create(request: RestRequest): RestAnswer {
  const by = actorOf(request);
  const { incident: wanted } = bodyOf(request, newIncidentBody);
  if (wanted.assignments !== undefined && wanted.escalation_policy !== undefined) {
    throw invalid('Assignments and escalation policy cannot both be given.');
  }
  const incident = openIncident(
    request.world,
    {
      title: wanted.title,
      serviceId: wanted.service.id,
      ...(wanted.urgency === undefined ? {} : { urgency: wanted.urgency }),
      ...(wanted.escalation_policy === undefined ? {} : { escalationPolicyId: wanted.escalation_policy.id }),
      assigneeIds: wanted.assignments?.map((one) => one.assignee.id) ?? [],
      incidentKey: wanted.incident_key ?? null,
      details: wanted.body?.details ?? null,
      priorityId: wanted.priority === undefined ? null : priorityId(request, wanted.priority),
      conferenceUrl: wanted.conference_bridge?.conference_url ?? null,
      byUserId: by.id,
    },
    request.at,
  );
  return answerWith(request, incident, 201);
}

/** By reference or by name. */
function priorityId(request: RestRequest, wanted: { id: string } | string | null): string | null {
  if (wanted === null) return null;
  const found = request.world.state.priorities.find((one) => one.id === idOf(wanted) || one.name === wanted);
  if (found === undefined) throw new PagerDutyRefusal(400, 1020, 'Priority Not Found');
  return found.id;
}

function idOf(wanted: { id: string } | string): string | undefined {
  return typeof wanted === 'string' ? undefined : wanted.id;
}

const changeBody = z.object({
  type: z.enum(['incident', 'incident_reference']),
  status: z.enum(['triggered', 'acknowledged', 'resolved']).optional(),
  resolution: z.string().optional(),
  title: z.string().trim().min(1).optional(),
  urgency: z.enum(['high', 'low']).optional(),
  priority: priorityBody.optional(),
  escalation_level: z.number().int().optional(),
  escalation_policy: referenceBody.optional(),
  assignments: assignmentsBody.optional(),
  conference_bridge: conferenceBody.optional(),
  service: referenceBody.optional(),
});

type Change = z.infer<typeof changeBody>;

function changeOne(request: RestRequest): RestAnswer {
  const by = actorOf(request);
  const incident = incidentOf(request.world, paramOf(request, 0));
  const { incident: change } = bodyOf(request, z.object({ incident: changeBody }));
  apply(request, incident, change, by);
  return answerWith(request, incident);
}

const mostAtOnce = 250;

/** All or nothing: what is refused for one is refused for all, before anything changes. */
function changeMany(request: RestRequest): RestAnswer {
  const by = actorOf(request);
  const { incidents } = bodyOf(request, z.object({ incidents: z.array(changeBody.extend({ id: z.string() })) }));
  if (incidents.length > mostAtOnce) throw new PagerDutyRefusal(413, 2001, 'Too many incidents');
  const changes = incidents.map((change) => ({ change, incident: incidentOf(request.world, change.id) }));
  for (const { change, incident } of changes) refuseRepeated(incident, change, by);
  for (const { change, incident } of changes) apply(request, incident, change, by);
  const changed = changes.map(({ incident }) => incidentJson(request.world.state, incident));
  return ok({ incidents: changed });
}

function refuseRepeated(incident: Incident, change: Change, by: User): void {
  if (change.status === 'resolved' && incident.status === 'resolved') {
    throw new PagerDutyRefusal(400, 1001, 'Incident Already Resolved');
  }
  const acknowledged = incident.acknowledgements.some((one) => one.userId === by.id);
  if (change.status === 'acknowledged' && acknowledged) {
    throw new PagerDutyRefusal(400, 1002, 'Incident Already Acknowledged');
  }
}

function apply(request: RestRequest, incident: Incident, change: Change, by: User): void {
  const { world, at } = request;
  refuseRepeated(incident, change, by);
  if (change.title !== undefined) incident.title = change.title;
  if (change.urgency !== undefined) setUrgency(world, incident, by.id, change.urgency, at);
  if (change.priority !== undefined) setPriority(world, incident, by.id, priorityId(request, change.priority), at);
  if (change.service !== undefined) moveToService(world, incident, by.id, change.service.id, at);
  const conference = change.conference_bridge?.conference_url;
  if (conference !== undefined) setConference(world, incident, by.id, conference, at);
  if (change.escalation_policy !== undefined) delegate(world, incident, by.id, change.escalation_policy.id, at);
  if (change.escalation_level !== undefined) escalateTo(world, incident, by.id, change.escalation_level, at);
  if (change.assignments !== undefined) {
    const userIds = change.assignments.map((one) => one.assignee.id);
    reassign(world, incident, by.id, userIds, at);
  }
  if (change.status !== undefined) setStatus(world, incident, change, by, at);
  incident.updatedAt = at;
}

function setStatus(world: World, incident: Incident, change: Change, by: User, at: number): void {
  if (change.status === 'acknowledged') acknowledge(world, incident, by.id, at);
  else if (change.status === 'resolved') resolve(world, incident, by.id, at, change.resolution);
  else if (incident.status === 'resolved') reopen(world, incident, by.id, at);
  else unacknowledge(world, incident, by.id, at);
}

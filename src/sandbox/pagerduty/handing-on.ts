import type { EpochMs } from '../../oncall/time.ts';
import type { Incident } from './model.ts';
import { publishIncident, publishStatusUpdate } from './publish.ts';
import { armEscalation, logEscalation, ring, ringLevel } from './ringing.ts';
import { invalid, log, PagerDutyRefusal, policyOf, serviceOf, userOf, type World } from './world.ts';

function mustBeOpen(incident: Incident): void {
  if (incident.status === 'resolved') throw new PagerDutyRefusal(400, 1001, 'Incident Already Resolved');
}

/** Handing on undoes an acknowledgement: the new people have acknowledged nothing. */
function backToTriggered(incident: Incident, userId: string | null, at: EpochMs): void {
  if (incident.status !== 'triggered') {
    incident.lastStatusChangeAt = at;
    incident.lastStatusChangeBy = userId;
  }
  incident.status = 'triggered';
  incident.acknowledgements = [];
  incident.unacknowledgeAt = null;
}

/** To people by name. PagerDuty's own escalation ends with that: if they miss it, nobody else is rung. */
export function reassign(world: World, incident: Incident, byUserId: string, userIds: string[], at: EpochMs): void {
  mustBeOpen(incident);
  if (userIds.length === 0) throw invalid('Assignments must not be empty.');
  for (const userId of userIds) userOf(world, userId);
  backToTriggered(incident, byUserId, at);
  incident.assignedVia = 'direct_assignment';
  incident.assignments = userIds.map((userId) => ({ at, userId }));
  armEscalation(world, incident, at);
  log(world, incident, { kind: 'assign', at, agentUserId: byUserId, userIds, summary: 'Reassigned' });
  publishIncident(world, incident, 'reassigned', at, byUserId);
  ring(
    world,
    incident,
    userIds.filter((userId) => userId !== byUserId),
    at,
    { why: 'assigned', level: null },
  );
  world.changed();
}

/** To another policy, from its first level on. Refused with 1015 when that has nobody on call. */
export function delegate(world: World, incident: Incident, byUserId: string, policyId: string, at: EpochMs): void {
  mustBeOpen(incident);
  policyOf(world, policyId);
  const before = incident.escalationPolicyId;
  incident.escalationPolicyId = policyId;
  incident.loop = 0;
  if (!ringLevel(world, incident, 1, at)) {
    incident.escalationPolicyId = before;
    throw new PagerDutyRefusal(400, 1015, 'Nobody is on call for the escalation policy');
  }
  backToTriggered(incident, byUserId, at);
  const userIds = incident.assignments.map((one) => one.userId);
  log(world, incident, { kind: 'delegate', at, agentUserId: byUserId, userIds, summary: 'Moved to another policy' });
  publishIncident(world, incident, 'delegated', at, byUserId);
  world.changed();
}

/** Rings a level at once; without one, the next that has somebody. Low urgency cannot be escalated. */
export function escalateTo(
  world: World,
  incident: Incident,
  byUserId: string,
  level: number | undefined,
  at: EpochMs,
): void {
  mustBeOpen(incident);
  const policy = policyOf(world, incident.escalationPolicyId);
  const wanted = level ?? incident.level + 1;
  const exists = Number.isInteger(wanted) && wanted >= 1 && wanted <= policy.rules.length;
  if (incident.urgency === 'low' || !exists || !ringLevel(world, incident, wanted, at)) {
    throw new PagerDutyRefusal(400, 1006, 'Incident Cannot Be Escalated');
  }
  backToTriggered(incident, byUserId, at);
  logEscalation(world, incident, at, byUserId);
  world.changed();
}

export function setPriority(
  world: World,
  incident: Incident,
  userId: string,
  priorityId: string | null,
  at: EpochMs,
): void {
  if (priorityId !== null && !world.state.priorities.some((one) => one.id === priorityId)) {
    throw new PagerDutyRefusal(400, 1020, 'Priority Not Found');
  }
  if (incident.priorityId === priorityId) return;
  incident.priorityId = priorityId;
  log(world, incident, { kind: 'priority_change', at, agentUserId: userId, summary: 'Priority changed' });
  publishIncident(world, incident, 'priority_updated', at, userId);
  world.changed();
}

/** High urgency starts the escalation that low urgency does not have. No webhook tells of it. */
export function setUrgency(
  world: World,
  incident: Incident,
  userId: string,
  urgency: 'high' | 'low',
  at: EpochMs,
): void {
  if (incident.urgency === urgency) return;
  incident.urgency = urgency;
  if (incident.status === 'triggered') armEscalation(world, incident, at);
  log(world, incident, { kind: 'urgency_change', at, agentUserId: userId, summary: `Urgency changed to ${urgency}` });
  world.changed();
}

export function moveToService(world: World, incident: Incident, userId: string, serviceId: string, at: EpochMs): void {
  serviceOf(world, serviceId);
  if (incident.serviceId === serviceId) return;
  incident.serviceId = serviceId;
  incident.updatedAt = at;
  publishIncident(world, incident, 'service_updated', at, userId);
  world.changed();
}

export function setConference(world: World, incident: Incident, userId: string, url: string | null, at: EpochMs): void {
  incident.conferenceUrl = url;
  incident.updatedAt = at;
  publishIncident(world, incident, 'conference_bridge.updated', at, userId);
  world.changed();
}

export function publishUpdate(world: World, incident: Incident, userId: string, message: string, at: EpochMs) {
  const update = { id: world.newId('P'), userId, message, at };
  incident.statusUpdates.push(update);
  log(world, incident, { kind: 'status_update', at, agentUserId: userId, summary: 'Status update sent' });
  publishStatusUpdate(world, incident, update);
  world.changed();
  return update;
}

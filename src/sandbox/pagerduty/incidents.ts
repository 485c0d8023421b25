import { secondMs, type EpochMs } from '../../oncall/time.ts';
import type { Alert, Incident } from './model.ts';
import { publishIncident, publishNote } from './publish.ts';
import { armAcknowledgementTimeout, ring, ringLevel, takeBackAcknowledgement } from './ringing.ts';
import { acceptPendingRequest } from './responders.ts';
import { invalid, log, PagerDutyRefusal, policyOf, serviceOf, userOf, type World } from './world.ts';

export interface NewIncident {
  title: string;
  serviceId: string;
  urgency?: 'high' | 'low';
  escalationPolicyId?: string;
  assigneeIds?: string[];
  incidentKey?: string | null;
  details?: string | null;
  priorityId?: string | null;
  conferenceUrl?: string | null;
  /** Null: a monitor did it. */
  byUserId: string | null;
  alert?: Alert;
}

const nobodyOnCall = 1015;

/** Refused with 1015 when the policy has nobody on call on any level: PagerDuty then makes no incident at all. */
export function openIncident(world: World, wanted: NewIncident, at: EpochMs): Incident {
  const service = serviceOf(world, wanted.serviceId);
  if (service.status === 'disabled') throw invalid('Service is disabled.');
  const key = wanted.incidentKey ?? null;
  if (key !== null && world.state.incidents.some((one) => isOpenWithKey(one, service.id, key))) {
    throw new PagerDutyRefusal(400, 2001, 'Arguments Caused Error', [
      'Open incident with matching dedup key already exists on this service',
    ]);
  }
  const policyId = wanted.escalationPolicyId ?? service.escalationPolicyId;
  policyOf(world, policyId);
  const incident = blank(world, wanted, policyId, at);
  const userIds = wanted.assigneeIds ?? [];
  for (const userId of userIds) userOf(world, userId);
  world.state.incidents.push(incident);
  log(world, incident, { kind: 'trigger', at, agentUserId: wanted.byUserId, summary: 'Triggered' });
  if (userIds.length > 0) assignDirectly(world, incident, userIds, wanted.byUserId, at);
  else if (!ringLevel(world, incident, 1, at)) {
    world.state.incidents.pop();
    throw new PagerDutyRefusal(400, nobodyOnCall, 'Nobody is on call for the escalation policy');
  }
  if (service.autoResolveTimeoutSeconds !== null) {
    incident.autoResolveAt = at + service.autoResolveTimeoutSeconds * secondMs;
  }
  publishIncident(world, incident, 'triggered', at, wanted.byUserId);
  // Whoever assigns it to themselves has acknowledged it, and nobody is rung.
  if (wanted.byUserId !== null && userIds.includes(wanted.byUserId)) acknowledge(world, incident, wanted.byUserId, at);
  world.changed();
  return incident;
}

function isOpenWithKey(incident: Incident, serviceId: string, key: string): boolean {
  return incident.status !== 'resolved' && incident.serviceId === serviceId && incident.incidentKey === key;
}

function assignDirectly(world: World, incident: Incident, userIds: string[], byUserId: string | null, at: EpochMs) {
  incident.assignedVia = 'direct_assignment';
  incident.assignments = userIds.map((userId) => ({ at, userId }));
  const others = userIds.filter((userId) => userId !== byUserId);
  ring(world, incident, others, at, { why: 'assigned', level: null });
}

function blank(world: World, wanted: NewIncident, escalationPolicyId: string, at: EpochMs): Incident {
  return {
    id: world.newId('Q'),
    number: (world.state.incidents.at(-1)?.number ?? 0) + 1,
    title: wanted.title,
    details: wanted.details ?? null,
    status: 'triggered',
    urgency: wanted.urgency ?? serviceOf(world, wanted.serviceId).urgency,
    priorityId: wanted.priorityId ?? null,
    serviceId: wanted.serviceId,
    escalationPolicyId,
    assignedVia: 'escalation_policy',
    assignments: [],
    acknowledgements: [],
    incidentKey: wanted.incidentKey ?? (wanted.alert === undefined ? world.newId('K') : null),
    manual: wanted.alert === undefined,
    createdAt: at,
    updatedAt: at,
    reopenedAt: null,
    resolvedAt: null,
    lastStatusChangeAt: at,
    lastStatusChangeBy: wanted.byUserId,
    resolveReason: null,
    level: 1,
    loop: 0,
    escalateAt: null,
    unacknowledgeAt: null,
    autoResolveAt: null,
    conferenceUrl: wanted.conferenceUrl ?? null,
    alerts: wanted.alert === undefined ? [] : [wanted.alert],
    notes: [],
    responders: [],
    statusUpdates: [],
    logEntries: [],
  };
}

/**
 * Acknowledging makes the person the assignee. On a resolved incident it reopens it, as PagerDuty does since September 2025.
 * A second acknowledgement by the same person is refused with 1002. Without a person it is a monitor's, through Events.
 */
export function acknowledge(world: World, incident: Incident, userId: string | null, at: EpochMs): void {
  if (incident.status === 'resolved') reopenAs(world, incident, userId, at);
  else if (incident.acknowledgements.some((one) => one.userId === userId)) {
    throw new PagerDutyRefusal(400, 1002, 'Incident Already Acknowledged');
  }
  incident.assignments = userId === null ? incident.assignments : [{ at, userId }];
  incident.acknowledgements = [...incident.acknowledgements, ...(userId === null ? [] : [{ at, userId }])];
  incident.escalateAt = null;
  armAcknowledgementTimeout(world, incident, at);
  setStatus(incident, 'acknowledged', userId, at);
  log(world, incident, { kind: 'acknowledge', at, agentUserId: userId, summary: 'Acknowledged' });
  publishIncident(world, incident, 'acknowledged', at, userId);
  if (userId !== null) acceptPendingRequest(world, incident, userId, at);
  world.changed();
}

export function unacknowledge(world: World, incident: Incident, userId: string, at: EpochMs): void {
  if (incident.status !== 'acknowledged') throw new PagerDutyRefusal(400, 1012, 'Incident Not Acknowledged');
  takeBackAcknowledgement(world, incident, at, userId);
  world.changed();
}

/** `userId` null: its last alert recovered, or the service's time-out. Refused with 1001 when it is resolved already. */
export function resolve(
  world: World,
  incident: Incident,
  userId: string | null,
  at: EpochMs,
  resolution?: string,
): void {
  if (incident.status === 'resolved') throw new PagerDutyRefusal(400, 1001, 'Incident Already Resolved');
  close(world, incident, userId, at);
  if (resolution !== undefined && userId !== null)
    addNote(world, incident, userId, `Resolution Note: ${resolution}`, at);
  world.changed();
}

function close(world: World, incident: Incident, userId: string | null, at: EpochMs): void {
  incident.assignments = [];
  incident.acknowledgements = [];
  incident.escalateAt = null;
  incident.unacknowledgeAt = null;
  incident.autoResolveAt = null;
  incident.resolvedAt = at;
  for (const alert of incident.alerts) alert.status = 'resolved';
  setStatus(incident, 'resolved', userId, at);
  log(world, incident, { kind: 'resolve', at, agentUserId: userId, summary: 'Resolved' });
  publishIncident(world, incident, 'resolved', at, userId);
}

/** Triggered again, and rung from the first level on. */
export function reopen(world: World, incident: Incident, userId: string | null, at: EpochMs): void {
  if (incident.status !== 'resolved') throw invalid('Incident is not resolved.');
  reopenAs(world, incident, null, at, userId);
  if (!ringLevel(world, incident, 1, at))
    log(world, incident, { kind: 'exhaust_escalation_path', at, summary: 'Nobody' });
  world.changed();
}

function reopenAs(world: World, incident: Incident, holderId: string | null, at: EpochMs, byUserId = holderId): void {
  incident.reopenedAt = at;
  incident.resolvedAt = null;
  incident.resolveReason = null;
  incident.level = 1;
  incident.loop = 0;
  if (holderId !== null) incident.assignments = [{ at, userId: holderId }];
  setStatus(incident, 'triggered', byUserId, at);
  log(world, incident, { kind: 'reopen', at, agentUserId: byUserId, summary: 'Reopened' });
  publishIncident(world, incident, 'reopened', at, byUserId);
}

function setStatus(incident: Incident, status: Incident['status'], byUserId: string | null, at: EpochMs): void {
  incident.status = status;
  incident.lastStatusChangeAt = at;
  incident.lastStatusChangeBy = byUserId;
  incident.updatedAt = at;
}

const longestSnoozeSeconds = 604_800;

export function snooze(world: World, incident: Incident, userId: string, seconds: number, at: EpochMs): void {
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > longestSnoozeSeconds) {
    throw new PagerDutyRefusal(400, 1013, 'Invalid Snooze Duration');
  }
  if (incident.status === 'resolved') throw new PagerDutyRefusal(400, 1001, 'Incident Already Resolved');
  if (incident.status === 'triggered') acknowledge(world, incident, userId, at);
  incident.unacknowledgeAt = at + seconds * secondMs;
  log(world, incident, { kind: 'snooze', at, agentUserId: userId, summary: `Snoozed for ${seconds} seconds` });
  world.changed();
}

/** The sources resolve with a merge reason, which is no fix. Only open targets, and sources with alerts or made by people. */
export function merge(world: World, target: Incident, sources: Incident[], userId: string, at: EpochMs): void {
  if (target.status === 'resolved') throw new PagerDutyRefusal(400, 1001, 'Incident Already Resolved');
  for (const source of sources) {
    if (source.resolveReason !== null) throw new PagerDutyRefusal(400, 1019, 'Incident Already Merged');
    if (source.id === target.id) throw invalid('An incident cannot be merged into itself.');
  }
  for (const source of sources) {
    target.alerts.push(...source.alerts.splice(0));
    source.resolveReason = { type: 'merge', intoIncidentId: target.id };
    if (source.status !== 'resolved') close(world, source, userId, at);
    log(world, target, { kind: 'merge', at, agentUserId: userId, summary: `Merged #${source.number} into this` });
  }
  world.changed();
}

export function addNote(world: World, incident: Incident, userId: string, content: string, at: EpochMs) {
  const note = { id: world.newId('P'), userId, content, createdAt: at };
  incident.notes.push(note);
  log(world, incident, { kind: 'annotate', at, agentUserId: userId, summary: 'Note added' });
  publishNote(world, incident, note);
  world.changed();
  return note;
}

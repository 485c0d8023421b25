import type { EpochMs } from '../../oncall/time.ts';
import type { AccountState, Incident, Note, Responder } from './model.ts';
import {
  incidentReference,
  instant,
  maybeInstant,
  policyReference,
  priorityReference,
  serviceReference,
  userReference,
} from './references.ts';
import type { World } from './world.ts';

/** Webhooks of one incident: what changed, when, and who did it (null: it happened by itself). */
export function publishIncident(
  world: World,
  incident: Incident,
  name: string,
  at: EpochMs,
  agentUserId: string | null,
): void {
  publishAbout(world, incident, name, at, agentUserId, incidentData(world.state, incident));
}

export function publishNote(world: World, incident: Incident, note: Note): void {
  publishAbout(world, incident, 'annotated', note.createdAt, note.userId, {
    incident: incidentReference(world.state, incident),
    id: note.id,
    content: note.content,
    trimmed: false,
    type: 'incident_note',
  });
}

export function publishStatusUpdate(world: World, incident: Incident, update: Incident['statusUpdates'][number]): void {
  publishAbout(world, incident, 'status_update_published', update.at, update.userId, {
    incident: incidentReference(world.state, incident),
    id: update.id,
    message: update.message,
    trimmed: false,
    type: 'incident_status_update',
  });
}

export function publishResponder(
  world: World,
  incident: Incident,
  name: 'responder.added' | 'responder.replied',
  at: EpochMs,
  responder: Responder,
): void {
  const agent = name === 'responder.added' ? responder.requesterId : responder.userId;
  const policyId = responder.viaEscalationPolicyId;
  publishAbout(world, incident, name, at, agent, {
    incident: incidentReference(world.state, incident),
    user: userReference(world.state, responder.userId),
    escalation_policy: policyId === null ? null : policyReference(world.state, policyId),
    message: responder.message,
    state: responder.state,
    type: 'incident_responder',
  });
}

function publishAbout(
  world: World,
  incident: Incident,
  name: string,
  at: EpochMs,
  agentUserId: string | null,
  data: unknown,
): void {
  const { id: incidentId, serviceId } = incident;
  world.publish({ eventType: `incident.${name}`, at, agentUserId, incidentId, serviceId, data });
}

/** Less than REST gives: no acknowledgements, no responders, no pending actions. */
function incidentData(state: AccountState, incident: Incident) {
  const { id, number, status, title, urgency, resolveReason } = incident;
  const into = state.incidents.find((one) => one.id === resolveReason?.intoIncidentId);
  const self = incidentReference(state, incident);
  return {
    id,
    type: 'incident',
    self: self.self,
    html_url: self.html_url,
    number,
    status,
    incident_key: incident.incidentKey,
    created_at: instant(incident.createdAt),
    reopened_at: maybeInstant(incident.reopenedAt),
    title,
    service: serviceReference(state, incident.serviceId),
    assignees: incident.assignments.map((one) => userReference(state, one.userId)),
    escalation_policy: policyReference(state, incident.escalationPolicyId),
    teams: [],
    priority: priorityReference(state, incident.priorityId),
    urgency,
    conference_bridge:
      incident.conferenceUrl === null ? null : { conference_number: null, conference_url: incident.conferenceUrl },
    resolve_reason:
      into === undefined ? null : { type: 'merge_resolve_reason', incident: incidentReference(state, into) },
    incident_type: { name: 'incident_default' },
  };
}

import type { AccountState, Alert, Incident, LogEntry, Note, Responder } from './model.ts';
import {
  incidentReference,
  instant,
  maybeInstant,
  policyReference,
  priorityReference,
  serviceReference,
  userReference,
} from './references.ts';

/** The whole incident as REST gives it. */
export function incidentJson(state: AccountState, incident: Incident) {
  const { id, title, status, urgency, number } = incident;
  const self = incidentReference(state, incident);
  const first = incident.logEntries[0];
  const into = state.incidents.find((one) => one.id === incident.resolveReason?.intoIncidentId);
  return {
    id,
    type: 'incident',
    summary: `[#${number}] ${title}`,
    self: self.self,
    html_url: self.html_url,
    incident_number: number,
    title,
    status,
    urgency,
    created_at: instant(incident.createdAt),
    updated_at: instant(incident.updatedAt),
    incident_key: incident.incidentKey,
    service: serviceReference(state, incident.serviceId),
    escalation_policy: policyReference(state, incident.escalationPolicyId),
    teams: [],
    priority: priorityReference(state, incident.priorityId),
    assigned_via: incident.assignedVia,
    assignments: incident.assignments.map((one) => ({
      at: instant(one.at),
      assignee: userReference(state, one.userId),
    })),
    acknowledgements: incident.acknowledgements.map((one) => ({
      at: instant(one.at),
      acknowledger: userReference(state, one.userId),
    })),
    pending_actions: pendingActions(incident),
    last_status_change_at: instant(incident.lastStatusChangeAt),
    last_status_change_by:
      incident.lastStatusChangeBy === null
        ? serviceReference(state, incident.serviceId)
        : userReference(state, incident.lastStatusChangeBy),
    resolved_at: maybeInstant(incident.resolvedAt),
    resolve_reason:
      into === undefined ? null : { type: 'merge_resolve_reason', incident: incidentReference(state, into) },
    first_trigger_log_entry: first === undefined ? null : logEntryReference(incident, first),
    alert_counts: {
      all: incident.alerts.length,
      triggered: incident.alerts.filter((one) => one.status === 'triggered').length,
      resolved: incident.alerts.filter((one) => one.status === 'resolved').length,
    },
    is_mergeable: incident.manual || incident.alerts.length > 0,
    incident_type: { name: 'incident_default' },
    conference_bridge:
      incident.conferenceUrl === null ? null : { conference_number: null, conference_url: incident.conferenceUrl },
    incidents_responders: incident.responders.map((one) => responderJson(state, incident, one)),
    responder_requests: [],
  };
}

function pendingActions(incident: Incident) {
  return [
    { type: 'unacknowledge', at: incident.unacknowledgeAt },
    { type: 'escalate', at: incident.escalateAt },
    { type: 'resolve', at: incident.autoResolveAt },
  ].flatMap(({ type, at }) => (at === null ? [] : [{ type, at: instant(at) }]));
}

/** REST's words for what webhooks call accepted and PagerDuty's page calls cancelled. */
const responderState = { pending: 'pending', accepted: 'joined', declined: 'declined', cancelled: 'user_cancelled' };

export function responderJson(state: AccountState, incident: Incident, responder: Responder) {
  return {
    state: responderState[responder.state],
    user: userReference(state, responder.userId),
    incident: incidentReference(state, incident),
    updated_at: instant(responder.requestedAt),
    message: responder.message,
    requester: userReference(state, responder.requesterId),
    requested_at: instant(responder.requestedAt),
  };
}

export function noteJson(state: AccountState, note: Note) {
  return {
    id: note.id,
    user: userReference(state, note.userId),
    channel: { summary: 'The PagerDuty website or APIs' },
    content: note.content,
    created_at: instant(note.createdAt),
    updated_at: instant(note.createdAt),
  };
}

function logEntryReference(incident: Incident, entry: LogEntry) {
  return {
    id: entry.id,
    type: `${entry.kind}_log_entry_reference`,
    summary: entry.summary,
    self: `https://api.pagerduty.com/log_entries/${entry.id}?incident_id=${incident.id}`,
    html_url: null,
  };
}

/** What PagerDuty has no log entry type for is left out of its answers. */
const documentedKinds = new Set([
  'acknowledge',
  'annotate',
  'assign',
  'delegate',
  'escalate',
  'exhaust_escalation_path',
  'notify',
  'repeat_escalation_path',
  'resolve',
  'snooze',
  'trigger',
  'unacknowledge',
  'urgency_change',
]);

/** In an overview PagerDuty leaves out the single notifications. */
export function logEntriesOf(incident: Incident, overview: boolean): LogEntry[] {
  const shown = incident.logEntries.filter((one) => documentedKinds.has(one.kind));
  return (overview ? shown.filter((one) => one.kind !== 'notify') : shown).toReversed();
}

export function logEntryJson(state: AccountState, incident: Incident, entry: LogEntry) {
  const [firstUser] = entry.userIds;
  return {
    ...logEntryReference(incident, entry),
    type: `${entry.kind}_log_entry`,
    created_at: instant(entry.at),
    agent:
      entry.agentUserId === null
        ? serviceReference(state, incident.serviceId)
        : userReference(state, entry.agentUserId),
    channel: { type: entry.agentUserId === null ? 'auto' : 'website' },
    service: serviceReference(state, incident.serviceId),
    incident: incidentReference(state, incident),
    teams: [],
    contexts: [],
    ...(entry.kind === 'notify' && firstUser !== undefined ? { user: userReference(state, firstUser) } : {}),
    ...(entry.kind === 'assign' || entry.kind === 'escalate' || entry.kind === 'delegate'
      ? { assignees: entry.userIds.map((userId) => userReference(state, userId)) }
      : {}),
  };
}

export function alertJson(state: AccountState, incident: Incident, alert: Alert) {
  return {
    id: alert.id,
    type: 'alert',
    summary: alert.summary,
    self: `https://api.pagerduty.com/incidents/${incident.id}/alerts/${alert.id}`,
    html_url: `https://${state.subdomain}.pagerduty.com/alerts/${alert.id}`,
    created_at: instant(alert.createdAt),
    status: alert.status,
    alert_key: alert.key,
    service: serviceReference(state, incident.serviceId),
    body: { type: 'alert_body', contexts: [], details: alert.details ?? {} },
    incident: { id: incident.id, type: 'incident_reference' },
    suppressed: false,
    severity: alert.severity,
  };
}

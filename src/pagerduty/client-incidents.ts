import type { EpochMs } from '../oncall/time.ts';
import { toIso } from '../oncall/time.ts';
import {
  anyAnswer,
  incidentAnswer,
  incidentsPage,
  noteAnswer,
  notesAnswer,
  notificationsPage,
  type PagerDutyIncident,
  type PagerDutyNotification,
} from './client-answers.ts';
import { allPages } from './client-pages.ts';
import { done, type PagerDutyResult } from './client-result.ts';
import type { Transport } from './client-transport.ts';

/** `from` / `fromEmail` is the PagerDuty user who does it: PagerDuty makes whoever acknowledges the assignee. */
export interface IncidentCalls {
  /** By id or by number. */
  getIncident(id: string): Promise<PagerDutyResult<PagerDutyIncident>>;
  /**
   * Acknowledges whatever the state is. On a resolved incident that REOPENS it and assigns it to the caller; buttons and
   * mirrors want `acknowledgeIfTriggered`.
   */
  acknowledge(id: string, fromEmail: string): Promise<PagerDutyResult<PagerDutyIncident>>;
  /**
   * Looks first, and acknowledges only what is triggered, since the button may be hours old. Between look and write another
   * person can still resolve it; PagerDuty offers no conditional write, so that window of milliseconds remains.
   */
  acknowledgeIfTriggered(id: string, fromEmail: string): Promise<PagerDutyResult<Acknowledged>>;
  /** Already resolved counts as done. */
  resolve(id: string, fromEmail: string, resolution?: string): Promise<PagerDutyResult<PagerDutyIncident>>;
  /** Rings the given level of the incident's policy at once. Refused (1006) for low urgency. */
  escalate(id: string, level: number, fromEmail: string): Promise<PagerDutyResult<PagerDutyIncident>>;
  /** Moves the incident to another policy, which keeps PagerDuty's own escalation running. */
  delegate(id: string, escalationPolicyId: string, fromEmail: string): Promise<PagerDutyResult<PagerDutyIncident>>;
  /**
   * Idempotent while the incident is open: `incidentKey` finds the one that an earlier attempt made (`created: false`). Once
   * that one is resolved the same key makes another. Refused with 1015 when the policy has nobody on call.
   */
  createIncident(incident: NewIncident): Promise<PagerDutyResult<{ incident: PagerDutyIncident; created: boolean }>>;
  /** The open incident that has this very key of ours, if there is one. */
  findOpenIncident(incidentKey: string): Promise<PagerDutyResult<PagerDutyIncident | undefined>>;
  /** Rings more people or policies for an incident. Needs the ability `coordinated_responding` (refused with 402). */
  requestResponders(request: ResponderRequest): Promise<PagerDutyResult<null>>;
  /** `mayExist`: an earlier attempt has an unknown outcome; a note of the same words is then looked for first. */
  addNote(note: NewNote): Promise<PagerDutyResult<{ noteId: string }>>;
  /** The open incidents of the services (all without `serviceIds`), oldest first. `complete` is false past PagerDuty's 10,000. */
  listOpenIncidents(filter: OpenIncidentsFilter): Promise<PagerDutyResult<OpenIncidents>>;
  /** The incident and whom PagerDuty says it has notified, to prove that the chosen person was rung. */
  readPage(id: string): Promise<PagerDutyResult<PagerDutyPage>>;
}

export interface Acknowledged {
  outcome: 'acknowledged' | 'already_acknowledged' | 'already_resolved';
  incident: PagerDutyIncident;
}

export interface NewIncident {
  title: string;
  serviceId: string;
  urgency: 'high' | 'low';
  /**
   * `policy` rings by a policy and escalates by itself; `person` rings one person and nobody after them; `service` is
   * whatever the service's own policy says.
   */
  ring: { by: 'policy'; escalationPolicyId: string } | { by: 'person'; userId: string } | { by: 'service' };
  incidentKey: string;
  details?: string;
  priorityId?: string;
  fromEmail: string;
}

export interface ResponderRequest {
  incidentId: string;
  requesterId: string;
  message: string;
  userIds?: string[];
  escalationPolicyIds?: string[];
  fromEmail?: string;
}

export interface NewNote {
  incidentId: string;
  content: string;
  fromEmail: string;
  mayExist?: boolean;
}

export interface OpenIncidentsFilter {
  /** Created at or after; absent = however old. */
  sinceMs?: EpochMs;
  serviceIds?: string[];
}

export interface OpenIncidents {
  incidents: PagerDutyIncident[];
  complete: boolean;
}

export interface PagerDutyPage {
  incident: PagerDutyIncident;
  /** Newest first. */
  notified: PagerDutyNotification[];
}

/** PagerDuty's codes for "it is so already". */
const alreadyResolved = 1001;
const alreadyAcknowledged = 1002;

export function incidentCalls(transport: Transport): IncidentCalls {
  function getIncident(id: string) {
    return transport.rest({ method: 'GET', path: pathOf(id), answer: incidentAnswer });
  }

  function change(id: string, fields: object, from: string) {
    return transport.rest({
      method: 'PUT',
      path: pathOf(id),
      body: { incident: { type: 'incident_reference', ...fields } },
      from,
      answer: incidentAnswer,
    });
  }

  /** Sets a status; the answer "it is so already" is success, and the incident is then read. */
  async function setStatus(id: string, fields: object, from: string, isSoAlready: number) {
    const changed = await change(id, fields, from);
    if (changed.ok || changed.error.kind !== 'refused' || changed.error.code !== isSoAlready) return changed;
    return getIncident(id);
  }

  const acknowledge = (id: string, from: string) =>
    setStatus(id, { status: 'acknowledged' }, from, alreadyAcknowledged);

  async function acknowledgeIfTriggered(id: string, from: string): Promise<PagerDutyResult<Acknowledged>> {
    const current = await getIncident(id);
    if (!current.ok) return current;
    const { status } = current.value;
    if (status !== 'triggered') return done({ outcome: `already_${status}`, incident: current.value });
    const acknowledged = await acknowledge(id, from);
    return acknowledged.ok ? done({ outcome: 'acknowledged', incident: acknowledged.value }) : acknowledged;
  }

  async function readPage(id: string): Promise<PagerDutyResult<PagerDutyPage>> {
    const current = await getIncident(id);
    if (!current.ok) return current;
    const query = { is_overview: 'false' };
    const entries = await allPages(transport, { path: `${pathOf(id)}/log_entries`, query, answer: notificationsPage });
    if (!entries.ok) return entries;
    const notified = entries.value.elements.toSorted((one, other) => other.atMs - one.atMs);
    return done({ incident: current.value, notified });
  }

  return {
    getIncident,
    acknowledge,
    acknowledgeIfTriggered,
    resolve: (id, from, resolution) =>
      setStatus(id, { status: 'resolved', ...(resolution === undefined ? {} : { resolution }) }, from, alreadyResolved),
    escalate: (id, level, from) => change(id, { escalation_level: level }, from),
    delegate: (id, policyId, from) =>
      change(id, { escalation_policy: { id: policyId, type: 'escalation_policy_reference' } }, from),
    createIncident: (incident) => createIncident(transport, incident),
    findOpenIncident: (incidentKey) => findOpenIncident(transport, incidentKey),
    requestResponders: (request) => requestResponders(transport, request),
    addNote: (note) => addNote(transport, note),
    listOpenIncidents: (filter) => listOpenIncidents(transport, filter),
    readPage,
  };
}

function pathOf(id: string): string {
  return `incidents/${encodeURIComponent(id)}`;
}

async function createIncident(
  transport: Transport,
  incident: NewIncident,
): Promise<PagerDutyResult<{ incident: PagerDutyIncident; created: boolean }>> {
  const created = await transport.rest({
    method: 'POST',
    path: 'incidents',
    body: { incident: createBody(incident) },
    from: incident.fromEmail,
    answer: incidentAnswer,
  });
  if (created.ok) return done({ incident: created.value, created: true });
  if (created.error.kind !== 'refused' || created.error.status !== 400) return created;
  // A 400 may mean that an open incident has this key: the one that an attempt of ours made whose answer was lost.
  const earlier = await findOpenIncident(transport, incident.incidentKey);
  if (!earlier.ok) return earlier;
  const found = earlier.value?.serviceId === incident.serviceId ? earlier.value : undefined;
  return found === undefined ? created : done({ incident: found, created: false });
}

async function findOpenIncident(
  transport: Transport,
  incidentKey: string,
): Promise<PagerDutyResult<PagerDutyIncident | undefined>> {
  const query = { incident_key: incidentKey, 'statuses[]': ['triggered', 'acknowledged'], date_range: 'all' };
  const listed = await allPages(transport, { path: 'incidents', query, answer: incidentsPage });
  // PagerDuty also finds incidents by the keys of their alerts; those are not ours.
  return listed.ok ? done(listed.value.elements.find((one) => one.incidentKey === incidentKey)) : listed;
}

function createBody(incident: NewIncident): object {
  return {
    type: 'incident',
    title: incident.title,
    service: { id: incident.serviceId, type: 'service_reference' },
    urgency: incident.urgency,
    incident_key: incident.incidentKey,
    ...(incident.details === undefined ? {} : { body: { type: 'incident_body', details: incident.details } }),
    ...(incident.priorityId === undefined ? {} : { priority: { id: incident.priorityId, type: 'priority_reference' } }),
    ...ringing(incident.ring),
  };
}

function ringing(ring: NewIncident['ring']): object {
  if (ring.by === 'policy') {
    return { escalation_policy: { id: ring.escalationPolicyId, type: 'escalation_policy_reference' } };
  }
  if (ring.by === 'person') return { assignments: [{ assignee: { id: ring.userId, type: 'user_reference' } }] };
  return {};
}

function requestResponders(transport: Transport, request: ResponderRequest): Promise<PagerDutyResult<null>> {
  const targets = [
    ...(request.userIds ?? []).map((id) => ({ id, type: 'user_reference' })),
    ...(request.escalationPolicyIds ?? []).map((id) => ({ id, type: 'escalation_policy_reference' })),
  ];
  return transport.rest({
    method: 'POST',
    path: `${pathOf(request.incidentId)}/responder_requests`,
    body: {
      requester_id: request.requesterId,
      message: request.message,
      responder_request_targets: targets.map((target) => ({ responder_request_target: target })),
    },
    from: request.fromEmail,
    answer: anyAnswer,
  });
}

async function addNote(transport: Transport, note: NewNote): Promise<PagerDutyResult<{ noteId: string }>> {
  const path = `${pathOf(note.incidentId)}/notes`;
  if (note.mayExist === true) {
    const existing = await transport.rest({ method: 'GET', path, answer: notesAnswer });
    if (!existing.ok) return existing;
    const found = existing.value.notes.find((one) => one.content === note.content);
    if (found !== undefined) return done({ noteId: found.id });
  }
  const body = { note: { content: note.content } };
  return transport.rest({ method: 'POST', path, body, from: note.fromEmail, answer: noteAnswer });
}

async function listOpenIncidents(transport: Transport, filter: OpenIncidentsFilter) {
  const query = {
    'statuses[]': ['triggered', 'acknowledged'],
    sort_by: 'created_at:asc',
    ...(filter.serviceIds === undefined ? {} : { 'service_ids[]': filter.serviceIds }),
    ...(filter.sinceMs === undefined ? { date_range: 'all' } : { since: toIso(filter.sinceMs) }),
  };
  const listed = await allPages(transport, { path: 'incidents', query, answer: incidentsPage });
  return listed.ok ? done({ incidents: listed.value.elements, complete: listed.value.complete }) : listed;
}

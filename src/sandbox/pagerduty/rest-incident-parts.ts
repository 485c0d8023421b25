import { z } from 'zod';
import { publishUpdate } from './handing-on.ts';
import { alertJson, incidentJson, logEntriesOf, logEntryJson, noteJson, responderJson } from './incident-json.ts';
import { addNote, merge, snooze } from './incidents.ts';
import type { Incident } from './model.ts';
import { resolveAlert } from './monitoring.ts';
import { incidentReference, instant, userReference } from './references.ts';
import { cancelRequest, requestResponders, type ResponderTarget } from './responders.ts';
import {
  actorOf,
  bodyOf,
  instantOf,
  needAbility,
  ok,
  pageOf,
  paramOf,
  type RestAnswer,
  type RestRequest,
  type Route,
} from './route.ts';
import { incidentOf, invalid, notFound, userOf } from './world.ts';

export const incidentPartRoutes: Route[] = [
  { method: 'GET', path: '/incidents/*/notes', answer: listNotes },
  { method: 'POST', path: '/incidents/*/notes', answer: createNote },
  { method: 'GET', path: '/incidents/*/log_entries', answer: listLogEntries },
  { method: 'GET', path: '/incidents/*/alerts', answer: listAlerts },
  { method: 'PUT', path: '/incidents/*/alerts', answer: changeAlerts },
  { method: 'POST', path: '/incidents/*/responder_requests', answer: createRequest },
  { method: 'PUT', path: '/incidents/*/responder_requests/cancel', answer: cancelRequests },
  { method: 'POST', path: '/incidents/*/status_updates', answer: createStatusUpdate },
  { method: 'POST', path: '/incidents/*/snooze', answer: snoozeIncident },
  { method: 'PUT', path: '/incidents/*/merge', answer: mergeIncidents },
];

function subject(request: RestRequest): Incident {
  return incidentOf(request.world, paramOf(request, 0));
}

function listNotes(request: RestRequest): RestAnswer {
  return ok({ notes: subject(request).notes.map((note) => noteJson(request.world.state, note)) });
}

const mostNotes = 2_000;

function createNote(request: RestRequest): RestAnswer {
  const by = actorOf(request);
  const incident = subject(request);
  const { note } = bodyOf(request, z.object({ note: z.object({ content: z.string().min(1) }) }));
  if (incident.notes.length >= mostNotes) throw invalid('The incident has too many notes.');
  const added = addNote(request.world, incident, by.id, note.content, request.at);
  return ok({ note: noteJson(request.world.state, added) });
}

function listLogEntries(request: RestRequest): RestAnswer {
  const incident = subject(request);
  const since = instantOf(request, 'since') ?? -Infinity;
  const until = instantOf(request, 'until') ?? Infinity;
  const entries = logEntriesOf(incident, request.query.get('is_overview') === 'true').filter(
    (entry) => entry.at >= since && entry.at < until,
  );
  return pageOf(request, 'log_entries', entries, (entry) => logEntryJson(request.world.state, incident, entry));
}

function listAlerts(request: RestRequest): RestAnswer {
  const incident = subject(request);
  const key = request.query.get('alert_key');
  const alerts = incident.alerts.filter((alert) => key === null || alert.key === key);
  return pageOf(request, 'alerts', alerts, (alert) => alertJson(request.world.state, incident, alert));
}

const alertChanges = z.object({
  alerts: z.array(z.object({ id: z.string(), type: z.string(), status: z.enum(['triggered', 'resolved']) })).max(250),
});

/** Alerts can be resolved, never acknowledged. */
function changeAlerts(request: RestRequest): RestAnswer {
  const by = actorOf(request);
  const incident = subject(request);
  const wanted = bodyOf(request, alertChanges).alerts.map((change) => {
    const alert = incident.alerts.find((one) => one.id === change.id);
    if (alert === undefined) throw notFound();
    return { alert, status: change.status };
  });
  for (const { alert, status } of wanted) {
    if (status === 'resolved') resolveAlert(request.world, incident, alert, by.id, request.at);
  }
  return ok({ alerts: wanted.map(({ alert }) => alertJson(request.world.state, incident, alert)) });
}

const targetBody = z
  .object({
    id: z.string(),
    type: z.enum(['user', 'user_reference', 'escalation_policy', 'escalation_policy_reference']),
  })
  .transform(({ id, type }): ResponderTarget => ({ id, type: type.startsWith('user') ? 'user' : 'policy' }));

const requestBody = z.object({
  requester_id: z.string(),
  message: z.string(),
  responder_request_targets: z.array(z.object({ responder_request_target: targetBody })).min(1),
});

function createRequest(request: RestRequest): RestAnswer {
  needAbility(request, 'coordinated_responding');
  const incident = subject(request);
  const { state } = request.world;
  const { requester_id, message, responder_request_targets } = bodyOf(request, requestBody);
  userOf(request.world, requester_id);
  const targets = responder_request_targets.map((one) => one.responder_request_target);
  const responders = requestResponders(
    request.world,
    incident,
    { requesterId: requester_id, message, targets },
    request.at,
  );
  return ok({
    responder_request: {
      incident: incidentReference(state, incident),
      requester: userReference(state, requester_id),
      requested_at: instant(request.at),
      message,
      responder_request_targets: targets.map((target) => ({
        responder_request_target: {
          type: target.type === 'user' ? 'user' : 'escalation_policy',
          id: target.id,
          incidents_responders: responders
            .filter((one) => (target.type === 'user' ? one.userId : one.viaEscalationPolicyId) === target.id)
            .map((one) => responderJson(state, incident, one)),
        },
      })),
    },
  });
}

/** Here the targets are flat, unlike in the request that they cancel. */
const cancelBody = z.object({ requester_id: z.string(), responder_request_targets: z.array(targetBody).min(1) });

function cancelRequests(request: RestRequest): RestAnswer {
  const incident = subject(request);
  const targets = bodyOf(request, cancelBody).responder_request_targets;
  return ok({
    responder_request_targets: targets.map((target) => ({
      type: target.type === 'user' ? 'user_reference' : 'escalation_policy_reference',
      id: target.id,
      result: cancelRequest(incident, target),
    })),
  });
}

function createStatusUpdate(request: RestRequest): RestAnswer {
  const by = actorOf(request);
  const { message } = bodyOf(request, z.object({ message: z.string().min(1) }));
  const update = publishUpdate(request.world, subject(request), by.id, message, request.at);
  const sender = userReference(request.world.state, by.id);
  return ok({ status_update: { id: update.id, message, created_at: instant(request.at), sender } });
}

function snoozeIncident(request: RestRequest): RestAnswer {
  const by = actorOf(request);
  const incident = subject(request);
  const { duration } = bodyOf(request, z.object({ duration: z.number() }));
  snooze(request.world, incident, by.id, duration, request.at);
  return { status: 201, body: { incident: incidentJson(request.world.state, incident) } };
}

function mergeIncidents(request: RestRequest): RestAnswer {
  const by = actorOf(request);
  const incident = subject(request);
  const body = z.object({ source_incidents: z.array(z.object({ id: z.string() })).min(1) });
  const sources = bodyOf(request, body).source_incidents.map((one) => incidentOf(request.world, one.id));
  merge(request.world, incident, sources, by.id, request.at);
  return ok({ incident: incidentReference(request.world.state, incident) });
}

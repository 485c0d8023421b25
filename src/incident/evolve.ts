import type { Actor, Recorded } from '../oncall/recorded.ts';
import type { IncidentEvent, IncidentStatus, Milestone } from './events.ts';
import { incidentId } from './ids.ts';
import type { AttachedAlert, Incident } from './incident.ts';
import { evolvePages } from './evolve-pages.ts';

/**
 * The next state. Total: an event that makes no sense here changes nothing but the version, because history that was
 * once accepted must stay readable by every later version of the rules.
 */
export function evolve(incident: Incident | undefined, recorded: Recorded<IncidentEvent>): Incident | undefined {
  const { event } = recorded;
  if (event.type === 'declared') return declared(event, recorded);
  if (incident === undefined) return undefined;
  const next = { ...apply(incident, recorded), version: recorded.sequence };
  // Whom Toran invites joins as well: to be there is not yet to be at it.
  const acts = recorded.actor.kind === 'person' && event.type !== 'person_joined';
  return { ...next, pages: evolvePages(next, recorded), touched: next.touched || acts };
}

export function evolveAll(
  incident: Incident | undefined,
  history: readonly Recorded<IncidentEvent>[],
): Incident | undefined {
  let state = incident;
  for (const recorded of history) state = evolve(state, recorded);
  return state;
}

function declared(event: Extract<IncidentEvent, { type: 'declared' }>, recorded: Recorded<IncidentEvent>): Incident {
  return {
    id: incidentId(event.number),
    number: event.number,
    version: recorded.sequence,
    kind: event.kind,
    status: 'triage',
    cancelReason: undefined,
    severity: event.severity,
    service: event.service,
    title: event.title,
    isPrivate: event.isPrivate,
    groupKey: event.groupKey,
    declaredBy: recorded.actor,
    alerts: [],
    signals: 0,
    channel: undefined,
    card: undefined,
    announcement: undefined,
    roles: {},
    people: personOf(recorded.actor),
    pages: [],
    milestones: { declared: recorded.recordedAt, detected: recorded.happenedAt },
    lastUpdate: undefined,
    remindedAt: undefined,
    captured: [],
    touched: recorded.actor.kind === 'person',
    postmortem: undefined,
    openedAt: recorded.recordedAt,
    endedAt: undefined,
  };
}

function apply(incident: Incident, recorded: Recorded<IncidentEvent>): Incident {
  const { event, happenedAt: at } = recorded;
  switch (event.type) {
    case 'alert_attached':
      return {
        ...incident,
        alerts: [...incident.alerts.filter((alert) => alert.key !== event.alert), attached(event)],
        signals: incident.signals + 1,
        milestones: earlier(incident, 'detected', at),
      };
    case 'alerts_counted':
      return { ...incident, signals: Math.max(incident.signals, event.total) };
    case 'alert_resolved':
      return {
        ...incident,
        alerts: incident.alerts.map((alert) => (alert.key === event.alert ? { ...alert, resolved: true } : alert)),
      };
    case 'channel_opened':
      return { ...incident, channel: { id: event.channel, name: event.name } };
    case 'card_posted':
      return { ...incident, card: { channel: event.channel, ts: event.ts } };
    case 'announcement_posted':
      return { ...incident, announcement: { channel: event.channel, ts: event.ts } };
    case 'title_changed':
      return { ...incident, title: event.title };
    case 'severity_changed':
      return { ...incident, severity: event.to };
    case 'status_changed':
      return changeStatus(incident, event.to, at);
    case 'role_assigned':
      return {
        ...incident,
        roles: { ...incident.roles, [event.role]: event.person },
        people: join(incident, event.person),
      };
    case 'role_released':
      return { ...incident, roles: without(incident.roles, event.role) };
    case 'person_joined':
      return { ...incident, people: join(incident, event.person) };
    case 'page_requested':
      return { ...incident, milestones: first(incident, 'paged', at) };
    case 'page_acknowledged':
      return { ...incident, milestones: first(incident, 'acknowledged', at), people: join(incident, event.person) };
    case 'update_posted':
      return { ...incident, lastUpdate: { at, text: event.text } };
    case 'message_captured':
      return {
        ...incident,
        captured: [...incident.captured, { channel: event.channel, ts: event.ts, text: event.text }],
      };
    case 'message_edited':
      return {
        ...incident,
        captured: incident.captured.map((m) =>
          m.channel === event.channel && m.ts === event.ts ? { ...m, text: event.text } : m,
        ),
      };
    case 'message_removed':
      return {
        ...incident,
        captured: incident.captured.filter((m) => m.channel !== event.channel || m.ts !== event.ts),
      };
    case 'reminder_sent':
      return event.reminder === 'no_update' ? { ...incident, remindedAt: at } : incident;
    case 'milestone_set':
      return { ...incident, milestones: { ...incident.milestones, [event.milestone]: event.at } };
    case 'cancelled':
      return { ...incident, status: 'cancelled', cancelReason: event.reason, endedAt: at };
    case 'resolved':
      return { ...incident, status: 'resolved', endedAt: at, milestones: { ...incident.milestones, resolved: at } };
    case 'reopened':
      return reopened(incident, event.groupKey);
    case 'closed':
      return { ...incident, status: 'closed' };
    case 'postmortem_drafted':
      return { ...incident, postmortem: { path: event.path, canvas: event.canvas } };
    case 'declared':
    case 'page_escalated':
    case 'page_sent':
    case 'page_skipped':
    case 'page_delivered':
    case 'page_failed':
    case 'page_declined':
    case 'acknowledgement_lost':
    case 'page_exhausted':
    case 'note_added':
    case 'change_linked':
      return incident;
  }
}

function changeStatus(incident: Incident, to: IncidentStatus, at: number): Incident {
  return { ...incident, status: to, milestones: mitigation(incident, to, at) };
}

/** Set by the first step into monitoring unless a person has said when it was; what is worked on again was not mitigated. */
function mitigation(incident: Incident, to: IncidentStatus, at: number): Incident['milestones'] {
  if (to === 'monitoring') return first(incident, 'mitigated', at);
  return incident.status === 'monitoring' ? without(incident.milestones, 'mitigated') : incident.milestones;
}

function attached(event: Extract<IncidentEvent, { type: 'alert_attached' }>): AttachedAlert {
  const { alert: key, source, title, url, pagerduty } = event;
  return { key, source, title, url, pagerduty, resolved: false };
}

/** It was neither mitigated nor resolved after all. */
function reopened(incident: Incident, groupKey: string | undefined): Incident {
  const milestones = without(incident.milestones, 'resolved', 'mitigated');
  return { ...incident, status: 'investigating', groupKey, cancelReason: undefined, endedAt: undefined, milestones };
}

function first(incident: Incident, milestone: Milestone, at: number): Incident['milestones'] {
  return incident.milestones[milestone] === undefined
    ? { ...incident.milestones, [milestone]: at }
    : incident.milestones;
}

function earlier(incident: Incident, milestone: Milestone, at: number): Incident['milestones'] {
  const known = incident.milestones[milestone];
  return known === undefined || at < known ? { ...incident.milestones, [milestone]: at } : incident.milestones;
}

function join(incident: Incident, person: string): readonly string[] {
  return incident.people.includes(person) ? incident.people : [...incident.people, person];
}

function personOf(actor: Actor): readonly string[] {
  return actor.kind === 'person' ? [actor.person] : [];
}

function without<Value>(record: Readonly<Partial<Record<string, Value>>>, ...keys: string[]): Record<string, Value> {
  const kept: Record<string, Value> = {};
  for (const [key, value] of Object.entries(record)) if (value !== undefined && !keys.includes(key)) kept[key] = value;
  return kept;
}

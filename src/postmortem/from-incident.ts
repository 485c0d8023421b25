import type { IncidentEvent } from '../incident/events.ts';
import type { Incident } from '../incident/incident.ts';
import type { TextId } from '../incident/ids.ts';
import { timelineOf } from '../incident/timeline.ts';
import { entry } from '../oncall/lookup.ts';
import type { Catalog } from '../oncall/catalog.ts';
import { toIso } from '../oncall/time.ts';
import type { Recorded } from '../oncall/recorded.ts';
import type { Participant } from './cast.ts';
import type { PageCounts, PostmortemInput } from './draft.ts';
import type { TimelineEntry } from './timeline.ts';

/** What the draft needs of an incident, its events and the text that is still there. In the workspace's language. */
export function postmortemInput(
  incident: Incident,
  history: readonly Recorded<IncidentEvent>[],
  texts: ReadonlyMap<TextId, string>,
  catalog: Catalog,
): PostmortemInput {
  const { milestones } = incident;
  return {
    incident: incident.id,
    title: texts.get(incident.title) ?? incident.id,
    severity: incident.severity,
    service:
      incident.service === undefined
        ? undefined
        : (entry(catalog.services, incident.service)?.name ?? incident.service),
    kind: incident.kind,
    milestones: {
      impactStart: milestones.impact_start,
      detected: milestones.detected,
      declared: milestones.declared,
      acked: milestones.acknowledged,
      paged: milestones.paged,
      mitigated: milestones.mitigated,
      resolved: milestones.resolved,
    },
    timeline: timelineEntries(history, texts),
    people: participants(incident, catalog),
    pages: pageCounts(history),
    language: catalog.workspace.locale,
  };
}

/** A message that was pinned stands with its latest text, and not at all when the pin was taken off. */
function timelineEntries(
  history: readonly Recorded<IncidentEvent>[],
  texts: ReadonlyMap<TextId, string>,
): readonly TimelineEntry[] {
  const pinned = new Map(
    timelineOf(history).flatMap(({ kind, sequence, textId }) =>
      kind === 'message_captured' && textId !== undefined ? [[sequence, texts.get(textId)] as const] : [],
    ),
  );
  return history.flatMap(({ event, sequence, actor, happenedAt }) => {
    const isMessage = event.type === 'message_captured';
    if (isMessage && !pinned.has(sequence)) return [];
    const text = isMessage ? pinned.get(sequence) : textOf(event, texts);
    return [{ atMs: happenedAt, kind: event.type, actor, text, data: dataOf(event) }];
  });
}

function textOf(event: IncidentEvent, texts: ReadonlyMap<TextId, string>): string | undefined {
  switch (event.type) {
    case 'declared':
    case 'alert_attached':
    case 'title_changed':
      return texts.get(event.title);
    case 'update_posted':
    case 'note_added':
    case 'reopened':
      return texts.get(event.text);
    default:
      return undefined;
  }
}

function dataOf(event: IncidentEvent): Readonly<Record<string, string>> {
  switch (event.type) {
    case 'declared':
      return { severity: event.severity };
    case 'alert_attached':
      return { source: event.source, ...(event.url === undefined ? {} : { url: event.url }) };
    case 'page_escalated':
      return { to: String(event.to.step) };
    case 'milestone_set':
      return { at: toIso(event.at) };
    case 'severity_changed':
    case 'status_changed':
      return { from: event.from, to: event.to };
    case 'role_assigned':
      return { role: event.role, person: event.person };
    case 'role_released':
      return { role: event.role };
    case 'page_sent':
      return event.to.kind === 'person' ? { person: event.to.person } : {};
    case 'page_acknowledged':
      return { person: event.person };
    case 'message_captured':
      return event.author === undefined ? {} : { author: event.author };
    case 'alerts_counted':
      return { total: String(event.total) };
    default:
      return {};
  }
}

function participants(incident: Incident, catalog: Catalog): readonly Participant[] {
  return Object.values(catalog.people).map((person) => {
    const role = Object.entries(incident.roles).find(([, holder]) => holder === person.id)?.[0];
    const handles = [person.slack, person.pagerduty, person.email].filter((handle) => handle !== undefined);
    return { person: person.id, name: person.name, handles, ...(role === undefined ? {} : { role }) };
  });
}

function pageCounts(history: readonly Recorded<IncidentEvent>[]): PageCounts {
  const count = (type: IncidentEvent['type']) => history.filter((recorded) => recorded.event.type === type).length;
  return {
    sent: count('page_sent'),
    acknowledged: count('page_acknowledged'),
    escalated: count('page_escalated'),
    exhausted: count('page_exhausted'),
  };
}

import type { CancelReason, IncidentKind, IncidentStatus, Milestone, StepRef } from '../incident/events.ts';
import type { IncidentId, PageId, TextId } from '../incident/ids.ts';
import { isOpen, type AttachedAlert, type Incident } from '../incident/incident.ts';
import { currentDeliveries, peopleAsked, recipientPerson, type Page } from '../incident/page.ts';
import { updateIntervalMs } from '../incident/reminders.ts';
import type { Catalog, Language, PersonId, Severity } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { EpochMs } from '../oncall/time.ts';

/** Everything that a message about an incident can show, resolved and plain. Who was passed over is not in it. */
export interface IncidentView {
  readonly id: IncidentId;
  readonly kind: IncidentKind;
  readonly isPrivate: boolean;
  readonly isOpen: boolean;
  readonly status: IncidentStatus;
  readonly cancelReason: CancelReason | undefined;
  readonly severity: Severity;
  /** Empty when it was erased. */
  readonly title: string;
  /** The catalog's name, else the id as it is. */
  readonly service: string | undefined;
  readonly runbook: string | undefined;
  readonly channel: { readonly id: string; readonly name: string } | undefined;
  readonly lead: PersonView | undefined;
  /** All roles that somebody holds, the lead first. */
  readonly roles: readonly { readonly role: string; readonly person: PersonView }[];
  readonly peopleCount: number;
  readonly pages: readonly PageView[];
  readonly alerts: readonly AlertView[];
  readonly signals: number;
  readonly lastUpdate: { readonly at: EpochMs; readonly text: string } | undefined;
  /** Undefined once the incident has ended. */
  readonly nextUpdateDue: EpochMs | undefined;
  readonly openedAt: EpochMs;
  readonly endedAt: EpochMs | undefined;
  readonly milestones: Readonly<Partial<Record<Milestone, EpochMs>>>;
  readonly now: EpochMs;
  readonly language: Language;
  /** What people wrote, for messages about single events. */
  readonly texts: ReadonlyMap<TextId, string>;
  readonly people: PeopleDirectory;
}

/** `name` is undefined for people whom the catalog does not know: they are shown by their Slack id or in words. */
export interface PersonView {
  readonly id: PersonId;
  readonly name: string | undefined;
  readonly slack: string | undefined;
}

export interface PageView {
  readonly id: PageId;
  readonly state: 'waiting' | 'acknowledged' | 'over';
  readonly holder: PersonView | undefined;
  readonly at: StepRef;
  /** Who is being asked now. */
  readonly asked: readonly PersonView[];
  readonly channels: readonly string[];
  /** Everyone who was asked so far and can still answer, by step. */
  readonly asking: readonly { readonly at: StepRef; readonly person: PersonView }[];
}

export interface AlertView {
  readonly title: string;
  readonly url: string | undefined;
  readonly source: AttachedAlert['source'];
  readonly resolved: boolean;
}

export type PeopleDirectory = Catalog['people'];

export function incidentView(
  incident: Incident,
  texts: ReadonlyMap<TextId, string>,
  catalog: Catalog,
  now: EpochMs,
  language: Language,
): IncidentView {
  const service = incident.service === undefined ? undefined : entry(catalog.services, incident.service);
  const people = catalog.people;
  return {
    id: incident.id,
    kind: incident.kind,
    isPrivate: incident.isPrivate,
    isOpen: isOpen(incident),
    status: incident.status,
    cancelReason: incident.cancelReason,
    severity: incident.severity,
    title: texts.get(incident.title) ?? '',
    service: service?.name ?? incident.service,
    runbook: service?.runbook,
    channel: incident.channel,
    lead: roleHolder(incident, 'lead', people),
    roles: rolesOf(incident, people),
    peopleCount: incident.people.length,
    pages: incident.pages.map((page) => pageView(page, people)),
    alerts: incident.alerts.map((alert) => alertView(alert, texts)),
    signals: incident.signals,
    lastUpdate: lastUpdateOf(incident, texts),
    nextUpdateDue: isOpen(incident)
      ? (incident.lastUpdate?.at ?? incident.openedAt) + updateIntervalMs[incident.severity]
      : undefined,
    openedAt: incident.openedAt,
    endedAt: incident.endedAt,
    milestones: incident.milestones,
    now,
    language,
    texts: withoutSkipped(texts),
    people,
  };
}

export function personView(id: PersonId, people: PeopleDirectory): PersonView {
  const person = entry(people, id);
  if (person !== undefined) return { id, name: person.name, slack: person.slack };
  return { id, name: undefined, slack: id.startsWith('slack:') ? id.slice('slack:'.length) : undefined };
}

/** Rows that name who was passed over are read by `/incident why` alone. */
export function isSkippedText(id: TextId): boolean {
  return id.endsWith('.skipped');
}

function withoutSkipped(texts: ReadonlyMap<TextId, string>): ReadonlyMap<TextId, string> {
  return new Map([...texts].filter(([id]) => !isSkippedText(id)));
}

function roleHolder(incident: Incident, role: string, people: PeopleDirectory): PersonView | undefined {
  const person = entry(incident.roles, role);
  return person === undefined ? undefined : personView(person, people);
}

function rolesOf(incident: Incident, people: PeopleDirectory): IncidentView['roles'] {
  return Object.entries(incident.roles)
    .map(([role, person]) => ({ role, person: personView(person, people) }))
    .toSorted((a, b) => Number(b.role === 'lead') - Number(a.role === 'lead'));
}

function pageView(page: Page, people: PeopleDirectory): PageView {
  return {
    id: page.id,
    state: page.answer.kind,
    holder: page.answer.kind === 'acknowledged' ? personView(page.answer.by, people) : undefined,
    at: page.at,
    asked: page.answer.kind === 'waiting' ? peopleAsked(page).map((person) => personView(person, people)) : [],
    channels: currentDeliveries(page).flatMap(({ to }) => (to.kind === 'channel' ? [to.channel] : [])),
    asking: page.deliveries.flatMap((delivery) => {
      const person = recipientPerson(delivery);
      const isAsked = delivery.outcome.kind !== 'failed' && person !== undefined && !page.declined.includes(person);
      return isAsked ? [{ at: delivery.at, person: personView(person, people) }] : [];
    }),
  };
}

function alertView(alert: AttachedAlert, texts: ReadonlyMap<TextId, string>): AlertView {
  return { title: texts.get(alert.title) ?? '', url: alert.url, source: alert.source, resolved: alert.resolved };
}

function lastUpdateOf(incident: Incident, texts: ReadonlyMap<TextId, string>): IncidentView['lastUpdate'] {
  if (incident.lastUpdate === undefined) return undefined;
  return { at: incident.lastUpdate.at, text: texts.get(incident.lastUpdate.text) ?? '' };
}

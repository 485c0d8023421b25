import type { IncidentStatus } from '../incident/events.ts';
import type { IncidentId, PageId } from '../incident/ids.ts';
import { isOpen, type Incident } from '../incident/incident.ts';
import { isLive, peopleAsked, recipientPerson } from '../incident/page.ts';
import { available } from '../oncall/available.ts';
import type { Language, PersonId, ScheduleId, Severity } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { Availability, OnCallFacts } from '../oncall/resolver.ts';
import type { Offer, OfferId, ScheduleState } from '../oncall/schedule.ts';
import { shifts, type Shift } from '../oncall/shifts.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import { endOf, liveOf, liveWindows, type AvailabilityWindow, type WindowId } from '../oncall/windows.ts';
import { coverageRows, type CoverageRow } from './coverage-view.ts';
import { personView, type PersonView } from './incident-view.ts';
import { isInSchedule } from './membership.ts';
import { askedAs } from './views/offer-message.ts';

/** What one person's own page shows. Windows have an effect and times, and no reason: none is known here. */
export interface HomeView {
  readonly person: PersonId;
  readonly language: Language;
  readonly now: EpochMs;
  /** False: nobody pages them, and they have no duty here. */
  readonly isKnown: boolean;
  readonly state: Availability['state'];
  readonly until: EpochMs | null;
  readonly windows: readonly WindowView[];
  /** May speak for this person's absence. */
  readonly delegate: PersonView | undefined;
  readonly moreWindows: number;
  readonly pages: readonly HomePage[];
  readonly incidents: readonly HomeIncident[];
  readonly moreIncidents: number;
  readonly shifts: readonly HomeShift[];
  /** What others would have them take over. */
  readonly offers: readonly HomeOffer[];
  /** Of the schedules in which they take turns. */
  readonly coverage: readonly CoverageRow[];
}

export interface WindowView {
  readonly id: WindowId;
  readonly effect: 'hard' | 'soft' | 'free';
  readonly certain: boolean;
  readonly from: EpochMs;
  readonly to: EpochMs | null;
  readonly isRunning: boolean;
  /** Said in Slack, by the person or for them: what rules, files and feeds say is changed there. */
  readonly isSaid: boolean;
  readonly easeBackMs: number;
}

export interface HomePage {
  readonly id: PageId;
  readonly incident: IncidentId;
  readonly title: string;
  readonly severity: Severity;
  readonly at: EpochMs;
  /** Acknowledged by this person, who holds it. */
  readonly isHeld: boolean;
}

export interface HomeIncident {
  readonly id: IncidentId;
  readonly title: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  readonly channel: string | undefined;
  readonly isMine: boolean;
}

export interface HomeShift {
  readonly schedule: ScheduleId;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly isNow: boolean;
  readonly isCover: boolean;
}

export interface HomeOffer {
  readonly id: OfferId;
  readonly kind: Offer['kind'];
  readonly schedule: ScheduleId;
  readonly whose: PersonView;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

export interface HomeSources {
  readonly facts: OnCallFacts;
  readonly person: PersonId;
  readonly now: EpochMs;
  readonly incidents: readonly Incident[];
  readonly titles: ReadonlyMap<IncidentId, string>;
  readonly delegate: PersonId | undefined;
  readonly schedules: readonly ScheduleState[];
}

/** How far ahead shifts are shown. */
export const shiftsAheadDays = 28;
const mostWindows = 8;
const mostIncidents = 10;
const mostPages = 10;
const mostShifts = 6;
const mostOffers = 5;
const mostRows = 6;
const coverageDays = 90;
const severity = 'sev1';

export function homeView(sources: HomeSources): HomeView {
  const { facts, person, now } = sources;
  const known = entry(facts.catalog.people, person);
  const windows = windowViews(
    facts.windows.filter((window) => window.person === person),
    now,
  );
  const incidents = incidentsOf(sources);
  const { state, until } = available(facts, person, now, severity);
  return {
    person,
    language: known?.language ?? facts.catalog.workspace.locale,
    now,
    isKnown: known !== undefined,
    state,
    until,
    windows: windows.slice(0, mostWindows),
    delegate: sources.delegate === undefined ? undefined : personView(sources.delegate, facts.catalog.people),
    moreWindows: Math.max(0, windows.length - mostWindows),
    pages: pagesOf(sources).slice(0, mostPages),
    incidents: incidents.slice(0, mostIncidents),
    moreIncidents: Math.max(0, incidents.length - mostIncidents),
    shifts: shiftsOf(facts, person, now).slice(0, mostShifts),
    offers: offersTo(sources).slice(0, mostOffers),
    coverage: coverageOf(facts, person, now),
  };
}

/** When this page next shows something else without anybody doing anything; undefined when that is not in sight. */
export function nextHomeChange({ facts, person, now }: Pick<HomeSources, 'facts' | 'person' | 'now'>) {
  const windows = liveWindows(facts.windows, person).flatMap((window) => [
    window.from,
    window.to ?? now,
    endOf(window),
  ]);
  const turns = shiftsOf(facts, person, now).flatMap(({ from, to }) => [from, to]);
  const end = now + shiftsAheadDays * dayMs;
  return [...windows, ...turns].filter((at) => at > now && at < end).toSorted((a, b) => a - b)[0];
}

/** What holds or is to come of one person's windows, the earliest first. */
export function windowViews(own: readonly AvailabilityWindow[], now: EpochMs): readonly WindowView[] {
  return liveOf(own)
    .filter((window) => endOf(window) > now)
    .toSorted((a, b) => a.from - b.from)
    .map((window) => ({
      id: window.id,
      effect: window.effect,
      certain: window.certain,
      from: window.from,
      to: window.to,
      isRunning: window.from <= now,
      isSaid: isSaid(window),
      easeBackMs: window.easeBackMs ?? 0,
    }));
}

function isSaid({ source }: AvailabilityWindow): boolean {
  return source === 'self' || source === 'teammate' || source === 'delegate';
}

function pagesOf({ incidents, titles, person }: HomeSources): readonly HomePage[] {
  return incidents.flatMap((incident) =>
    incident.pages.filter(isLive).flatMap((page) => {
      const isHeld = page.answer.kind === 'acknowledged' && page.answer.by === person;
      if (!isHeld && !(page.answer.kind === 'waiting' && peopleAsked(page).includes(person))) return [];
      const { id, severity: grade } = incident;
      const at = page.answer.kind === 'acknowledged' ? page.answer.at : page.requestedAt;
      return [{ id: page.id, incident: id, title: titles.get(id) ?? '', severity: grade, at, isHeld }];
    }),
  );
}

/** One's own first. A private incident is shown to those who are in it or were asked for it. */
function incidentsOf({ incidents, titles, person }: HomeSources): readonly HomeIncident[] {
  return incidents
    .filter(isOpen)
    .map((incident) => ({ incident, isMine: isInIncident(incident, person) }))
    .filter(({ incident, isMine: mine }) => mine || !incident.isPrivate)
    .toSorted((a, b) => Number(b.isMine) - Number(a.isMine) || b.incident.openedAt - a.incident.openedAt)
    .map(({ incident, isMine: mine }) => ({
      id: incident.id,
      title: titles.get(incident.id) ?? '',
      severity: incident.severity,
      status: incident.status,
      channel: incident.channel?.id,
      isMine: mine,
    }));
}

/** Takes part, has a role, or was asked. */
export function isInIncident(incident: Incident, person: PersonId): boolean {
  if (incident.people.includes(person) || Object.values(incident.roles).includes(person)) return true;
  return incident.pages.some(({ deliveries }) => deliveries.some((delivery) => recipientPerson(delivery) === person));
}

function offersTo({ facts, person, now, schedules }: HomeSources): readonly HomeOffer[] {
  return schedules
    .flatMap(({ schedule, offers }) => offers.map((offer) => ({ schedule, offer })))
    .filter(
      ({ offer }) =>
        offer.state.kind === 'open' &&
        offer.to > now &&
        offer.asked.includes(person) &&
        !offer.declined.includes(person),
    )
    .toSorted((a, b) => a.offer.from - b.offer.from)
    .map(({ schedule, offer }) => ({
      id: offer.id,
      kind: askedAs(offer),
      schedule,
      whose: personView(offer.insteadOf, facts.catalog.people),
      from: offer.from,
      to: offer.to,
    }));
}

function coverageOf(facts: OnCallFacts, person: PersonId, now: EpochMs): readonly CoverageRow[] {
  const schedules = Object.keys(facts.catalog.schedules).filter((id) => isInSchedule(facts, id, person));
  return coverageRows(facts, { days: coverageDays, k: undefined, mode: 'tentative', schedules }, now).slice(
    0,
    mostRows,
  );
}

function shiftsOf(facts: OnCallFacts, person: PersonId, now: EpochMs): readonly HomeShift[] {
  const mine = Object.keys(facts.catalog.schedules).filter((id) => isInSchedule(facts, id, person));
  return mine
    .flatMap((id) => shifts(facts, id, now, now + shiftsAheadDays * dayMs, severity))
    .filter((shift: Shift) => shift.person === person)
    .map(({ schedule, start, end, why }) => ({
      schedule,
      from: start,
      to: end,
      isNow: start <= now,
      isCover: why === 'cover',
    }))
    .toSorted((a, b) => a.from - b.from || (a.schedule < b.schedule ? -1 : 1));
}

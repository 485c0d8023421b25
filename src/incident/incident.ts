import type { PersonId, ServiceId, Severity } from '../oncall/catalog.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { Actor, OutsideSystem } from '../oncall/recorded.ts';
import type { CancelReason, IncidentKind, IncidentStatus, Milestone, PagerDutyRef } from './events.ts';
import type { DeliveryId, IncidentId, PageId, TextId } from './ids.ts';
import { findDelivery, isLive, type Delivery, type Page } from './page.ts';

/** The fold of an incident's events. Nothing in it is known from anywhere else. */
export interface Incident {
  readonly id: IncidentId;
  readonly number: number;
  /** Sequence of the last event that was folded in. */
  readonly version: number;
  readonly kind: IncidentKind;
  readonly status: IncidentStatus;
  readonly cancelReason: CancelReason | undefined;
  readonly severity: Severity;
  readonly service: ServiceId | undefined;
  readonly title: TextId;
  readonly isPrivate: boolean;
  /** Alerts of this key join it while it is open. */
  readonly groupKey: string | undefined;
  readonly declaredBy: Actor;
  readonly alerts: readonly AttachedAlert[];
  /** Signals over all alerts, repeats included. */
  readonly signals: number;
  readonly channel: { readonly id: string; readonly name: string } | undefined;
  readonly card: MessageRef | undefined;
  readonly announcement: MessageRef | undefined;
  readonly roles: Readonly<Record<string, PersonId>>;
  readonly people: readonly PersonId[];
  readonly pages: readonly Page[];
  readonly milestones: Readonly<Partial<Record<Milestone, EpochMs>>>;
  readonly lastUpdate: { readonly at: EpochMs; readonly text: TextId } | undefined;
  /** When people were last reminded to post an update. */
  readonly remindedAt: EpochMs | undefined;
  readonly captured: readonly CapturedMessage[];
  /** A person has acted here: such an incident is never resolved by its alerts alone. */
  readonly touched: boolean;
  readonly postmortem: { readonly path: string; readonly canvas: string | undefined } | undefined;
  readonly openedAt: EpochMs;
  readonly endedAt: EpochMs | undefined;
}

export interface AttachedAlert {
  readonly key: string;
  readonly source: OutsideSystem;
  readonly title: TextId;
  readonly url: string | undefined;
  readonly pagerduty: PagerDutyRef | undefined;
  readonly resolved: boolean;
}

export interface MessageRef {
  readonly channel: string;
  readonly ts: string;
}

export interface CapturedMessage extends MessageRef {
  readonly text: TextId;
}

export function isOpen(incident: Incident): boolean {
  switch (incident.status) {
    case 'triage':
    case 'investigating':
    case 'fixing':
    case 'monitoring':
      return true;
    case 'resolved':
    case 'closed':
    case 'cancelled':
      return false;
  }
}

export function findPage(incident: Incident, id: PageId): Page | undefined {
  return incident.pages.find((page) => page.id === id);
}

export function livePages(incident: Incident): readonly Page[] {
  return incident.pages.filter(isLive);
}

export function pageOfDelivery(incident: Incident, id: DeliveryId): { page: Page; delivery: Delivery } | undefined {
  for (const page of incident.pages) {
    const delivery = findDelivery(page, id);
    if (delivery !== undefined) return { page, delivery };
  }
  return undefined;
}

/** Who holds the acknowledgement now, if anyone. */
export function holder(incident: Incident): PersonId | undefined {
  for (const page of incident.pages) if (page.answer.kind === 'acknowledged') return page.answer.by;
  return undefined;
}

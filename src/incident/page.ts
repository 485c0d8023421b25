import type { PersonId } from '../oncall/catalog.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { DeliveryFailure, PagePlan, PageReason, PageWay, Recipient, StepRef } from './events.ts';
import type { DeliveryId, PageId } from './ids.ts';

/** One asking-around: it ends with an acknowledgement or with the incident, never by itself. */
export interface Page {
  readonly id: PageId;
  readonly reason: PageReason;
  readonly plan: PagePlan;
  readonly requestedAt: EpochMs;
  readonly at: StepRef;
  /** Counts the steps entered so far, 1-based; a timer for an earlier entry is stale and does nothing. */
  readonly entry: number;
  readonly enteredAt: EpochMs;
  readonly answer: PageAnswer;
  readonly declined: readonly PersonId[];
  readonly deliveries: readonly Delivery[];
}

export type PageAnswer =
  | { readonly kind: 'waiting' }
  /** A lease: `until` is null once the incident is monitored and nobody has to hold it any more. */
  | { readonly kind: 'acknowledged'; readonly by: PersonId; readonly at: EpochMs; readonly until: EpochMs | null }
  | { readonly kind: 'over' };

export interface Delivery {
  readonly id: DeliveryId;
  readonly at: StepRef;
  readonly to: Recipient;
  readonly via: PageWay;
  readonly sentAt: EpochMs;
  /** Only when who can answer could not be read: decided by what was known then. */
  readonly asOf?: EpochMs;
  readonly outcome: DeliveryOutcome;
  /** Where the message is, so that its buttons can be retired; kept when the delivery is later overtaken. */
  readonly message: { readonly channel: string; readonly ts: string } | undefined;
}

export type DeliveryOutcome =
  | { readonly kind: 'queued' }
  | { readonly kind: 'delivered'; readonly at: EpochMs; readonly reference: string | undefined }
  | { readonly kind: 'failed'; readonly because: DeliveryFailure };

/** Someone still has to answer. */
export function isWaiting(page: Page): boolean {
  return page.answer.kind === 'waiting';
}

/** Waiting, or acknowledged by someone who still holds it. */
export function isLive(page: Page): boolean {
  return page.answer.kind !== 'over';
}

/** Deliveries of the step that is asked now and that have not failed. */
export function currentDeliveries(page: Page): readonly Delivery[] {
  return page.deliveries.filter((delivery) => sameStep(delivery.at, page.at) && delivery.outcome.kind !== 'failed');
}

export function sameStep(a: StepRef, b: StepRef): boolean {
  return a.round === b.round && a.step === b.step;
}

/** Whom the current step is asking, without those who have said that they can't. */
export function peopleAsked(page: Page): readonly PersonId[] {
  const people = currentDeliveries(page).flatMap((delivery) => recipientPerson(delivery) ?? []);
  return [...new Set(people)].filter((person) => !page.declined.includes(person));
}

export function findDelivery(page: Page, id: DeliveryId): Delivery | undefined {
  return page.deliveries.find((delivery) => delivery.id === id);
}

/** People whom no way could reach in this step; asking them in it again would fail again. */
export function unreachablePeople(page: Page, at: StepRef): readonly PersonId[] {
  const inStep = page.deliveries.filter((delivery) => sameStep(delivery.at, at));
  const reached = new Set(
    inStep.flatMap((delivery) => (delivery.outcome.kind === 'failed' ? [] : (recipientPerson(delivery) ?? []))),
  );
  const tried = new Set(inStep.flatMap((delivery) => recipientPerson(delivery) ?? []));
  return [...tried].filter((person) => !reached.has(person));
}

export function recipientPerson(delivery: Delivery): PersonId | undefined {
  return delivery.to.kind === 'person' ? delivery.to.person : undefined;
}

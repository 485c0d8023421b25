import type { PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { lastResort, resolveStep } from '../oncall/policy.ts';
import type { Candidate, Excluded, OnCallFacts } from '../oncall/resolver.ts';
import type { EpochMs } from '../oncall/time.ts';
import { withTimelines } from '../oncall/timeline.ts';
import type { Draft } from './draft.ts';
import { automation } from '../oncall/recorded.ts';
import type { PageWay, Recipient, StepRef } from './events.ts';
import { deliveryId, type PageId } from './ids.ts';
import { findPage } from './incident.ts';
import { currentDeliveries, unreachablePeople, type Page } from './page.ts';

/** Who is to be asked in a step right now, and who was passed over. */
export interface Resolution {
  readonly people: readonly Candidate[];
  readonly channels: readonly string[];
  readonly excluded: readonly Excluded[];
}

/**
 * Resolves a step with the facts of this moment. Whoever has said "I can't" to this page, or could not be reached in this
 * step, is passed over in it.
 */
export function resolveTargets(page: Page, at: StepRef, draft: Draft): Resolution {
  const { facts, now } = draft.context;
  const latest = findPage(draft.current(), page.id) ?? page;
  const onCall = withoutPassedOver(facts.onCall, latest, at, now);
  const { severity } = draft.current();
  const resolved =
    at.step === 'last_resort'
      ? lastResort(onCall, page.plan, now, severity)
      : resolveStep(onCall, page.plan, at.step, now, severity);
  return { ...resolved, people: resolved.people.filter((candidate) => waysFor(candidate.person, draft).length > 0) };
}

/**
 * Without those who have said "I can't" to this page or could not be reached in this step. It works like a hard window for
 * this page alone, so that the resolver finds the cover by its usual rules.
 */
export function withoutPassedOver(facts: OnCallFacts, page: Page, at: StepRef, now: EpochMs): OnCallFacts {
  const people: ReadonlySet<PersonId> = new Set([...page.declined, ...unreachablePeople(page, at)]);
  if (people.size === 0) return facts;
  const windows = [...people].map((person) => ({
    id: `passed-over:${person}`,
    person,
    effect: 'hard' as const,
    certain: true,
    from: now - 1,
    to: null,
    cancelled: false,
    source: 'self' as const,
  }));
  // Prepared once: a step may name a team of forty, and each of them would walk through everybody's windows.
  return withTimelines({ ...facts, windows: [...facts.windows, ...windows] });
}

/** Who was passed over is a fact about a person: it goes into an erasable row, the event keeps only the number. */
export function announceSkipped(id: PageId, at: StepRef, resolution: Resolution, draft: Draft): void {
  const page = findPage(draft.current(), id);
  // Who has said "I can't", or could not be reached, was asked: that is told of them, and not that they cannot answer.
  const wereAsked = page === undefined ? [] : [...page.declined, ...unreachablePeople(page, at)];
  const passedOver = resolution.excluded.map((excluded) => excluded.person);
  const skipped = [...new Set(passedOver)].filter((person) => !wereAsked.includes(person));
  if (skipped.length === 0) return;
  const text = draft.write(skipped.join('\n'), 'skipped');
  draft.add({ type: 'page_skipped', page: id, at, skipped: text, count: skipped.length }, { actor: automation });
}

/** Hands one delivery per recipient and way to the outbox; false when there was no recipient. */
export function send(id: PageId, at: StepRef, resolution: Resolution, draft: Draft): boolean {
  for (const candidate of resolution.people) {
    const { person, why, insteadOf, takenOff } = candidate;
    const to: Recipient = { kind: 'person', person, why, insteadOf, ...(takenOff === undefined ? {} : { takenOff }) };
    for (const via of waysFor(person, draft)) add(id, at, to, via, draft);
  }
  for (const channel of new Set(resolution.channels)) {
    if (draft.context.facts.ways.includes('slack')) add(id, at, { kind: 'channel', channel }, 'slack', draft);
  }
  const page = findPage(draft.current(), id);
  return page !== undefined && currentDeliveries(page).length > 0;
}

/** What still waits for this recipient on this way, behind an outage, would say the same again: one message is enough. */
function add(id: PageId, at: StepRef, to: Recipient, via: PageWay, draft: Draft): void {
  const earlier = findPage(draft.current(), id)?.deliveries ?? [];
  for (const delivery of earlier) {
    if (delivery.outcome.kind === 'queued' && delivery.via === via && sameRecipient(delivery.to, to))
      draft.add({ type: 'page_failed', delivery: delivery.id, because: 'superseded' }, { actor: automation });
  }
  const delivery = deliveryId(id, earlier.length + 1);
  const { asOf } = draft.context.facts.onCall;
  const known = asOf === undefined ? {} : { asOf };
  draft.add({ type: 'page_sent', page: id, delivery, at, to, via, ...known }, { actor: automation });
}

function sameRecipient(one: Recipient, other: Recipient): boolean {
  return one.kind === 'person'
    ? other.kind === 'person' && one.person === other.person
    : other.kind === 'channel' && one.channel === other.channel;
}

/** All ways at once: a phone that rings and a message with buttons fail independently. */
function waysFor(person: PersonId, draft: Draft): readonly PageWay[] {
  const { facts } = draft.context;
  const known = entry(facts.onCall.catalog.people, person);
  if (known === undefined) return [];
  return facts.ways.filter((way) => {
    switch (way) {
      case 'slack':
        return known.slack !== undefined;
      case 'pagerduty':
        return known.pagerduty !== undefined;
      case 'webhook':
        return true;
    }
  });
}

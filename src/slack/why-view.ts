import type { DeliveryFailure, IncidentEvent, PageReason, PageWay, StepRef } from '../incident/events.ts';
import type { TextId } from '../incident/ids.ts';
import type { Incident } from '../incident/incident.ts';
import { recipientPerson, sameStep, type Delivery, type Page } from '../incident/page.ts';
import type { PersonId, Target } from '../oncall/catalog.ts';
import type { OnCallFacts, Why } from '../oncall/resolver.ts';
import type { Recorded } from '../oncall/recorded.ts';
import type { EpochMs } from '../oncall/time.ts';
import { personView, type PersonView } from './incident-view.ts';
import { isAmong } from './membership.ts';

/** Who was asked in each step of each page, as one reader may know it. */
export interface WhyPage {
  readonly requestedAt: EpochMs;
  readonly reason: PageReason;
  readonly steps: readonly WhyStep[];
  readonly answer:
    | { readonly kind: 'waiting' | 'over' }
    | { readonly kind: 'acknowledged'; readonly by: PersonView; readonly at: EpochMs };
  readonly declined: NamesOrCount;
}

export interface WhyStep {
  readonly at: StepRef;
  /** When it was decided whom to ask; undefined when nobody was. */
  readonly decidedAt: EpochMs | undefined;
  readonly asked: readonly WhyAsked[];
  readonly channels: readonly string[];
  readonly passedOver: NamesOrCount;
}

export interface WhyAsked {
  readonly person: PersonView;
  readonly why: Why;
  /** In whose place: a cover's one, or the chain of overrides that led there. Empty for readers who may not know. */
  readonly inPlaceOf: readonly PersonView[];
  /** Who can answer could not be read: it was decided by what was known then. */
  readonly asOf: EpochMs | undefined;
  readonly ways: readonly { readonly via: PageWay; readonly outcome: 'queued' | 'delivered' | DeliveryFailure }[];
}

/** `people` are those whom this reader may see by name; `others` only counts. */
export interface NamesOrCount {
  readonly people: readonly PersonView[];
  readonly others: number;
}

type Skipped = Extract<IncidentEvent, { type: 'page_skipped' }>;

/**
 * The ways a page took. Whoever belongs to those whom a step asks sees by name who was passed over in it; everybody sees
 * themselves; all others see how many. Whoever was asked and then became unavailable counts as passed over.
 */
export function whyPages(
  incident: Incident,
  history: readonly Recorded<IncidentEvent>[],
  texts: ReadonlyMap<TextId, string>,
  facts: OnCallFacts,
  reader: PersonId,
): readonly WhyPage[] {
  return incident.pages.map((page) => {
    const skipped = history.flatMap(({ event }) =>
      event.type === 'page_skipped' && event.page === page.id ? [event] : [],
    );
    const steps = stepsOf(page, skipped).map((at) => whyStep(page, at, skipped, { texts, facts, reader }));
    const isMember = isAmong(
      facts,
      [...page.plan.steps.flatMap(({ notify }) => notify), ...page.plan.lastResort],
      reader,
    );
    return {
      requestedAt: page.requestedAt,
      reason: page.reason,
      steps,
      answer: answerOf(page, facts),
      declined: namesOrCount(page.declined, isMember, facts, reader),
    };
  });
}

interface Reading {
  readonly texts: ReadonlyMap<TextId, string>;
  readonly facts: OnCallFacts;
  readonly reader: PersonId;
}

function whyStep(page: Page, at: StepRef, skipped: readonly Skipped[], { texts, facts, reader }: Reading): WhyStep {
  const isMember = isAmong(facts, targetsOf(page, at), reader);
  const deliveries = page.deliveries.filter((delivery) => sameStep(delivery.at, at));
  const byPerson = Map.groupBy(deliveries, recipientPerson);
  const asked = [...byPerson].flatMap(([person, ways]) => (person === undefined ? [] : [{ person, ways }]));
  const withdrawn = asked.filter(({ ways }) => ways.some(isWithdrawn)).map(({ person }) => person);
  const passed = skipped.filter((event) => sameStep(event.at, at));
  const named = passed.flatMap((event) => texts.get(event.skipped)?.split('\n') ?? []);
  const erased = passed.reduce((sum, event) => sum + (texts.has(event.skipped) ? 0 : event.count), 0);
  const names = namesOrCount([...new Set([...named, ...withdrawn])], isMember, facts, reader);
  return {
    at,
    decidedAt: deliveries[0]?.sentAt,
    // To everybody else somebody who was asked and became unavailable is one of those who were passed over.
    asked: asked
      .filter(({ person }) => isMember || person === reader || !withdrawn.includes(person))
      .map(({ person, ways }) => whyAsked(person, ways, isMember, { facts, reader })),
    channels: deliveries.flatMap(({ to }) => (to.kind === 'channel' ? [to.channel] : [])),
    passedOver: { people: names.people.filter(({ id }) => !withdrawn.includes(id)), others: names.others + erased },
  };
}

function whyAsked(
  person: PersonId,
  deliveries: readonly Delivery[],
  isMember: boolean,
  { facts, reader }: Pick<Reading, 'facts' | 'reader'>,
): WhyAsked {
  const { people } = facts.catalog;
  const recipients = deliveries.flatMap(({ to }) => (to.kind === 'person' ? [to] : []));
  const because = recipients.find(({ why }) => why === 'cover') ?? recipients[0];
  const before = [...(because?.takenOff ?? []), ...(because?.insteadOf === undefined ? [] : [because.insteadOf])];
  return {
    person: personView(person, people),
    why: because?.why ?? 'direct',
    inPlaceOf: before.filter((id) => isMember || id === reader).map((id) => personView(id, people)),
    asOf: deliveries.find(({ asOf }) => asOf !== undefined)?.asOf,
    ways: deliveries.map(({ via, outcome }) => ({
      via,
      outcome: outcome.kind === 'failed' ? outcome.because : outcome.kind,
    })),
  };
}

function isWithdrawn({ outcome }: Delivery): boolean {
  return outcome.kind === 'failed' && outcome.because === 'unavailable';
}

/** Steps in the order in which they were entered; one in which nobody could be asked is there by those passed over. */
function stepsOf(page: Page, skipped: readonly Skipped[]): readonly StepRef[] {
  const steps: StepRef[] = [];
  for (const { at } of [...skipped, ...page.deliveries]) if (!steps.some((step) => sameStep(step, at))) steps.push(at);
  return steps.toSorted((a, b) => a.round - b.round || position(a) - position(b));
}

function position({ step }: StepRef): number {
  return step === 'last_resort' ? Infinity : step;
}

function targetsOf(page: Page, { step }: StepRef): readonly Target[] {
  return step === 'last_resort' ? page.plan.lastResort : (page.plan.steps[step]?.notify ?? []);
}

function namesOrCount(
  ids: readonly PersonId[],
  isMember: boolean,
  { catalog }: OnCallFacts,
  reader: PersonId,
): NamesOrCount {
  const seen = isMember ? ids : ids.filter((id) => id === reader);
  return { people: seen.map((id) => personView(id, catalog.people)), others: ids.length - seen.length };
}

function answerOf({ answer }: Page, { catalog }: OnCallFacts): WhyPage['answer'] {
  return answer.kind === 'acknowledged'
    ? { kind: 'acknowledged', by: personView(answer.by, catalog.people), at: answer.at }
    : { kind: answer.kind };
}

import type { Override, PersonId } from './catalog.ts';
import { watchDuty } from './duty-watch.ts';
import { entry } from './lookup.ts';
import { isSamePublished, type PublishedOverride } from './published.ts';
import { effective } from './schedule-evolve.ts';
import {
  ahead,
  canAnswer,
  decidesFor,
  isKnown,
  isOneOf,
  refuse,
  scheduleDraft,
  type ScheduleContext,
  type ScheduleDraft,
} from './schedule-draft.ts';
import {
  acceptOffer,
  assignOffer,
  declineOffer,
  makeOffer,
  recordOfferMessage,
  withdrawOffer,
} from './schedule-offers.ts';
import { putOn } from './schedule-overrides.ts';
import type {
  MadeOverride,
  OfferId,
  OverrideId,
  ScheduleCommand,
  ScheduleDecision,
  ScheduleState,
} from './schedule.ts';

/**
 * What people decide about a schedule beside the catalog. Nothing of it reaches into the past: an override begins now at
 * the earliest, and one that is cancelled keeps what it did until now.
 */
export function decideSchedule(
  command: ScheduleCommand,
  state: ScheduleState,
  context: ScheduleContext,
): ScheduleDecision {
  const draft = scheduleDraft(state, context);
  switch (command.type) {
    case 'make_override':
      return makeOverride(command, draft);
    case 'cancel_override':
      return cancelOverride(command.id, draft);
    case 'cancel_batch':
      return cancelBatch(command.batch, draft);
    case 'offer':
      return makeOffer(command, draft);
    case 'accept_offer':
      return acceptOffer(command, draft);
    case 'decline_offer':
      return declineOffer(command, draft);
    case 'withdraw_offer':
      return withdrawOffer(command, draft);
    case 'assign_offer':
      return assignOffer(command, draft);
    case 'record_offer_message':
      return recordOfferMessage(command.message, draft);
    case 'record_published':
      return recordPublished(command.published, draft);
    case 'look_at_duty':
      return lookAtDuty(draft);
  }
}

function makeOverride(
  command: Extract<ScheduleCommand, { type: 'make_override' }>,
  draft: ScheduleDraft,
): ScheduleDecision {
  const { now, actor, facts } = draft.context;
  const { id, override, origin, batch } = command;
  if (draft.current().overrides.some((made) => made.id === id)) return draft.accept();
  if (entry(facts.catalog.schedules, draft.current().schedule) === undefined)
    return refuse({ code: 'no_such_schedule' });
  if (override.to <= override.from) return refuse({ code: 'span_ends_before_it_starts' });
  const rest = ahead(override, now);
  if (rest === undefined) return refuse({ code: 'shift_over' });
  if (rest.kind === 'replace' && rest.person === rest.insteadOf) return refuse({ code: 'same_person' });
  if (rest.kind !== 'remove') {
    if (!isKnown(facts, rest.person)) return refuse({ code: 'not_in_catalog', person: rest.person });
    const span = origin === 'take' || origin === 'cover' ? { from: rest.from, to: rest.from + 1 } : rest;
    if (!canAnswer(facts, rest.person, span)) return refuse({ code: 'person_unavailable', person: rest.person });
  }
  if (!mayMake(rest, origin, draft)) return refuse({ code: 'not_permitted' });
  const made = { id, override: rest, origin, madeAt: now, madeBy: actor, cancelledAt: undefined, batch };
  return putOn(made, draft) ?? draft.accept();
}

/** Everybody may put themselves on duty; what makes plans has asked whoever they concern. */
function mayMake(override: Override, origin: MadeOverride['origin'], { context }: ScheduleDraft): boolean {
  const { actor, facts } = context;
  const on = override.kind === 'remove' ? [] : [override.person];
  return (
    origin === 'plan' || origin === 'assigned' || isOneOf(actor, on) || decidesFor(facts, actor, concerned(override))
  );
}

function concerned(override: Override): readonly PersonId[] {
  const off = override.kind === 'replace' || override.kind === 'remove' ? [override.insteadOf] : [];
  return override.kind === 'remove' ? off : [override.person, ...off];
}

function cancelOverride(id: string, draft: ScheduleDraft): ScheduleDecision {
  const { now, actor, facts } = draft.context;
  const made = draft.current().overrides.find((known) => known.id === id);
  if (made === undefined) return refuse({ code: 'no_such_override' });
  if (made.cancelledAt !== undefined && made.cancelledAt <= now) return draft.accept();
  if (made.override.to <= now) return refuse({ code: 'shift_over' });
  const people = concerned(made.override);
  const isMaker = made.madeBy.kind === 'person' && isOneOf(actor, [made.madeBy.person]);
  if (!isMaker && !isOneOf(actor, people) && !decidesFor(facts, actor, people))
    return refuse({ code: 'not_permitted' });
  const { insteadOf, isSwap } = agreement(made, draft) ?? {};
  if (insteadOf !== undefined && !decidesFor(facts, actor, people) && (isSwap === true || !isOneOf(actor, [insteadOf])))
    return refuse({ code: 'promised', to: insteadOf });
  const together = isSwap === true ? draft.current().overrides.filter((other) => isOfOneOffer(other, made)) : [made];
  for (const each of together) {
    if ((effective(each)?.to ?? 0) > now) draft.add({ type: 'override_cancelled', override: each.id, at: now });
  }
  return draft.accept();
}

/**
 * What somebody has accepted or was assigned: they do not get rid of it alone (they can ask for cover), but whoever gave
 * it away may have it back. A swap binds both.
 */
function agreement({ id, override }: MadeOverride, draft: ScheduleDraft) {
  const offer = draft.current().offers.find((known) => known.id === offerOf(id));
  if (offer === undefined || override.kind !== 'replace') return undefined;
  return { insteadOf: override.insteadOf, isSwap: offer.kind === 'swap' };
}

function isOfOneOffer(one: MadeOverride, other: MadeOverride): boolean {
  return one.origin === 'swap' && offerOf(one.id) === offerOf(other.id);
}

/** The offer whose acceptance made an override: see `take` in schedule-offers.ts. */
function offerOf(override: OverrideId): OfferId {
  return override.slice(0, override.lastIndexOf('/'));
}

/** Whoever may make a plan may undo it: nothing here is asked of single people again. */
function cancelBatch(batch: string, draft: ScheduleDraft): ScheduleDecision {
  const { now } = draft.context;
  const { overrides, offers } = draft.current();
  for (const made of overrides) {
    if (made.batch !== batch || (effective(made)?.to ?? 0) <= now) continue;
    draft.add({ type: 'override_cancelled', override: made.id, at: now });
  }
  for (const offer of offers) {
    if (offer.batch !== batch || offer.state.kind !== 'open') continue;
    draft.add({ type: 'offer_ended', offer: offer.id, because: offer.to <= now ? 'passed' : 'withdrawn' });
  }
  return draft.accept();
}

function lookAtDuty(draft: ScheduleDraft): ScheduleDecision {
  const noted = watchDuty(draft.current(), draft.facts(), draft.context.now);
  if (noted !== undefined) draft.add(noted);
  return draft.accept();
}

function recordPublished(published: readonly PublishedOverride[], draft: ScheduleDraft): ScheduleDecision {
  if (!isSamePublished(draft.current().published, published)) draft.add({ type: 'overrides_published', published });
  return draft.accept();
}

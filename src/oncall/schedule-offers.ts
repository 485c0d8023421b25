import type { PersonId } from './catalog.ts';
import { entry } from './lookup.ts';
import {
  ahead,
  canAnswer,
  canTakeOver,
  decidesFor,
  isKnown,
  isOneOf,
  nominally,
  refuse,
  sharesTeam,
  type ScheduleDraft,
} from './schedule-draft.ts';
import { putOn } from './schedule-overrides.ts';
import type {
  MadeOverride,
  Offer,
  OfferId,
  OfferMessage,
  OverrideOrigin,
  ScheduleCommand,
  ScheduleDecision,
  ScheduleRefusal,
} from './schedule.ts';

type Of<Type extends ScheduleCommand['type']> = Extract<ScheduleCommand, { type: Type }>;

/** A shift looks for somebody. Nothing changes until one of those who are asked accepts, or it is assigned. */
export function makeOffer(command: Of<'offer'>, draft: ScheduleDraft): ScheduleDecision {
  const { now, actor, facts } = draft.context;
  const { schedule, offers } = draft.current();
  const { id, kind, insteadOf, inReturn, assignAt, batch } = command;
  if (offers.some((known) => known.id === id)) return draft.accept();
  if (entry(facts.catalog.schedules, schedule) === undefined) return refuse({ code: 'no_such_schedule' });
  if (!isKnown(facts, insteadOf)) return refuse({ code: 'not_in_catalog', person: insteadOf });
  if (!mayOffer(kind, insteadOf, draft)) return refuse({ code: 'not_permitted' });
  const isReversed = [command, inReturn].some((span) => span !== undefined && span.to <= span.from);
  if (isReversed) return refuse({ code: 'span_ends_before_it_starts' });
  const span = ahead({ from: command.from, to: command.to }, now);
  if (span === undefined || (inReturn !== undefined && inReturn.to <= now)) return refuse({ code: 'shift_over' });
  if (inReturn !== undefined && inReturn.from < span.to && span.from < inReturn.to)
    return refuse({ code: 'goes_in_circles', person: insteadOf });
  if (!isOnDuty(insteadOf, span, draft)) return refuse({ code: 'not_on_duty', person: insteadOf });
  const asked = [...new Set(command.asked)].filter((person) => person !== insteadOf && isKnown(facts, person));
  if (asked.length === 0 && assignAt === null) return refuse({ code: 'nobody_to_ask' });
  const offer: Offer = {
    id,
    ...span,
    insteadOf,
    kind,
    inReturn: kind === 'swap' ? inReturn : undefined,
    asked,
    declined: [],
    madeAt: now,
    madeBy: actor,
    // Nobody is made to swap: that takes two who agree.
    assignAt: kind === 'swap' ? null : assignAt,
    state: { kind: 'open' },
    batch,
  };
  draft.add({ type: 'offer_made', offer });
  return draft.accept();
}

/** "Cover me" is the person's own; a plan or a hand-over may also come from somebody of their team. */
function mayOffer(kind: Offer['kind'], insteadOf: PersonId, { context }: ScheduleDraft): boolean {
  const { facts, actor } = context;
  if (isOneOf(actor, [insteadOf]) || decidesFor(facts, actor, [insteadOf])) return true;
  return (kind === 'hand_over' || kind === 'plan') && sharesTeam(facts, actor, [insteadOf]);
}

export function acceptOffer({ offer: id, person }: Of<'accept_offer'>, draft: ScheduleDraft): ScheduleDecision {
  const found = openOffer(id, draft);
  if ('code' in found) return refuse(found);
  if (!isOneOf(draft.context.actor, [person])) return refuse({ code: 'not_permitted' });
  if (!found.asked.includes(person)) return refuse({ code: 'not_asked' });
  return take(found, person, 'accepted', draft);
}

/** Asked of everybody in vain, or nobody answered in time. It is stale when the offer is over by now, or not due yet. */
export function assignOffer({ offer: id, person }: Of<'assign_offer'>, draft: ScheduleDraft): ScheduleDecision {
  const { now } = draft.context;
  const found = openOffer(id, draft);
  if ('code' in found) return found.code === 'no_such_offer' ? refuse(found) : draft.accept();
  if (found.to <= now) {
    draft.add({ type: 'offer_ended', offer: id, because: 'passed' });
    return draft.accept();
  }
  if (person === undefined || found.assignAt === null || now < found.assignAt) return draft.accept();
  return take(found, person, 'assigned', draft);
}

export function declineOffer({ offer: id, person }: Of<'decline_offer'>, draft: ScheduleDraft): ScheduleDecision {
  const found = openOffer(id, draft);
  if ('code' in found) return refuse(found);
  if (!isOneOf(draft.context.actor, [person])) return refuse({ code: 'not_permitted' });
  if (!found.asked.includes(person)) return refuse({ code: 'not_asked' });
  if (found.declined.includes(person)) return draft.accept();
  draft.add({ type: 'offer_declined', offer: id, person });
  const declined = new Set([...found.declined, person]);
  if (found.asked.every((asked) => declined.has(asked)))
    draft.add({ type: 'offer_ended', offer: id, because: 'declined_by_all' });
  return draft.accept();
}

export function withdrawOffer({ offer: id, because }: Of<'withdraw_offer'>, draft: ScheduleDraft): ScheduleDecision {
  const { actor, facts } = draft.context;
  const found = openOffer(id, draft);
  if ('code' in found) return refuse(found);
  const isMaker = found.madeBy.kind === 'person' && isOneOf(actor, [found.madeBy.person]);
  if (!isMaker && !isOneOf(actor, [found.insteadOf]) && !decidesFor(facts, actor, [found.insteadOf]))
    return refuse({ code: 'not_permitted' });
  draft.add({ type: 'offer_ended', offer: id, because: because ?? 'withdrawn' });
  return draft.accept();
}

function openOffer(id: OfferId, draft: ScheduleDraft): Offer | ScheduleRefusal {
  const offer = draft.current().offers.find((known) => known.id === id);
  if (offer === undefined) return { code: 'no_such_offer' };
  if (offer.state.kind === 'open') return offer;
  return { code: 'offer_over', by: offer.state.kind === 'taken' ? offer.state.by : undefined };
}

const originOf: Readonly<Record<Offer['kind'], OverrideOrigin>> = {
  cover: 'cover',
  swap: 'swap',
  hand_over: 'cover',
  plan: 'plan',
};

/** The overrides that an accepted offer comes to, in the same commit. Accepted in mid-shift, it gives what is left. */
function take(offer: Offer, by: PersonId, how: 'accepted' | 'assigned', draft: ScheduleDraft): ScheduleDecision {
  const { now, actor, facts } = draft.context;
  const { insteadOf } = offer;
  if (!isKnown(facts, by)) return refuse({ code: 'not_in_catalog', person: by });
  if (by === insteadOf) return refuse({ code: 'same_person' });
  const given = ahead({ from: offer.from, to: offer.to }, now);
  const returned = offer.inReturn === undefined ? undefined : ahead(offer.inReturn, now);
  if (given === undefined || (offer.inReturn !== undefined && returned === undefined))
    return refuse({ code: 'shift_over' });
  if (!isOnDuty(insteadOf, given, draft)) return refuse({ code: 'not_on_duty', person: insteadOf });
  if (!canTakeOver(facts, by, given)) return refuse({ code: 'person_unavailable', person: by });
  if (returned !== undefined) {
    if (!isOnDuty(by, returned, draft)) return refuse({ code: 'not_on_duty', person: by });
    if (!canAnswer(facts, insteadOf, returned)) return refuse({ code: 'person_unavailable', person: insteadOf });
  }
  const origin = how === 'assigned' ? 'assigned' : originOf[offer.kind];
  const made = (part: number, override: MadeOverride['override']): MadeOverride => {
    const { batch } = offer;
    const id = `${offer.id}/${part}`;
    return { id, override, origin, madeAt: now, madeBy: actor, cancelledAt: undefined, batch };
  };
  draft.add({ type: 'offer_taken', offer: offer.id, by, how });
  const refused =
    putOn(made(1, { ...given, kind: 'replace', person: by, insteadOf }), draft) ??
    (returned === undefined
      ? undefined
      : putOn(made(2, { ...returned, kind: 'replace', person: insteadOf, insteadOf: by }), draft));
  return refused ?? draft.accept();
}

function isOnDuty(
  person: PersonId,
  span: { readonly from: number; readonly to: number },
  draft: ScheduleDraft,
): boolean {
  return nominally(draft.facts(), draft.current().schedule, span).some((shift) => shift.person === person);
}

/** Written down also when the offer is over by now: then it is edited at once. */
export function recordOfferMessage(message: OfferMessage, draft: ScheduleDraft): ScheduleDecision {
  const { offers, messages } = draft.current();
  if (!offers.some(({ id }) => id === message.offer)) return refuse({ code: 'no_such_offer' });
  const isKnownMessage = messages.some(({ offer, person }) => offer === message.offer && person === message.person);
  if (!isKnownMessage) draft.add({ type: 'offer_sent', message });
  return draft.accept();
}

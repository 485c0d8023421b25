import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Job } from '../engine/ports.ts';
import { scheduleStream } from '../engine/streams.ts';
import type { PersonId, ScheduleId } from '../oncall/catalog.ts';
import { automation } from '../oncall/recorded.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { Offer, ScheduleState } from '../oncall/schedule.ts';
import { isGone } from './channel.ts';
import { languageOf, type SlackEffectContext } from './effect-context.ts';
import { outcomeOf } from './errors.ts';
import { personView } from './incident-view.ts';
import { slackMethods } from './methods.ts';
import { asAnotherTry, contentOf } from './posting.ts';
import { tellPerson } from './tell-person.ts';
import {
  askedAs,
  assignedMessage,
  offerMessage,
  offerOutcomeMessage,
  type OfferStanding,
  type OfferView,
} from './views/offer-message.ts';

type Kinds = 'slack.offer' | 'slack.update_offer' | 'slack.offer_outcome';
type Context = Pick<SlackEffectContext, 'client' | 'addresses' | 'store' | 'engine' | 'clock' | 'log'>;

/** Asks people to take a shift, and keeps what they read true. Who cannot be asked when it is sent is not asked. */
export function offerEffects(context: Context): Pick<EffectHandlers, Kinds> {
  return {
    'slack.offer': ({ schedule, offer, person }, job) => askPerson(context, schedule, offer, person, job),
    'slack.update_offer': async ({ schedule, offer: id }) => {
      const state = await scheduleState(context, schedule);
      const offer = offerIn(state, id);
      if (state === undefined || offer === undefined) return done;
      const facts = await context.store.onCallFacts();
      for (const { person, channel, ts } of state.messages.filter((message) => message.offer === id)) {
        const message = contentOf(offerMessage(viewFor(facts, schedule, offer, person, context.clock.now())));
        const edited = await context.client.call(slackMethods.updateMessage, { channel, ts, ...message });
        if (!edited.ok && !isGone(edited)) return outcomeOf(edited, context.clock.now());
      }
      return done;
    },
    'slack.offer_outcome': async ({ schedule, offer: id }, job) => {
      const offer = offerIn(await scheduleState(context, schedule), id);
      return offer === undefined ? done : tellOutcome(context, schedule, offer, job);
    },
  };
}

async function askPerson(
  context: Context,
  schedule: ScheduleId,
  id: string,
  person: PersonId,
  job: Job,
): Promise<EffectOutcome> {
  const told = await tellPerson(context, person, job, async (facts) => {
    // Read last of all: somebody may have taken it a moment ago.
    const offer = offerIn(await scheduleState(context, schedule), id);
    if (offer === undefined || !isOpenFor(offer, person, context.clock.now())) return undefined;
    return offerMessage(viewFor(facts, schedule, offer, person, context.clock.now()));
  });
  if (told.kind !== 'told') return told.outcome;
  const message = { offer: id, person, ...told.posted };
  await context.engine.execute({
    kind: 'schedule',
    stream: scheduleStream(schedule),
    command: { type: 'record_offer_message', message },
    actor: automation,
  });
  return done;
}

/** To whoever's shift it was; and to whoever has it now where nobody has asked them first. */
async function tellOutcome(context: Context, schedule: ScheduleId, offer: Offer, job: Job): Promise<EffectOutcome> {
  const { state } = offer;
  if (state.kind === 'open') return done;
  if (state.kind === 'taken' && state.how === 'assigned') {
    const told = await tellPerson(context, state.by, job, (facts) =>
      assignedMessage(baseView(facts, schedule, offer, state.by)),
    );
    if (told.kind === 'failed') return told.outcome;
  }
  const told = await tellPerson(context, offer.insteadOf, job, (facts) =>
    offerOutcomeMessage({
      ...baseView(facts, schedule, offer, offer.insteadOf),
      outcome: state.kind === 'taken' ? { ...state, by: personView(state.by, facts.catalog.people) } : state,
    }),
  );
  // Whoever has been told already must be found by the next try.
  return told.kind === 'told' ? done : asAnotherTry(told.outcome);
}

function baseView(
  facts: OnCallFacts,
  schedule: ScheduleId,
  offer: Offer,
  reader: PersonId,
): Omit<OfferView, 'standing' | 'now'> {
  const whose = personView(offer.insteadOf, facts.catalog.people);
  return { language: languageOf(facts, reader), schedule, offer: { ...offer, kind: askedAs(offer) }, whose };
}

function viewFor(facts: OnCallFacts, schedule: ScheduleId, offer: Offer, reader: PersonId, now: number): OfferView {
  return { ...baseView(facts, schedule, offer, reader), standing: standingFor(facts, offer, reader), now };
}

/** How the offer stands for one of those who were asked. */
export function standingFor(facts: OnCallFacts, { state, declined }: Offer, reader: PersonId): OfferStanding {
  if (state.kind === 'taken') {
    if (state.by === reader) return { kind: 'yours', how: state.how };
    return { kind: 'taken', by: personView(state.by, facts.catalog.people) };
  }
  if (state.kind === 'over') return state;
  return declined.includes(reader) ? { kind: 'declined' } : { kind: 'open' };
}

function isOpenFor({ state, declined, to }: Offer, person: PersonId, now: number): boolean {
  return state.kind === 'open' && !declined.includes(person) && now < to;
}

async function scheduleState({ store }: Context, schedule: ScheduleId): Promise<ScheduleState | undefined> {
  const stream = scheduleStream(schedule);
  return (await store.load('schedule', [stream])).get(stream)?.state;
}

function offerIn(state: ScheduleState | undefined, id: string): Offer | undefined {
  return state?.offers.find((offer) => offer.id === id);
}

import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Job } from '../engine/ports.ts';
import type { DeliveryFailure } from '../incident/events.ts';
import { hindrance } from '../incident/before-sending.ts';
import { incidentOf } from '../incident/ids.ts';
import { findPage, isOpen, pageOfDelivery, type Incident } from '../incident/incident.ts';
import { isWaiting, type Delivery, type Page } from '../incident/page.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { isGone } from './channel.ts';
import type { Called } from './client.ts';
import {
  awayNames,
  cannotAnswer,
  languageOf,
  look,
  slackIdOf,
  tell,
  type SlackEffectContext,
} from './effect-context.ts';
import { errorLine, isRefused, isTokenFailure, outcomeOf } from './errors.ts';
import type { IncidentView } from './incident-view.ts';
import { withoutMentionsOf } from './mention-guard.ts';
import { slackMethods } from './methods.ts';
import { contentOf, findEarlier, mayHaveRun, postOnce, send, type Destination, type PostedMessage } from './posting.ts';
import { pageMessage } from './views/page-message.ts';
import { stillOnIt } from './views/still-on-it.ts';

type Kinds = 'slack.page' | 'slack.update_page' | 'slack.ask_holder';

/** Asks people, and channels where a policy names one, to take an incident. */
export function pageEffects(context: SlackEffectContext): Pick<EffectHandlers, Kinds> {
  const { client, clock, store } = context;
  return {
    'slack.page': async ({ delivery: id }, job) => {
      const incident = await store.incident(incidentOf(id));
      const found = incident === undefined ? undefined : pageOfDelivery(incident, id);
      if (incident === undefined || found === undefined) return done;
      return mustAsk(incident, found)
        ? deliver(context, incident, found, job)
        : findOvertaken(context, incident, found.delivery, job);
    },
    'slack.update_page': async ({ delivery: id }) => {
      const incident = await store.incident(incidentOf(id));
      const found = incident === undefined ? undefined : pageOfDelivery(incident, id);
      if (incident === undefined || found?.delivery.message === undefined) return done;
      const { page, delivery } = found;
      const view = await lookAs(context, incident, delivery, await store.onCallFacts());
      const message = contentOf(pageMessage(view, page, delivery));
      const updated = await client.call(slackMethods.updateMessage, { ...found.delivery.message, ...message }, forPage);
      return updated.ok || isGone(updated) ? done : outcomeOf(updated, clock.now());
    },
    'slack.ask_holder': async ({ page: id }, job) => {
      const incident = await store.incident(incidentOf(id));
      const page = incident === undefined ? undefined : findPage(incident, id);
      if (incident === undefined || page === undefined || !isOpen(incident)) return done;
      return askHolder(context, incident, page, job);
    },
  };
}

const forPage = { isPage: true } as const;

type Address =
  | ({ readonly kind: 'known' } & Destination)
  | { readonly kind: 'unusable'; readonly because: DeliveryFailure }
  | { readonly kind: 'wait'; readonly outcome: EffectOutcome };

interface Found {
  readonly page: Page;
  readonly delivery: Delivery;
}

/** Somebody still has to answer, and this recipient has not been asked yet. */
function mustAsk(incident: Incident, { page, delivery }: Found): boolean {
  return isOpen(incident) && isWaiting(page) && delivery.outcome.kind === 'queued';
}

/**
 * Answered or ended before anybody had written down that this was sent. What an earlier try did send is found now, so that
 * its buttons do not stay for ever.
 */
async function findOvertaken(
  context: SlackEffectContext,
  incident: Incident,
  delivery: Delivery,
  job: Job,
): Promise<EffectOutcome> {
  const { clock, store } = context;
  if (delivery.message !== undefined || !mayHaveRun(job)) return done;
  const address = await addressOf(context, delivery, await store.onCallFacts());
  if (address.kind === 'wait') return address.outcome;
  if (address.kind === 'unusable') return done;
  const earlier = await findEarlier(context, address, job);
  if (!earlier.ok) return outcomeOf(earlier, clock.now());
  return earlier.answer === undefined ? done : delivered(context, incident, delivery, earlier.answer);
}

async function deliver(
  context: SlackEffectContext,
  seen: Incident,
  { page, delivery }: Found,
  job: Job,
): Promise<EffectOutcome> {
  const { clock, store } = context;
  const address = await addressOf(context, delivery, await store.onCallFacts());
  if (address.kind === 'wait') return address.outcome;
  if (address.kind === 'unusable') return fail(context, seen, delivery, address.because);
  const earlier = await findEarlier(context, address, job);
  if (!earlier.ok) return undelivered(context, seen, delivery, earlier);
  if (earlier.answer !== undefined) return delivered(context, seen, delivery, earlier.answer);

  // Read here, after everything that took time: the last look before somebody is rung.
  const facts = await store.onCallFacts();
  const incident = (await store.incident(seen.id)) ?? seen;
  const now = pageOfDelivery(incident, delivery.id);
  if (now === undefined || !mustAsk(incident, now)) return done;
  const against = hindrance(incident, now.page, now.delivery, facts, clock.now());
  if (against !== undefined) return fail(context, incident, delivery, against);
  const shown = pageMessage(await lookAs(context, incident, delivery, facts), page, delivery, facts.asOf);
  const message = address.isDirect ? shown : withoutMentionsOf(shown, awayNames(facts, incident, clock.now()));
  const posted = await send(context, { ...address, message }, job);
  return posted.ok
    ? delivered(context, incident, delivery, posted.answer)
    : undelivered(context, incident, delivery, posted);
}

async function delivered(
  context: SlackEffectContext,
  incident: Incident,
  delivery: Delivery,
  { channel, ts }: PostedMessage,
): Promise<EffectOutcome> {
  const command = { type: 'delivery_succeeded', delivery: delivery.id, channel, ts, reference: undefined } as const;
  await tell(context, incident.id, command);
  return done;
}

async function addressOf(
  { addresses, clock }: SlackEffectContext,
  { to }: Delivery,
  facts: OnCallFacts,
): Promise<Address> {
  if (to.kind === 'person') {
    const user = slackIdOf(facts, to.person);
    if (user === undefined) return { kind: 'unusable', because: 'no_address' };
    return { kind: 'known', to: user, isDirect: true, isPage: true };
  }
  const channel = await addresses.channel(to.channel, forPage);
  if (!channel.ok) return { kind: 'wait', outcome: outcomeOf(channel, clock.now()) };
  if (channel.answer === undefined) return { kind: 'unusable', because: 'no_address' };
  return { kind: 'known', to: channel.answer, isDirect: false, isPage: true };
}

/** An outage, also one of the token, keeps the page waiting here; a refusal of this recipient lets it move on. */
async function undelivered(
  context: SlackEffectContext,
  incident: Incident,
  delivery: Delivery,
  posted: Extract<Called<unknown>, { ok: false }>,
): Promise<EffectOutcome> {
  const { failure } = posted;
  const isOutage = failure.kind !== 'refused' || failure.permanentFor === 'installation';
  if (isOutage) {
    const outcome = outcomeOf(posted, context.clock.now());
    if (failure.kind === 'refused' && !isTokenFailure(failure)) {
      return { kind: 'retry', error: errorLine(posted.method, failure) };
    }
    return outcome;
  }
  if (delivery.to.kind === 'channel') context.addresses.forget(delivery.to.channel);
  const because = isRefused(failure, 'channel_not_found') && delivery.to.kind === 'channel' ? 'no_address' : 'refused';
  context.log.warn({ incident: incident.id, delivery: delivery.id, code: failure.code }, 'page was refused by slack');
  return fail(context, incident, delivery, because);
}

async function fail(
  context: SlackEffectContext,
  incident: Incident,
  delivery: Delivery,
  because: DeliveryFailure,
): Promise<EffectOutcome> {
  await tell(context, incident.id, { type: 'delivery_failed', delivery: delivery.id, because });
  return done;
}

/** "Still on it?" to whoever holds the acknowledgement, if they can be asked. */
async function askHolder(
  context: SlackEffectContext,
  incident: Incident,
  page: Page,
  job: Job,
): Promise<EffectOutcome> {
  if (page.answer.kind !== 'acknowledged') return done;
  const holder = page.answer.by;
  const facts = await context.store.onCallFacts();
  const user = slackIdOf(facts, holder);
  // Who has become unavailable loses the acknowledgement by itself; nobody is bothered for that.
  if (user === undefined || cannotAnswer(facts, holder, incident, context.clock.now())) return done;
  const message = stillOnIt(await look(context, incident, facts, languageOf(facts, holder)), page);
  const posted = await postOnce(context, { to: user, isDirect: true, message, isPage: true }, job);
  if (posted.ok || (posted.failure.kind === 'refused' && posted.failure.permanentFor === 'object')) return done;
  return outcomeOf(posted, context.clock.now());
}

/** What this recipient may see. A channel has other readers than a private incident: it learns that someone is needed. */
async function lookAs(
  context: SlackEffectContext,
  incident: Incident,
  { to }: Delivery,
  facts: OnCallFacts,
): Promise<IncidentView> {
  if (to.kind === 'person') return look(context, incident, facts, languageOf(facts, to.person));
  const view = await look(context, incident, facts);
  if (!view.isPrivate) return view;
  return { ...view, title: '', service: undefined, channel: undefined, alerts: [], texts: new Map() };
}

import type { App } from '@slack/bolt';
import type { Outcome } from '../engine/orders.ts';
import { slackCoverWords } from '../messages/slack-cover.ts';
import type { Offer } from '../oncall/schedule.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { readScheduleValue } from './duty-values.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { actionIds } from './ids.ts';
import { personView } from './incident-view.ts';
import { standingFor } from './offer-delivery.ts';
import { executeOn, nameIn, problemWith } from './schedule-commands.ts';
import { onClick, type Click } from './surfaces.ts';
import { askedAs, offerMessage } from './views/offer-message.ts';

/** An answer to an offer. Whoever accepts first has it; everybody else gets one clear line. */
async function answer(asked: Asked, { value, replace }: Click, type: 'accept_offer' | 'decline_offer') {
  const words = slackCoverWords[asked.language];
  const read = readScheduleValue(value);
  if (read === undefined) return say(asked, words.offerOver);
  const { id, schedule } = read;
  const outcome = await executeOn(asked, schedule, { type, offer: id, person: asked.person });
  if (outcome.kind !== 'accepted') return refused(asked, outcome);
  const offer = outcome.state.offers.find((known) => known.id === id);
  if (offer === undefined) return say(asked, words.offerOver);
  replace(offerMessage(viewOf(asked, schedule, offer)));
  return say(asked, type === 'accept_offer' ? words.taken : words.declined);
}

function refused(asked: Asked, outcome: Outcome<'schedule'>): Answer {
  const words = slackCoverWords[asked.language];
  const refusal = outcome.kind === 'refused' ? outcome.refusal : undefined;
  switch (refusal?.code) {
    case 'offer_over':
      return say(asked, refusal.by === undefined ? words.offerOver : takenBy(asked, refusal.by));
    case 'no_such_offer':
    case 'not_on_duty':
    case 'shift_over':
      return say(asked, words.offerOver);
    case 'not_asked':
    case 'not_permitted':
      return say(asked, words.notAsked);
    default:
      return say(asked, problemWith(asked, outcome) ?? words.offerOver);
  }
}

function takenBy(asked: Asked, person: string): string {
  const words = slackCoverWords[asked.language];
  return person === asked.person ? words.taken : words.offerTakenBy(nameIn(asked, person));
}

function viewOf({ facts, language, person, now }: Asked, schedule: string, offer: Offer) {
  const whose = personView(offer.insteadOf, facts.catalog.people);
  const put = { ...offer, kind: askedAs(offer) };
  return { language, schedule, offer: put, whose, standing: standingFor(facts, offer, person), now };
}

/** By whoever asked, the person concerned, or those who decide for them; the stream checks which. */
async function withdraw(asked: Asked, { value, replace }: Click): Promise<Answer | undefined> {
  const words = slackCoverWords[asked.language];
  const read = readScheduleValue(value);
  if (read === undefined) return say(asked, words.nothingToCancel);
  const outcome = await executeOn(asked, read.schedule, { type: 'withdraw_offer', offer: read.id });
  if (outcome.kind === 'refused' && outcome.refusal.code !== 'offer_over') return refused(asked, outcome);
  const said = outcome.kind === 'accepted' ? say(asked, words.withdrawn) : refused(asked, outcome);
  if (said.kind === 'say') replace(said.message);
  return undefined;
}

export function registerOffer(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.acceptOffer, (asked, click) => answer(asked, click, 'accept_offer'));
  onClick(app, deps, actionIds.declineOffer, (asked, click) => answer(asked, click, 'decline_offer'));
  onClick(app, deps, actionIds.withdrawOffer, withdraw);
}

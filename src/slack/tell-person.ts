import { done, type EffectOutcome } from '../engine/effects.ts';
import type { Job } from '../engine/ports.ts';
import { available } from '../oncall/available.ts';
import type { PersonId } from '../oncall/catalog.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { slackIdOf, type SlackEffectContext } from './effect-context.ts';
import { outcomeOf } from './errors.ts';
import { findEarlier, send, type PostedMessage } from './posting.ts';
import type { SlackMessage } from './views/message.ts';

export type Told =
  | { readonly kind: 'told'; readonly posted: PostedMessage }
  /** Needless, or the person cannot be asked or reached: nothing was sent, and nothing is tried again. */
  | { readonly kind: 'not_told'; readonly outcome: EffectOutcome }
  | { readonly kind: 'failed'; readonly outcome: EffectOutcome };

/**
 * One direct message to one person, once. Never to somebody who is unavailable: that is asked right before it is sent, and
 * so is what there is to say; `render` answers undefined when it has become needless.
 */
export async function tellPerson(
  context: Pick<SlackEffectContext, 'client' | 'addresses' | 'store' | 'clock' | 'log'>,
  person: PersonId,
  job: Job,
  render: (facts: OnCallFacts) => SlackMessage | undefined | Promise<SlackMessage | undefined>,
): Promise<Told> {
  const { clock, log, store } = context;
  const notTold: Told = { kind: 'not_told', outcome: done };
  const user = slackIdOf(await store.onCallFacts(), person);
  if (user === undefined) return notTold;
  const to = { to: user, isDirect: true } as const;
  const earlier = await findEarlier(context, to, job);
  if (!earlier.ok) return { kind: 'failed', outcome: outcomeOf(earlier, clock.now()) };
  if (earlier.answer !== undefined) return { kind: 'told', posted: earlier.answer };
  const facts = await store.onCallFacts();
  const message = await render(facts);
  if (message === undefined || available(facts, person, clock.now(), 'sev1').state === 'no') return notTold;
  const posted = await send(context, { ...to, message }, job);
  if (posted.ok) return { kind: 'told', posted: posted.answer };
  if (posted.failure.kind === 'refused' && posted.failure.permanentFor === 'object') {
    // Whoever has left, or takes no messages of apps: the rest goes on without them.
    log.info({ effect: job.effect.kind, code: posted.failure.code }, 'slack does not deliver a message to this person');
    return notTold;
  }
  return { kind: 'failed', outcome: outcomeOf(posted, clock.now()) };
}

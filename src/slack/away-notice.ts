import { done, type EffectHandlers } from '../engine/effects.ts';
import { personStream } from '../engine/streams.ts';
import { entry } from '../oncall/lookup.ts';
import { liveVersionOf } from '../oncall/person-mark.ts';
import { isGone } from './channel.ts';
import { languageOf, slackIdOf, type SlackEffectContext } from './effect-context.ts';
import { outcomeOf } from './errors.ts';
import { postOnce } from './posting.ts';
import { timeOrNone } from './speaking.ts';
import { awayNotice } from './views/away.ts';
import { personName } from './views/people.ts';

/**
 * Tells somebody once that another has said they cannot be reached: a mistake is then put right by whoever knows best.
 * It asks nothing, mentions nobody, and is the only message that goes to a person who is unavailable.
 */
export function awayNoticeEffects(context: SlackEffectContext): Pick<EffectHandlers, 'slack.away_notice'> {
  const { store, clock } = context;
  return {
    'slack.away_notice': async ({ person, window: id }, job) => {
      const facts = await store.onCallFacts();
      const stream = personStream(person);
      const state = (await store.load('person', [stream])).get(stream)?.state;
      const window = state === undefined ? undefined : liveVersionOf(id, state);
      const by = state === undefined ? undefined : entry(state.marks, id)?.by;
      const user = slackIdOf(facts, person);
      // Taken back, over or forgotten by now: there is nothing to tell.
      if (window === undefined || by === undefined || user === undefined) return done;
      if (window.to !== null && window.to <= clock.now()) return done;
      const language = languageOf(facts, person);
      const message = awayNotice(personName(by, facts.catalog.people, language), timeOrNone(window.to), language);
      const posted = await postOnce(context, { to: user, isDirect: true, message }, job);
      if (posted.ok || isGone(posted)) return done;
      const { failure } = posted;
      if (failure.kind === 'refused' && failure.permanentFor === 'object') return done;
      return outcomeOf(posted, clock.now());
    },
  };
}

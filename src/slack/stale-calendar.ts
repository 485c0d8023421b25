import { done, type EffectHandlers } from '../engine/effects.ts';
import { staleCalendarWords } from '../messages/slack-calendar.ts';
import { available } from '../oncall/available.ts';
import { dayMs } from '../oncall/time.ts';
import { isGone } from './channel.ts';
import { languageOf, slackIdOf, type SlackEffectContext } from './effect-context.ts';
import { outcomeOf } from './errors.ts';
import { postOnce } from './posting.ts';

/** Tells somebody that a calendar of theirs cannot be read. It can wait: who is unavailable is left alone until they are back. */
export function staleCalendarEffects(context: SlackEffectContext): Pick<EffectHandlers, 'slack.stale_calendar'> {
  const { store, clock } = context;
  return {
    'slack.stale_calendar': async ({ person }, job) => {
      const facts = await store.onCallFacts();
      const user = slackIdOf(facts, person);
      if (user === undefined) return done;
      const now = clock.now();
      const { state, until } = available(facts, person, now, 'sev4');
      if (state === 'no') return { kind: 'later', due: until ?? now + dayMs };
      const text = staleCalendarWords[languageOf(facts, person)].cannotBeRead;
      const message = { text, blocks: [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text } }] };
      const posted = await postOnce(context, { to: user, isDirect: true, message }, job);
      if (posted.ok || isGone(posted)) return done;
      const { failure } = posted;
      if (failure.kind === 'refused' && failure.permanentFor === 'object') return done;
      return outcomeOf(posted, now);
    },
  };
}

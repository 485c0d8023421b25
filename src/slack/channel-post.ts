import { done, type EffectHandlers } from '../engine/effects.ts';
import { isGone } from './channel.ts';
import { awayNames, look, type SlackEffectContext } from './effect-context.ts';
import { outcomeOf } from './errors.ts';
import { withoutMentionsOf } from './mention-guard.ts';
import { postOnce } from './posting.ts';
import { channelPost } from './views/channel-post.ts';

/** What happened, said in the incident's channel as it happens. An incident without a channel has nowhere to say it. */
export function channelPostEffects(context: SlackEffectContext): Pick<EffectHandlers, 'slack.post_event'> {
  const { clock, store } = context;
  return {
    'slack.post_event': async ({ incident: id, sequence }, job) => {
      const incident = await store.incident(id);
      if (incident?.channel === undefined) return done;
      const recorded = (await store.events(id)).find((event) => event.sequence === sequence);
      if (recorded === undefined) return done;
      const facts = await store.onCallFacts();
      const post = channelPost(recorded, await look(context, incident, facts));
      if (post === undefined) return done;
      const message = withoutMentionsOf(post, awayNames(facts, incident, clock.now()));
      const posted = await postOnce(context, { to: incident.channel.id, isDirect: false, message }, job);
      return posted.ok || isGone(posted) ? done : outcomeOf(posted, clock.now());
    },
  };
}

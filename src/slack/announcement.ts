import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Job } from '../engine/ports.ts';
import type { Incident } from '../incident/incident.ts';
import { isGone } from './channel.ts';
import { awayNames, look, tell, type SlackEffectContext } from './effect-context.ts';
import { isRefused, outcomeOf } from './errors.ts';
import { withoutMentionsOf } from './mention-guard.ts';
import { slackMethods } from './methods.ts';
import { contentOf, postOnce } from './posting.ts';
import { announcement } from './views/announcement.ts';

type Kinds = 'slack.announce' | 'slack.update_announcement';

/** One message per incident in the channel that everybody reads, edited in place. Private incidents are not in it. */
export function announcementEffects(context: SlackEffectContext): Pick<EffectHandlers, Kinds> {
  const { client, clock, store } = context;
  return {
    'slack.announce': async ({ incident: id }, job) => {
      const incident = await store.incident(id);
      if (incident === undefined || incident.isPrivate || incident.announcement !== undefined) return done;
      if (incident.status === 'cancelled' || incident.status === 'closed') return done;
      return announce(context, incident, job);
    },
    'slack.update_announcement': async ({ incident: id }) => {
      const incident = await store.incident(id);
      if (incident?.announcement === undefined || incident.isPrivate) return done;
      const facts = await store.onCallFacts();
      const shown = announcement(await look(context, incident, facts));
      const message = withoutMentionsOf(shown, awayNames(facts, incident, clock.now()));
      const updated = await client.call(slackMethods.updateMessage, {
        ...incident.announcement,
        ...contentOf(message),
      });
      return updated.ok || isGone(updated) ? done : outcomeOf(updated, clock.now());
    },
  };
}

async function announce(context: SlackEffectContext, incident: Incident, job: Job): Promise<EffectOutcome> {
  const { addresses, clock, store } = context;
  const facts = await store.onCallFacts();
  const target = facts.catalog.workspace.announce;
  if (target === undefined) return done;
  const channel = await addresses.channel(target);
  if (!channel.ok) return outcomeOf(channel, clock.now());
  if (channel.answer === undefined) return { kind: 'failed', error: missingChannel(target) };
  const view = await look(context, incident, facts);
  const message = withoutMentionsOf(announcement(view), awayNames(facts, incident, clock.now()));
  const posted = await postOnce(context, { to: channel.answer, isDirect: false, message }, job);
  if (!posted.ok) {
    if (isRefused(posted.failure, 'channel_not_found', 'is_archived')) addresses.forget(target);
    return outcomeOf(posted, clock.now());
  }
  await tell(context, incident.id, { type: 'record_announcement', ...posted.answer });
  return done;
}

export function missingChannel(target: string): string {
  return `workspace.announce: Toran sees no open channel ${target}; create it or invite Toran, then retry`;
}

import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import type { Job } from '../engine/ports.ts';
import type { Incident } from '../incident/incident.ts';
import type { Catalog } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { isGone } from './channel.ts';
import { awayNames, look, tell, type SlackEffectContext } from './effect-context.ts';
import { isRefused, outcomeOf, type FailedCall } from './errors.ts';
import { withoutMentionsOf } from './mention-guard.ts';
import { slackMethods } from './methods.ts';
import { asMember, contentOf, postOnce } from './posting.ts';
import { incidentCard } from './views/incident-card.ts';

type Kinds = 'slack.post_card' | 'slack.update_card' | 'slack.pin_card' | 'slack.add_bookmarks';

/** The one message in the incident's channel that always shows how things stand. */
export function cardEffects(context: SlackEffectContext): Pick<EffectHandlers, Kinds> {
  const { client, clock, store } = context;
  return {
    'slack.post_card': async ({ incident: id }, job) => {
      const incident = await store.incident(id);
      if (incident === undefined || incident.card !== undefined) return done;
      return postCard(context, incident, job);
    },
    'slack.update_card': async ({ incident: id }) => {
      const incident = await store.incident(id);
      if (incident?.card === undefined) return done;
      const facts = await store.onCallFacts();
      const shown = incidentCard(await look(context, incident, facts));
      const card = withoutMentionsOf(shown, awayNames(facts, incident, clock.now()));
      const updated = await client.call(slackMethods.updateMessage, { ...incident.card, ...contentOf(card) });
      return updated.ok || isGone(updated) ? done : outcomeOf(updated, clock.now());
    },
    'slack.pin_card': async ({ incident: id }) => {
      const incident = await store.incident(id);
      if (incident?.card === undefined) return done;
      const { channel, ts } = incident.card;
      const pinned = await asMember(client, slackMethods.pin, { channel, timestamp: ts });
      if (pinned.ok || isRefused(pinned.failure, 'already_pinned') || isGone(pinned)) return done;
      return optional(context, pinned);
    },
    'slack.add_bookmarks': async ({ incident: id }) => {
      const incident = await store.incident(id);
      if (incident?.channel === undefined) return done;
      const { catalog } = await store.onCallFacts();
      return addBookmarks(context, incident.channel.id, bookmarksFor(incident, catalog));
    },
  };
}

async function postCard(context: SlackEffectContext, incident: Incident, job: Job): Promise<EffectOutcome> {
  if (incident.channel === undefined) {
    if (incident.status === 'cancelled' || incident.status === 'closed') return done;
    return {
      kind: 'failed',
      error: `${incident.id} has no channel for its card; let slack.open_channel succeed first`,
    };
  }
  const facts = await context.store.onCallFacts();
  const card = incidentCard(await look(context, incident, facts));
  const message = withoutMentionsOf(card, awayNames(facts, incident, context.clock.now()));
  const posted = await postOnce(context, { to: incident.channel.id, isDirect: false, message }, job);
  if (!posted.ok) return isGone(posted) ? done : outcomeOf(posted, context.clock.now());
  await tell(context, incident.id, { type: 'record_card', ...posted.answer });
  return done;
}

interface Link {
  readonly title: string;
  readonly link: string;
}

/** Where people look next: the service's runbook and what rang. Names of products and documents need no translation. */
function bookmarksFor(incident: Incident, catalog: Catalog): readonly Link[] {
  const runbook = incident.service === undefined ? undefined : entry(catalog.services, incident.service)?.runbook;
  const pagerduty = incident.alerts.find((alert) => alert.pagerduty?.url !== undefined)?.pagerduty?.url;
  return [
    ...(runbook === undefined ? [] : [{ title: 'Runbook', link: runbook }]),
    ...(pagerduty === undefined ? [] : [{ title: 'PagerDuty', link: pagerduty }]),
  ];
}

/** Slack takes the same bookmark twice, so the list is read before each one is added. */
async function addBookmarks(
  context: SlackEffectContext,
  channel: string,
  links: readonly Link[],
): Promise<EffectOutcome> {
  if (links.length === 0) return done;
  const listed = await context.client.call(slackMethods.listBookmarks, { channel_id: channel });
  if (!listed.ok) return isGone(listed) ? done : optional(context, listed);
  const there = new Set(listed.answer.bookmarks.map((bookmark) => `${bookmark.title ?? ''} ${bookmark.link ?? ''}`));
  for (const { title, link } of links) {
    if (there.has(`${title} ${link}`)) continue;
    const added = await context.client.call(slackMethods.addBookmark, {
      channel_id: channel,
      title,
      type: 'link',
      link,
    });
    if (!added.ok) return isGone(added) ? done : optional(context, added);
  }
  return done;
}

/**
 * Pins and bookmarks are a comfort. What a server, a plan or a full list does not allow is said once in the log; a
 * missing scope is a mistake that somebody can put right, so that one alarms.
 */
function optional({ clock, log }: SlackEffectContext, failed: FailedCall): EffectOutcome {
  const { failure, method } = failed;
  if (failure.kind !== 'refused' || failure.permanentFor === 'installation') return outcomeOf(failed, clock.now());
  log.warn({ method, code: failure.code }, 'slack does not allow a comfort here; going on without');
  return done;
}

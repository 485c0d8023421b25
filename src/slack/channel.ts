import { done, type EffectHandlers, type EffectOutcome } from '../engine/effects.ts';
import { isOpen, type Incident } from '../incident/incident.ts';
import { minuteMs } from '../oncall/time.ts';
import { findChannel } from './addresses.ts';
import { channelName, mostNames } from './channel-name.ts';
import type { Called } from './client.ts';
import { awayNames, cannotAnswer, look, slackIdOf, tell, type SlackEffectContext } from './effect-context.ts';
import { isRefused, outcomeOf } from './errors.ts';
import { textWithoutMentionsOf } from './mention-guard.ts';
import { slackMethods, type SlackChannel } from './methods.ts';
import { asMember } from './posting.ts';
import { topicText } from './views/topic.ts';

type Kinds = 'slack.open_channel' | 'slack.set_topic' | 'slack.invite';

/** The incident's own channel: made, described, and filled with the people concerned. */
export function channelEffects(context: SlackEffectContext): Pick<EffectHandlers, Kinds> {
  return {
    'slack.open_channel': async ({ incident: id }) => {
      const incident = await context.store.incident(id);
      if (incident === undefined || incident.channel !== undefined || !deservesChannel(incident)) return done;
      return openChannel(context, incident);
    },
    'slack.set_topic': async ({ incident: id }) => {
      const incident = await context.store.incident(id);
      return incident?.channel === undefined ? done : setTopic(context, incident, incident.channel.id);
    },
    'slack.invite': async ({ incident: id, person }) => {
      const incident = await context.store.incident(id);
      if (incident?.channel === undefined || !isOpen(incident)) return done;
      return invite(context, incident, incident.channel.id, person);
    },
  };
}

/** Resolved while Slack was away: its record still belongs into a channel. A false alarm leaves none. */
function deservesChannel(incident: Incident): boolean {
  return incident.status !== 'cancelled' && incident.status !== 'closed';
}

async function openChannel(context: SlackEffectContext, incident: Incident): Promise<EffectOutcome> {
  const title = (await context.store.texts(incident.id)).get(incident.title) ?? '';
  for (let attempt = 1; attempt <= mostNames; attempt += 1) {
    const name = channelName(incident, title, attempt);
    const opened = await createOrAdopt(context, incident, name);
    if (!opened.ok) return outcomeOf(opened, context.clock.now());
    if (opened.answer === undefined) continue;
    const channel = opened.answer;
    await mark(context, incident, channel);
    await tell(context, incident.id, { type: 'record_channel', channel: channel.id, name: channel.name ?? name });
    return done;
  }
  return { kind: 'failed', error: `conversations.create: ${mostNames} names for ${incident.id} are taken; rename one` };
}

/** Undefined when the name belongs to somebody else. */
async function createOrAdopt(
  context: SlackEffectContext,
  incident: Incident,
  name: string,
): Promise<Called<SlackChannel | undefined>> {
  const created = await context.client.call(slackMethods.createChannel, { name, is_private: incident.isPrivate });
  if (created.ok) return { ok: true, answer: created.answer.channel };
  if (!isRefused(created.failure, 'name_taken')) return created;
  const identity = await context.identity.read();
  if (!identity.ok) return identity;
  const found = await findChannel(context.client, name);
  if (!found.ok || found.answer === undefined) return found;
  const adopt =
    isOurs(found.answer, incident, identity.answer.botUserId) &&
    (await context.store.incidentByChannel(found.answer.id)) === undefined;
  return { ok: true, answer: adopt ? found.answer : undefined };
}

/**
 * A taken name may be our own, from a try whose answer was lost. It is ours if we created it since this incident opened,
 * and if nobody has given it a purpose other than our mark.
 */
function isOurs(channel: SlackChannel, incident: Incident, botUserId: string): boolean {
  const purpose = channel.purpose?.value ?? '';
  const createdMs = (channel.created ?? 0) * 1_000;
  return (
    channel.creator === botUserId &&
    createdMs >= incident.openedAt - minuteMs &&
    (purpose === '' || purpose === marker(incident))
  );
}

function marker(incident: Incident): string {
  return `Toran ${incident.id}`;
}

/** Helps to know the channel again; without it the other signs have to do. */
async function mark({ client, log }: SlackEffectContext, incident: Incident, channel: SlackChannel): Promise<void> {
  if (channel.purpose?.value === marker(incident)) return;
  const marked = await client.call(slackMethods.setPurpose, { channel: channel.id, purpose: marker(incident) });
  if (!marked.ok) log.warn({ incident: incident.id, failure: marked.failure.kind }, 'channel purpose was not set');
}

/** Each change of a topic leaves a line in the channel, so an equal one is left alone. */
async function setTopic(context: SlackEffectContext, incident: Incident, channel: string): Promise<EffectOutcome> {
  const { client, clock, store } = context;
  const facts = await store.onCallFacts();
  const shown = topicText(await look(context, incident, facts));
  const topic = textWithoutMentionsOf(shown, awayNames(facts, incident, clock.now()));
  const info = await client.call(slackMethods.channelInfo, { channel });
  if (!info.ok && info.failure.kind !== 'refused') return outcomeOf(info, clock.now());
  if (info.ok && unescaped(info.answer.channel.topic?.value ?? '') === topic) return done;
  const set = await asMember(client, slackMethods.setTopic, { channel, topic });
  return set.ok || isGone(set) ? done : outcomeOf(set, clock.now());
}

async function invite(
  { client, clock, store, log }: SlackEffectContext,
  incident: Incident,
  channel: string,
  person: string,
): Promise<EffectOutcome> {
  const facts = await store.onCallFacts();
  const user = slackIdOf(facts, person);
  if (user === undefined || cannotAnswer(facts, person, incident, clock.now())) return done;
  const invited = await asMember(client, slackMethods.invite, { channel, users: user, force: true });
  if (invited.ok || isRefused(invited.failure, 'already_in_channel', 'cant_invite_self')) return done;
  const { failure } = invited;
  if (failure.kind === 'refused' && failure.permanentFor === 'object') {
    log.warn({ incident: incident.id, code: failure.code }, 'person could not be invited to the incident channel');
    return done;
  }
  return outcomeOf(invited, clock.now());
}

/** There is nothing left to show it on, which is no fault. */
export function isGone(called: Called<unknown>): boolean {
  return (
    !called.ok &&
    isRefused(
      called.failure,
      'channel_not_found',
      'is_archived',
      'is_inactive',
      'message_not_found',
      'thread_not_found',
    )
  );
}

function unescaped(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

import type { App } from '@slack/bolt';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { answer, askedBy, execute, idOf, said, say } from './asked.ts';
import { personBySlack } from './command-arguments.ts';
import { faultOf } from './fault.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { callbackIds } from './ids.ts';
import { messageText, slackTime } from './slack-text.ts';

/** 📌 and its round sister: with either a message belongs to the timeline. */
const pins: readonly string[] = ['pushpin', 'round_pushpin'];

export function registerReactions(app: App, deps: SlackFeatureDeps): void {
  app.event('reaction_added', async ({ event, context, client }) => {
    // A file can be pinned like that as well; it is in no channel.
    if (!pins.includes(event.reaction) || event.item.type !== 'message') return;
    const { channel, ts } = event.item;
    const incident = await deps.store.incidentByChannel(channel);
    if (incident === undefined) return;
    const asked = await askedBy(deps, { slackUser: event.user, channel, context });
    const read = await deps.readMessage(channel, ts);
    if (read === undefined) {
      const { text, blocks } = said(asked, slackAnswerWords[asked.language].messageUnreadable);
      // A hint, and no more than that: it is not worth a repetition of the event.
      await client.chat
        .postEphemeral({ channel, user: event.user, text, blocks })
        .catch((error: unknown) => deps.log.warn(faultOf(error), 'slack did not take the hint for a pinned message'));
      return;
    }
    const { catalog } = asked.facts;
    await execute(
      asked,
      incident,
      {
        type: 'capture_message',
        channel,
        ts,
        author: read.user === undefined ? undefined : personBySlack(read.user, catalog),
        text: messageText(read.text, catalog),
      },
      { happenedAt: slackTime(ts) },
    );
  });
  app.event('reaction_removed', async ({ event, context }) => {
    // A file can be pinned like that as well; it is in no channel.
    if (!pins.includes(event.reaction) || event.item.type !== 'message') return;
    const { channel, ts } = event.item;
    const incident = await deps.store.incidentByChannel(channel);
    if (incident === undefined) return;
    // Somebody else's pin still holds it; and an event that comes again a minute late may be about a pin that is back.
    const read = await deps.readMessage(channel, ts);
    if (read?.reactions?.some((name) => pins.includes(name)) === true) return;
    const asked = await askedBy(deps, { slackUser: event.user, channel, context });
    await execute(asked, incident, { type: 'remove_message', channel, ts });
  });
}

/** The message's own menu carries its text, so it works without any right to read the channel. */
export function registerAddToTimeline(app: App, deps: SlackFeatureDeps): void {
  const constraints = { callback_id: callbackIds.addToTimelineShortcut, type: 'message_action' } as const;
  app.shortcut(constraints, async ({ ack, shortcut, context, respond }) => {
    const channel = shortcut.channel.id;
    const asked = await askedBy(deps, { slackUser: shortcut.user.id, channel, context });
    const words = slackAnswerWords[asked.language];
    const incident = await deps.store.incidentByChannel(channel);
    const { ts, text = '', user } = shortcut.message;
    const { catalog } = asked.facts;
    const result =
      incident === undefined
        ? say(asked, words.noIncidentHere, words.canDeclare)
        : await answer(
            asked,
            incident,
            await execute(
              asked,
              incident,
              {
                type: 'capture_message',
                channel,
                ts,
                author: user === undefined ? undefined : personBySlack(user, catalog),
                text: messageText(text, catalog),
              },
              { happenedAt: slackTime(ts) },
            ),
            () => words.addedToTimeline(idOf(asked, incident)),
          );
    if (result.kind === 'say') {
      const { text: notification, blocks } = result.message;
      respond({ response_type: 'ephemeral', replace_original: false, text: notification, blocks }).catch(
        (error: unknown) => deps.log.warn(faultOf(error), 'slack did not take the answer to a message shortcut'),
      );
    }
    await ack();
  });
}

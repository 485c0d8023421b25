import type { App } from '@slack/bolt';
import { askedBy, execute } from './asked.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { messageText } from './slack-text.ts';

/**
 * What was pinned follows its message: edited there, edited here; deleted there, gone here. Other messages are not looked
 * at: what people talk about in a channel is not the record.
 */
export function registerMessagesChanged(app: App, deps: SlackFeatureDeps): void {
  app.event('message', async ({ event, context }) => {
    if (event.subtype !== 'message_changed' && event.subtype !== 'message_deleted') return;
    const { channel } = event;
    const ts = event.subtype === 'message_deleted' ? event.deleted_ts : event.message.ts;
    const id = await deps.store.incidentByChannel(channel);
    const incident = id === undefined ? undefined : await deps.store.incident(id);
    const isCaptured = incident?.captured.some((message) => message.channel === channel && message.ts === ts) === true;
    if (incident === undefined || !isCaptured) return;
    const asked = await askedBy(deps, { slackUser: writerOf(event), channel, context });
    if (event.subtype === 'message_deleted') {
      await execute(asked, incident.id, { type: 'remove_message', channel, ts });
      return;
    }
    const { message } = event;
    const text = 'text' in message && typeof message.text === 'string' ? message.text : '';
    await execute(asked, incident.id, {
      type: 'edit_message',
      channel,
      ts,
      text: messageText(text, asked.facts.catalog),
    });
  });
}

/** Slack does not say who edited or deleted; it was the author, or an admin in their place. */
function writerOf(event: object): string {
  for (const key of ['message', 'previous_message'] as const) {
    const message: unknown = Reflect.get(event, key);
    const user: unknown = typeof message === 'object' && message !== null ? Reflect.get(message, 'user') : undefined;
    if (typeof user === 'string') return user;
  }
  return 'USLACKBOT';
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/sandbox/slack/local-slack.ts';
import { fieldsOf } from '../../../src/sandbox/slack/values.ts';
import { connect } from './app.ts';
import { clientOf, postMessage, startWorkspace } from './world.ts';
import type { WorldOptions } from './world.ts';

type Event = Record<string, unknown> & { type: string };

async function listening(
  options: WorldOptions = {},
): Promise<{ slack: LocalSlack; events: Event[]; payloads: Record<string, unknown>[]; quiet: () => Promise<unknown> }> {
  const slack = await startWorkspace(options);
  const payloads: Record<string, unknown>[] = [];
  const events: Event[] = [];
  await connect(slack, ({ ack, body, type }) => {
    if (type === 'events_api') {
      payloads.push(body);
      events.push({ type: '', ...fieldsOf(body['event']) });
    }
    return ack();
  });
  const quiet = () => slack.until(() => slack.deliveries.every(({ outcome }) => outcome === 'acknowledged'), 2_000);
  return { slack, events, payloads, quiet };
}

/** Keys of a captured payload: Slack may send more, never less. */
function captured(name: string): Record<string, unknown> {
  const payload: Record<string, unknown> = JSON.parse(
    readFileSync(new URL(`../../fixtures/slack/${name}.json`, import.meta.url), 'utf8'),
  );
  return payload;
}

function missingKeys(sample: Record<string, unknown>, sent: Record<string, unknown>): string[] {
  const byOrganisation = new Set(['enterprise_id', 'authed_users']);
  return Object.keys(sample).filter((key) => !(key in sent) && !byOrganisation.has(key));
}

describe('events', () => {
  it('have the shape of captured ones', async () => {
    const { slack, payloads, quiet } = await listening();
    const { ts } = slack.actions.post({ user: 'U1', channel: 'C1', text: 'one @toran' });
    slack.actions.react({ user: 'U1', channel: 'C1', ts, name: 'heart_eyes' });
    slack.actions.edit({ user: 'U1', channel: 'C1', ts, text: 'two' });
    slack.actions.remove({ user: 'U1', channel: 'C1', ts });
    slack.actions.invite({ user: 'U1', channel: 'C4', users: ['U2'] });
    await postMessage(clientOf(slack), { channel: 'C1', text: 'mine' });
    await quiet();
    const find = (type: string, subtype?: string) =>
      payloads.find(({ event }) => fieldsOf(event)['type'] === type && fieldsOf(event)['subtype'] === subtype) ?? {};
    const pairs: [string, Record<string, unknown>][] = [
      ['realistic/message.message_body', find('message')],
      ['socket-mode/envelope.events_api.app_mention', find('app_mention')],
      ['realistic/events_socket_mode.valid_reaction_added_body', find('reaction_added')],
      ['realistic/message_changed.event_payload', find('message', 'message_changed')],
      ['realistic/message_deleted.event_payload', find('message', 'message_deleted')],
      ['realistic/events_socket_mode.join_event_body', find('member_joined_channel')],
      [
        'realistic/message_bot.bot_message_event_payload',
        payloads.findLast(({ event }) => fieldsOf(event)['bot_id'] !== undefined) ?? {},
      ],
    ];
    for (const [name, sent] of pairs) {
      const sample = captured(name);
      const payload = fieldsOf(sample['payload'] ?? sample);
      expect([name, missingKeys(payload, sent)]).toEqual([name, []]);
      expect([name, missingKeys(fieldsOf(payload['event']), fieldsOf(sent['event']))]).toEqual([name, []]);
    }
    expect(new Set(payloads.map((payload) => payload['event_id'])).size).toBe(payloads.length);
  });

  it('come only for channels the app is in, subscriptions it has and scopes it was given', async () => {
    const { slack, events, quiet } = await listening({
      app: { events: ['message.channels', 'reaction_added'], scopes: ['channels:history'] },
    });
    slack.actions.post({ user: 'U1', channel: 'C2', text: 'not there' });
    slack.actions.post({ user: 'U1', channel: 'C4', text: 'no message.groups' });
    const { ts } = slack.actions.post({ user: 'U1', channel: 'C1', text: 'yes' });
    slack.actions.react({ user: 'U1', channel: 'C1', ts, name: 'eyes' });
    await quiet();
    expect(events.map(({ type, text }) => [type, text])).toEqual([['message', 'yes']]);
  });

  it('tell own messages and own updates too, marked with bot_id', async () => {
    const { slack, events, quiet } = await listening({ app: { events: ['message.channels'] } });
    const { ts = '' } = await postMessage(clientOf(slack), { channel: 'C1', text: 'one' });
    await clientOf(slack).chat.update({ channel: 'C1', ts, text: 'two' });
    await quiet();
    expect(events).toMatchObject([
      { type: 'message', bot_id: 'B0BOT', channel_type: 'channel' },
      { subtype: 'message_changed', message: { bot_id: 'B0BOT', text: 'two' }, previous_message: { text: 'one' } },
    ]);
  });

  it('tell DMs to the app, topics, joins, archiving, pins and the opened Home', async () => {
    const { slack, events, quiet } = await listening();
    const client = clientOf(slack);
    slack.actions.post({ user: 'U1', channel: 'U0BOT', text: 'hello app' });
    const { channel } = await client.conversations.create({ name: 'inc-1' });
    const id = channel?.id ?? '';
    await client.conversations.setTopic({ channel: id, topic: 'SEV1' });
    slack.actions.join({ user: 'U2', channel: id });
    const { ts } = slack.actions.post({ user: 'U2', channel: id, text: 'found it' });
    slack.actions.pin({ user: 'U2', channel: id, ts });
    await client.conversations.archive({ channel: id });
    slack.actions.openHome({ user: 'U1' });
    await quiet();
    expect(
      events.map(({ type, subtype, channel_type }) =>
        [type, subtype, channel_type].filter((part) => typeof part === 'string').join(' '),
      ),
    ).toEqual([
      'message im',
      'channel_created',
      'message channel_join channel',
      'message channel_topic channel',
      'member_joined_channel C',
      'message channel_join channel',
      'message channel',
      'pin_added',
      'message channel_archive channel',
      'channel_archive',
      'app_home_opened',
    ]);
  });

  it('end with app_uninstalled and tokens_revoked', async () => {
    const { slack, events, quiet } = await listening();
    slack.actions.uninstallApp({ user: 'U1' });
    slack.actions.post({ user: 'U1', channel: 'C1', text: 'anybody?' });
    await quiet();
    expect(events.map(({ type }) => type)).toEqual(['app_uninstalled', 'tokens_revoked']);
  });
});

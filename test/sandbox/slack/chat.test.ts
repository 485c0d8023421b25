import { describe, expect, it } from 'vitest';
import { clientOf, errorOf, postMessage, startWorkspace } from './world.ts';

const button = (actionId: string) =>
  ({ type: 'button', action_id: actionId, text: { type: 'plain_text', text: 'Go' } }) as const;
const actions = { type: 'actions', elements: [button('go')] } as const;

describe('chat.postMessage', () => {
  it('answers channel, ts and the message, with bot_id and app_id of the author', async () => {
    const slack = await startWorkspace();
    const posted = await postMessage(clientOf(slack), { channel: 'C1', text: 'hello' });
    expect(posted).toMatchObject({
      ok: true,
      channel: 'C1',
      message: { text: 'hello', bot_id: 'B0BOT', app_id: 'A0TORAN', user: 'U0BOT' },
    });
    expect(slack.state.message('C1', posted.ts ?? '')?.text).toBe('hello');
  });

  it('gives every message its own timestamp, also within one millisecond of a standing clock', async () => {
    const slack = await startWorkspace({ now: () => 1_767_225_600_000 });
    const client = clientOf(slack);
    const posted = await Promise.all(
      Array.from({ length: 20 }, () => postMessage(client, { channel: 'C1', text: 'x' })),
    );
    expect(new Set(posted.map(({ ts }) => ts)).size).toBe(20);
    expect(posted[0]?.ts).toMatch(/^1767225600\.\d{6}$/);
  });

  it('opens the DM when a person is named, with chat:write alone', async () => {
    const slack = await startWorkspace({ app: { scopes: ['chat:write'] } });
    const posted = await postMessage(clientOf(slack), { channel: 'U1', text: 'page' });
    expect(posted.channel).toMatch(/^D/);
    expect(slack.state.messages('U1').map(({ text }) => text)).toEqual(['page']);
  });

  it.each([
    [{ channel: 'C404', text: 'x' }, 'channel_not_found'],
    [{ channel: 'C2', text: 'x' }, 'not_in_channel'],
    [{ channel: 'C3', text: 'x' }, 'channel_not_found'],
    [{ channel: 'C5', text: 'x' }, 'is_archived'],
    [{ channel: 'C1', text: '' }, 'no_text'],
    [{ channel: 'C1', text: 'x', thread_ts: '1.000001' }, 'thread_not_found'],
    [
      { channel: 'C1', text: 'x', metadata: { event_type: 'a', event_payload: { long: 'x'.repeat(17_000) } } },
      'metadata_too_large',
    ],
    [
      { channel: 'C1', text: 'x', attachments: Array.from({ length: 101 }, () => ({ text: 'a' })) },
      'too_many_attachments',
    ],
    [{ channel: 'C1', text: 'x', markdown_text: '**x**' }, 'markdown_text_conflict'],
  ])('refuses %j with %s', async (args, error) => {
    const slack = await startWorkspace();
    expect(await errorOf(clientOf(slack).apiCall('chat.postMessage', args))).toBe(error);
  });

  it('posts into a public channel it is not in with chat:write.public', async () => {
    const slack = await startWorkspace({ app: { scopes: ['chat:write', 'chat:write.public'] } });
    expect(await errorOf(postMessage(clientOf(slack), { channel: 'C2', text: 'x' }))).toBe('ok');
  });

  it('cuts text above 40,000 characters and warns', async () => {
    const slack = await startWorkspace();
    const posted = await postMessage(clientOf(slack), { channel: 'C1', text: 'x'.repeat(40_001) });
    expect(posted.message?.text).toHaveLength(40_000);
    expect(posted['warning']).toBe('message_truncated');
  });

  it('escapes bare control characters, keeps mentions and entities, brackets bare links', async () => {
    const slack = await startWorkspace();
    const posted = await postMessage(clientOf(slack), {
      channel: 'C1',
      text: 'a < b & c &amp; <@U1> <!here> https://x.example/a?b=1 <script>',
    });
    expect(posted.message?.text).toBe('a &lt; b &amp; c &amp; <@U1> <!here> <https://x.example/a?b=1> &lt;script&gt;');
  });

  it('is not idempotent, not even with client_msg_id', async () => {
    const slack = await startWorkspace();
    const call = { channel: 'C1', text: 'x', client_msg_id: 'a8744611-0210-4f85-9f15-5faf7fb225c8' };
    await clientOf(slack).apiCall('chat.postMessage', call);
    await clientOf(slack).apiCall('chat.postMessage', call);
    expect(slack.state.messages('C1')).toHaveLength(2);
  });

  it('shows metadata in full only to who asks for all of it', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    await postMessage(client, {
      channel: 'C1',
      text: 'x',
      metadata: { event_type: 'toran_op', event_payload: { op_id: '7' } },
    });
    const plain = await client.conversations.history({ channel: 'C1' });
    expect(plain.messages?.[0]?.metadata).toEqual({ event_type: 'toran_op' });
    const full = await client.conversations.history({ channel: 'C1', include_all_metadata: true });
    expect(full.messages?.[0]?.metadata).toEqual({ event_type: 'toran_op', event_payload: { op_id: '7' } });
  });
});

describe('chat.update', () => {
  it('removes the blocks when only text comes, and then shows "(edited)"', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { ts = '' } = await postMessage(client, { channel: 'C1', text: 'x', blocks: [actions] });
    await client.chat.update({ channel: 'C1', ts, text: 'y' });
    expect(slack.state.message('C1', ts)).toMatchObject({ text: 'y', blocks: undefined, edited: { user: 'U0BOT' } });
  });

  it('keeps text and metadata when only blocks come, without "(edited)"; an empty metadata removes it', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const metadata = { event_type: 'toran_op', event_payload: { op_id: '7' } };
    const { ts = '' } = await postMessage(client, { channel: 'C1', text: 'x', metadata });
    await client.apiCall('chat.update', { channel: 'C1', ts, blocks: [actions] });
    expect(slack.state.message('C1', ts)).toMatchObject({
      text: 'x',
      edited: undefined,
      metadata: { eventType: 'toran_op' },
    });
    await client.apiCall('chat.update', { channel: 'C1', ts, text: 'x', metadata: {} });
    expect(slack.state.message('C1', ts)?.metadata).toBeUndefined();
  });

  it('refuses more than 4,000 characters, other authors, archived channels, a person in place of the DM', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { ts = '' } = await postMessage(client, { channel: 'C1', text: 'x' });
    const theirs = slack.actions.post({ user: 'U1', channel: 'C1', text: 'mine' });
    const dm = await postMessage(client, { channel: 'U1', text: 'x' });
    expect(await errorOf(client.chat.update({ channel: 'C1', ts, text: 'x'.repeat(4_001) }))).toBe('msg_too_long');
    expect(await errorOf(client.chat.update({ channel: 'C1', ts, text: 'x'.repeat(4_000) }))).toBe('ok');
    expect(await errorOf(client.chat.update({ channel: 'C1', ts: theirs.ts, text: 'x' }))).toBe('cant_update_message');
    expect(await errorOf(client.chat.update({ channel: 'C1', ts: '1.000001', text: 'x' }))).toBe('message_not_found');
    expect(await errorOf(client.chat.update({ channel: 'U1', ts: dm.ts ?? '', text: 'x' }))).toBe('channel_not_found');
    expect(await errorOf(client.chat.update({ channel: dm.channel ?? '', ts: dm.ts ?? '', text: 'y' }))).toBe('ok');
    const { channel } = await client.conversations.create({ name: 'ours' });
    const there = await postMessage(client, { channel: channel?.id ?? '', text: 'x' });
    await client.conversations.archive({ channel: channel?.id ?? '' });
    expect(await errorOf(client.chat.update({ channel: channel?.id ?? '', ts: there.ts ?? '', text: 'x' }))).toBe(
      'is_inactive',
    );
  });
});

describe('other chat methods', () => {
  it('shows an ephemeral message to one member only, in no history, beyond update and delete', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const shown = await client.chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'psst' });
    expect(slack.state.ephemerals('C1', 'U1').map(({ text }) => text)).toEqual(['psst']);
    expect(slack.state.ephemerals('C1', 'U2')).toEqual([]);
    expect((await client.conversations.history({ channel: 'C1' })).messages).toEqual([]);
    expect(await errorOf(client.chat.update({ channel: 'C1', ts: shown.message_ts ?? '', text: 'x' }))).toBe(
      'message_not_found',
    );
    expect(await errorOf(client.chat.delete({ channel: 'C1', ts: shown.message_ts ?? '' }))).toBe('message_not_found');
    expect(await errorOf(client.chat.postEphemeral({ channel: 'C4', user: 'U2', text: 'x' }))).toBe(
      'user_not_in_channel',
    );
  });

  it('deletes own messages once', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { ts = '' } = await postMessage(client, { channel: 'C1', text: 'x' });
    const theirs = slack.actions.post({ user: 'U1', channel: 'C1', text: 'mine' });
    expect(await errorOf(client.chat.delete({ channel: 'C1', ts: theirs.ts }))).toBe('cant_delete_message');
    expect(await errorOf(client.chat.delete({ channel: 'C1', ts }))).toBe('ok');
    expect(await errorOf(client.chat.delete({ channel: 'C1', ts }))).toBe('message_not_found');
  });

  it('links a reply with its thread', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const root = await postMessage(client, { channel: 'C1', text: 'x' });
    const reply = await postMessage(client, { channel: 'C1', text: 'y', thread_ts: root.ts ?? '' });
    const { permalink } = await client.chat.getPermalink({ channel: 'C1', message_ts: reply.ts ?? '' });
    expect(permalink).toBe(`${slack.url}/archives/C1/p${reply.ts?.replace('.', '')}?thread_ts=${root.ts}&cid=C1`);
  });
});

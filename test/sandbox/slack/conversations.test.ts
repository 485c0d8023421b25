import { describe, expect, it } from 'vitest';
import { clientOf, errorOf, movableClock, postMessage, startWorkspace } from './world.ts';

describe('conversations.create', () => {
  it.each([
    ['', 'invalid_name_required'],
    ['x'.repeat(81), 'invalid_name_maxlength'],
    ['x'.repeat(80), 'ok'],
    ['Upper', 'invalid_name_specials'],
    ['with space', 'invalid_name_specials'],
    ['dot.dot', 'invalid_name_specials'],
    ['---', 'invalid_name_punctuation'],
    ['inc-1_db', 'ok'],
    ['general', 'name_taken'],
    ['old', 'name_taken'],
    ['secret', 'name_taken'],
    ['dana', 'name_taken'],
    ['oncall', 'name_taken'],
  ])('answers %j with %s', async (name, error) => {
    const slack = await startWorkspace();
    expect(await errorOf(clientOf(slack).conversations.create({ name }))).toBe(error);
  });

  it('makes the app creator and member', async () => {
    const slack = await startWorkspace();
    const { channel } = await clientOf(slack).conversations.create({ name: 'inc-1', is_private: true });
    expect(channel).toMatchObject({
      name: 'inc-1',
      creator: 'U0BOT',
      is_private: true,
      is_member: true,
      is_archived: false,
    });
    expect([...(slack.state.channelByName('inc-1')?.members ?? [])]).toEqual(['U0BOT']);
  });

  it('keeps the name taken after archiving', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { channel } = await client.conversations.create({ name: 'inc-1' });
    await client.conversations.archive({ channel: channel?.id ?? '' });
    expect(await errorOf(client.conversations.create({ name: 'inc-1' }))).toBe('name_taken');
  });
});

describe('membership', () => {
  it('joins public channels, also twice, but no private and no archived ones', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    expect((await client.conversations.join({ channel: 'C2' }))['warning']).toBeUndefined();
    expect((await client.conversations.join({ channel: 'C2' }))['warning']).toBe('already_in_channel');
    expect(await errorOf(client.conversations.join({ channel: 'C3' }))).toBe('channel_not_found');
    expect(await errorOf(client.conversations.join({ channel: 'C5' }))).toBe('is_archived');
  });

  it('stops an invitation at the first bad id without force, and goes on with it', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { channel } = await client.conversations.create({ name: 'inc-1' });
    const id = channel?.id ?? '';
    expect(await errorOf(client.conversations.invite({ channel: id, users: 'U1,U404' }))).toBe('user_not_found');
    expect(slack.state.channel(id)?.members.has('U1')).toBe(false);
    const forced = await client.conversations.invite({ channel: id, users: 'U1,U404,U3', force: true });
    expect(forced['errors']).toEqual([
      { user: 'U404', ok: false, error: 'user_not_found' },
      { user: 'U3', ok: false, error: 'cant_invite' },
    ]);
    expect(slack.state.channel(id)?.members.has('U1')).toBe(true);
  });

  it('answers already_in_channel only when all are in, cant_invite_self for itself', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { channel } = await client.conversations.create({ name: 'inc-1' });
    const id = channel?.id ?? '';
    expect(await errorOf(client.conversations.invite({ channel: id, users: 'U1' }))).toBe('ok');
    expect(await errorOf(client.conversations.invite({ channel: id, users: 'U1' }))).toBe('already_in_channel');
    expect(await errorOf(client.conversations.invite({ channel: id, users: 'U1,U2' }))).toBe('ok');
    expect(await errorOf(client.conversations.invite({ channel: id, users: 'U0BOT' }))).toBe('cant_invite_self');
    expect(await errorOf(client.conversations.invite({ channel: 'C2', users: 'U2' }))).toBe('not_in_channel');
    expect(
      await errorOf(
        client.conversations.invite({ channel: id, users: Array.from({ length: 1_001 }, (_, n) => `U${n}`).join(',') }),
      ),
    ).toBe('too_many_users');
  });

  it('kicks and leaves', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { channel } = await client.conversations.create({ name: 'inc-1' });
    const id = channel?.id ?? '';
    await client.conversations.invite({ channel: id, users: 'U1' });
    expect(await errorOf(client.conversations.kick({ channel: id, user: 'U0BOT' }))).toBe('cant_kick_self');
    expect(await errorOf(client.conversations.kick({ channel: id, user: 'U1' }))).toBe('ok');
    expect(await errorOf(client.conversations.kick({ channel: id, user: 'U1' }))).toBe('not_in_channel');
    expect(await client.conversations.leave({ channel: id })).not.toHaveProperty('not_in_channel');
    expect(await client.conversations.leave({ channel: id })).toMatchObject({ not_in_channel: true });
  });

  it('opens the same DM again, none with bots or deactivated people', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const first = await client.conversations.open({ users: 'U1' });
    const again = await client.conversations.open({ users: 'U1' });
    expect(again).toMatchObject({ already_open: true, channel: { id: first.channel?.id } });
    expect(await errorOf(client.conversations.open({ users: 'U0BOT' }))).toBe('cannot_dm_bot');
    expect(await errorOf(client.conversations.open({ users: 'U3' }))).toBe('user_disabled');
  });
});

describe('archiving, names, topics', () => {
  it('archives once, only where it is a member, and never unarchives', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { channel } = await client.conversations.create({ name: 'inc-1' });
    const id = channel?.id ?? '';
    expect(await errorOf(client.conversations.archive({ channel: 'C2' }))).toBe('not_in_channel');
    expect(await errorOf(client.conversations.archive({ channel: 'C1' }))).toBe('cant_archive_general');
    expect(await errorOf(client.conversations.archive({ channel: id }))).toBe('ok');
    expect(await errorOf(client.conversations.archive({ channel: id }))).toBe('already_archived');
    expect(await errorOf(client.conversations.unarchive({ channel: id }))).toBe('not_in_channel');
    expect(await errorOf(client.conversations.setTopic({ channel: id, topic: 'x' }))).toBe('is_archived');
  });

  it('renames what it created, within the same rules as creating', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const { channel } = await client.conversations.create({ name: 'inc-1' });
    const id = channel?.id ?? '';
    expect(await errorOf(client.conversations.rename({ channel: id, name: 'general' }))).toBe('name_taken');
    expect(await errorOf(client.conversations.rename({ channel: id, name: 'No' }))).toBe('invalid_name_specials');
    expect((await client.conversations.rename({ channel: id, name: 'inc-1-db' })).channel).toMatchObject({
      name: 'inc-1-db',
      previous_names: ['inc-1'],
    });
    expect(await errorOf(client.conversations.rename({ channel: 'C1', name: 'mine' }))).toBe('not_authorized');
    expect(await errorOf(client.conversations.create({ name: 'inc-1' }))).toBe('ok');
  });

  it('takes 250 characters as topic or purpose, and leaves a message with every call', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    expect(await errorOf(client.conversations.setTopic({ channel: 'C1', topic: 'x'.repeat(251) }))).toBe('too_long');
    expect(await errorOf(client.conversations.setPurpose({ channel: 'C1', purpose: 'x'.repeat(251) }))).toBe(
      'too_long',
    );
    await client.conversations.setTopic({ channel: 'C1', topic: 'א'.repeat(250) });
    await client.conversations.setTopic({ channel: 'C1', topic: 'א'.repeat(250) });
    expect(slack.state.messages('C1').map(({ subtype }) => subtype)).toEqual(['channel_topic', 'channel_topic']);
    const info = await client.conversations.info({ channel: 'C1' });
    expect(info.channel?.topic).toMatchObject({ value: 'א'.repeat(250), creator: 'U0BOT' });
  });
});

describe('reading', () => {
  it('pages history from the newest back, oldest and latest exclusive, replies left out', async () => {
    const clock = movableClock();
    const slack = await startWorkspace({ now: clock.now });
    const client = clientOf(slack);
    const posted: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      clock.advance(1_000);
      posted.push((await postMessage(client, { channel: 'C1', text: `m${n}` })).ts ?? '');
    }
    await postMessage(client, { channel: 'C1', text: 'reply', thread_ts: posted[0] ?? '' });
    const first = await client.conversations.history({ channel: 'C1', limit: 2 });
    expect(first.messages?.map(({ text }) => text)).toEqual(['m4', 'm3']);
    expect(first.has_more).toBe(true);
    const second = await client.conversations.history({
      channel: 'C1',
      limit: 9,
      cursor: first.response_metadata?.next_cursor ?? '',
    });
    expect(second.messages?.map(({ text }) => text)).toEqual(['m2', 'm1', 'm0']);
    expect(second.has_more).toBe(false);
    const between = await client.conversations.history({
      channel: 'C1',
      oldest: posted[1] ?? '',
      latest: posted[3] ?? '',
    });
    expect(between.messages?.map(({ text }) => text)).toEqual(['m2']);
    const inclusive = await client.conversations.history({
      channel: 'C1',
      oldest: posted[1] ?? '',
      latest: posted[3] ?? '',
      inclusive: true,
    });
    expect(inclusive.messages?.map(({ text }) => text)).toEqual(['m3', 'm2', 'm1']);
    expect(await errorOf(client.conversations.history({ channel: 'C2' }))).toBe('not_in_channel');
  });

  it('lists a thread from its root, whichever of its messages is named', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const root = await postMessage(client, { channel: 'C1', text: 'root' });
    const reply = await postMessage(client, { channel: 'C1', text: 'a', thread_ts: root.ts ?? '' });
    await postMessage(client, { channel: 'C1', text: 'b', thread_ts: reply.ts ?? '' });
    for (const ts of [root.ts ?? '', reply.ts ?? '']) {
      const thread = await client.conversations.replies({ channel: 'C1', ts });
      expect(thread.messages?.map(({ text }) => text)).toEqual(['root', 'a', 'b']);
      expect(thread.messages?.[0]).toMatchObject({ reply_count: 2 });
    }
    expect(await errorOf(client.conversations.replies({ channel: 'C1', ts: '1.000001' }))).toBe('thread_not_found');
  });

  it('lists public channels and only own private ones, in pages', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const all = await client.conversations.list({ types: 'public_channel,private_channel' });
    expect(all.channels?.map(({ id }) => id)).toEqual(['C1', 'C2', 'C4', 'C5']);
    const page = await client.conversations.list({ limit: 2, exclude_archived: true });
    expect(page.channels?.map(({ id }) => id)).toEqual(['C1', 'C2']);
    expect(page.response_metadata?.next_cursor).toBe('');
    expect(await errorOf(client.conversations.info({ channel: 'C3' }))).toBe('channel_not_found');
    expect((await client.conversations.members({ channel: 'C1' })).members).toEqual(['U0BOT', 'U1', 'U2']);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRecord } from './json.ts';
import { workspace, type Workspace } from './workspace.ts';

let slack: Workspace;
beforeEach(async () => {
  slack = await workspace();
});
afterEach(() => slack.close());

describe('messages and reactions', () => {
  const here = { type: 'message', channel: 'C0INC1', ts: '1795334500.000100' };
  const reaction = {
    user: 'UDANA',
    reaction: 'pushpin',
    item: here,
    item_user: 'UCARMEL',
    event_ts: '1795334600.0001',
  };

  async function captured(): Promise<(string | undefined)[]> {
    const texts = await slack.store.texts('INC-1');
    return (await slack.incident()).captured.map(({ text }) => texts.get(text));
  }

  it('📌 puts a message into the timeline with its own time and author; taking it away takes it out', async () => {
    await slack.hasIncident();
    slack.passes(10);
    slack.messages.set('C0INC1 1795334500.000100', {
      text: 'pool is <@UALMA> &amp; <https://x.example|full>',
      user: 'UCARMEL',
    });
    await slack.happens({ type: 'reaction_added', ...reaction }, 'Ev1');
    await slack.happens({ type: 'reaction_added', ...reaction }, 'Ev1');
    expect(await captured()).toEqual(['pool is @Alma & https://x.example']);
    const history = await slack.store.events('INC-1');
    const event = history.find(({ event: each }) => each.type === 'message_captured');
    expect(event).toMatchObject({ happenedAt: 1_795_334_500_000, event: { author: 'carmel' } });
    await slack.happens({ type: 'reaction_removed', ...reaction });
    expect(await captured()).toEqual([]);
  });

  it('a message stays for as long as anybody has it pinned, whatever the order in which events arrive', async () => {
    await slack.hasIncident();
    const message = { text: 'pool is full', user: 'UCARMEL' };
    slack.messages.set('C0INC1 1795334500.000100', message);
    await slack.happens({ type: 'reaction_added', ...reaction });
    slack.messages.set('C0INC1 1795334500.000100', { ...message, reactions: ['eyes', 'pushpin'] });
    await slack.happens({ type: 'reaction_removed', ...reaction });
    expect(await captured()).toEqual(['pool is full']);
    slack.messages.set('C0INC1 1795334500.000100', { ...message, reactions: ['eyes'] });
    await slack.happens({ type: 'reaction_removed', ...reaction, user: 'UNOA' });
    expect(await captured()).toEqual([]);
  });

  it('other reactions, other channels and unpinned messages are not the record', async () => {
    await slack.hasIncident();
    slack.messages.set('C0INC1 1795334500.000100', { text: 'x', user: 'UCARMEL' });
    await slack.happens({ type: 'reaction_added', ...reaction, reaction: 'eyes' });
    await slack.happens({ type: 'reaction_added', ...reaction, item: { ...here, channel: 'C0OTHER' } });
    await slack.happens({ type: 'message', channel: 'C0INC1', user: 'UCARMEL', text: 'hello', ts: '2.2' });
    expect(await captured()).toEqual([]);
  });

  it('an edited message is edited, a deleted one is gone', async () => {
    await slack.hasIncident();
    slack.messages.set('C0INC1 1795334500.000100', { text: 'pool = 1', user: 'UCARMEL' });
    await slack.happens({ type: 'reaction_added', ...reaction });
    await slack.happens({
      type: 'message',
      subtype: 'message_changed',
      channel: 'C0INC1',
      ts: '3.3',
      message: { type: 'message', user: 'UCARMEL', text: 'pool = 10', ts: here.ts },
      previous_message: { type: 'message', user: 'UCARMEL', text: 'pool = 1', ts: here.ts },
    });
    expect(await captured()).toEqual(['pool = 10']);
    await slack.happens({
      type: 'message',
      subtype: 'message_deleted',
      channel: 'C0INC1',
      ts: '4.4',
      deleted_ts: here.ts,
      previous_message: { type: 'message', user: 'UCARMEL', text: 'pool = 10', ts: here.ts },
    });
    expect(await captured()).toEqual([]);
  });

  it('a message that may not be read gives a hint, and nothing is lost', async () => {
    await slack.hasIncident();
    const answer = await slack.happens({ type: 'reaction_added', ...reaction });
    expect(answer.kind).toBe('acknowledge');
    expect(slack.calls.at(-1)).toMatchObject({ method: 'chat.postEphemeral', body: { user: 'UDANA' } });
    expect(await captured()).toEqual([]);
  });

  it('the message’s own menu works without any right to read', async () => {
    await slack.hasIncident();
    const shortcut = (channel: string) => ({
      type: 'message_action',
      callback_id: 'toran_add_to_timeline',
      team: { id: 'T1' },
      user: { id: 'UDANA' },
      trigger_id: `shortcut-${channel}`,
      channel: { id: channel, name: 'x' },
      message: { type: 'message', user: 'UCARMEL', text: 'pool = 10', ts: here.ts },
      message_ts: here.ts,
      response_url: 'https://hooks.slack.test/shortcut',
    });
    await slack.receive(shortcut('C0INC1'));
    expect(await captured()).toEqual(['pool = 10']);
    expect(JSON.stringify(slack.calls.at(-1)?.body)).toContain('Added to the timeline of INC-1');
    await slack.receive(shortcut('C0OTHER'));
    expect(JSON.stringify(slack.calls.at(-1)?.body)).toContain('belongs to no incident');
  });

  it('who joins the channel joins the incident, Toran itself does not', async () => {
    await slack.hasIncident();
    await slack.happens({
      type: 'member_joined_channel',
      user: 'UDANA',
      channel: 'C0INC1',
      channel_type: 'C',
      team: 'T1',
    });
    await slack.happens({
      type: 'member_joined_channel',
      user: 'UTORAN',
      channel: 'C0INC1',
      channel_type: 'C',
      team: 'T1',
    });
    await slack.happens({
      type: 'member_joined_channel',
      user: 'UNOA',
      channel: 'C0OTHER',
      channel_type: 'C',
      team: 'T1',
    });
    expect((await slack.incident()).people).toEqual(['dana']);
  });

  it('a mention is answered with help, where only they see it', async () => {
    await slack.happens({
      type: 'app_mention',
      user: 'UDANA',
      text: '<@UTORAN> help',
      ts: '1.1',
      channel: 'C0LOBBY',
      event_ts: '1.1',
    });
    const call = slack.calls.at(-1);
    expect(call).toMatchObject({ method: 'chat.postEphemeral', body: { user: 'UDANA', channel: 'C0LOBBY' } });
    expect(isRecord(call?.body) ? JSON.stringify(call.body) : '').toContain('During an incident');
  });
});

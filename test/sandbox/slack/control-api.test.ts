import { describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/sandbox/slack/local-slack.ts';
import { connect } from './app.ts';
import { clientOf, movableClock, postMessage, startWorkspace } from './world.ts';

function control(slack: LocalSlack) {
  const at = (path: string) => `${slack.url}/_sandbox/slack/${path}`;
  const read = async (path: string): Promise<unknown> => (await fetch(at(path))).json();
  const send = async (path: string, body: object): Promise<[number, unknown]> => {
    const answer = await fetch(at(path), { method: 'POST', body: JSON.stringify(body) });
    return [answer.status, await answer.json()];
  };
  return { at, read, send };
}

describe('the sandbox interface over HTTP', () => {
  it('acts as any person and shows what came of it', async () => {
    const slack = await startWorkspace();
    await connect(slack, ({ ack, type }) => ack(type === 'slash_commands' ? { text: 'Who is down?' } : undefined));
    const { read, send } = control(slack);
    const [, posted] = await send('actions/post', { user: 'U1', channel: '#general', text: 'hello @beni' });
    expect(posted).toMatchObject({ text: 'hello <@U2>', channelId: 'C1' });
    expect(await send('actions/command', { user: 'U1', channel: 'C1', command: '/incident', text: 'declare' })).toEqual(
      [200, { ok: true, views: [], replied: { text: 'Who is down?', visible: 'ephemeral' } }],
    );
    expect(await read('channels/C1')).toMatchObject({
      name: 'general',
      members: ['U0BOT', 'U1', 'U2'],
      messages: [{ text: 'hello <@U2>' }],
    });
    expect(await read('transcript/general?as=U1')).toMatchObject({
      lines: [
        expect.stringMatching(/^\d\d:\d\d Dana Levi: hello @Beni Cohen$/),
        expect.stringMatching(/Toran \(only you\): Who is down\?$/),
      ],
    });
    expect(await read('calls')).toMatchObject([{ method: 'apps.connections.open', ok: true }]);
    expect(await read('state')).toMatchObject({ connections: 1, apiCalls: 1 });
  });

  it('says what is wrong with a body (400), what a person cannot do (409), what does not exist (404)', async () => {
    const slack = await startWorkspace();
    const { send } = control(slack);
    const [missing, why] = await send('actions/post', { user: 'U1' });
    expect([missing, JSON.stringify(why)]).toEqual([400, expect.stringContaining('channel')]);
    expect(await send('actions/post', { user: 'U2', channel: 'C2', text: 'x' })).toEqual([
      409,
      { ok: false, error: 'beni is not in elsewhere' },
    ]);
    expect((await send('actions/fly', {}))[0]).toBe(404);
  });

  it('injects and clears faults, and shows files as bytes', async () => {
    const slack = await startWorkspace();
    const { at, read, send } = control(slack);
    await send('faults', { kind: 'error', method: 'chat.postMessage', times: 1 });
    expect(await read('faults')).toMatchObject([{ fault: { kind: 'error', error: 'internal_error' }, happened: 0 }]);
    await expect(postMessage(clientOf(slack), { channel: 'C1', text: 'x' })).rejects.toThrow('internal_error');
    await send('faults', { kind: 'html' });
    await fetch(at('faults'), { method: 'DELETE' });
    expect(await read('faults')).toEqual([]);
    await clientOf(slack).filesUploadV2({ channel_id: 'C1', file: Buffer.from('abc'), filename: 'a.txt' });
    expect(await read('files')).toMatchObject([{ name: 'a.txt', bytes: 3 }]);
    const [file] = slack.state.files();
    expect(await (await fetch(at(`files/${file?.id}`))).text()).toBe('abc');
  });

  it('streams a version after every change', async () => {
    const slack = await startWorkspace();
    const answer = await fetch(control(slack).at('changes'));
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: 0\n\n');
    slack.actions.post({ user: 'U1', channel: 'C1', text: 'x' });
    expect((await reader?.read())?.value).toMatch(/^data: [1-9]\d*\n\n/);
    await reader?.cancel();
  });
});

describe('waiting', () => {
  it('resolves on the change, rejects in time with what was awaited', async () => {
    const slack = await startWorkspace();
    const seen = slack.until(() => slack.state.messages('C1').find(({ text }) => text === 'now'), 1_000);
    slack.actions.post({ user: 'U1', channel: 'C1', text: 'now' });
    expect((await seen).text).toBe('now');
    await expect(slack.until(() => false, 10, 'the impossible')).rejects.toThrow(
      'waited 10 ms in vain for the impossible',
    );
  });
});

describe('the transcript', () => {
  it('flattens blocks, names people, shows buttons, threads, reactions and pins, and tells a real mention from an escaped one', async () => {
    const clock = movableClock(1_767_225_600_000);
    const slack = await startWorkspace({ now: clock.now });
    const client = clientOf(slack);
    const card = await postMessage(client, {
      channel: 'C1',
      text: 'fallback',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'SEV1' } },
        {
          type: 'section',
          text: {
            type: 'mrkdwn',
            text: 'Lead <@U1> since <!date^1767225600^{time}|00:00 UTC>, <https://x.example|runbook>',
          },
        },
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'a', text: { type: 'plain_text', text: 'Acknowledge' } }],
        },
      ],
    });
    await client.pins.add({ channel: 'C1', timestamp: card.ts ?? '' });
    await postMessage(client, { channel: 'C1', text: 'in the thread', thread_ts: card.ts ?? '' });
    slack.actions.react({ user: 'U2', channel: 'C1', ts: card.ts ?? '', name: 'eyes' });
    await postMessage(client, { channel: 'C1', text: 'typed <!channel> and &lt;!channel&gt;' });
    await client.conversations.setTopic({ channel: 'C1', topic: 'SEV1' });
    expect(slack.renderTranscript('#general')).toEqual([
      '00:00 Toran: # SEV1 (pinned)',
      '      Lead @Dana Levi since 00:00 UTC, runbook (https://x.example)',
      '      [Acknowledge]',
      '      :eyes: 1',
      '    00:00 Toran: in the thread',
      '00:00 Toran: typed @channel and <!channel>',
      '00:00 — set the channel topic: SEV1',
    ]);
    expect(slack.renderTranscript('#general', { zone: 'Asia/Jerusalem' })).toEqual(
      expect.arrayContaining([
        '02:00 Toran: # SEV1 (pinned)',
        '      Lead @Dana Levi since 02:00, runbook (https://x.example)',
      ]),
    );
    expect(slack.renderTranscript('U2')).toEqual([]);
  });
});

import type { ModalView } from '@slack/types';
import { describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/sandbox/slack/local-slack.ts';
import { httpApp } from './app.ts';
import type { Answer } from './app.ts';
import { clientOf, errorOf, movableClock, postMessage, startWorkspace } from './world.ts';
import type { WorldOptions } from './world.ts';

type Payload = Record<string, unknown> & {
  trigger_id: string;
  response_url: string;
  actions: unknown[];
  message: unknown;
  container: unknown;
  state: unknown;
};

/** A workspace whose app answers over HTTP; `payloads` is what reached it, decoded. */
async function withApp(
  answer: (payload: Payload) => Answer = () => ({}),
  options: WorldOptions = {},
): Promise<{ slack: LocalSlack; payloads: Payload[] }> {
  const payloads: Payload[] = [];
  const app = await httpApp(({ body }) => {
    const form = new URLSearchParams(body);
    const text = form.get('payload') ?? (form.has('command') ? JSON.stringify(Object.fromEntries(form)) : undefined);
    if (text === undefined) return {};
    const payload: Payload = JSON.parse(text);
    payloads.push(payload);
    return answer(payload);
  });
  return { slack: await startWorkspace({ ...options, app: { ...options.app, requestUrl: app.url } }), payloads };
}

const text = (value: string) => ({ type: 'plain_text', text: value }) as const;
const buttons = {
  type: 'actions',
  block_id: 'row',
  elements: [
    { type: 'button', action_id: 'ack', text: text('Acknowledge'), value: 'inc-1' },
    { type: 'button', action_id: 'cannot', text: text("I can't"), value: 'inc-1' },
    {
      type: 'static_select',
      action_id: 'sev',
      options: [
        { text: text('SEV1'), value: 'sev1' },
        { text: text('SEV2'), value: 'sev2' },
      ],
    },
  ],
} as const;

describe('slash commands', () => {
  it('carry the typed text, mentions as ids with names, the rest escaped', async () => {
    const { slack, payloads } = await withApp();
    await slack.actions.command({
      user: 'U1',
      channel: 'C1',
      command: '/incident',
      text: '  page @beni in #general <b> ',
    });
    await slack.actions.command({ user: 'U1', channel: 'C1', command: '/raw', text: 'page @beni <b>' });
    expect(payloads[0]).toMatchObject({
      command: '/incident',
      text: 'page <@U2|beni> in <#C1|general> &lt;b&gt;',
      user_id: 'U1',
      user_name: 'dana',
      channel_id: 'C1',
      channel_name: 'general',
      team_id: 'T0NAHAL',
      api_app_id: 'A0TORAN',
    });
    expect(payloads[1]?.['text']).toBe('page @beni <b>');
  });

  it('do not exist unless declared', async () => {
    const { slack } = await withApp();
    await expect(slack.actions.command({ user: 'U1', channel: 'C1', command: '/nope' })).rejects.toThrow(
      '/nope is not a command',
    );
    await expect(slack.actions.command({ user: 'U3', channel: 'C1', command: '/incident' })).rejects.toThrow(
      'deactivated',
    );
  });
});

describe('buttons and selects in messages', () => {
  it('send the message, its place, the pressed action and the state of the selects', async () => {
    const { slack, payloads } = await withApp();
    const { ts = '' } = await postMessage(clientOf(slack), { channel: 'C1', text: 'x', blocks: [buttons] });
    await slack.actions.select({ user: 'U1', channel: 'C1', ts, actionId: 'sev', choose: 'sev2' });
    await slack.actions.click({ user: 'U1', channel: 'C1', ts, label: 'Acknowledge' });
    expect(payloads[0]?.actions).toMatchObject([
      { type: 'static_select', action_id: 'sev', selected_option: { value: 'sev2' } },
    ]);
    expect(payloads[1]).toMatchObject({
      type: 'block_actions',
      user: { id: 'U1', team_id: 'T0NAHAL' },
      container: { type: 'message', message_ts: ts, channel_id: 'C1', is_ephemeral: false },
      channel: { id: 'C1', name: 'general' },
      message: { ts, bot_id: 'B0BOT' },
      actions: [{ type: 'button', action_id: 'ack', block_id: 'row', value: 'inc-1' }],
      state: { values: { row: { sev: { type: 'static_select', selected_option: { value: 'sev2' } } } } },
    });
  });

  it('cannot be pressed when they are not there, and say what is', async () => {
    const { slack } = await withApp();
    const { ts = '' } = await postMessage(clientOf(slack), { channel: 'C1', text: 'x', blocks: [buttons] });
    await expect(slack.actions.click({ user: 'U1', channel: 'C1', ts, label: 'Resolve' })).rejects.toThrow(
      'Acknowledge (ack)',
    );
    await expect(
      slack.actions.select({ user: 'U1', channel: 'C1', ts, actionId: 'sev', choose: 'sev9' }),
    ).rejects.toThrow('no option sev9');
  });

  it('of an ephemeral message reach the app without the message itself', async () => {
    const { slack, payloads } = await withApp();
    await clientOf(slack).chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'x', blocks: [buttons] });
    await slack.actions.click({ user: 'U1', channel: 'C1', actionId: 'ack' });
    expect(payloads[0]).toMatchObject({ container: { is_ephemeral: true } });
    expect(payloads[0]?.message).toBeUndefined();
    await expect(slack.actions.click({ user: 'U2', channel: 'C1', actionId: 'ack' })).rejects.toThrow(
      'sees no message',
    );
  });
});

describe('response URLs', () => {
  const respond = (url: string, body: object) =>
    fetch(url, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

  it('work five times within 30 minutes, also where the app may not post', async () => {
    const clock = movableClock();
    const { slack, payloads } = await withApp(undefined, { now: clock.now });
    await slack.actions.command({ user: 'U1', channel: 'C2', command: '/incident' });
    const url = payloads[0]?.response_url ?? '';
    const statuses: string[] = [];
    for (let n = 0; n < 6; n += 1) {
      const answer = await respond(url, { text: `answer ${n}` });
      statuses.push(`${answer.status} ${await answer.text()}`);
    }
    expect(statuses).toEqual(['200 ok', '200 ok', '200 ok', '200 ok', '200 ok', '404 used_url']);
    expect(slack.state.ephemerals('C2', 'U1')).toHaveLength(5);
    await slack.actions.command({ user: 'U1', channel: 'C2', command: '/incident' });
    clock.advance(30 * 60_000);
    const late = await respond(payloads[1]?.response_url ?? '', { text: 'late' });
    expect(`${late.status} ${await late.text()}`).toBe('404 expired_url');
  });

  it('speak to all, replace and delete the original', async () => {
    const { slack, payloads } = await withApp();
    const { ts = '' } = await postMessage(clientOf(slack), { channel: 'C1', text: 'x', blocks: [buttons] });
    await slack.actions.click({ user: 'U1', channel: 'C1', ts, actionId: 'ack' });
    const url = payloads[0]?.response_url ?? '';
    await respond(url, { text: 'for all', response_type: 'in_channel' });
    await respond(url, { text: 'taken', replace_original: true });
    expect(slack.state.messages('C1').map((message) => [message.text, message.blocks])).toEqual([
      ['taken', undefined],
      ['for all', undefined],
    ]);
    await respond(url, { delete_original: true });
    expect(slack.state.message('C1', ts)).toBeUndefined();
    expect((await respond(url, { blocks: [{ type: 'nope' }] })).status).toBe(400);
  });
});

describe('trigger ids', () => {
  const view: ModalView = { type: 'modal', title: text('Hi'), blocks: [] };

  it('open one view within three seconds', async () => {
    const clock = movableClock();
    const { slack, payloads } = await withApp(undefined, { now: clock.now });
    const client = clientOf(slack);
    const command = { user: 'U1', channel: 'C1', command: '/incident' };
    await slack.actions.command(command);
    await slack.actions.command(command);
    const [first, second] = payloads;
    expect(await errorOf(client.views.open({ trigger_id: 'made.up', view }))).toBe('invalid_trigger_id');
    clock.advance(2_999);
    expect(await errorOf(client.views.open({ trigger_id: first?.trigger_id ?? '', view }))).toBe('ok');
    expect(await errorOf(client.views.open({ trigger_id: first?.trigger_id ?? '', view }))).toBe(
      'exchanged_trigger_id',
    );
    clock.advance(1);
    expect(await errorOf(client.views.open({ trigger_id: second?.trigger_id ?? '', view }))).toBe('expired_trigger_id');
    expect(slack.state.modals('U1')).toHaveLength(1);
  });
});

describe('shortcuts', () => {
  it('carry the whole message, also without any history scope', async () => {
    const { slack, payloads } = await withApp(undefined, { app: { scopes: ['commands'] } });
    const { ts } = slack.actions.post({ user: 'U2', channel: 'C1', text: 'pool is full' });
    await slack.actions.messageShortcut({ user: 'U1', channel: 'C1', ts, callbackId: 'note' });
    expect(payloads[0]).toMatchObject({
      type: 'message_action',
      callback_id: 'note',
      message_ts: ts,
      message: { text: 'pool is full', user: 'U2' },
    });
    expect(payloads[0]?.response_url).toMatch(/^http/);
  });

  it('that are global come without response URL, and only if declared', async () => {
    const { slack, payloads } = await withApp();
    await slack.actions.globalShortcut({ user: 'U1', callbackId: 'declare' });
    expect(payloads[0]).toMatchObject({ type: 'shortcut', callback_id: 'declare' });
    expect(payloads[0]).not.toHaveProperty('response_url');
    await expect(slack.actions.globalShortcut({ user: 'U1', callbackId: 'note' })).rejects.toThrow(
      'no global shortcut',
    );
  });
});

import { readFileSync } from 'node:fs';
import { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fieldsOf } from '../../../src/sandbox/slack/values.ts';
import { connect } from './app.ts';
import type { Envelope } from './app.ts';
import { appSeed, clientOf, postMessage, silent, startWorkspace } from './world.ts';

function captured(name: string): Record<string, unknown> {
  const payload: Record<string, unknown> = JSON.parse(
    readFileSync(new URL(`../../fixtures/slack/${name}.json`, import.meta.url), 'utf8'),
  );
  return payload;
}

/** What only organisations with several workspaces send. */
const ofOrganisations = new Set(['enterprise_id', 'enterprise_name']);

function missing(sample: Record<string, unknown>, sent: Record<string, unknown>): string[] {
  return Object.keys(sample).filter((key) => !(key in sent) && !ofOrganisations.has(key));
}

const modal: ModalView = {
  type: 'modal',
  callback_id: 'c',
  title: { type: 'plain_text', text: 'T' },
  submit: { type: 'plain_text', text: 'S' },
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      label: { type: 'plain_text', text: 'L' },
      element: { type: 'external_select', action_id: 'search' },
      optional: true,
    },
  ],
};

describe('what reaches the app', () => {
  it('has every field that captured payloads have', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const sent = new Map<string, Record<string, unknown>>();
    await connect(slack, async ({ ack, body, type }: Envelope) => {
      sent.set(type === 'slash_commands' ? type : String(body['type']), body);
      if (type === 'slash_commands') await client.views.open({ trigger_id: String(body['trigger_id']), view: modal });
      return ack(
        body['type'] === 'block_suggestion'
          ? { options: [{ text: { type: 'plain_text', text: 'One' }, value: '1' }] }
          : undefined,
      );
    });
    await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' });
    expect(await slack.actions.suggest({ user: 'U1', actionId: 'search', typed: 'o' })).toEqual({
      ok: true,
      options: [{ text: 'One', value: '1' }],
    });
    await slack.actions.submit({ user: 'U1' });
    await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' });
    await slack.actions.close({ user: 'U1' });
    const { ts = '' } = await postMessage(client, {
      channel: 'C1',
      text: 'x',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'a', value: 'v', text: { type: 'plain_text', text: 'B' } }],
        },
      ],
    });
    await slack.actions.click({ user: 'U1', channel: 'C1', ts, label: 'B' });
    await slack.actions.messageShortcut({ user: 'U1', channel: 'C1', ts, callbackId: 'note' });
    await slack.actions.globalShortcut({ user: 'U1', callbackId: 'declare' });
    const pairs = [
      ['slash_commands', 'realistic/slash_command'],
      ['block_suggestion', 'realistic/block_suggestion.body'],
      ['view_submission', 'realistic/view_submission.body'],
      ['block_actions', 'realistic/block_actions.body'],
      ['message_action', 'realistic/shortcut.message_shortcut_body'],
      ['shortcut', 'realistic/shortcut.global_shortcut_body'],
    ] as const;
    for (const [type, fixture] of pairs) {
      const sample = captured(fixture);
      const payload = sent.get(type) ?? {};
      expect([type, missing(sample, payload)]).toEqual([type, []]);
      for (const key of ['user', 'team', 'view', 'container', 'channel']) {
        expect([type, key, missing(fieldsOf(sample[key]), fieldsOf(payload[key]))]).toEqual([type, key, []]);
      }
    }
    const closed = missing(captured('realistic/view_closed.body'), sent.get('view_closed') ?? {});
    expect(closed.filter((key) => key !== 'response_urls')).toEqual([]);
  });
});

describe('real clients in Socket Mode', () => {
  it('let a real Bolt app answer commands, buttons and messages', async () => {
    const slack = await startWorkspace();
    const app = new App({
      socketMode: true,
      token: appSeed.botToken,
      appToken: appSeed.appToken,
      logger: silent,
      convoStore: false,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    app.command('/incident', async ({ ack }) => ack({ text: 'open', response_type: 'in_channel' }));
    app.action('ack', async ({ ack, respond }) => {
      await ack();
      await respond({ text: 'acknowledged', replace_original: true });
    });
    await app.start();
    onTestFinished(() => app.stop().then(() => undefined));
    expect(await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' })).toMatchObject({
      replied: { text: 'open', visible: 'in_channel' },
    });
    const { ts = '' } = await postMessage(clientOf(slack), {
      channel: 'C1',
      text: 'page',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'ack', text: { type: 'plain_text', text: 'Ack' } }],
        },
      ],
    });
    expect(await slack.actions.click({ user: 'U1', channel: 'C1', ts, label: 'Ack' })).toEqual({ ok: true, views: [] });
    await slack.until(() => slack.state.message('C1', ts)?.text === 'acknowledged', 2_000);
  });
});

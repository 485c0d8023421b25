import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appSeed } from '../../src/cli/demo/seeds.ts';
import { startWorld, type World } from '../../src/cli/demo/world.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { startServer, type RunningServer } from '../../src/main.ts';

const wednesdayNight = Date.UTC(2026, 11, 2, 0, 47);
const waitMs = 15_000;
let world: World;

beforeAll(async () => {
  world = await startWorld({
    start: wednesdayNight,
    databaseUrl: undefined,
    slackPort: 0,
    log: pino({ level: 'silent' }),
  });
});
afterAll(() => world.close());

describe('a server that speaks little of Slack', () => {
  const unknown = [
    'pins.add',
    'bookmarks.add',
    'bookmarks.list',
    'conversations.setTopic',
    'conversations.setPurpose',
    'conversations.invite',
    'conversations.history',
    'conversations.replies',
    'conversations.canvases.create',
    'canvases.edit',
    'files.getUploadURLExternal',
    'chat.update',
  ];

  it('costs one feature for each method that it does not know, never the incident', async () => {
    const { slack, pagerDuty, toran } = world;
    for (const method of unknown)
      slack.faults.inject({ kind: 'error', error: 'unknown_method', applied: false, method });
    pagerDuty.actions.trigger({ serviceId: 'PSVCCHK', summary: 'Payments fail', severity: 'critical' });
    const page = await slack.until(
      () => slack.state.messages('U0BENI').find((one) => one.text.includes('INC-1')),
      waitMs,
      'the page',
    );
    const channel = await slack.until(
      () => slack.state.channels().find((one) => one.name.startsWith('inc-1-')),
      waitMs,
      'the channel',
    );
    await slack.until(
      () => slack.state.messages(channel.id).some((one) => one.byApp && one.text.includes('INC-1')),
      waitMs,
      'the card',
    );
    const pressed = await slack.actions.click({
      user: 'U0BENI',
      channel: page.channelId,
      ts: page.ts,
      label: 'Acknowledge',
    });
    expect(pressed.ok).toBe(true);
    await world.caughtUp();
    slack.actions.join({ user: 'U0BENI', channel: channel.id });
    const resolved = await slack.actions.command({
      user: 'U0BENI',
      channel: channel.id,
      command: '/incident',
      text: 'resolve',
    });
    expect(resolved.ok).toBe(true);
    await world.caughtUp();
    expect(await toran.store.incident('INC-1')).toMatchObject({
      status: 'resolved',
      postmortem: { path: expect.stringContaining('INC-1') },
    });
  });
});

describe('payloads of real deliveries', () => {
  const folder = new URL('../fixtures/slack/realistic/', import.meta.url);
  const files = readdirSync(folder);
  const signingSecret = 'a-signing-secret';
  let server: RunningServer;

  beforeAll(async () => {
    const environment = readEnvironment({
      DATABASE_URL: ':memory:',
      SLACK_BOT_TOKEN: appSeed.botToken,
      SLACK_SIGNING_SECRET: signingSecret,
      SLACK_API_URL: world.slack.apiUrl,
      PORT: '0',
    });
    server = await startServer({ environment, log: pino({ level: 'silent' }) });
  });
  afterAll(() => server.stop());

  it('are there', () => {
    expect(files.length).toBeGreaterThan(60);
  });

  it.each(files)('%s is taken in', async (name) => {
    const text = readFileSync(new URL(name, folder), 'utf8');
    const body = bodyOf(name, text);
    const stamp = String(Math.floor(Date.now() / 1000));
    const signature = `v0=${createHmac('sha256', signingSecret).update(`v0:${stamp}:${body.content}`).digest('hex')}`;
    const answer = await fetch(`http://127.0.0.1:${server.port}/slack/events`, {
      method: 'POST',
      headers: { 'content-type': body.type, 'x-slack-request-timestamp': stamp, 'x-slack-signature': signature },
      body: body.content,
    });
    expect([answer.status, await answer.text()]).toEqual([200, expect.any(String)]);
  });
});

/** Events come as JSON, everything that people do as a form. */
function bodyOf(name: string, text: string): { readonly type: string; readonly content: string } {
  const form = 'application/x-www-form-urlencoded';
  if (name.endsWith('.txt')) return { type: form, content: text };
  const parsed: unknown = JSON.parse(text);
  const fields = z.record(z.string(), z.unknown()).parse(parsed);
  if ('command' in fields) {
    const pairs = Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)]);
    return { type: form, content: new URLSearchParams(pairs).toString() };
  }
  if (fields['type'] === 'event_callback') return { type: 'application/json', content: text };
  return { type: form, content: new URLSearchParams({ payload: text }).toString() };
}

import { App, HTTPReceiver } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { portOf } from '../../../src/sandbox/slack/http-server.ts';
import { signatureOf } from '../../../src/sandbox/slack/http-delivery.ts';
import { httpApp } from './app.ts';
import { appSeed, movableClock, silent, startWorkspace } from './world.ts';

const command = { user: 'U1', channel: 'C1', command: '/incident', text: 'declare' };

describe('delivery over HTTP', () => {
  it('signs version v0 over timestamp and raw body, with the timestamp of the clock', async () => {
    const app = await httpApp();
    const slack = await startWorkspace({ now: () => 1_767_225_600_000, app: { requestUrl: app.url } });
    await slack.actions.command(command);
    const [one] = app.delivered;
    expect(one?.headers['x-slack-request-timestamp']).toBe('1767225600');
    expect(one?.headers['x-slack-signature']).toBe(signatureOf(appSeed.signingSecret, '1767225600', one?.body ?? ''));
    expect(
      signatureOf(
        '8f742231b10e8888abcd99yyyzzz85a5',
        '1531420618',
        'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
      ),
    ).toBe('v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503');
  });

  it('verifies the request URL by its challenge', async () => {
    const good = await httpApp(({ body }) => ({ body: { challenge: JSON.parse(body).challenge } }));
    const bad = await httpApp(() => ({ body: 'hello' }));
    const slack = await startWorkspace({ app: { requestUrl: good.url } });
    const other = await startWorkspace({ app: { requestUrl: bad.url } });
    expect([await slack.verifyRequestUrl(), await other.verifyRequestUrl()]).toEqual([true, false]);
  });

  it('repeats an event with number and reason in the headers, until a 2xx', async () => {
    const clock = movableClock();
    const app = await httpApp((_, count) => ({ status: count < 3 ? 500 : 200 }));
    const slack = await startWorkspace({ now: clock.now, app: { requestUrl: app.url } });
    slack.actions.post({ user: 'U1', channel: 'C1', text: 'x' });
    await slack.until(() => slack.deliveries.filter(({ outcome }) => outcome === 'http_error').length === 2, 2_000);
    clock.advance(60_000);
    slack.tick();
    await slack.until(() => slack.deliveries.at(-1)?.outcome === 'acknowledged', 2_000);
    const retries = app.delivered.map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
    expect(retries).toEqual([
      [undefined, undefined],
      ['1', 'http_error'],
      ['2', 'http_error'],
    ]);
    clock.advance(600_000);
    slack.tick();
    expect(app.delivered).toHaveLength(3);
  });

  it('stops repeating when the app answers x-slack-no-retry', async () => {
    const app = await httpApp(() => ({ status: 500, headers: { 'x-slack-no-retry': '1' } }));
    const clock = movableClock();
    const slack = await startWorkspace({ now: clock.now, app: { requestUrl: app.url } });
    slack.actions.post({ user: 'U1', channel: 'C1', text: 'x' });
    await slack.until(() => slack.deliveries[0]?.outcome === 'http_error', 2_000);
    clock.advance(600_000);
    slack.tick();
    expect(slack.deliveries).toHaveLength(1);
  });

  it.each([
    [{ status: 500 }, 'http_service_error'],
    [{ status: 404 }, 'http_client_error'],
    [{ status: 302, headers: { location: '/' } }, 'app_unreachable'],
    [{ silent: true }, 'operation_timeout'],
    [{ body: { response_type: 'ephemeral', text: '', blocks: [{ type: 'nope' }] } }, 'invalid_command_response'],
  ])('shows the person who typed a command the failure of %j, once', async (answer, sawError) => {
    const app = await httpApp(() => answer);
    const slack = await startWorkspace({
      answerWithinMs: 'silent' in answer ? 80 : 3_000,
      app: { requestUrl: app.url },
    });
    expect(await slack.actions.command(command)).toMatchObject({ ok: false, sawError });
    expect(app.delivered).toHaveLength(1);
  });

  it('shows a body as ephemeral or in the channel, and nothing for an empty one', async () => {
    const bodies = ['', 'plain words', { text: 'json' }, { response_type: 'in_channel', text: 'for all' }];
    const app = await httpApp((_, count) => ({ body: bodies[count - 1] }));
    const slack = await startWorkspace({ app: { requestUrl: app.url } });
    const replies: unknown[] = [];
    for (const _ of bodies) {
      const outcome = await slack.actions.command(command);
      replies.push(outcome.ok && outcome.replied);
    }
    expect(replies).toEqual([
      undefined,
      { text: 'plain words', visible: 'ephemeral' },
      { text: 'json', visible: 'ephemeral' },
      { text: 'for all', visible: 'in_channel' },
    ]);
    expect(slack.state.messages('C1').map(({ text }) => text)).toEqual(['for all']);
    expect(slack.state.ephemerals('C1', 'U1')).toHaveLength(2);
  });

  it('works with a real Bolt app behind a real HTTPReceiver', async () => {
    const receiver = new HTTPReceiver({ signingSecret: appSeed.signingSecret, logger: silent });
    const server = await receiver.start(0);
    onTestFinished(() => void server.close());
    const slack = await startWorkspace({ app: { requestUrl: `http://127.0.0.1:${portOf(server)}/slack/events` } });
    const app = new App({
      receiver,
      token: appSeed.botToken,
      logger: silent,
      convoStore: false,
      clientOptions: { slackApiUrl: slack.apiUrl },
    });
    app.command('/incident', async ({ ack, command: given }) => ack(`you said ${given.text}`));
    app.message('deploy', async ({ say, message }) => void (await say({ text: 'noted', thread_ts: message.ts })));
    expect(await slack.actions.command({ ...command, text: 'list' })).toMatchObject({
      ok: true,
      replied: { text: 'you said list' },
    });
    slack.actions.post({ user: 'U1', channel: 'C1', text: 'deploy now' });
    const reply = await slack.until(() => slack.state.messages('C1').find(({ byApp }) => byApp), 2_000);
    expect(reply).toMatchObject({ text: 'noted', threadTs: slack.state.messages('C1')[0]?.ts });
  });
});

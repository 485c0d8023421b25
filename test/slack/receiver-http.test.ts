import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '@slack/bolt';
import type { HttpRequest, HttpResponse } from '../../src/engine/http-route.ts';
import { commandRequest, interaction, latch, listen, now, request, signingSecret, until } from './receiver-world.ts';
import { inboundOf } from '../../src/slack/inbound.ts';
import { click, command, event, startScriptedSlack, submission, type ScriptedSlack } from './scripted-slack.ts';

let slack: ScriptedSlack;

beforeEach(async () => {
  slack = await startScriptedSlack();
});

afterEach(async () => slack.close());

type Handle = (request: HttpRequest) => Promise<HttpResponse>;

async function mount(
  register: (app: App) => void,
  commitWithinMs = 2_000,
): Promise<{ handle: Handle; lines: readonly string[] }> {
  const transport = { kind: 'http', signingSecret } as const;
  const { app, lines } = await listen(slack, register, { transport, commitWithinMs });
  const { route } = app;
  if (route === undefined) throw new Error('an app over HTTP has no route');
  return { handle: (asked) => route.handle(asked), lines };
}

const eventRequest = (id: string, more: Parameters<typeof request>[1] = {}) => request(JSON.stringify(event(id)), more);

describe('over HTTP', () => {
  it('an event is answered only when its listener has committed', async () => {
    const committed = latch();
    const seen: unknown[] = [];
    const { handle } = await mount((app) =>
      app.event('reaction_added', async ({ context }) => {
        seen.push(inboundOf(context), context.retryNum, context.retryReason);
        await committed.opened;
      }),
    );
    const headers = { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' };
    const answered = handle(eventRequest('Ev1', { headers }));
    await until(() => seen.length > 0);
    expect(await Promise.race([answered, Promise.resolve('not yet')])).toBe('not yet');
    committed.open();
    expect(await answered).toEqual({ status: 200 });
    expect(seen).toEqual([{ source: 'slack', id: 'Ev1' }, 2, 'http_timeout']);
  });

  it('an event that could not be committed gets a 503, so that it comes again', async () => {
    const { handle } = await mount((app) =>
      app.event('reaction_added', async () => Promise.reject(new Error('no store'))),
    );
    expect(await handle(eventRequest('Ev1'))).toMatchObject({ status: 503 });
  });

  it('an event that is not committed in time gets a 503', async () => {
    const never = latch();
    const { handle } = await mount((app) => app.event('reaction_added', async () => never.opened), 10);
    expect(await handle(eventRequest('Ev1'))).toMatchObject({ status: 503 });
    never.open();
  });

  it('the very same request after a 503 is handled; after a success it is not handled twice', async () => {
    let tries = 0;
    const { handle } = await mount((app) =>
      app.event('reaction_added', async () => {
        tries += 1;
        if (tries === 1) throw new Error('no store');
        await Promise.resolve();
      }),
    );
    const same = eventRequest('Ev1');
    expect((await handle(same)).status).toBe(503);
    expect((await handle(same)).status).toBe(200);
    expect((await handle(same)).status).toBe(200);
    expect(tries).toBe(2);
  });

  it('a command is answered with the words of its listener', async () => {
    const seen: unknown[] = [];
    const { handle } = await mount((app) =>
      app.command('/incident', async ({ ack, context }) => {
        seen.push(inboundOf(context));
        await ack({ response_type: 'ephemeral', text: 'INC-1 is open' });
      }),
    );
    const answer = await handle(commandRequest(command('trigger-1')));
    expect(answer.status).toBe(200);
    expect(JSON.parse(String(answer.body))).toEqual({ response_type: 'ephemeral', text: 'INC-1 is open' });
    expect(seen).toEqual([{ source: 'slack', id: 'trigger-1' }]);
  });

  it('a command and a form that could not be saved say so; a click gets a 503', async () => {
    const fail = async (): Promise<void> => Promise.reject(new Error('no store'));
    const { handle } = await mount((app) => {
      app.command('/incident', fail);
      app.view('declare', fail);
      app.action('toran_acknowledge', fail);
    });
    const told = await handle(commandRequest(command('t1')));
    expect(JSON.parse(String(told.body))).toMatchObject({ response_type: 'ephemeral' });
    const form = await handle(interaction(submission('t2')));
    expect(JSON.parse(String(form.body))).toMatchObject({
      response_action: 'errors',
      errors: { title: expect.any(String) },
    });
    expect(await handle(interaction(click('t3')))).toMatchObject({ status: 503 });
  });

  it('answers the question whether this address is ours, if it is signed', async () => {
    const { handle } = await mount(() => undefined);
    const question = JSON.stringify({ type: 'url_verification', challenge: 'c-123', token: 'old' });
    expect(await handle(request(question))).toMatchObject({ status: 200, body: '{"challenge":"c-123"}' });
    expect(await handle(request(question, { secret: 'another' }))).toMatchObject({ status: 401 });
  });

  it('answers the check of the certificate without a signature, and nothing else', async () => {
    const { handle } = await mount(() => undefined);
    const contentType = 'application/x-www-form-urlencoded';
    expect(await handle(request('ssl_check=1&token=x', { contentType, secret: 'another' }))).toEqual({ status: 200 });
    expect(await handle(request('ssl_check=10', { contentType, secret: 'another' }))).toMatchObject({ status: 401 });
    expect(await handle(request('command=%2Fincident&ssl_check=', { contentType, secret: 'another' }))).toMatchObject({
      status: 401,
    });
  });
});

describe('a request is not from Slack', () => {
  const minutes = 60_000;

  it.each([
    ['with another secret', () => eventRequest('Ev1', { secret: 'another' })],
    ['from six minutes ago', () => eventRequest('Ev1', { at: now - 6 * minutes })],
    ['from six minutes ahead', () => eventRequest('Ev1', { at: now + 6 * minutes })],
    ['whose stamp is no number', () => eventRequest('Ev1', { headers: { 'x-slack-request-timestamp': '17e8' } })],
    ['with half a signature', () => eventRequest('Ev1', { headers: { 'x-slack-signature': 'v0=12' } })],
    ['with one byte more', () => ({ ...eventRequest('Ev1'), body: Buffer.from(`${JSON.stringify(event('Ev1'))} `) })],
  ])('%s', async (_what, build) => {
    const heard: unknown[] = [];
    const { handle } = await mount((app) => app.event('reaction_added', async ({ body }) => void heard.push(body)));
    expect(await handle(build())).toMatchObject({ status: 401 });
    expect(heard).toEqual([]);
  });

  it.each([-4, 4])('but is when its clock is %i minutes off', async (off) => {
    const { handle } = await mount((app) => app.event('reaction_added', async () => Promise.resolve()));
    expect(await handle(eventRequest('Ev1', { at: now + off * minutes }))).toEqual({ status: 200 });
  });

  it('that is signed and still cannot be read gets a 400 that is not repeated', async () => {
    const { handle } = await mount(() => undefined);
    expect(await handle(request('{ no json'))).toMatchObject({ status: 400, headers: { 'x-slack-no-retry': '1' } });
    expect(await handle(request('[1]'))).toMatchObject({ status: 400 });
  });
});

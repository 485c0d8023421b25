import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { appSeed, clientOf, errorOf, postMessage, startWorkspace } from './world.ts';

const thrownBy = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'nothing',
    (error: unknown) => error,
  );

describe('faults on request', () => {
  it('429 with the Retry-After asked for, nothing applied', async () => {
    const slack = await startWorkspace();
    slack.faults.inject({ kind: 'rate_limited', retryAfterSeconds: 7, times: 1 });
    const error = await thrownBy(postMessage(clientOf(slack), { channel: 'C1', text: 'x' }));
    expect(error instanceof WebAPIRateLimitedError && error.retryAfter).toBe(7);
    expect(slack.state.messages('C1')).toEqual([]);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('5xx, applied: %s', async (applied, messages) => {
    const slack = await startWorkspace();
    slack.faults.inject({ kind: 'http_error', status: 503, applied, times: 1 });
    expect(await thrownBy(postMessage(clientOf(slack), { channel: 'C1', text: 'x' }))).toBeInstanceOf(WebAPIHTTPError);
    expect(slack.state.messages('C1')).toHaveLength(messages);
    expect(slack.log).toMatchObject([{ status: 503, ok: false, applied, fault: 'http_error' }]);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])('a cut connection, applied: %s', async (applied, messages) => {
    const slack = await startWorkspace();
    slack.faults.inject({ kind: 'reset', applied, times: 1 });
    expect(await thrownBy(postMessage(clientOf(slack), { channel: 'C1', text: 'x' }))).toBeInstanceOf(
      WebAPIRequestError,
    );
    expect(slack.state.messages('C1')).toHaveLength(messages);
    expect(slack.log).toMatchObject([{ status: 0, applied, fault: 'reset' }]);
  });

  it('a web page with status 200', async () => {
    const slack = await startWorkspace();
    slack.faults.inject({ kind: 'html', applied: false, times: 1 });
    expect(await thrownBy(postMessage(clientOf(slack), { channel: 'C1', text: 'x' }))).toBeInstanceOf(
      WebAPIPlatformError,
    );
  });

  it('ok: false with the code asked for, applied or not', async () => {
    const slack = await startWorkspace();
    slack.faults.inject({ kind: 'error', error: 'internal_error', applied: true, times: 1 });
    expect(await errorOf(postMessage(clientOf(slack), { channel: 'C1', text: 'x' }))).toBe('internal_error');
    expect(slack.state.messages('C1')).toHaveLength(1);
  });

  it('slowness, recorded as such', async () => {
    const slack = await startWorkspace();
    slack.faults.inject({ kind: 'delay', delayMs: 60, times: 1 });
    await postMessage(clientOf(slack), { channel: 'C1', text: 'x' });
    expect(slack.log[0]?.tookMs).toBeGreaterThanOrEqual(55);
    expect(slack.log[0]).toMatchObject({ ok: true, fault: 'delay' });
  });

  it('hit one method only, after some calls, so many times, where the arguments fit, until cleared', async () => {
    const slack = await startWorkspace();
    const client = clientOf(slack);
    const post = (text: string) => errorOf(postMessage(client, { channel: 'C1', text }));
    const id = slack.faults.inject({
      kind: 'error',
      error: 'fatal_error',
      applied: false,
      method: 'chat.postMessage',
      after: 1,
      times: 2,
    });
    expect(await errorOf(client.auth.test())).toBe('ok');
    expect([await post('a'), await post('b'), await post('c'), await post('d')]).toEqual([
      'ok',
      'fatal_error',
      'fatal_error',
      'ok',
    ]);
    expect(slack.faults.list()).toEqual([]);
    slack.faults.inject({
      kind: 'error',
      error: 'fatal_error',
      applied: false,
      where: (args) => args['text'] === 'bad',
    });
    expect([await post('good'), await post('bad'), await post('bad')]).toEqual(['ok', 'fatal_error', 'fatal_error']);
    slack.faults.clear(id);
    expect(slack.faults.list()).toMatchObject([{ happened: 2 }]);
    slack.faults.clear();
    expect(await post('bad')).toBe('ok');
  });

  it('reach uploads and refused connections too', async () => {
    const slack = await startWorkspace();
    slack.faults.inject({ kind: 'http_error', status: 500, applied: false, method: 'upload', times: 1 });
    const { upload_url = '' } = await clientOf(slack).files.getUploadURLExternal({ filename: 'a.txt', length: 3 });
    expect((await fetch(upload_url, { method: 'POST', body: 'abc' })).status).toBe(500);
    expect(slack.state.files()[0]?.content).toBeUndefined();
    slack.faults.inject({
      kind: 'error',
      error: 'internal_error',
      applied: false,
      method: 'apps.connections.open',
      times: 1,
    });
    const open = () => errorOf(clientOf(slack, appSeed.appToken).apps.connections.open());
    expect([await open(), await open()]).toEqual(['internal_error', 'ok']);
  });
});

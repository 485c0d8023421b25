import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createSlackClient, type SlackClient } from '../../src/slack/client.ts';
import { slackMethods } from '../../src/slack/methods.ts';
import { startScriptedSlack, type Script, type ScriptedSlack } from './scripted-slack.ts';

const now = 1_700_000_000_000;
const post = {
  channel: 'C1',
  text: 'hello',
  metadata: { event_type: 'toran_op', event_payload: { op_id: 'e1' } },
  unfurl_links: false,
  unfurl_media: false,
};
let slack: ScriptedSlack | undefined;

afterEach(async () => slack?.close());

async function connect(
  script: Script,
  timeoutMs = 2_000,
): Promise<{ slack: ScriptedSlack; client: SlackClient; lines: string[] }> {
  slack = await startScriptedSlack(script);
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const client = createSlackClient({
    token: 'xoxb-secret-token',
    apiUrl: slack.apiUrl,
    clock: { now: () => now },
    log,
    timeoutMs,
  });
  return { slack, client, lines };
}

describe('the Slack client', () => {
  it('gives back the part of the answer that is read', async () => {
    const { client } = await connect({});
    expect(await client.call(slackMethods.postMessage, post)).toEqual({
      ok: true,
      answer: { channel: 'C1', ts: '1700000000.000100' },
    });
  });

  it('sends metadata and blocks as JSON, and leaves out what is not set', async () => {
    const { client, slack: server } = await connect({});
    await client.call(slackMethods.postMessage, { ...post, thread_ts: undefined, blocks: [{ type: 'divider' }] });
    expect(server.calls[0]?.args).toMatchObject({
      metadata: '{"event_type":"toran_op","event_payload":{"op_id":"e1"}}',
      blocks: '[{"type":"divider"}]',
      unfurl_links: 'false',
    });
    expect(server.calls[0]?.args).not.toHaveProperty('thread_ts');
  });

  it.each([
    ['a server error', { status: 503, body: 'down' }, { error: 'HTTP 503', unknownOutcome: true }],
    ['a cut connection', 'cut' as const, { unknownOutcome: true }],
    ['a web page', { body: '<html>maintenance</html>' }, { unknownOutcome: true }],
    [
      'an internal error',
      { body: { ok: false, error: 'internal_error' } },
      { error: 'internal_error', unknownOutcome: true },
    ],
    ['an answer of another shape', { body: { ok: true, channel: 'C1' } }, { unknownOutcome: true }],
  ])('says after %s that it may have happened, and has not tried again', async (_what, answer, expected) => {
    const { client, slack: server } = await connect({ answer: () => answer });
    const called = await client.call(slackMethods.postMessage, post);
    expect(called).toMatchObject({
      ok: false,
      method: 'chat.postMessage',
      failure: { kind: 'transient', ...expected },
    });
    expect(server.calls).toHaveLength(1);
  });

  it('says that nothing happened when nobody was there to hear it', async () => {
    const { client, slack: server } = await connect({});
    await server.close();
    const called = await client.call(slackMethods.postMessage, post);
    expect(called).toMatchObject({ ok: false, failure: { kind: 'transient', unknownOutcome: false } });
  });

  it('rests a method after a 429, without asking Slack again, and lets others through', async () => {
    const { client, slack: server } = await connect({
      answer: ({ method }) =>
        method === 'chat.postMessage'
          ? { status: 429, headers: { 'retry-after': '7' }, body: { ok: false, error: 'ratelimited' } }
          : undefined,
    });
    expect(await client.call(slackMethods.postMessage, post)).toMatchObject({
      failure: { kind: 'rate_limited', retryAfterMs: 7_000 },
    });
    expect(await client.call(slackMethods.postMessage, post)).toMatchObject({
      failure: { kind: 'not_yet', at: now + 7_000 },
    });
    expect(await client.call(slackMethods.pin, { channel: 'C1', timestamp: '1.1' })).toMatchObject({ ok: true });
    expect(server.calls.map(({ method }) => method)).toEqual(['chat.postMessage', 'pins.add']);
  });

  it.each([
    ['a header that says nothing', { status: 429, body: '' }],
    ['a 200', { body: { ok: false, error: 'ratelimited' } }],
  ])('knows a limit also by %s', async (_what, answer) => {
    const { client } = await connect({ answer: () => answer });
    expect(await client.call(slackMethods.postMessage, post)).toMatchObject({ failure: { kind: 'rate_limited' } });
  });

  it('names the scope that is missing', async () => {
    const { client } = await connect({
      answer: () => ({ body: { ok: false, error: 'missing_scope', needed: 'pins:write', provided: 'chat:write' } }),
    });
    expect(await client.call(slackMethods.pin, { channel: 'C1', timestamp: '1.1' })).toMatchObject({
      failure: { kind: 'refused', code: 'missing_scope', permanentFor: 'installation', needed: 'pins:write' },
    });
  });

  it('does not wait for an answer for ever', async () => {
    const { client, slack: server } = await connect({ answer: () => ({ status: 200, body: { ok: true } }) }, 1);
    const called = await client.call(slackMethods.postMessage, post);
    // One millisecond is over before any answer comes; what Slack did with it is not known.
    expect(called).toMatchObject({ ok: false, failure: { kind: 'transient' } });
    expect(server.calls.length).toBeLessThanOrEqual(1);
  });

  it('writes neither tokens nor what messages say into the log', async () => {
    const { client, lines } = await connect({ answer: () => ({ status: 500, body: 'xoxb-secret-token hello' }) });
    await client.call(slackMethods.postMessage, post);
    expect(lines.join('\n')).toContain('slack call failed');
    expect(lines.join('\n')).not.toMatch(/hello|xoxb/);
  });
});

import { WebAPIRateLimitedError } from '@slack/web-api';
import { describe, expect, it } from 'vitest';
import { createRateLimits } from '../../../src/sandbox/slack/rate-limits.ts';
import { clientOf, movableClock, postMessage, startWorkspace } from './world.ts';

describe('rate limits', () => {
  it.each([
    ['conversations.create', 20],
    ['pins.add', 20],
    ['chat.update', 50],
    ['views.open', 100],
    ['auth.test', 300],
    ['apps.connections.open', 10],
  ])('%s passes %d times a minute', (method, perMinute) => {
    const clock = movableClock();
    const limits = createRateLimits(clock.now);
    const waits = Array.from({ length: perMinute + 1 }, () => limits.refuse(method, undefined));
    expect(waits.slice(0, -1).every((wait) => wait === undefined)).toBe(true);
    expect(waits.at(-1)).toBe(60);
    clock.advance(59_000);
    expect(limits.refuse(method, undefined)).toBe(1);
    clock.advance(1_000);
    expect(limits.refuse(method, undefined)).toBeUndefined();
  });

  it('let one message a second into a channel, with a short burst, each channel for itself', () => {
    const clock = movableClock();
    const limits = createRateLimits(clock.now);
    const post = (channel: string) => limits.refuse('chat.postMessage', channel);
    expect(Array.from({ length: 6 }, () => post('C1')).map((wait) => wait ?? 0)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(post('C2')).toBeUndefined();
    clock.advance(1_000);
    expect([post('C1'), post('C1')]).toEqual([undefined, 1]);
  });

  it("block only the method concerned, and answer 429 with Retry-After on this Slack's clock", async () => {
    const clock = movableClock();
    const slack = await startWorkspace({ limits: 'slack', now: clock.now });
    const client = clientOf(slack);
    for (let n = 0; n < 5; n += 1) await postMessage(client, { channel: 'C1', text: 'x' });
    const refused: unknown = await postMessage(client, { channel: 'C1', text: 'x' }).catch((error: unknown) => error);
    expect(refused instanceof WebAPIRateLimitedError && refused.retryAfter).toBe(1);
    await client.conversations.info({ channel: 'C1' });
    clock.advance(1_000);
    await postMessage(client, { channel: 'C1', text: 'x' });
    expect(slack.state.messages('C1')).toHaveLength(6);
    const answer = await fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: 'Bearer xoxb-sandbox' },
      body: new URLSearchParams({ channel: 'C1', text: 'x' }),
    });
    expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
      429,
      '1',
      { ok: false, error: 'ratelimited' },
    ]);
  });
});

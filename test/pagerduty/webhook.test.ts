import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { deliver, desk, event } from './support.ts';

describe('a webhook', () => {
  it('is refused with 401 when it is not signed with one of our secrets, and leaves no trace', async () => {
    const { url, store, lines } = await desk();
    expect(await deliver(url, { body: event('triggered'), secret: 'wrong' })).toBe(401);
    expect(await store.incidents({ limit: 10 })).toEqual([]);
    expect(await store.setAsideCount()).toBe(0);
    expect(lines.join('')).toContain('WTORAN');
  });

  it('is refused while no secret is configured', async () => {
    const { url } = await desk({ secrets: [] });
    expect(await deliver(url, { body: event('triggered'), secret: '' })).toBe(401);
  });

  it('is accepted under either secret while they are rotated', async () => {
    const { url } = await desk({ secrets: ['new secret', 'old secret'] });
    expect(await deliver(url, { body: event('triggered'), secret: 'old secret' })).toBe(202);
    expect(await deliver(url, { body: event('acknowledged'), secret: 'new secret' })).toBe(202);
  });

  it.each([
    ['no JSON', 'not json'],
    ['NUL characters', 'not json \0'],
    ['no event', { hello: 'world' }],
    ['an incident without an id', event('triggered', { id: null })],
  ])('that is authentic and cannot be used (%s) is set aside, alarmed and accepted', async (_what, body) => {
    const { url, store, lines } = await desk();
    expect(await deliver(url, { body })).toBe(202);
    expect(await store.setAsideCount()).toBe(1);
    expect(lines.filter((line) => line.includes('"level":50') && line.includes('set aside'))).toHaveLength(1);
    expect(lines.join('')).not.toContain('not json');
  });

  it('of a kind that nobody knows yet is accepted', async () => {
    const { url, store } = await desk();
    expect(await deliver(url, { body: event('teleported') })).toBe(202);
    expect(await store.setAsideCount()).toBe(0);
  });

  it('gets a 503 while the store cannot commit, so that PagerDuty repeats it', async () => {
    const { url, store } = await desk();
    await store.close();
    expect(await deliver(url, { body: event('triggered') })).toBe(503);
  });

  it('with an id that cannot be kept is known by the id of its event', async () => {
    const { url, store } = await desk();
    const webhookId = 'x'.repeat(300);
    expect(await deliver(url, { body: event('triggered'), webhookId })).toBe(202);
    expect(await store.seen([{ source: 'pagerduty', id: 'Etriggered' }])).toHaveProperty('size', 1);
  });

  it('is accepted for every kind that PagerDuty documents', async () => {
    const { url, store } = await desk();
    const folder = new URL('../fixtures/pagerduty/webhooks/', import.meta.url);
    for (const file of await readdir(folder)) {
      const body = await readFile(new URL(file, folder), 'utf8');
      expect([file, await deliver(url, { body })]).toEqual([file, 202]);
    }
    expect(await store.setAsideCount()).toBe(0);
  });
});

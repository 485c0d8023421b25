import { afterEach, describe, expect, it } from 'vitest';
import { slackMethods } from '../../src/slack/methods.ts';
import { readMessage } from '../../src/slack/read-message.ts';
import { slackWorld, type SlackWorld, type WorldOptions } from './effects-world.ts';

let world: SlackWorld;

async function begin(options: WorldOptions = {}): Promise<SlackWorld> {
  world = await slackWorld(options);
  return world;
}

afterEach(async () => world.close());

describe('a channel of the catalog', () => {
  it('is found by its name among many pages, and asked for once', async () => {
    const many = Array.from({ length: 1_200 }, (_, index) => ({ id: `C${10_000 + index}`, name: `room-${index}` }));
    const { context, slack } = await begin({ channels: [...many, { id: 'C0INCIDENTS', name: 'incidents' }] });
    expect(await context.addresses.channel('#incidents')).toEqual({ ok: true, answer: 'C0INCIDENTS' });
    expect(await context.addresses.channel('#Incidents')).toEqual({ ok: true, answer: 'C0INCIDENTS' });
    expect(slack.log.filter(({ method }) => method === 'conversations.list')).toHaveLength(2);
  });

  it('named by its id is taken as it is', async () => {
    const { context, slack } = await begin();
    expect(await context.addresses.channel('C0ANYWHERE')).toEqual({ ok: true, answer: 'C0ANYWHERE' });
    expect(slack.log).toHaveLength(0);
  });

  it('that is not there yet is found soon after somebody made it', async () => {
    const { context, clock } = await begin({ channels: [] });
    expect(await context.addresses.channel('#incidents')).toEqual({ ok: true, answer: undefined });
    await context.client.call(slackMethods.createChannel, { name: 'incidents', is_private: false });
    clock.advance(60_001);
    expect(await context.addresses.channel('#incidents')).toMatchObject({ ok: true, answer: expect.any(String) });
  });

  it('is found among public ones where the app may not see private ones', async () => {
    const { context } = await begin({ scopes: ['channels:read'] });
    expect(await context.addresses.channel('#incidents')).toEqual({ ok: true, answer: 'C0INCIDENTS' });
  });
});

describe('a message that a reaction stands on', () => {
  const members = ['U0NOA', 'U0TORAN'];

  it('is read with its author, also inside a thread', async () => {
    const { slack, context } = await begin({ channels: [{ id: 'C0TEAM', name: 'team', members }] });
    const root = slack.actions.post({ user: 'U0NOA', channel: 'C0TEAM', text: 'It is the cache' });
    const reply = slack.actions.post({ user: 'U0NOA', channel: 'C0TEAM', text: 'Sure?', threadTs: root.ts });
    expect(await readMessage(context.client, 'C0TEAM', root.ts)).toMatchObject({
      text: 'It is the cache',
      user: 'U0NOA',
    });
    expect(await readMessage(context.client, 'C0TEAM', reply.ts)).toMatchObject({ text: 'Sure?', user: 'U0NOA' });
  });

  it('is undefined when it is gone or may not be read', async () => {
    const { context } = await begin({ scopes: ['chat:write'] });
    expect(await readMessage(context.client, 'C0INCIDENTS', '1.1')).toBeUndefined();
  });

  it('is asked for again when Slack could not be asked', async () => {
    const { context, slack } = await begin();
    slack.faults.inject({ kind: 'http_error', status: 503, applied: false });
    await expect(readMessage(context.client, 'C0INCIDENTS', '1.1')).rejects.toThrow('could not be asked now');
  });
});

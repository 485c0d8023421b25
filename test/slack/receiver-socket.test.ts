import { afterEach, describe, expect, it } from 'vitest';
import { inboundOf } from '../../src/slack/inbound.ts';
import type { SlackApp } from '../../src/slack/app.ts';
import { latch, listen, until } from './receiver-world.ts';
import {
  click,
  commandEnvelope,
  eventEnvelope,
  startScriptedSlack,
  submission,
  type Script,
  type ScriptedSlack,
} from './scripted-slack.ts';

const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function serve(script: Script = {}): Promise<ScriptedSlack> {
  const slack = await startScriptedSlack(script);
  ends.push(() => slack.close());
  return slack;
}

function stopAfter(app: SlackApp): void {
  ends.push(() => app.stop(1_000));
}

describe('over Socket Mode', () => {
  it('an event is acknowledged only when its listener has committed, and the listener knows its id', async () => {
    const slack = await serve();
    const committed = latch();
    const seen: unknown[] = [];
    const { app } = await listen(slack, (bolt) =>
      bolt.event('reaction_added', async ({ context }) => {
        seen.push(inboundOf(context));
        await committed.opened;
      }),
    );
    stopAfter(app);
    slack.send(0, eventEnvelope('Ev1'));
    await until(() => seen.length === 1);
    expect(slack.acknowledged).toEqual([]);
    committed.open();
    await until(() => slack.acknowledged.length === 1);
    expect(seen).toEqual([{ source: 'slack', id: 'Ev1' }]);
  });

  it('an event whose listener fails is not acknowledged, so that it comes again and then passes', async () => {
    const slack = await serve();
    const tries: (number | undefined)[] = [];
    const { app } = await listen(slack, (bolt) =>
      bolt.event('reaction_added', async ({ context }) => {
        tries.push(context.retryNum);
        if (tries.length === 1) throw new Error('the store is away');
        await Promise.resolve();
      }),
    );
    stopAfter(app);
    slack.send(0, eventEnvelope('Ev1'));
    await until(() => tries.length === 1 && slack.sockets.length === 2);
    slack.send(1, eventEnvelope('Ev1', 1));
    await until(() => slack.acknowledged.length > 0);
    expect(slack.acknowledged.map(({ id }) => id)).toEqual(['env-Ev1-1']);
    expect(tries).toEqual([0, 1]);
  });

  it('an event that takes longer than Slack waits is not acknowledged', async () => {
    const slack = await serve();
    const never = latch();
    const begun: string[] = [];
    const { app } = await listen(
      slack,
      (bolt) =>
        bolt.event('reaction_added', async ({ body }) => {
          begun.push(body.event_id);
          if (body.event_id === 'EvSlow') await never.opened;
        }),
      { commitWithinMs: 20 },
    );
    ends.push(async () => app.stop(0));
    slack.send(0, eventEnvelope('EvSlow'));
    await until(() => begun.length === 1);
    // Waits out the time of the slow one: a command that is late too gets its words in the acknowledgement.
    slack.send(0, eventEnvelope('EvFast'));
    await until(() => slack.acknowledged.length === 1);
    expect(slack.acknowledged[0]?.id).toBe('env-EvFast-0');
    never.open();
  });

  it('a command gets the words of its listener in the acknowledgement, after the commit', async () => {
    const slack = await serve();
    const committed = latch();
    const seen: unknown[] = [];
    const { app } = await listen(slack, (bolt) =>
      bolt.command('/incident', async ({ ack, context }) => {
        seen.push(inboundOf(context));
        await ack({ response_type: 'ephemeral', text: 'INC-1 is open' });
        await committed.opened;
      }),
    );
    stopAfter(app);
    await until(() => slack.sockets.length === 2);
    slack.send(1, commandEnvelope('trigger-1'));
    await until(() => seen.length === 1);
    expect(slack.acknowledged).toEqual([]);
    committed.open();
    await until(() => slack.acknowledged.length === 1);
    expect(slack.acknowledged[0]).toEqual({
      id: 'env-trigger-1',
      payload: { response_type: 'ephemeral', text: 'INC-1 is open' },
      socket: 1,
    });
    expect(seen).toEqual([{ source: 'slack', id: 'trigger-1' }]);
  });

  it('a command that could not be saved says so to the person, since Slack never repeats it', async () => {
    const slack = await serve();
    const { app, lines } = await listen(slack, (bolt) =>
      bolt.command('/incident', async () => Promise.reject(new Error('secret detail of the database'))),
    );
    stopAfter(app);
    slack.send(0, commandEnvelope('trigger-1'));
    await until(() => slack.acknowledged.length === 1);
    expect(slack.acknowledged[0]?.payload).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining('try again'),
    });
    expect(lines.join('\n')).toContain('slack delivery was not handled');
    expect(lines.join('\n')).toContain('receiver-socket.test.ts');
    expect(lines.join('\n')).not.toContain('secret detail');
    expect(lines.join('\n')).not.toContain('Checkout is down');
  });

  it('a form that could not be saved stays open and says so beside its first field', async () => {
    const slack = await serve();
    const { app } = await listen(slack, (bolt) =>
      bolt.view('declare', async () => Promise.reject(new Error('no store'))),
    );
    stopAfter(app);
    slack.send(0, {
      type: 'interactive',
      envelope_id: 'e1',
      accepts_response_payload: true,
      payload: submission('t1'),
    });
    await until(() => slack.acknowledged.length === 1);
    expect(slack.acknowledged[0]?.payload).toMatchObject({
      response_action: 'errors',
      errors: { title: expect.stringContaining('try again') },
    });
  });

  it('errors that a form answers with reach the person as they are', async () => {
    const slack = await serve();
    const { app } = await listen(slack, (bolt) =>
      bolt.view('declare', async ({ ack }) => ack({ response_action: 'errors', errors: { title: 'Too long' } })),
    );
    stopAfter(app);
    slack.send(0, {
      type: 'interactive',
      envelope_id: 'e1',
      accepts_response_payload: true,
      payload: submission('t1'),
    });
    await until(() => slack.acknowledged.length === 1);
    expect(slack.acknowledged[0]?.payload).toEqual({ response_action: 'errors', errors: { title: 'Too long' } });
  });

  it('a click that could not be saved is left unanswered, and the person is told by its own address', async () => {
    const told: unknown[] = [];
    const slack = await serve({
      answer: ({ method, args }) => {
        if (method !== '/respond') return undefined;
        told.push(args);
        return { body: { ok: true } };
      },
    });
    const { app } = await listen(slack, (bolt) =>
      bolt.action('toran_acknowledge', async () => Promise.reject(new Error('no store'))),
    );
    stopAfter(app);
    const url = slack.apiUrl.replace('/api/', '/respond');
    slack.send(0, {
      type: 'interactive',
      envelope_id: 'e1',
      accepts_response_payload: false,
      payload: click('t1', url),
    });
    await until(() => told.length === 1);
    expect(JSON.stringify(told)).toContain('ephemeral');
    expect(slack.acknowledged).toEqual([]);
  });

  it('frames that cannot be read end neither the process nor the connection', async () => {
    const slack = await serve();
    const { app, lines } = await listen(slack, (bolt) => bolt.event('reaction_added', async () => Promise.resolve()));
    stopAfter(app);
    slack.send(0, '{ this is no JSON');
    slack.send(0, { type: 'events_api', envelope_id: 'e0' });
    slack.send(0, { type: 'events_api', envelope_id: 'e1', payload: {} });
    slack.send(0, { type: 'interactive' });
    slack.send(0, eventEnvelope('Ev1'));
    await until(() => slack.acknowledged.some(({ id }) => id === 'env-Ev1-0'));
    expect(slack.sockets).toHaveLength(2);
    expect(lines.join('\n')).toContain('socket frame could not be read');
  });
});

describe('the two sockets', () => {
  it('share the work, and the other goes on while Slack refreshes one', async () => {
    const slack = await serve();
    const { app } = await listen(slack, (bolt) => bolt.event('reaction_added', async () => Promise.resolve()));
    stopAfter(app);
    await until(() => slack.sockets.length === 2 && app.health().detail.startsWith('2'));
    slack.send(0, { type: 'disconnect', reason: 'refresh_requested' });
    slack.send(1, eventEnvelope('Ev1'));
    await until(() => slack.acknowledged.length === 1);
    await until(() => slack.sockets.length === 3);
    slack.send(2, eventEnvelope('Ev2'));
    await until(() => slack.acknowledged.length === 2);
    expect(slack.acknowledged.map(({ socket }) => socket)).toEqual([1, 2]);
  });

  it('come back after they were cut without a word', async () => {
    const slack = await serve();
    const { app } = await listen(slack, (bolt) => bolt.event('reaction_added', async () => Promise.resolve()));
    stopAfter(app);
    await until(() => slack.sockets.length === 2);
    for (const socket of slack.sockets) socket.terminate();
    await until(() => slack.sockets.length === 4 && app.health().ok);
  });

  it('keep trying when Slack refuses to open one, and say why in the meantime', async () => {
    const refusals = 3;
    const slack = await serve({
      answer: ({ method }, earlier) =>
        method === 'apps.connections.open' && earlier < refusals
          ? { body: { ok: false, error: 'invalid_auth' } }
          : undefined,
    });
    const { app } = await listen(slack, () => undefined);
    stopAfter(app);
    expect(app.health()).toEqual({ ok: false, detail: 'no socket to slack is open (invalid_auth)' });
    await until(() => app.health().ok);
  });

  it.each([
    ['a server error', { status: 500, body: 'down' }],
    ['a cut connection', 'cut' as const],
    ['an address that leads nowhere', { body: { ok: true, url: 'ws://127.0.0.1:1/link' } }],
  ])('survive %s while they are opened', async (_what, answer) => {
    const slack = await serve({
      answer: ({ method }, earlier) => (method === 'apps.connections.open' && earlier < 2 ? answer : undefined),
    });
    const { app } = await listen(slack, () => undefined);
    stopAfter(app);
    expect(app.health().ok).toBe(false);
    await until(() => app.health().ok);
  });

  it('stop cleanly while one is still being opened', async () => {
    const slack = await serve({ hello: (socket) => socket === 0 });
    const { app } = await listen(slack, () => undefined);
    await until(() => slack.sockets.length === 2);
    await app.stop(1_000);
    await until(() => slack.sockets.every((socket) => socket.readyState === socket.CLOSED));
  });

  it('stop after what they are handling has been committed and acknowledged', async () => {
    const slack = await serve();
    const committed = latch();
    const begun: number[] = [];
    const { app } = await listen(slack, (bolt) =>
      bolt.event('reaction_added', async () => {
        begun.push(1);
        await committed.opened;
      }),
    );
    slack.send(0, eventEnvelope('Ev1'));
    await until(() => begun.length === 1);
    const stopped = app.stop(5_000);
    committed.open();
    await stopped;
    await until(() => slack.acknowledged.length === 1);
    expect(slack.acknowledged.map(({ id }) => id)).toEqual(['env-Ev1-0']);
  });
});

import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/executor.ts';
import type { Store } from '../../src/engine/ports.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { startLocalSlack, type LocalSlack } from '../../src/sandbox/slack/local-slack.ts';
import { connectSlack, type SlackConnection } from '../../src/slack/connect.ts';
import { manifestEvents, manifestScopes } from '../../src/slack/scopes.ts';
import { openStore } from '../../src/store/open.ts';
import { startWebServer } from '../../src/web/server.ts';
import { catalog } from './catalog.ts';

const start = Date.parse('2026-11-24T09:00:00Z');
const ends: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Connected {
  readonly slack: LocalSlack;
  readonly store: Store;
  readonly toran: SlackConnection;
}

/** Toran's own listeners on a local Slack, by sockets or over HTTP; nothing works the outbox here. */
async function connect(
  transport: 'socket' | 'http',
  prepare: (slack: LocalSlack) => void = () => undefined,
): Promise<Connected> {
  const now = () => start;
  const log = pino({ level: 'silent' });
  const secrets = { botToken: 'xoxb-local', appToken: 'xapp-local', signingSecret: 'signing-secret' };
  const store = await openStore(':memory:', { role: 'server' });
  ends.push(() => store.close());
  const engine = createEngine({ store, clock: { now }, ways: ['slack'], onCommitted: () => undefined });
  await engine.execute({
    kind: 'workspace',
    stream: 'workspace',
    command: { type: 'apply_catalog', hash: 'h1', catalog },
    actor: automation,
  });
  const door: { toran: SlackConnection | undefined } = { toran: undefined };
  // The address is known before Slack is, and Slack before Toran: the route looks Toran up when it is asked.
  const web = await startWebServer({
    port: 0,
    host: '127.0.0.1',
    log,
    routes: [
      {
        method: 'POST',
        path: '/slack/events',
        maxBodyBytes: 1_000_000,
        deadlineMs: 2_900,
        handle: (request) => door.toran?.routes[0]?.handle(request) ?? Promise.resolve({ status: 404 }),
      },
    ],
  });
  ends.push(() => web.stop(0));
  const slack = await startLocalSlack({
    now,
    team: { id: 'T0ACME', name: 'Acme', domain: 'acme' },
    users: [{ id: 'U0NOA', name: 'noa', realName: 'Noa Levi' }],
    channels: [{ id: 'C0INCIDENTS', name: 'incidents', members: ['U0NOA', 'U0TORAN'] }],
    app: {
      appId: 'A0TORAN',
      botUserId: 'U0TORAN',
      ...secrets,
      scopes: manifestScopes,
      events: manifestEvents,
      slashCommands: [{ command: '/incident' }],
      ...(transport === 'http' ? { requestUrl: `http://127.0.0.1:${web.port}/slack/events` } : {}),
    },
  });
  ends.push(() => slack.close());
  prepare(slack);
  const toran = connectSlack({
    settings: {
      botToken: secrets.botToken,
      apiUrl: slack.apiUrl,
      transport:
        transport === 'http'
          ? { kind: 'http', signingSecret: secrets.signingSecret }
          : { kind: 'socket', appToken: secrets.appToken },
    },
    engine,
    store,
    clock: { now },
    log,
    newId: randomUUID,
    readFile: () => Promise.reject(new Error('no files here')),
    digest: () => Promise.reject(new Error('no digest here')),
    digestPicture: () => Promise.resolve(undefined),
    socket: { staggerMs: 0, firstWaitMs: 10, openWithinMs: 500 },
  });
  door.toran = toran;
  await toran.start();
  ends.push(() => toran.stop(1_000));
  return { slack, store, toran };
}

function declareIn(slack: LocalSlack) {
  return slack.actions.command({
    user: 'U0NOA',
    channel: 'C0INCIDENTS',
    command: '/incident',
    text: 'declare sev2 Checkout is slow',
  });
}

async function incidents(store: Store): Promise<number> {
  return (await store.incidents({ includePrivate: true, limit: 100 })).length;
}

describe.each(['socket', 'http'] as const)('with Toran’s listeners, by %s,', (transport) => {
  it('a command is committed by the time that the person sees its answer', async () => {
    const { slack, store, toran } = await connect(transport);
    expect(toran.problem()).toBeUndefined();
    const seen = await declareIn(slack);
    expect(seen).toMatchObject({ ok: true, replied: { visible: 'ephemeral', text: expect.stringContaining('INC-1') } });
    expect(await incidents(store)).toBe(1);
  });

  it('a command that is delivered twice declares one incident', async () => {
    const { slack, store } = await connect(transport);
    slack.faults.inject({ kind: 'duplicate_delivery', times: 1 });
    expect((await declareIn(slack)).ok).toBe(true);
    await slack.until(() => slack.deliveries.every(({ outcome }) => outcome !== 'waiting'), 5_000);
    expect(await incidents(store)).toBe(1);
  });
});

/** So many sockets were asked for, and two are open. */
function reopened(slack: LocalSlack, asked: number): Promise<boolean> {
  const opens = (): number => slack.log.filter(({ method }) => method === 'apps.connections.open').length;
  return slack.until(() => opens() >= asked && slack.state.connections() === 2, 8_000, `${asked} sockets`);
}

describe('by two sockets', () => {
  it('commands go on after Slack has refreshed them, and after they were cut', async () => {
    const { slack, store, toran } = await connect('socket');
    await reopened(slack, 2);
    expect((await declareIn(slack)).ok).toBe(true);
    slack.disconnectSockets('refresh_requested');
    await reopened(slack, 4);
    expect((await declareIn(slack)).ok).toBe(true);
    slack.cutSockets();
    await reopened(slack, 6);
    expect((await declareIn(slack)).ok).toBe(true);
    expect(toran.problem()).toBeUndefined();
    expect(await incidents(store)).toBe(3);
  });

  it('a socket to which Slack never says hello is given up for another', async () => {
    const { slack } = await connect('socket', ({ faults }) => void faults.inject({ kind: 'no_hello', times: 1 }));
    await reopened(slack, 3);
    expect((await declareIn(slack)).ok).toBe(true);
  });
});

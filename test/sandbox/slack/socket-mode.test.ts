import { describe, expect, it } from 'vitest';
import type { LocalSlack } from '../../../src/sandbox/slack/local-slack.ts';
import { connect } from './app.ts';
import type { Envelope } from './app.ts';
import { appSeed, clientOf, movableClock, startWorkspace } from './world.ts';

interface Raw {
  socket: WebSocket;
  frames: { type: string; reason?: string }[];
  /** Resolves once so many frames have come. */
  frame: (count: number) => Promise<void>;
}

/** A bare WebSocket on a fresh URL, to see the frames themselves. */
async function rawSocket(url: string): Promise<Raw> {
  const socket = new WebSocket(url);
  const frames: Raw['frames'] = [];
  socket.addEventListener('message', ({ data }) => frames.push(JSON.parse(String(data))));
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', reject);
  });
  const frame = (count: number) =>
    new Promise<void>((resolve) => {
      const look = () => frames.length >= count && resolve();
      socket.addEventListener('message', look);
      look();
    });
  return { socket, frames, frame };
}

async function freshUrl(slack: LocalSlack): Promise<string> {
  return (await clientOf(slack, appSeed.appToken).apps.connections.open()).url ?? '';
}

describe('Socket Mode', () => {
  it('says hello with the number of connections, and gives URLs that work once', async () => {
    const slack = await startWorkspace();
    const url = await freshUrl(slack);
    const { frame, frames } = await rawSocket(url);
    await frame(1);
    expect(frames[0]).toMatchObject({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A0TORAN' } });
    await expect(rawSocket(url)).rejects.toBeDefined();
  });

  it('gives each envelope to exactly one of several connections, in turn', async () => {
    const slack = await startWorkspace();
    const seen: string[] = [];
    await connect(slack, (one) => (seen.push('a'), one.ack()));
    await connect(slack, (one) => (seen.push('b'), one.ack()));
    for (let n = 0; n < 4; n += 1) await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' });
    expect(seen.toSorted()).toEqual(['a', 'a', 'b', 'b']);
  });

  it('turns the eleventh connection away with too_many_websockets', async () => {
    const slack = await startWorkspace();
    for (let n = 0; n < 10; n += 1) await rawSocket(await freshUrl(slack));
    const { socket, frames } = await rawSocket(await freshUrl(slack));
    await new Promise((resolve) => socket.addEventListener('close', resolve));
    expect(frames).toMatchObject([{ type: 'disconnect', reason: 'too_many_websockets' }]);
    expect(slack.state.connections()).toBe(10);
  });

  it('delivers an event again at once, after one and after five minutes until it is acknowledged', async () => {
    const clock = movableClock();
    const slack = await startWorkspace({ now: clock.now, answerWithinMs: 60 });
    const seen: Envelope[] = [];
    await connect(slack, (one) => seen.push(one));
    slack.actions.post({ user: 'U1', channel: 'C1', text: 'x' });
    await slack.until(() => slack.deliveries.filter(({ outcome }) => outcome === 'http_timeout').length === 2, 2_000);
    clock.advance(59_000);
    slack.tick();
    expect(slack.deliveries).toHaveLength(2);
    clock.advance(1_000);
    slack.tick();
    await slack.until(() => slack.deliveries.filter(({ outcome }) => outcome === 'http_timeout').length === 3, 2_000);
    clock.advance(300_000);
    slack.tick();
    await slack.until(() => slack.deliveries.filter(({ outcome }) => outcome === 'http_timeout').length === 4, 2_000);
    clock.advance(86_400_000);
    slack.tick();
    expect(seen.map(({ retry_num, retry_reason }) => [retry_num, retry_reason])).toEqual([
      [0, ''],
      [1, 'timeout'],
      [2, 'timeout'],
      [3, 'timeout'],
    ]);
    expect(new Set(seen.map(({ body }) => body['event_id'])).size).toBe(1);
    expect(new Set(seen.map(({ envelope_id }) => envelope_id)).size).toBe(4);
  });

  it('keeps trying hourly for a day when Delayed Events is on', async () => {
    const clock = movableClock();
    const slack = await startWorkspace({ now: clock.now, delayedEvents: true });
    slack.actions.post({ user: 'U1', channel: 'C1', text: 'x' });
    const failed = (count: number) =>
      slack.until(
        () => slack.deliveries.filter(({ outcome }) => outcome === 'connection_failed').length === count,
        1_000,
      );
    for (let attempt = 1; attempt <= 1 + 3 + 24; attempt += 1) {
      await failed(attempt);
      clock.advance(3_600_000);
      slack.tick();
    }
    clock.advance(86_400_000);
    slack.tick();
    expect(slack.deliveries).toHaveLength(1 + 3 + 24);
  });

  it('delivers what nobody was connected for once somebody is', async () => {
    const clock = movableClock();
    const slack = await startWorkspace({ now: clock.now });
    slack.actions.post({ user: 'U1', channel: 'C1', text: 'x' });
    await slack.until(
      () => slack.deliveries.filter(({ outcome }) => outcome === 'connection_failed').length === 1,
      1_000,
    );
    slack.tick();
    await connect(slack);
    clock.advance(60_000);
    slack.tick();
    await slack.until(() => slack.deliveries.some(({ outcome }) => outcome === 'acknowledged'), 1_000);
  });

  it('lets the person see a command fail at once without connection, after the wait without answer', async () => {
    const slack = await startWorkspace({ answerWithinMs: 60 });
    const command = { user: 'U1', channel: 'C1', command: '/incident' };
    expect(await slack.actions.command(command)).toMatchObject({ ok: false, sawError: 'dispatch_failed' });
    await connect(slack, () => undefined);
    expect(await slack.actions.command(command)).toMatchObject({ ok: false, sawError: 'operation_timeout' });
    expect(slack.deliveries.map(({ attempt }) => attempt)).toEqual([0, 0]);
  });

  it('refreshes: disconnect frame, closed, and the real client comes back', async () => {
    const slack = await startWorkspace();
    const client = await connect(slack, (one) => one.ack(), 500);
    const back = new Promise((resolve) => client.once('connected', resolve));
    slack.disconnectSockets('refresh_requested');
    await slack.until(() => slack.state.connections() === 0, 2_000);
    await back;
    expect(slack.state.connections()).toBe(1);
    expect(await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' })).toMatchObject({
      ok: true,
    });
  });

  it('announces a refresh ten seconds ahead when connections have a lifetime', async () => {
    const clock = movableClock();
    const slack = await startWorkspace({ now: clock.now, socketLifetimeMs: 3_600_000 });
    const { frame, frames } = await rawSocket(await freshUrl(slack));
    await frame(1);
    clock.advance(3_590_000);
    slack.tick();
    await frame(2);
    expect(frames[1]).toMatchObject({ type: 'disconnect', reason: 'warning' });
    expect(slack.state.connections()).toBe(1);
    clock.advance(10_000);
    slack.tick();
    await frame(3);
    expect(frames[2]).toMatchObject({ type: 'disconnect', reason: 'refresh_requested' });
  });

  it('sends a command lost with its connection to nobody else, an event to another connection', async () => {
    const slack = await startWorkspace();
    const seen: Envelope[] = [];
    await connect(slack, (one) => seen.push(one));
    const command = slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' });
    await slack.until(() => slack.deliveries.length === 1, 1_000);
    slack.cutSockets();
    expect(await command).toMatchObject({ ok: false, sawError: 'app_unreachable' });
    expect(slack.deliveries).toHaveLength(1);
  });

  it('plays duplicates, lost acknowledgements and connections without hello', async () => {
    const slack = await startWorkspace();
    const seen: Envelope[] = [];
    await connect(slack, (one) => (seen.push(one), one.ack()));
    slack.faults.inject({ kind: 'duplicate_delivery', times: 1 });
    slack.actions.post({ user: 'U1', channel: 'C1', text: 'x' });
    await slack.until(() => slack.deliveries[0]?.outcome === 'acknowledged', 1_000);
    expect(seen.map(({ body }) => body['event_id'])).toHaveLength(2);
    expect(new Set(seen.map(({ body }) => body['event_id'])).size).toBe(1);
    slack.faults.inject({ kind: 'lost_ack', times: 1 });
    expect(await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' })).toMatchObject({
      ok: false,
    });
    expect(seen).toHaveLength(3);
    slack.faults.inject({ kind: 'no_hello', times: 1 });
    const { frames } = await rawSocket(await freshUrl(slack));
    await slack.actions.command({ user: 'U1', channel: 'C1', command: '/incident' });
    expect(frames).toEqual([]);
  });
});

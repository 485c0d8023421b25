import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestContent } from '../../src/figures/digest.ts';
import type { EffectOutcome } from '../../src/engine/effects.ts';
import type { Job } from '../../src/engine/ports.ts';
import { digestEffects, type DigestPicture } from '../../src/slack/digest-post.ts';
import { catalog } from './catalog.ts';
import { slackWorld, type SlackWorld } from './effects-world.ts';

const due = Date.parse('2026-11-22T07:00:00Z');
const png: DigestPicture = { png: Buffer.from('89504e47', 'hex'), alternative: 'Twelve quiet weeks' };
let world: SlackWorld;

beforeEach(async () => {
  world = await slackWorld();
});

afterEach(async () => world.close());

function jobFor(attempt: number): Job {
  const effect = { kind: 'digest.post', due } as const;
  return { id: 'e-digest', effect, lane: 'digest', due, createdAt: world.clock.now(), attempt, token: randomUUID() };
}

function post(attempt = 1, picture: DigestPicture | undefined = png): Promise<EffectOutcome> {
  const handlers = digestEffects({
    context: world.context,
    content: (at) =>
      Promise.resolve(
        digestContent([], at, catalog.workspace.timezone, {
          pages: [],
          workWeek: catalog.workspace.workWeek,
          postmortemsMissing: [],
          recordedSinceMs: undefined,
        }),
      ),
    picture: () => Promise.resolve(picture),
  });
  return handlers['digest.post']({ kind: 'digest.post', due }, jobFor(attempt));
}

function digests() {
  return world.slack.state.messages('#incidents').filter(({ metadata }) => metadata !== undefined);
}

async function digestedWeek(): Promise<number | undefined> {
  return (await world.store.load('workspace', ['workspace'])).get('workspace')?.state?.digestedWeek;
}

describe('the weekly digest', () => {
  it('goes where incidents are announced, with its picture, and is written down', async () => {
    expect(await post()).toEqual({ kind: 'done' });
    expect(digests()).toHaveLength(1);
    const [file] = world.slack.state.files();
    expect(file).toMatchObject({ completed: true, channels: ['C0INCIDENTS'], altText: 'Twelve quiet weeks' });
    expect(await digestedWeek()).toBe(Date.parse('2026-11-14T22:00:00Z'));
  });

  it('is posted once for a week, whoever asks for it again', async () => {
    await post();
    expect(await post()).toEqual({ kind: 'done' });
    expect(digests()).toHaveLength(1);
    expect(world.slack.state.files()).toHaveLength(1);
  });

  it.each(['chat.postMessage', 'files.completeUploadExternal'])(
    'is one message and one picture when the answer to %s is lost',
    async (method) => {
      world.slack.faults.inject({ kind: 'reset', applied: true, method, times: 1 });
      expect(await post(1)).toMatchObject({ kind: 'retry' });
      expect(await post(2)).toEqual({ kind: 'done' });
      expect(digests()).toHaveLength(1);
      expect(world.slack.state.files().filter(({ completed }) => completed)).toHaveLength(1);
      expect(await digestedWeek()).toBeDefined();
    },
  );

  it('counts a wait before its picture as a try, so that the next one finds the message', async () => {
    const method = 'files.getUploadURLExternal';
    world.slack.faults.inject({ kind: 'rate_limited', retryAfterSeconds: 5, method, times: 1 });
    expect(await post(1)).toMatchObject({ kind: 'retry', notBefore: world.clock.now() + 5_000 });
  });

  it('goes out without its picture when there is none, or Slack takes none', async () => {
    world.slack.faults.inject({
      kind: 'error',
      error: 'unknown_method',
      applied: false,
      method: 'files.getUploadURLExternal',
    });
    expect(await post()).toEqual({ kind: 'done' });
    expect(digests()).toHaveLength(1);
    expect(await digestedWeek()).toBeDefined();
  });
});

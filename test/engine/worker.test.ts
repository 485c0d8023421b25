import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Order } from '../../src/engine/orders.ts';
import { retryAt, retryRule } from '../../src/engine/retry.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { minuteMs, secondMs } from '../../src/oncall/time.ts';
import { sundayMorning } from '../support/company.ts';
import { by, declareSev1 } from '../support/story.ts';
import { engineWorld, type EngineWorld } from './world.ts';

let w: EngineWorld;
beforeEach(async () => {
  w = await engineWorld();
});
afterEach(() => w.close());

const declare: Order<'incident'> = { kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') };

async function declared(): Promise<void> {
  await w.engine.execute(declare);
  w.worker.start();
}

describe('the worker', () => {
  it('hands over the page before everything else', async () => {
    await declared();
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.announce'));
    expect(w.kinds()[0]).toBe('slack.page');
  });

  it('keeps the order of a lane, also while its head fails', async () => {
    let failures = 2;
    w.answers['slack.open_channel'] = () => (failures-- > 0 ? { kind: 'retry', error: 'down' } : { kind: 'done' });
    await declared();
    await vi.waitFor(() => expect(w.kinds().filter((kind) => kind === 'slack.open_channel')).toHaveLength(1));
    expect(w.kinds()).not.toContain('slack.post_card');
    for (let turn = 0; turn < 2; turn += 1) {
      const seen = w.did.length;
      w.clock.advance(10 * secondMs);
      await vi.waitFor(() => expect(w.did.length).toBeGreaterThan(seen));
    }
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.post_card'));
    const lane = w.did.filter((job) => job.lane === 'channel:INC-1').map((job) => job.effect.kind);
    expect(lane).toEqual(['slack.open_channel', 'slack.open_channel', 'slack.open_channel', 'slack.post_card']);
  });

  it('escalates when nobody answers: the timer is an effect that is due later', async () => {
    await declared();
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.page'));
    w.clock.advance(5 * minuteMs - 1);
    w.clock.advance(1);
    await vi.waitFor(() => expect(w.kinds().filter((kind) => kind === 'slack.page')).toHaveLength(2));
    expect((await w.store.incident('INC-1'))?.pages[0]?.at).toEqual({ round: 0, step: 1 });
  });

  it('asks the holder before the acknowledgement runs out, and pages again when it has', async () => {
    await declared();
    await w.engine.execute({
      ...declare,
      command: { type: 'acknowledge', page: undefined, via: 'slack' },
      actor: by('dana'),
    });
    w.clock.advance(25 * minuteMs);
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.ask_holder'));
    w.clock.advance(5 * minuteMs);
    await vi.waitFor(async () => expect((await w.store.incident('INC-1'))?.pages).toHaveLength(2));
  });

  it('asks again after a renewal, not at the old time', async () => {
    await declared();
    await w.engine.execute({
      ...declare,
      command: { type: 'acknowledge', page: undefined, via: 'slack' },
      actor: by('dana'),
    });
    w.clock.advance(20 * minuteMs);
    await w.engine.execute({ ...declare, command: { type: 'post_update', text: 'on it' }, actor: by('dana') });
    w.clock.advance(10 * minuteMs);
    await vi.waitFor(async () => expect(await w.store.nextDue()).toBeGreaterThan(sundayMorning + 30 * minuteMs));
    expect((await w.store.incident('INC-1'))?.pages).toHaveLength(1);
    w.clock.advance(20 * minuteMs);
    await vi.waitFor(async () => expect((await w.store.incident('INC-1'))?.pages).toHaveLength(2));
  });

  it('tries a page again within seconds, however often it fails', async () => {
    w.answers['slack.page'] = () => ({ kind: 'retry', error: 'slack is down' });
    await declared();
    for (let turn = 1; turn <= 20; turn += 1) {
      await vi.waitFor(() => expect(w.kinds().filter((kind) => kind === 'slack.page')).toHaveLength(turn));
      w.clock.advance(15 * secondMs);
    }
    expect(w.buried).toEqual([]);
  });

  it('buries what can never succeed, and lets the lane go on', async () => {
    w.answers['slack.open_channel'] = () => ({ kind: 'failed', error: 'missing_scope: channels:manage' });
    await declared();
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.post_card'));
    expect(w.buried).toHaveLength(1);
    expect(await w.store.deadLetters()).toMatchObject([
      { kind: 'slack.open_channel', error: 'missing_scope: channels:manage' },
    ]);
  });

  it('gives up a fault of our own after some tries, but never a page', async () => {
    w.answers['slack.announce'] = () => Promise.reject(new TypeError('undefined is not a function'));
    await declared();
    for (let turn = 1; turn <= 12; turn += 1) {
      await vi.waitFor(() => expect(w.kinds().filter((kind) => kind === 'slack.announce')).toHaveLength(turn));
      w.clock.advance(6 * minuteMs);
    }
    await vi.waitFor(() => expect(w.buried).toHaveLength(1));
  });

  it('waits for what is under way when it is stopped, and takes nothing new', async () => {
    let finish: () => void = () => undefined;
    w.answers['slack.page'] = () => new Promise((resolve) => (finish = () => resolve({ kind: 'done' })));
    await declared();
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.page'));
    const stopping = w.worker.stop(5_000);
    await w.engine.execute({
      kind: 'incident',
      stream: 'INC-2',
      command: { ...declareSev1, groupKey: undefined },
      actor: by('noa'),
    });
    finish();
    await stopping;
    expect(w.did.filter((job) => job.lane.startsWith('page:INC-2'))).toEqual([]);
    expect(
      (await w.store.claim(w.clock.now(), w.clock.now() + 1, 'other', 100)).some((job) =>
        job.lane.startsWith('page:INC-1'),
      ),
    ).toBe(false);
  });

  it('that is stopped while it claims does nothing of it, and gives it back at once', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let claims = 0;
    const slow = await engineWorld(undefined, (store) => ({
      ...store,
      async claim(...args) {
        claims += 1;
        const jobs = await store.claim(...args);
        await gate;
        return jobs;
      },
    }));
    await slow.engine.execute(declare);
    slow.worker.start();
    await vi.waitFor(() => expect(claims).toBe(1));
    const stopping = slow.worker.stop(5_000);
    open();
    await stopping;
    expect(slow.did).toEqual([]);
    const taken = await slow.store.claim(slow.clock.now(), slow.clock.now() + 1, 'another', 100);
    expect(taken.map((job) => [job.effect.kind, job.attempt])).toContainEqual(['slack.page', 1]);
    await slow.close();
  });

  it('moves the page within a second when the person who is asked goes away', async () => {
    await declared();
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.page'));
    await w.engine.execute({
      kind: 'person',
      stream: 'person:alma',
      command: {
        type: 'mark_unavailable',
        window: 'w1',
        effect: 'hard',
        certain: true,
        from: w.clock.now(),
        to: null,
        source: 'teammate',
      },
      actor: by('beni'),
    });
    await vi.waitFor(() => expect(w.did.filter((job) => job.effect.kind === 'slack.page')).toHaveLength(2));
    expect((await w.store.incident('INC-1'))?.pages[0]?.deliveries.at(-1)?.to).toMatchObject({ person: 'beni' });
  });

  it('moves the page when an absence begins that was written down before', async () => {
    await w.engine.execute({
      kind: 'person',
      stream: 'person:alma',
      command: {
        type: 'mark_unavailable',
        window: 'w1',
        effect: 'hard',
        certain: true,
        from: w.clock.now() + 2 * minuteMs,
        to: null,
        source: 'self',
      },
      actor: by('alma'),
    });
    await declared();
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.page'));
    w.clock.advance(2 * minuteMs);
    await vi.waitFor(async () =>
      expect((await w.store.incident('INC-1'))?.pages[0]?.deliveries.at(-1)?.to).toMatchObject({ person: 'beni' }),
    );
  });
});

describe('commands', () => {
  it('racing for one stream are decided one upon the other', async () => {
    await w.engine.execute(declare);
    const answers = await Promise.all(
      ['alma', 'beni', 'carmel'].map((who) =>
        w.engine.execute({
          ...declare,
          command: { type: 'acknowledge', page: undefined, via: 'slack' },
          actor: by(who),
        }),
      ),
    );
    expect(answers.map((answer) => answer.kind)).toEqual(['accepted', 'refused', 'refused']);
  });

  it('repeated by their sender are answered as the first time', async () => {
    const note: Order<'incident'> = {
      ...declare,
      command: { type: 'add_note', text: 'once' },
      inbound: { source: 'slack', id: 'Ev1' },
    };
    await w.engine.execute(declare);
    const answers = await Promise.all([w.engine.execute(note), w.engine.execute(note)]);
    answers.push(await w.engine.execute(note));
    expect(answers.map((answer) => answer.kind)).toEqual(['accepted', 'duplicate', 'duplicate']);
    expect(answers[1]).toEqual({ kind: 'duplicate', verdict: { incident: 'INC-1' } });
    expect((await w.store.events('INC-1')).filter((recorded) => recorded.event.type === 'note_added')).toHaveLength(1);
  });

  it('that find nothing to do on a stream without events are accepted', async () => {
    const answer = await w.engine.execute({
      kind: 'person',
      stream: 'person:beni',
      command: { type: 'apply_file', windows: [] },
      actor: automation,
    });
    expect(answer).toMatchObject({ kind: 'accepted', events: [], state: { person: 'beni', windows: [] } });
  });

  it('on an incident that does not exist are refused', async () => {
    expect(
      await w.engine.execute({ ...declare, stream: 'INC-9', command: { type: 'resolve' }, actor: automation }),
    ).toEqual({ kind: 'refused', refusal: { code: 'no_such_incident' } });
  });
});

describe('retry times', () => {
  it('double up to a ceiling, and stay within a fifth of it', () => {
    const waits = [1, 2, 3, 10].map((attempt) => retryAt('slack.page', attempt, 0, 0.5));
    expect(waits).toEqual([500, 1_000, 2_000, 15_000]);
    // What moves a page to whoever has taken the shift is as urgent as the page.
    for (const kind of ['reassess.person', 'reassess.schedule', 'reassess.all'] as const) {
      expect(retryAt(kind, 60, 0, 0.5)).toBe(15 * secondMs);
      expect(retryRule(kind).mostFaults).toBe(Infinity);
    }
    expect(retryAt('slack.update_card', 60, 0, 0.999)).toBeLessThanOrEqual(6 * minuteMs);
    expect(retryAt('slack.update_card', 1, 0, 0)).toBe(1_600);
  });
});

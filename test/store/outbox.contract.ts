import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job, Store } from '../../src/engine/ports.ts';
import { declared, plan, planned, start } from './batches.ts';
import type { Harness, OpenHarness } from './harness.ts';

/** What a store promises about effects: each to one worker at a time, in the order of its lane, until it is settled. */
export function outboxContract(open: OpenHarness): void {
  let harness: Harness;
  let store: Store;
  beforeEach(async () => {
    harness = await open();
    store = harness.store;
  });
  afterEach(() => harness.close());

  const minute = 60_000;
  const claim = (now = start, token = 't', limit = 100, by = store) => by.claim(now, now + minute, token, limit);
  const lanes = (jobs: readonly Job[]) => jobs.map((job) => job.lane);

  describe('claims', () => {
    it('hands an effect over as it was planned', async () => {
      await plan(
        store,
        planned('lane', { effect: { kind: 'timer.step', page: 'INC-1/p1', entry: 3 }, due: start - 5 }),
      );
      const [job] = await claim(start, 'token');
      expect(job).toEqual({
        id: expect.any(String),
        effect: { kind: 'timer.step', page: 'INC-1/p1', entry: 3 },
        lane: 'lane',
        due: start - 5,
        createdAt: start,
        attempt: 1,
        token: 'token',
      });
    });

    it('takes only what is due, the most urgent first, then by time', async () => {
      await plan(
        store,
        planned('edit', { priority: 8, due: start - 90 }),
        planned('between', { priority: 6, due: start - 80 }),
        planned('channel', { priority: 5, due: start - 70 }),
        planned('later', { priority: 0, due: start + 1 }),
        planned('timer', { priority: 1, due: start - 10 }),
        planned('older timer', { priority: 1, due: start - 20 }),
        planned('page', { priority: 0, due: start }),
        planned('before all', { priority: -3, due: start }),
        planned('behind all', { priority: 99, due: start - 100 }),
      );
      const order = ['before all', 'page', 'older timer', 'timer', 'channel', 'between', 'edit', 'behind all'];
      expect(lanes(await claim(start, 'a', 3))).toEqual(order.slice(0, 3));
      expect(lanes(await claim(start, 'b'))).toEqual(order.slice(3));
      expect(await store.nextDue()).toBe(start + 1);
      expect(lanes(await claim(start + 1, 'c'))).toEqual(['later']);
    });

    it('gives out of one lane only the first, and the next when it is settled', async () => {
      await plan(store, planned('a', { due: start }), planned('a', { due: start - 9, priority: 0 }), planned('b'));
      const first = await claim();
      expect(lanes(first)).toEqual(['a', 'b']);
      expect(first[0]?.due).toBe(start);
      expect(await claim(start, 'other')).toEqual([]);
      await store.settle(first);
      expect(await claim()).toEqual([expect.objectContaining({ lane: 'a', due: start - 9 })]);
    });

    it('keeps a lane waiting for its first effect even when later ones are due', async () => {
      await plan(store, planned('a', { due: start + minute }), planned('a', { due: start, priority: 0 }));
      expect(await claim()).toEqual([]);
      expect(await store.nextDue()).toBe(start + minute);
    });

    it('never shares an effect among eight claimers, and keeps every lane in order', async () => {
      const perLane = 12;
      const laneNames = Array.from({ length: 30 }, (_, n) => `lane ${n}`);
      for (let n = 0; n < perLane; n++) {
        await plan(
          store,
          ...laneNames.map((lane) => planned(lane, { effect: { kind: 'digest.post', due: n }, priority: n % 3 })),
        );
      }
      const stores = [store, await harness.another(), await harness.another(), await harness.another()];
      const done: Job[] = [];
      let claimers = 0;
      async function work(by: Store): Promise<void> {
        const token = `claimer ${(claimers += 1)}`;
        while (done.length < perLane * laneNames.length) {
          const jobs = await by.claim(start, start + minute, token, 5);
          done.push(...jobs);
          await by.settle(jobs);
          // With nothing to take, the others must come to their turn, as they do in a worker that sleeps.
          if (jobs.length === 0) await new Promise(setImmediate);
        }
      }
      await Promise.all([...stores, ...stores].map(work));

      expect(new Set(done.map((job) => job.id)).size).toBe(done.length);
      for (const [lane, jobs] of Map.groupBy(done, (job) => job.lane)) {
        const order = jobs.map(({ effect }) => (effect.kind === 'digest.post' ? effect.due : -1));
        expect(order, lane).toEqual(Array.from({ length: perLane }, (_, n) => n));
      }
      expect(await store.outboxDepth(start)).toEqual({ waiting: 0, overdue: 0, dead: 0 });
    });

    it('plans with a decision: ids name stream, version and place', async () => {
      const batch = declared(1);
      await store.commit([batch], start);
      const ids = (await claim(start + 24 * 60 * minute)).map((job) => job.id);
      expect(ids.length).toBeGreaterThan(2);
      for (const id of ids) expect(id).toMatch(new RegExp(`^INC-1:${batch.events.length}:\\d+$`));
    });
  });

  describe('leases', () => {
    it('run out: the effect is found again, and the late worker can settle it no more', async () => {
      await plan(store, planned('a'));
      const [lost] = await claim(start, 'lost');
      expect(await claim(start + minute - 1, 'early')).toEqual([]);
      expect(await store.nextDue()).toBe(start + minute);
      const [found] = await claim(start + minute, 'found');
      expect(found).toMatchObject({ id: lost?.id, attempt: 2, token: 'found' });
      if (lost === undefined || found === undefined) throw new Error('nothing was claimed');

      await store.settle([lost]);
      await store.postpone(lost, start, true);
      await store.bury(lost, 'late', start);
      expect(await claim(start + minute, 'again')).toEqual([]);
      expect(await store.deadLetters()).toEqual([]);
      await store.settle([found]);
      expect((await store.outboxDepth(start)).waiting).toBe(0);
    });

    it('are told apart when effects of several claims are settled together', async () => {
      await plan(store, planned('a'), planned('b'));
      const old = await claim(start, 'old', 1);
      const renewed = await claim(start + minute, 'new', 2);
      expect(lanes(old)).toEqual(['a']);
      expect(lanes(renewed)).toEqual(['a', 'b']);
      await store.settle([...old, ...renewed.filter((job) => job.lane === 'b')]);
      const left = await claim(start + 2 * minute, 'x');
      expect(lanes(left)).toEqual(['a']);
    });

    it('end with a postponement, which counts the attempt only when it was one', async () => {
      await plan(store, planned('a'), planned('a', { due: start - 1 }));
      const [first] = await claim(start, 't1');
      if (first === undefined) throw new Error('nothing was claimed');
      await store.postpone(first, start + 10, false);
      expect(await store.nextDue()).toBe(start + 10);
      expect(await claim(start + 9, 't2')).toEqual([]);
      const [second] = await claim(start + 10, 't3');
      expect(second).toMatchObject({ id: first.id, attempt: 1, due: start + 10 });
      if (second === undefined) throw new Error('nothing was claimed');
      await store.postpone(second, start + 20, true);
      const [third] = await claim(start + 20, 't4');
      expect(third).toMatchObject({ id: first.id, attempt: 2 });
      await store.settle([{ id: first.id, token: 't4' }]);
      expect(await claim(start + 20, 't5')).toEqual([expect.objectContaining({ due: start - 1, attempt: 1 })]);
    });
  });

  describe('edits with one key', () => {
    it('wait once', async () => {
      await plan(
        store,
        planned('card', { coalesce: 'k' }),
        planned('card', { coalesce: 'k' }),
        planned('card', { coalesce: 'other' }),
      );
      await plan(store, planned('card', { coalesce: 'k' }));
      expect((await store.outboxDepth(start)).waiting).toBe(2);
    });

    it('queue again behind one that a worker has taken', async () => {
      await plan(store, planned('card', { coalesce: 'k' }));
      const [taken] = await claim();
      await plan(store, planned('card', { coalesce: 'k' }));
      await plan(store, planned('card', { coalesce: 'k' }));
      expect((await store.outboxDepth(start)).waiting).toBe(2);
      expect(await claim(start, 'second')).toEqual([]);
      if (taken === undefined) throw new Error('nothing was claimed');
      await store.postpone(taken, start, true);
      expect(await claim(start, 'third')).toEqual([expect.objectContaining({ id: taken.id })]);
      await store.settle([{ id: taken.id, token: 'third' }]);
      expect(await claim(start, 'fourth')).toHaveLength(1);
    });
  });

  describe('what was given up', () => {
    it('leaves its lane free, is listed, and is retried or dropped by people', async () => {
      await plan(store, planned('a'), planned('a'));
      const [bad] = await claim(start, 't1');
      if (bad === undefined) throw new Error('nothing was claimed');
      await store.bury(bad, 'channel_not_found', start + 5);

      expect(await store.deadLetters()).toEqual([
        { id: bad.id, kind: 'timer.count_alerts', lane: 'a', attempts: 1, error: 'channel_not_found', at: start + 5 },
      ]);
      expect(await store.outboxDepth(start)).toEqual({ waiting: 1, overdue: 1, dead: 1 });
      const next = await claim(start, 't2');
      expect(next).toHaveLength(1);
      expect(next[0]?.id).not.toBe(bad.id);
      await store.settle(next);
      expect(await store.nextDue()).toBeUndefined();

      expect(await store.retryDeadLetter(bad.id, start + 7)).toBe(true);
      expect(await store.retryDeadLetter(bad.id, start + 7)).toBe(false);
      expect(await store.dropDeadLetter(bad.id)).toBe(false);
      const [again] = await claim(start + 7, 't3');
      expect(again).toMatchObject({ id: bad.id, attempt: 1, due: start + 7 });
      if (again === undefined) throw new Error('nothing was claimed');
      await store.bury(again, 'still not', start + 8);
      expect(await store.dropDeadLetter(bad.id)).toBe(true);
      expect(await store.deadLetters()).toEqual([]);
    });

    it('includes effects of a newer version, which do not hold up the others', async () => {
      await plan(store, planned('new'), planned('known'));
      await harness.run(`update effects set kind = 'beam.up', body = '{"kind":"beam.up"}' where lane = 'new'`);
      expect(lanes(await claim())).toEqual(['known']);
      expect(await store.deadLetters()).toEqual([
        expect.objectContaining({ kind: 'beam.up', error: expect.stringContaining('newer version of Toran') }),
      ]);
    });
  });

  it('says when nothing waits', async () => {
    expect(await store.nextDue()).toBeUndefined();
    expect(await claim()).toEqual([]);
    expect(await store.outboxDepth(start)).toEqual({ waiting: 0, overdue: 0, dead: 0 });
    await store.settle([]);
  });
}

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Batch, Store } from '../../src/engine/ports.ts';
import { dayMs } from '../../src/oncall/time.ts';
import { evolveAll } from '../../src/incident/evolve.ts';
import { decided, declared, fired, leaves, onSchedule, start, takesShift } from './batches.ts';
import type { Harness, OpenHarness } from './harness.ts';

/** What a store promises about decisions: whole or not at all, once, and read back as they were. */
export function historyContract(open: OpenHarness): void {
  let harness: Harness;
  let store: Store;
  beforeEach(async () => {
    harness = await open();
    store = harness.store;
  });
  afterEach(() => harness.close());

  const commit = async (batch: Batch, by: Store = store) => (await by.commit([batch], start))[0];

  describe('commits', () => {
    it('gives back events, fold, texts and row as they were written', async () => {
      const title = 'הקופה לא עובדת 🔥\n"quoted" \\ \'single\' \t tab';
      const batch = declared(7, { title, groupKey: 'service:checkout', inbound: { source: 'slack', id: 'trigger-1' } });
      expect(await commit(batch)).toBe('committed');

      expect(await store.events('INC-7')).toEqual(batch.events);
      expect((await store.load('incident', ['INC-7'])).get('INC-7')).toEqual({
        version: batch.events.length,
        state: batch.state,
      });
      expect(evolveAll(undefined, await store.events('INC-7'))).toEqual(batch.state);
      expect([...(await store.texts('INC-7')).values()]).toContain(title);
      expect(await store.incidents({ limit: 5 })).toEqual([batch.row]);
      expect(await store.seen([{ source: 'slack', id: 'trigger-1' }])).toEqual(
        new Map([['slack:trigger-1', { incident: 'INC-7' }]]),
      );
      expect(await store.openGroups(['service:checkout', 'service:other'])).toEqual(
        new Map([['service:checkout', 'INC-7']]),
      );
    });

    it('tells times to the millisecond, before 1970 and far ahead', async () => {
      await commit(declared(1));
      for (const at of [1, -86_400_001, start - 1]) {
        await commit(await decided(store, 'INC-1', { type: 'set_milestone', milestone: 'detected', at }));
        expect((await store.incident('INC-1'))?.milestones.detected).toBe(at);
        expect((await store.incidents({ limit: 1 }))[0]?.milestones.detected).toBe(at);
      }
      const farAhead = Date.UTC(9_998, 11, 31, 23, 59, 59, 999);
      await store.countSignals(
        [],
        [],
        [{ effect: { kind: 'reassess.all' }, due: farAhead, lane: 'x', priority: 0, coalesce: undefined }],
        start,
      );
      expect(await store.claim(farAhead - 1, farAhead, 't', 100)).not.toContainEqual(
        expect.objectContaining({ lane: 'x' }),
      );
      expect(await store.claim(farAhead, farAhead + 1, 't', 100)).toContainEqual(
        expect.objectContaining({ lane: 'x', due: farAhead }),
      );
    });

    it('writes nothing at all of a batch that was decided on a stale version', async () => {
      const first = declared(1);
      const stale = declared(1, {
        groupKey: 'g',
        inbound: { source: 'slack', id: 'late' },
        alert: fired('a', 'INC-1'),
      });
      expect(await commit(first)).toBe('committed');
      expect(await commit(stale)).toBe('version_conflict');

      expect(await store.seen([{ source: 'slack', id: 'late' }])).toEqual(new Map());
      expect(await store.openGroups(['g'])).toEqual(new Map());
      expect(await store.alerts(['a'])).toEqual(new Map());
      expect((await store.outboxDepth(start)).waiting).toBe(first.effects.length);
    });

    it('takes back what a batch had written when it fails late', async () => {
      const good = declared(1, { groupKey: 'g', inbound: { source: 'slack', id: 'broken' } });
      const broken = {
        ...good,
        effects: [
          {
            ...good.effects[0],
            effect: { kind: 'reassess.all' },
            lane: 'x',
            priority: 1,
            coalesce: undefined,
            due: Number.NaN,
          },
        ],
      } satisfies Batch;
      await expect(store.commit([broken], start)).rejects.toThrow();

      expect((await store.load('incident', ['INC-1'])).size).toBe(0);
      expect(await store.events('INC-1')).toEqual([]);
      expect(await store.seen([{ source: 'slack', id: 'broken' }])).toEqual(new Map());
      expect(await store.openGroups(['g'])).toEqual(new Map());
      expect(await commit(good)).toBe('committed');
    });

    it('answers each batch of one call by itself', async () => {
      await commit(declared(2, { groupKey: 'taken', inbound: { source: 'slack', id: 'old' } }));
      const results = await store.commit(
        [
          declared(1),
          declared(2),
          declared(3, { groupKey: 'taken' }),
          declared(4, { inbound: { source: 'slack', id: 'old' } }),
          declared(5),
        ],
        start,
      );
      expect(results).toEqual(['committed', 'version_conflict', 'group_taken', 'seen', 'committed']);
      expect((await store.incidents({ limit: 9 })).map((row) => row.id)).toEqual(['INC-5', 'INC-2', 'INC-1']);
      expect((await store.load('incident', ['INC-3', 'INC-4'])).size).toBe(0);
    });

    it('lets exactly one of twenty racing commits win', async () => {
      await commit(declared(1));
      const others = [store, await harness.another()];
      const racers = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          decided(
            store,
            'INC-1',
            { type: 'add_note', text: `note ${n}` },
            { inbound: { source: 'slack', id: `race-${n}` } },
          ),
        ),
      );
      const before = await store.events('INC-1');
      const results = await Promise.all(racers.map((batch, n) => commit(batch, others[n % others.length] ?? store)));

      expect(results.filter((result) => result === 'committed')).toHaveLength(1);
      expect(results.filter((result) => result === 'version_conflict')).toHaveLength(19);
      const winner = racers[results.indexOf('committed')];
      expect((await store.events('INC-1')).slice(before.length)).toEqual(winner?.events);
      const known = await store.seen(racers.flatMap((batch) => batch.inbound.map(({ key }) => key)));
      expect(known.size).toBe(1);
    });

    it('opens one incident when ten are declared for one group at once, and frees the group at the end', async () => {
      const other = await harness.another();
      const results = await Promise.all(
        Array.from({ length: 10 }, (_, n) => commit(declared(n + 1, { groupKey: 'g' }), n % 2 === 0 ? store : other)),
      );
      expect(results.filter((result) => result === 'committed')).toHaveLength(1);
      expect(results.filter((result) => result === 'group_taken')).toHaveLength(9);
      const winner = (await store.openGroups(['g'])).get('g');
      expect(winner).toBe(`INC-${results.indexOf('committed') + 1}`);
      expect((await store.incidents({ limit: 20 })).map((row) => row.id)).toEqual([winner]);

      expect(await commit(await decided(store, winner ?? 'INC-0', { type: 'resolve' }))).toBe('committed');
      expect((await store.openGroups(['g'])).size).toBe(0);
      expect(await commit(declared(11, { groupKey: 'g' }))).toBe('committed');
    });

    it('says that it has seen an id before it says anything else', async () => {
      await commit(declared(1, { groupKey: 'g', inbound: { source: 'pagerduty', id: 'w1' } }));
      expect(await commit(declared(1, { groupKey: 'g', inbound: { source: 'pagerduty', id: 'w1' } }))).toBe('seen');
      expect(await commit(declared(1, { groupKey: 'g', inbound: { source: 'slack', id: 'w1' } }))).toBe('group_taken');
      expect(await commit(declared(1, { groupKey: 'h', inbound: { source: 'slack', id: 'w1' } }))).toBe(
        'version_conflict',
      );
      expect(await commit(declared(2, { groupKey: 'h', inbound: { source: 'slack', id: 'w1' } }))).toBe('committed');
    });

    it('remembers ids of what decided nothing, without moving the stream', async () => {
      await commit(declared(1));
      const nothing = {
        ...(await decided(
          store,
          'INC-1',
          { type: 'count_alerts', total: 0 },
          { inbound: { source: 'slack', id: 'no-op' } },
        )),
      };
      expect(nothing.events).toEqual([]);
      expect(await commit(nothing)).toBe('committed');
      expect(await commit(nothing)).toBe('seen');
      expect((await store.load('incident', ['INC-1'])).get('INC-1')?.version).toBe(
        (await store.events('INC-1')).length,
      );
    });
  });

  describe('streams', () => {
    it('folds again from the events when the stored fold has another format', async () => {
      const batch = declared(1);
      await commit(batch);
      await commit(await leaves(store, 'alma', start));
      await commit(await takesShift(store, 'beni', 'alma'));
      await harness.run(`update streams set format = format - 1, snapshot = '{"from":"older code"}'`);

      expect(await store.incident('INC-1')).toEqual(batch.state);
      expect((await store.onCallFacts()).windows).toEqual([expect.objectContaining({ person: 'alma', from: start })]);
      expect((await store.onCallFacts()).overrides).toHaveLength(1);
    });

    it('refuses to read an event of a newer version, and names it', async () => {
      await commit(declared(1));
      await harness.run(`update events set type = 'teleported', body = '{"type":"teleported"}' where sequence = 1`);
      await expect(store.events('INC-1')).rejects.toThrow(
        /event 1 \("teleported"\) of INC-1 .* newer version of Toran/,
      );
    });

    it('erases what people wrote and keeps the incident readable', async () => {
      const batch = declared(1, { title: 'private words' });
      await commit(batch);
      await store.eraseTexts(batch.texts.map((text) => text.id));

      expect(await store.texts('INC-1')).toEqual(new Map());
      expect(await store.incident('INC-1')).toEqual(batch.state);
      expect((await store.records())[0]).toMatchObject({ id: 'INC-1', title: 'INC-1' });
    });

    it('knows nothing of streams that were never written', async () => {
      expect((await store.load('incident', ['INC-404'])).size).toBe(0);
      expect(await store.incident('INC-404')).toBeUndefined();
      expect(await store.load('incident', [])).toEqual(new Map());
    });
  });

  describe('facts of who is on call', () => {
    it('begins without people, and sees at once what another process has committed', async () => {
      const other = await harness.another();
      const empty = await store.onCallFacts();
      expect(empty).toMatchObject({ windows: [], overrides: [], catalog: { people: {} } });

      await commit(await leaves(other, 'alma', start), other);
      expect((await store.onCallFacts()).windows.map(({ person }) => person)).toEqual(['alma']);
      await commit(await leaves(other, 'beni', start + 1), other);
      await commit(await leaves(other, 'alma', start + 2), other);
      expect((await store.onCallFacts()).windows.map(({ person, from }) => [person, from - start])).toEqual([
        ['alma', 0],
        ['alma', 2],
        ['beni', 1],
      ]);
    });

    it('counts somebody as unavailable whose stream cannot be read, and names everybody else as ever', async () => {
      await commit(await leaves(store, 'alma', start));
      await commit(await leaves(store, 'beni', start + 1));
      await harness.run(`update events set body = '{"type":"teleported"}' where stream = 'person:alma'`);
      await harness.run(`update streams set format = 0 where id = 'person:alma'`);
      const facts = await (await harness.another()).onCallFacts();
      expect(facts.unreadable).toEqual(['alma']);
      expect(facts.windows).toEqual([
        expect.objectContaining({ person: 'alma', effect: 'hard', from: 0, to: null }),
        expect.objectContaining({ person: 'beni', from: start + 1 }),
      ]);
    });

    it('has what people made of a schedule, in the order in which they did, and cut where it was cancelled', async () => {
      const other = await harness.another();
      expect((await store.onCallFacts()).overrides).toEqual([]);
      await commit(await takesShift(other, 'beni', 'alma'), other);
      await commit(await takesShift(other, 'carmel', 'beni', start + 1), other);
      const cancelled = await onSchedule(other, { type: 'cancel_override', id: 'beni:alma' }, start + 9);
      await commit(cancelled, other);

      const { overrides } = await store.onCallFacts();
      expect(overrides.map(({ schedule, override: { from, to, kind } }) => [schedule, kind, from, to])).toEqual([
        ['payments', 'replace', start, start + 9],
        ['payments', 'replace', start + 1, start + dayMs],
      ]);
      const load = await other.load('schedule', ['schedule:payments']);
      expect(load.get('schedule:payments')).toEqual({ version: 3, state: cancelled.state });
    });

    it('does not read again while nothing of it has changed', async () => {
      await commit(await leaves(store, 'alma', start));
      const facts = await store.onCallFacts();
      await commit(declared(1));
      expect(await store.onCallFacts()).toBe(facts);
    });
  });
}

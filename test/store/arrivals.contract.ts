import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Batch, Inbound, Store } from '../../src/engine/ports.ts';
import type { IncidentRecord } from '../../src/figures/record.ts';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import { decided, declared, fired, plan, planned, start } from './batches.ts';
import type { Harness, OpenHarness } from './harness.ts';

/** What a store promises about what came in, what is listed, and what figures read. */
export function arrivalsContract(open: OpenHarness): void {
  let harness: Harness;
  let store: Store;
  beforeEach(async () => {
    harness = await open();
    store = harness.store;
  });
  afterEach(() => harness.close());

  const commit = async (batch: Batch) => (await store.commit([batch], batch.events[0]?.recordedAt ?? start))[0];
  const does = async (command: IncidentCommand, now = start) => commit(await decided(store, 'INC-1', command, { now }));
  const slack = (id: string): Inbound => ({ source: 'slack', id });

  describe('signals', () => {
    it('count repeats on top of the first, and remember ids and plan once', async () => {
      await commit(declared(1, { alert: fired('disk', 'INC-1') }));
      const count = { alert: 'disk', incident: 'INC-1', add: 4, at: start + 9 } as const;
      const effect = planned('count', { coalesce: 'count', due: start + 10 });
      await store.countSignals(
        [count, { ...count, alert: 'new', add: 2 }],
        [slack('a'), slack('b'), slack('a')],
        [effect],
        start,
      );
      await store.countSignals([{ ...count, add: 1, at: start - 50 }], [slack('b')], [effect], start);

      expect(await store.alerts(['disk', 'new', 'unknown'])).toEqual(
        new Map([
          ['disk', { ...fired('disk', 'INC-1'), count: 6, lastAt: start + 9 }],
          ['new', { ...fired('new', 'INC-1', start + 9), count: 2 }],
        ]),
      );
      expect(await store.signalTotal('INC-1')).toBe(8);
      expect(await store.unresolvedAlerts('INC-1')).toBe(2);
      expect([...(await store.seen([slack('a'), slack('b'), slack('c')])).keys()].toSorted()).toEqual([
        'slack:a',
        'slack:b',
      ]);
      expect(await store.claim(start + 10, start + 11, 't', 100)).toContainEqual(
        expect.objectContaining({ lane: 'count' }),
      );
    });

    it('live on in one incident through resolution, and begin anew in another', async () => {
      await commit(declared(1, { alert: fired('disk', 'INC-1') }));
      const resolved = { ...fired('disk', 'INC-1'), lastAt: start + 5, resolved: true };
      await commit(await decided(store, 'INC-1', { type: 'add_note', text: 'n' }, { alert: resolved }));
      expect((await store.alerts(['disk'])).get('disk')).toEqual({ ...resolved, count: 1 });
      expect(await store.unresolvedAlerts('INC-1')).toBe(0);

      await commit(
        await decided(store, 'INC-1', { type: 'add_note', text: 'n' }, { alert: fired('disk', 'INC-1', start + 7) }),
      );
      expect((await store.alerts(['disk'])).get('disk')).toEqual({
        ...fired('disk', 'INC-1'),
        count: 2,
        lastAt: start + 7,
      });

      await commit(declared(2, { alert: fired('disk', 'INC-2', start + 8) }));
      expect((await store.alerts(['disk'])).get('disk')).toEqual(fired('disk', 'INC-2', start + 8));
      expect(await store.signalTotal('INC-1')).toBe(0);
    });
  });

  it('forgets ids that are older than asked, however many, and no others', async () => {
    const many = Array.from({ length: 2_300 }, (_, n) => slack(`old-${n}`));
    await store.countSignals([], many, [], start - 1);
    await store.countSignals([], [slack('fresh')], [], start);
    await store.prune(start);
    expect([...(await store.seen([...many, slack('fresh')])).keys()]).toEqual(['slack:fresh']);
  });

  it('keeps what could not be used, once per id', async () => {
    await store.setAside('pagerduty', 'w1', 'unknown shape', '{"א":1}', start);
    await store.setAside('pagerduty', 'w1', 'unknown shape', '{"א":1}', start);
    await store.setAside('slack', 'w1', 'unknown shape', '', start);
    expect(await store.setAsideCount()).toBe(2);
  });

  it('hands out numbers once, however many ask at once', async () => {
    const other = await harness.another();
    const numbers = await Promise.all(
      Array.from({ length: 30 }, (_, n) => (n % 2 ? store : other).nextIncidentNumber()),
    );
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    expect(await store.nextIncidentNumber()).toBe(31);
  });

  it('lists incidents newest first: open, over, private', async () => {
    for (const number of [1, 2, 10, 9]) await commit(declared(number));
    await does({ type: 'resolve' }, start + 1);
    const hidden = declared(11);
    if (hidden.row === undefined) throw new Error('an incident has a row');
    await commit({ ...hidden, row: { ...hidden.row, isPrivate: true } });
    const ids = async (filter: Parameters<Store['incidents']>[0]) =>
      (await store.incidents(filter)).map((row) => row.id);

    expect(await ids({ limit: 3 })).toEqual(['INC-10', 'INC-9', 'INC-2']);
    expect(await ids({ limit: 9, includePrivate: true })).toEqual(['INC-11', 'INC-10', 'INC-9', 'INC-2', 'INC-1']);
    expect(await ids({ limit: 9, open: true })).toEqual(['INC-10', 'INC-9', 'INC-2']);
    expect(await ids({ limit: 9, open: false })).toEqual(['INC-1']);
    expect((await store.incidents({ limit: 1, open: false }))[0]).toMatchObject({
      status: 'resolved',
      isOpen: false,
      outcome: 'resolved',
      endedAt: start + 1,
      milestones: { resolved: start + 1 },
    });
  });

  it('finds an incident by its channel', async () => {
    await commit(declared(1));
    await does({ type: 'record_channel', channel: 'C1', name: 'inc-1' });
    expect(await store.incidentByChannel('C1')).toBe('INC-1');
    expect(await store.incidentByChannel('C2')).toBeUndefined();
  });

  describe('figures', () => {
    const imported: IncidentRecord = {
      id: 'import:1',
      title: 'נפילה ישנה',
      severity: undefined,
      service: 'legacy',
      kind: 'incident',
      outcome: 'resolved',
      isPrivate: false,
      milestones: {
        impactStart: start - 9,
        detected: start - 8,
        declared: undefined,
        acked: undefined,
        paged: undefined,
        mitigated: undefined,
        resolved: start - 1,
      },
    };

    it('read imported history, each row once, beside incidents of our own', async () => {
      const batch = declared(1, { title: 'Down' });
      await commit(batch);
      expect(
        await store.importRecords([imported, { ...imported, id: 'import:2', kind: 'drill', severity: 'sev2' }]),
      ).toBe(2);
      expect(await store.importRecords([imported, { ...imported, id: 'import:3' }, imported])).toBe(1);
      expect(await store.importRecords([])).toBe(0);

      const records = await store.records();
      expect(records.map((record) => record.id).toSorted()).toEqual(['INC-1', 'import:1', 'import:2', 'import:3']);
      expect(records.find((record) => record.id === 'import:1')).toEqual(imported);
      expect(records[0]).toEqual({
        id: 'INC-1',
        title: 'Down',
        severity: 'sev1',
        service: 'checkout',
        kind: 'incident',
        outcome: 'open',
        isPrivate: false,
        milestones: batch.row?.milestones,
      });
    });

    it('read years of history in pieces, each row once', async () => {
      await commit(declared(1, { title: 'Down' }));
      const columns =
        'status, is_open, kind, severity, title, is_private, outcome, opened_at, has_postmortem, declared';
      await harness.run(
        `insert into incidents (id, number, ${columns})
         select 'INC-' || (number + i), number + i, ${columns} from incidents,
         (with recursive n(i) as (select 1 union all select i + 1 from n where i < 4500) select i from n) as more`,
      );
      const records = await store.records();
      expect(records).toHaveLength(4_501);
      expect(new Set(records.map(({ id }) => id)).size).toBe(4_501);
      expect(records.at(-1)).toMatchObject({ id: 'INC-1', title: 'Down' });
    });

    it('know who was paged when, from the deliveries that arrived', async () => {
      await commit(declared(1));
      const page = (await store.incident('INC-1'))?.pages[0];
      const delivery = page?.deliveries[0];
      if (delivery?.to.kind !== 'person') throw new Error('the company pages a person first');
      const arrived = {
        type: 'delivery_succeeded',
        delivery: delivery.id,
        channel: 'D1',
        ts: '1.2',
        reference: undefined,
      } as const;
      await does(arrived, start + 3);

      expect(await store.deliveredPages(start, start + 4)).toEqual([{ person: delivery.to.person, at: start + 3 }]);
      expect(await store.deliveredPages(start, start + 3)).toEqual([]);
      expect(await store.deliveredPages(start + 4, start + 9)).toEqual([]);
    });

    it('count one question to one person once, and neither drills nor private incidents', async () => {
      await commit(declared(1, { ways: ['slack', 'pagerduty'] }));
      const deliveries = (await store.incident('INC-1'))?.pages[0]?.deliveries ?? [];
      expect(deliveries.map(({ via }) => via).toSorted()).toEqual(['pagerduty', 'slack']);
      for (const [n, { id }] of deliveries.entries()) {
        const arrived = {
          type: 'delivery_succeeded',
          delivery: id,
          channel: 'D1',
          ts: '1.2',
          reference: undefined,
        } as const;
        await does(arrived, start + 3 + n);
      }
      const pages = await store.deliveredPages(start, start + 99);
      expect(pages).toEqual([{ person: 'alma', at: start + 3 }]);

      await harness.run(`update incidents set kind = 'drill'`);
      expect(await store.deliveredPages(start, start + 99)).toEqual([]);
      await harness.run(`update incidents set kind = 'incident', is_private = not is_private`);
      expect(await store.deliveredPages(start, start + 99)).toEqual([]);
    });
  });

  it('proves that it can write, and tells the time', async () => {
    const before = Date.now();
    const now = await store.ping();
    expect(Math.abs(now - before)).toBeLessThan(60_000);
    await Promise.all([store.ping(), store.ping(), store.ping()]);
    await plan(store, planned('still works'));
  });
}

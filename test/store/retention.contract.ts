import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/executor.ts';
import type { Engine } from '../../src/engine/orders.ts';
import type { Store } from '../../src/engine/ports.ts';
import { letGo } from '../../src/engine/retention.ts';
import { personStream } from '../../src/engine/streams.ts';
import type { PersonCommand } from '../../src/oncall/person.ts';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import { decided, declared, start } from './batches.ts';
import type { Harness, OpenHarness } from './harness.ts';

/** What a store promises about letting go. */
export function retentionContract(open: OpenHarness): void {
  let harness: Harness;
  let store: Store;
  let engine: Engine;
  let now: number;
  beforeEach(async () => {
    harness = await open();
    store = harness.store;
    now = start;
    engine = createEngine({ store, clock: { now: () => now }, ways: ['slack'], onCommitted: () => undefined });
  });
  afterEach(() => harness.close());

  async function says(command: PersonCommand, by = 'noa'): Promise<void> {
    const actor = { kind: 'person', person: by } as const;
    const outcome = await engine.execute({ kind: 'person', stream: personStream('alma'), command, actor });
    expect(outcome.kind).toBe('accepted');
  }
  const away = (window: string, from: number, to: number | null) =>
    ({ type: 'mark_unavailable', window, effect: 'hard', certain: true, from, to, source: 'teammate' }) as const;

  describe('what was kept for long enough', () => {
    it('is emptied out of the events, whose order stays, and cannot be folded back', async () => {
      await says(away('old', start, start + hourMs));
      await says(away('cancelled', start + 2 * hourMs, start + 3 * hourMs));
      await says({ type: 'withdraw', window: 'cancelled' });
      await says(away('open', start + 5 * dayMs, null));
      now = start + 91 * dayMs;
      await letGo({ store, engine, now, privateStore: undefined });

      const events = await store.personEvents('alma');
      expect(events.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
      expect(events.map(({ event }) => event.type)).toEqual([
        'window_forgotten',
        'window_forgotten',
        'window_forgotten',
        'window_added',
        'windows_forgotten',
      ]);
      const emptied = events.filter(({ event }) => event.type !== 'window_added');
      expect(emptied.every(({ recordedAt, happenedAt }) => recordedAt === now && happenedAt === now)).toBe(true);
      expect(JSON.stringify(emptied)).not.toMatch(/noa|old|cancelled/);
      expect((await store.onCallFacts()).windows.map(({ id }) => id)).toEqual(['open']);
      await harness.run(`update streams set format = format - 1, snapshot = '{"from":"older code"}'`);
      const stream = personStream('alma');
      const folded = (await store.load('person', [stream])).get(stream)?.state;
      expect(folded?.windows.map(({ id }) => id)).toEqual(['open']);
      expect(Object.keys(folded?.marks ?? {})).toEqual(['open']);
    });

    it('is emptied by the next try when the first one broke off in between', async () => {
      await says(away('old', start, start + hourMs));
      now = start + 91 * dayMs;
      await says({ type: 'forget_windows', endedBefore: now }, 'alma');
      expect(await store.emptyForgotten('alma')).toBe(1);
      expect(await store.emptyForgotten('alma')).toBe(0);
      expect(JSON.stringify(await store.personEvents('alma'))).not.toContain('old');
    });

    it('takes with it who was passed over for a page, and leaves how many they were', async () => {
      const batch = declared(1);
      await store.commit([batch], start);
      const [text] = batch.texts;
      await harness.run(`insert into texts (id, incident, body) values ('INC-1/t9.skipped', 'INC-1', 'alma')`);
      await harness.run(
        `insert into events (stream, sequence, type, happened_at, recorded_at, actor, body)
         select stream, 999, 'page_skipped', happened_at, recorded_at, actor,
           '{"type":"page_skipped","page":"INC-1/p1","at":{"round":0,"step":0},"skipped":"INC-1/t9.skipped","count":1}'
         from events where stream = 'INC-1' and sequence = 1`,
      );
      await store.eraseSkipped(start + dayMs);
      expect([...(await store.texts('INC-1')).keys()]).toEqual([text?.id]);
      await store.eraseSkipped(start);
      await store.eraseSkipped(start + 2 * dayMs);
      expect((await store.texts('INC-1')).size).toBe(1);
    });

    it('is not yet erased on the day before', async () => {
      await store.commit([declared(1)], start);
      await store.commit([await decided(store, 'INC-1', { type: 'post_update', text: 'Working on it' })], start);
      await store.eraseSkipped(start - dayMs);
      await says(away('young', start, start + hourMs));
      now = start + 90 * dayMs;
      await letGo({ store, engine, now, privateStore: undefined });
      expect((await store.onCallFacts()).windows.map(({ id }) => id)).toEqual(['young']);
    });
  });
}

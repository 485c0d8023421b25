import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createServerClock } from '../../src/engine/clock.ts';
import { createEngine } from '../../src/engine/executor.ts';
import type { Order } from '../../src/engine/orders.ts';
import type { Store } from '../../src/engine/ports.ts';
import { dayMs, minuteMs, secondMs } from '../../src/oncall/time.ts';
import { sundayMorning } from '../support/company.ts';
import { by, declareSev1 } from '../support/story.ts';
import { engineWorld, type EngineWorld } from './world.ts';

let w: EngineWorld;
beforeEach(async () => {
  w = await engineWorld();
});
afterEach(() => w.close());

const declare: Order<'incident'> = { kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') };
const leaseMs = 5 * secondMs;

function claim(token: string, atMs = w.clock.now()) {
  return w.store.claim(atMs, atMs + leaseMs, token, 100);
}

async function deliveries() {
  return (await w.store.incident('INC-1'))?.pages.flatMap((page) => page.deliveries) ?? [];
}

describe('durability', () => {
  it('edge case 43: an incident, its page and its timer are written in one, and what a dead worker had in hand is found again', async () => {
    await w.engine.execute(declare);
    const inHand = await claim('dead');
    expect(inHand.map(({ effect }) => effect.kind)).toContain('slack.page');
    expect(await w.store.nextDue()).toBeLessThanOrEqual(sundayMorning + 5 * minuteMs);
    w.clock.advance(leaseMs);
    const again = await claim('alive');
    expect(again.filter(({ effect }) => effect.kind === 'slack.page').map(({ attempt }) => attempt)).toEqual([2]);
    w.clock.advance(5 * minuteMs);
    const later = await claim('alive');
    expect(later.map(({ effect }) => effect.kind)).toContain('timer.step');
  });

  it('edge case 44: a worker that wakes with a lease that ran out changes nothing of what another one has', async () => {
    await w.engine.execute(declare);
    const [paused] = await claim('paused');
    if (paused === undefined) throw new Error('nothing is due');
    w.clock.advance(leaseMs);
    const taken = (await claim('other')).find(({ id }) => id === paused.id);
    expect(taken?.attempt).toBe(2);
    await w.store.settle([paused]);
    await w.store.postpone(paused, sundayMorning, false);
    await w.store.bury(paused, 'woke late', w.clock.now());
    expect(await w.store.deadLetters()).toEqual([]);
    w.clock.advance(leaseMs);
    expect((await claim('third')).map(({ id }) => id)).toContain(paused.id);
  });

  it('edge case 45: after hours without a process one step follows, not all that were missed at once', async () => {
    await w.engine.execute(declare);
    w.clock.advance(6 * 60 * minuteMs);
    w.worker.start();
    await vi.waitFor(async () => expect((await w.store.incident('INC-1'))?.pages[0]?.entry).toBe(2));
    await vi.waitFor(async () => expect(await w.store.nextDue()).toBeGreaterThan(w.clock.now()));
    expect((await w.store.incident('INC-1'))?.pages).toHaveLength(1);
    expect((await w.store.incident('INC-1'))?.pages[0]?.at).toEqual({ round: 0, step: 1 });
    expect(await deliveries()).toHaveLength(2);
  });

  it('edge case 52: a commit that was made and whose answer was lost is known for one when it is sent again', async () => {
    let loses = true;
    const losing: Store = {
      ...w.store,
      async commit(batches, now) {
        const results = await w.store.commit(batches, now);
        if (!loses) return results;
        loses = false;
        throw new Error('the connection broke after the commit');
      },
    };
    const engine = createEngine({ store: losing, clock: w.clock, ways: ['slack'], onCommitted: () => undefined });
    const order: Order<'incident'> = { ...declare, inbound: { source: 'slack', id: 'trigger-1' } };
    await expect(engine.execute(order)).rejects.toThrow('after the commit');
    expect(await engine.execute(order)).toEqual({ kind: 'duplicate', verdict: { incident: 'INC-1' } });
    expect((await w.store.events('INC-1')).filter(({ event }) => event.type === 'declared')).toHaveLength(1);
  });
});

describe('time', () => {
  it('edge case 46: is the database’s, however wrong the clock of the host is', () => {
    let host = sundayMorning + 7 * minuteMs;
    const clock = createServerClock(() => host);
    expect(clock.follow(sundayMorning, host)).toBe(-7 * minuteMs);
    expect(clock.now()).toBe(sundayMorning);
    host += secondMs;
    expect(clock.now()).toBe(sundayMorning + secondMs);
  });

  it('edge case 56: of a step counts from when the step began, and not from the start of a process', async () => {
    await w.engine.execute(declare);
    w.clock.advance(4 * minuteMs);
    w.worker.start();
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.page'));
    expect((await w.store.incident('INC-1'))?.pages[0]?.entry).toBe(1);
    w.clock.advance(minuteMs);
    await vi.waitFor(async () => expect((await w.store.incident('INC-1'))?.pages[0]?.entry).toBe(2));
  });

  it('edge case 57: may be further off than a timer of the runtime can count, and nothing is early', async () => {
    // Beyond 2^31 - 1 ms `setTimeout` fires at once.
    const farMs = 40 * dayMs;
    expect(farMs).toBeGreaterThan(2 ** 31);
    const window = { window: 'w1', effect: 'hard', certain: true, from: sundayMorning + farMs, to: null } as const;
    await w.engine.execute({
      kind: 'person',
      stream: 'person:alma',
      command: { type: 'mark_unavailable', ...window, source: 'self' },
      actor: by('alma'),
    });
    await w.engine.execute(declare);
    w.worker.start();
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.page'));
    await w.engine.execute({
      ...declare,
      command: { type: 'acknowledge', page: undefined, via: 'slack' },
      actor: by('alma'),
    });
    await w.engine.execute({ ...declare, command: { type: 'change_status', to: 'monitoring' }, actor: by('alma') });
    await w.engine.execute({ ...declare, command: { type: 'change_status', to: 'fixing' }, actor: by('alma') });
    const before = (await w.store.incident('INC-1'))?.version;
    w.worker.wake();
    await vi.waitFor(async () => expect(await w.store.nextDue()).toBeGreaterThan(w.clock.now()));
    expect((await w.store.incident('INC-1'))?.version).toBe(before);
    w.clock.advance(farMs);
    await vi.waitFor(async () => {
      const to = (await deliveries()).at(-1)?.to;
      expect(to).toMatchObject({ kind: 'person' });
      expect(to).not.toMatchObject({ person: 'alma' });
    });
  });
});

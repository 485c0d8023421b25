import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dutyHandlers, planLookAtDuty } from '../../src/engine/duty.ts';
import { scheduleStream } from '../../src/engine/streams.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import { sundayMorning } from '../support/company.ts';
import { by } from '../support/story.ts';
import { engineWorld, type EngineWorld } from './world.ts';

const weekEnd = sundayMorning + 7 * dayMs - hourMs;
const stream = scheduleStream('payments');

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of cleanUp.splice(0).toReversed()) await undo();
});

async function begin(databaseUrl?: string, now = sundayMorning): Promise<EngineWorld> {
  const world = await engineWorld(databaseUrl, undefined, () => now);
  cleanUp.push(() => world.close());
  const handlers = dutyHandlers(world);
  world.answers['timer.hand_off'] = (job) => {
    if (job.effect.kind !== 'timer.hand_off') throw new Error(job.effect.kind);
    return handlers['timer.hand_off'](job.effect, job);
  };
  world.answers['reassess.duty'] = (job) => {
    if (job.effect.kind !== 'reassess.duty') throw new Error(job.effect.kind);
    return handlers['reassess.duty'](job.effect, job);
  };
  return world;
}

async function dutyOf(world: EngineWorld) {
  return (await world.store.load('schedule', [stream])).get(stream)?.state?.duty;
}

/**
 * Lets everything that is due happen, until somebody has looked at this instant or nothing waits for it. What is still under
 * way must end first: moved by a day, the clock would end its lease, and it would be done again.
 */
async function settle(world: EngineWorld): Promise<void> {
  await vi.waitFor(async () => {
    // What is in hand is due again when its lease ends, which the next move of the clock would be past.
    expect(world.worker.inFlight()).toBe(0);
    const due = await world.store.nextDue();
    expect(due === undefined || due > world.clock.now()).toBe(true);
    expect(world.worker.inFlight()).toBe(0);
  });
}

/** `on beni`, in the order in which it was told. */
function told(world: EngineWorld): string[] {
  return world.did.flatMap(({ effect }) =>
    effect.kind === 'slack.duty_notice' && effect.schedule === 'payments' ? [`${effect.notice} ${effect.person}`] : [],
  );
}

async function database(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'toran-duty-'));
  cleanUp.push(() => rm(folder, { recursive: true }));
  return `file:${join(folder, 'toran.db')}`;
}

describe('watching duty', () => {
  it('goes on by itself, week after week: each hand-off and each reminder once', async () => {
    const world = await begin();
    world.worker.start();
    await settle(world);
    for (let day = 0; day < 22; day += 1) {
      world.clock.advance(dayMs);
      await settle(world);
    }
    expect(told(world)).toEqual(
      ['beni', 'carmel', 'alma'].flatMap((person, index, all) => [
        `coming ${person}`,
        `on ${person}`,
        `off ${all.at(index - 1) ?? ''}`,
      ]),
    );
  });

  it('survives a restart, tells what happened meanwhile once, and only as it is now', async () => {
    const url = await database();
    const first = await begin(url);
    first.worker.start();
    await settle(first);
    await first.worker.stop(1_000);
    const second = await begin(url, weekEnd + 7 * dayMs + hourMs);
    second.worker.start();
    await settle(second);
    expect(told(second)).toEqual(['on carmel', 'off alma']);
    await planLookAtDuty(second.store, second.clock);
    second.worker.wake();
    await settle(second);
    expect(told(second)).toHaveLength(2);
  });

  it('writes one event where several look at once', async () => {
    const url = await database();
    const [one, other] = [await begin(url), await begin(url)];
    const look = (world: EngineWorld) =>
      world.engine.execute({ kind: 'schedule', stream, command: { type: 'look_at_duty' }, actor: automation });
    await look(one);
    for (const world of [one, other]) world.clock.advance(weekEnd - sundayMorning);
    const outcomes = await Promise.all([look(one), look(other), look(other), look(one)]);
    const events = outcomes.flatMap((outcome) => (outcome.kind === 'accepted' ? outcome.events : []));
    expect(events).toMatchObject([{ event: { type: 'duty_noted', wentOff: ['alma'] } }]);
  });

  it('looks at a few schedules in one turn, and at all of them in the end', async () => {
    const world = await begin();
    const { catalog } = await world.store.onCallFacts();
    const { payments } = catalog.schedules;
    if (payments === undefined) throw new Error('the company has no such schedule');
    const ids = Array.from({ length: 20 }, (_, index) => `s${index}`);
    const schedules = Object.fromEntries(ids.map((id) => [id, { ...payments, id }]));
    await world.engine.execute({
      kind: 'workspace',
      stream: 'workspace',
      command: { type: 'apply_catalog', hash: 'many', catalog: { ...catalog, schedules } },
      actor: automation,
    });
    const atOnce = { now: 0, most: 0, looked: new Set<string>() };
    const engine: typeof world.engine = {
      async execute(order) {
        atOnce.now += 1;
        atOnce.most = Math.max(atOnce.most, atOnce.now);
        atOnce.looked.add(order.stream);
        return world.engine.execute(order).finally(() => (atOnce.now -= 1));
      },
    };
    const job = {
      id: 'j',
      effect: { kind: 'reassess.duty' },
      lane: 'l',
      due: 0,
      createdAt: 0,
      attempt: 1,
      token: 't',
    } as const;
    await dutyHandlers({ ...world, engine })['reassess.duty'](job.effect, job);
    expect(atOnce.most).toBeLessThanOrEqual(8);
    expect(atOnce.looked).toEqual(new Set(ids.map(scheduleStream)));
  });

  it('looks at once when somebody marks themselves, and again when the absence begins and ends', async () => {
    const world = await begin();
    world.worker.start();
    await settle(world);
    const [from, to] = [sundayMorning + 2 * hourMs, sundayMorning + 5 * hourMs];
    await world.engine.execute({
      kind: 'person',
      stream: 'person:alma',
      command: { type: 'mark_unavailable', window: 'w', effect: 'hard', certain: true, from, to, source: 'self' },
      actor: by('alma'),
    });
    await settle(world);
    expect((await dutyOf(world))?.next).toBe(from);
    world.clock.advance(2 * hourMs);
    await settle(world);
    expect((await dutyOf(world))?.onDuty).toEqual(['beni']);
    world.clock.advance(3 * hourMs);
    await settle(world);
    expect((await dutyOf(world))?.onDuty).toEqual(['alma']);
    expect(told(world)).toEqual(['changed beni', 'on beni', 'off alma', 'on alma', 'off beni']);
  });
});

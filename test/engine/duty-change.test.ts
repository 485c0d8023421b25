import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { peopleAsked } from '../../src/incident/page.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { hourMs } from '../../src/oncall/time.ts';
import { sundayMorning } from '../support/company.ts';
import { by, declareSev1 } from '../support/story.ts';
import { engineWorld, type EngineWorld } from './world.ts';

let w: EngineWorld;
beforeEach(async () => {
  w = await engineWorld();
});
afterEach(() => w.close());

async function asked(): Promise<readonly string[]> {
  const page = (await w.store.incident('INC-1'))?.pages.at(-1);
  return page === undefined ? [] : peopleAsked(page);
}

const stream = 'schedule:payments' as const;

async function takes(person: string, from: number, to: number) {
  return w.engine.execute({
    kind: 'schedule',
    stream,
    command: {
      type: 'make_override',
      id: `${person}:${from}`,
      override: { kind: 'only', from, to, person },
      origin: 'take',
    },
    actor: by(person),
  });
}

describe('a shift that somebody takes', () => {
  it('moves the running page without the clock having to move', async () => {
    await w.engine.execute({ kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') });
    w.worker.start();
    await vi.waitFor(async () => expect(await asked()).toEqual(['alma']));
    expect(await takes('carmel', sundayMorning, sundayMorning + 8 * hourMs)).toMatchObject({ kind: 'accepted' });
    await vi.waitFor(async () => expect(await asked()).toEqual(['alma', 'carmel']));
    expect(w.buried).toEqual([]);
  });

  it('moves pages again when the override begins and when it ends', async () => {
    w.worker.start();
    const [from, to] = [sundayMorning + hourMs, sundayMorning + 8 * hourMs];
    await takes('carmel', from, to);
    w.clock.advance(from - 1 - w.clock.now());
    await w.engine.execute({ kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') });
    await vi.waitFor(async () => expect(await asked()).toEqual(['alma']));
    w.clock.advance(from - w.clock.now());
    await vi.waitFor(async () => expect(await asked()).toEqual(['alma', 'carmel']));
    w.clock.advance(to - 1 - w.clock.now());
    await w.engine.execute({ kind: 'incident', stream: 'INC-2', command: declareSev1, actor: by('noa') });
    w.clock.advance(to - w.clock.now());
    const second = async () => (await w.store.incident('INC-2'))?.pages[0];
    await vi.waitFor(async () => {
      const page = await second();
      expect(page === undefined ? [] : peopleAsked(page)).toEqual(['carmel', 'alma']);
    });
  });

  it('is seen by the very next question, and refusals name their cause', async () => {
    await takes('carmel', sundayMorning, sundayMorning + hourMs);
    const facts = await w.store.onCallFacts();
    expect(onDuty(facts, 'payments', sundayMorning, 'sev1')).toMatchObject([{ person: 'carmel', why: 'override' }]);
    expect(await takes('ghost', sundayMorning, sundayMorning + hourMs)).toEqual({
      kind: 'refused',
      refusal: { code: 'not_in_catalog', person: 'ghost' },
    });
  });
});

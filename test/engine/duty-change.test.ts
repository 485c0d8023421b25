import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { peopleAsked } from '../../src/incident/page.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { hourMs } from '../../src/oncall/time.ts';
import { company, sundayMorning } from '../support/company.ts';
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

  it.each([
    { border: 'begins', hours: 1, before: 'alma', after: 'carmel' },
    { border: 'ends', hours: 8, before: 'carmel', after: 'alma' },
  ])('moves the running page at the instant when it $border', async ({ hours, before, after }) => {
    await takes('carmel', sundayMorning + hourMs, sundayMorning + 8 * hourMs);
    w.clock.advance(hours * hourMs - 1);
    await w.engine.execute({ kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') });
    w.worker.start();
    await vi.waitFor(async () => expect(await asked()).toEqual([before]));
    w.clock.advance(1);
    await vi.waitFor(async () => expect(await asked()).toEqual([before, after]));
  });

  it('comes with a catalog too: whoever is on duty now is asked beside the one who was removed', async () => {
    await w.engine.execute({ kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') });
    w.worker.start();
    await vi.waitFor(async () => expect(await asked()).toEqual(['alma']));
    w.clock.advance(1);
    const { payments } = company().schedules;
    if (payments === undefined) throw new Error('the company has a schedule for payments');
    const layers = payments.layers.map((each) => ({ ...each, participants: ['carmel', 'beni'] }));
    const catalog = company({ schedules: { payments: { ...payments, layers } } });
    const command = { type: 'apply_catalog', hash: 'edited', catalog } as const;
    await w.engine.execute({ kind: 'workspace', stream: 'workspace', command, actor: by('noa') });
    await vi.waitFor(async () => expect(await asked()).toEqual(['alma', 'beni']));
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

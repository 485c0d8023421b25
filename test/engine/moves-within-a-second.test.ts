import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EffectOutcome } from '../../src/engine/effects.ts';
import type { Order } from '../../src/engine/orders.ts';
import { incidentOf } from '../../src/incident/ids.ts';
import { pageOfDelivery } from '../../src/incident/incident.ts';
import { recipientPerson } from '../../src/incident/page.ts';
import { secondMs, type EpochMs } from '../../src/oncall/time.ts';
import { sundayMorning } from '../support/company.ts';
import { by, declareSev1 } from '../support/story.ts';
import { engineWorld, type EngineWorld } from './world.ts';

let w: EngineWorld;
/** Whom the worker has handed a page for, and when. */
let handed: { readonly person: string | undefined; readonly at: EpochMs }[];
let outcome: EffectOutcome;

beforeEach(async () => {
  const started = performance.now();
  // A Sunday morning whose clock runs as it does: nothing here is put forward.
  w = await engineWorld(undefined, undefined, () => sundayMorning + Math.round(performance.now() - started));
  handed = [];
  outcome = { kind: 'done' };
  w.answers['slack.page'] = async (job) => {
    if (job.effect.kind !== 'slack.page') return outcome;
    const incident = await w.store.incident(incidentOf(job.effect.delivery));
    const found = incident === undefined ? undefined : pageOfDelivery(incident, job.effect.delivery);
    handed.push({ person: found === undefined ? undefined : recipientPerson(found.delivery), at: w.clock.now() });
    return outcome;
  };
});
afterEach(() => w.close());

const declare: Order<'incident'> = { kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') };

async function paged(): Promise<void> {
  await w.engine.execute(declare);
  w.worker.start();
  await vi.waitFor(() => expect(handed[0]?.person).toBe('alma'));
}

async function awayFrom(person: string, from: EpochMs): Promise<void> {
  const window = { window: `w-${person}`, effect: 'hard', certain: true, from, to: null, source: 'self' } as const;
  await w.engine.execute({
    kind: 'person',
    stream: `person:${person}`,
    command: { type: 'mark_unavailable', ...window },
    actor: by(person),
  });
}

/** How long after `since` the page was handed over for this person. */
async function movedTo(person: string, since: EpochMs): Promise<number> {
  await vi.waitFor(() => expect(handed.map((one) => one.person)).toContain(person), { timeout: 5_000, interval: 5 });
  return (handed.findLast((one) => one.person === person)?.at ?? Infinity) - since;
}

// A machine that is busy with everything else can stall for a second by itself, though hardly three times in a row.
describe('an absence that begins moves the page to the cover within a second of the real clock', { retry: 2 }, () => {
  it('edge case 1: while it was sent and waits for an answer', async () => {
    await paged();
    const since = w.clock.now();
    await awayFrom('alma', since);
    expect(await movedTo('beni', since)).toBeLessThan(secondMs);
  });

  it('while it waits behind an outage, which then has nothing left to send to whoever left', async () => {
    outcome = { kind: 'retry', error: 'slack is down' };
    await paged();
    const since = w.clock.now();
    await awayFrom('alma', since);
    expect(await movedTo('beni', since)).toBeLessThan(secondMs);
    const deliveries = (await w.store.incident('INC-1'))?.pages[0]?.deliveries ?? [];
    expect(deliveries[0]?.outcome).toEqual({ kind: 'failed', because: 'unavailable' });
  });

  it('while it is acknowledged: whoever is on duty now is paged', async () => {
    await paged();
    const acknowledge = { type: 'acknowledge', page: undefined, via: 'slack' } as const;
    await w.engine.execute({ ...declare, command: acknowledge, actor: by('alma') });
    const since = w.clock.now();
    await awayFrom('alma', since);
    expect(await movedTo('beni', since)).toBeLessThan(secondMs);
  });

  it('when it was planned before and its time has come', async () => {
    await paged();
    const begins = w.clock.now() + 300;
    await awayFrom('alma', begins);
    expect(handed.map((one) => one.person)).toEqual(['alma']);
    const took = await movedTo('beni', begins);
    expect(took).toBeGreaterThanOrEqual(0);
    expect(took).toBeLessThan(secondMs);
  });

  it('and through covers of covers, one after the other', async () => {
    await paged();
    const first = w.clock.now();
    await awayFrom('alma', first);
    expect(await movedTo('beni', first)).toBeLessThan(secondMs);
    const second = w.clock.now();
    await awayFrom('beni', second);
    expect(await movedTo('carmel', second)).toBeLessThan(secondMs);
  });
});

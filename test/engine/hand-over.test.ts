import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Offer, ScheduleState } from '../../src/oncall/schedule.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import type { PersonCommand } from '../../src/oncall/person.ts';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import { personStream, scheduleStream } from '../../src/engine/streams.ts';
import { sundayMorning } from '../support/company.ts';
import { by, declareSev1 } from '../support/story.ts';
import { engineWorld, type EngineWorld } from './world.ts';

/** Alma has the week from 22 November, 09:00, Beni the next, then Carmel; Dana is the only backup. */
let w: EngineWorld;
beforeEach(async () => {
  w = await engineWorld();
  w.worker.start();
});
afterEach(() => w.close());

const weekEnds = sundayMorning - hourMs + 7 * dayMs;

async function tell(person: string, command: PersonCommand): Promise<void> {
  const outcome = await w.engine.execute({ kind: 'person', stream: personStream(person), command, actor: by(person) });
  expect(outcome.kind).toBe('accepted');
}

function away(
  person: string,
  to: number | null = null,
  more: Partial<Extract<PersonCommand, { type: 'mark_unavailable' }>> = {},
) {
  return tell(person, {
    type: 'mark_unavailable',
    window: `w-${person}-${w.clock.now()}`,
    effect: 'hard',
    certain: true,
    from: w.clock.now(),
    to,
    source: 'self',
    ...more,
  });
}

async function schedule(id = 'payments'): Promise<ScheduleState | undefined> {
  const stream = scheduleStream(id);
  return (await w.store.load('schedule', [stream])).get(stream)?.state;
}

async function offers(id = 'payments'): Promise<readonly Offer[]> {
  return (await schedule(id))?.offers ?? [];
}

async function offered(count = 1, id = 'payments'): Promise<readonly Offer[]> {
  await vi.waitFor(async () => expect(await offers(id)).toHaveLength(count));
  return offers(id);
}

async function personOnDuty(id = 'payments'): Promise<string | null> {
  const [row] = onDuty(await w.store.onCallFacts(), id, w.clock.now(), 'sev1');
  return row?.person ?? null;
}

describe('an emergency hand-over', () => {
  it('offers the running shift to substitutes at once, while the cover by the resolver holds it', async () => {
    await away('alma');
    const [offer] = await offered();
    expect(offer).toMatchObject({
      kind: 'hand_over',
      insteadOf: 'alma',
      from: sundayMorning,
      to: weekEnds,
      asked: ['carmel', 'beni'],
      assignAt: sundayMorning + 4 * hourMs,
      state: { kind: 'open' },
    });
    expect(await personOnDuty()).toBe('beni');
  });

  it('puts whoever accepts on duty, once, and takes nothing back when the person returns', async () => {
    await away('alma');
    const [offer] = await offered();
    await w.engine.execute({
      kind: 'schedule',
      stream: scheduleStream('payments'),
      command: { type: 'accept_offer', offer: offer?.id ?? '', person: 'carmel' },
      actor: by('carmel'),
    });
    expect(await personOnDuty()).toBe('carmel');
    w.clock.advance(dayMs);
    await tell('alma', { type: 'mark_available' });
    expect(await personOnDuty()).toBe('carmel');
    w.clock.advance(dayMs);
    expect(await offers()).toHaveLength(1);
  });

  it('assigns by load when nobody has answered after four hours', async () => {
    await away('alma');
    const [offer] = await offered();
    w.clock.advance(4 * hourMs - 1);
    expect((await offers())[0]?.state.kind).toBe('open');
    w.clock.advance(1);
    await vi.waitFor(async () =>
      expect((await offers())[0]?.state).toEqual({ kind: 'taken', by: offer?.asked[0], how: 'assigned' }),
    );
    expect(await personOnDuty()).toBe(offer?.asked[0]);
  });

  it('looks again at that time who could take it, and gives it to nobody who has declined', async () => {
    await away('alma');
    const [offer] = await offered();
    await w.engine.execute({
      kind: 'schedule',
      stream: scheduleStream('payments'),
      command: { type: 'decline_offer', offer: offer?.id ?? '', person: 'carmel' },
      actor: by('carmel'),
    });
    w.clock.advance(4 * hourMs);
    await vi.waitFor(async () => expect((await offers())[0]?.state).toMatchObject({ by: 'beni' }));
  });

  it('tells whoever leads at once when there is nobody to ask, and offers it all the same', async () => {
    // Whoever serves the same team could take it, and nobody of them is there.
    for (const person of ['alma', 'beni', 'carmel', 'dana']) await away(person);
    await offered(1, 'backup');
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.warn_uncovered'));
    expect((await offers('backup'))[0]).toMatchObject({ state: { kind: 'open' }, asked: [] });
  });

  it('withdraws what nobody has taken when the person is back before', async () => {
    await away('alma');
    await offered();
    w.clock.advance(hourMs);
    await tell('alma', { type: 'mark_available' });
    await vi.waitFor(async () => expect((await offers())[0]?.state).toEqual({ kind: 'over', because: 'not_needed' }));
    expect(await personOnDuty()).toBe('alma');
    w.clock.advance(4 * hourMs);
    expect(await offers()).toHaveLength(1);
  });

  it('begins when a planned absence does', async () => {
    await away('alma', null, { from: sundayMorning + 2 * dayMs });
    w.clock.advance(2 * dayMs - 1);
    expect(await offers()).toEqual([]);
    w.clock.advance(1);
    expect((await offered())[0]?.from).toBe(sundayMorning + 2 * dayMs);
  });

  it('reaches shifts that come within two weeks later on, day by day', async () => {
    await away('carmel');
    // Carmel's week begins after fourteen days and one hour less.
    const third = weekEnds + 7 * dayMs;
    const [first] = await offered();
    expect(first).toMatchObject({ from: third, to: third + 7 * dayMs });
    await away('beni', null, { from: w.clock.now() + 1 });
    w.clock.advance(1);
    await offered(2);
    for (let day = 0; day < 15; day += 1) {
      const before = w.did.length;
      w.clock.advance(dayMs);
      await vi.waitFor(async () => expect(await w.store.nextDue()).toBeGreaterThan(w.clock.now()));
      expect(w.did.length).toBeGreaterThanOrEqual(before);
    }
    await vi.waitFor(async () =>
      expect((await offers()).filter(({ insteadOf }) => insteadOf === 'beni').map(({ from }) => from)).toContain(
        weekEnds + 21 * dayMs,
      ),
    );
    const spans = (await offers()).map(({ insteadOf, from }) => `${insteadOf} ${from}`);
    expect(new Set(spans).size).toBe(spans.length);
  });

  it('asks nobody for rules that the person has long had', async () => {
    await tell('alma', {
      type: 'apply_personal',
      windows: [
        {
          id: 'personal:sabbath',
          person: 'alma',
          effect: 'hard',
          certain: true,
          from: w.clock.now() + hourMs,
          to: w.clock.now() + 26 * hourMs,
          cancelled: false,
          source: 'personal',
        },
      ],
    });
    w.clock.advance(2 * hourMs);
    await vi.waitFor(async () => expect(await personOnDuty()).toBe('beni'));
    await vi.waitFor(async () => expect(await w.store.nextDue()).not.toBeLessThan(w.clock.now()));
    expect(await offers()).toEqual([]);
  });

  it('moves page, queued deliveries and roles at once, and says no reason in any event', async () => {
    await w.engine.execute({ kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') });
    await vi.waitFor(() => expect(w.kinds()).toContain('slack.page'));
    await w.engine.execute({
      kind: 'incident',
      stream: 'INC-1',
      command: { type: 'assign_role', role: 'lead', person: 'alma' },
      actor: by('alma'),
    });
    await away('alma');
    await offered();
    await vi.waitFor(async () => {
      const incident = await w.store.incident('INC-1');
      const [page] = incident?.pages ?? [];
      const asked = page?.deliveries.filter(({ outcome }) => outcome.kind === 'queued').map(({ to }) => to);
      expect(asked).toEqual([expect.objectContaining({ person: 'beni' })]);
      expect(incident?.roles).toEqual({});
    });
    const written = JSON.stringify([await w.store.events('INC-1'), await schedule()]);
    expect(written).not.toContain('w-alma');
  });

  it('is the same looked at twice: a repeated effect changes nothing', async () => {
    await away('alma');
    await offered();
    const before = await schedule();
    const facts = await w.store.onCallFacts();
    await w.store.countSignals(
      [],
      [],
      [
        {
          effect: { kind: 'handover.person', person: 'alma', window: facts.windows[0]?.id ?? '' },
          due: w.clock.now(),
          lane: 'again',
          priority: 0,
          coalesce: undefined,
        },
      ],
      w.clock.now(),
    );
    w.worker.wake();
    await vi.waitFor(async () => expect(await w.store.nextDue()).toBeGreaterThan(w.clock.now()));
    expect(await schedule()).toEqual(before);
    expect(before?.overrides).toEqual([]);
  });
});

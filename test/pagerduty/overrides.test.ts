import { describe, expect, it } from 'vitest';
import { personStream, scheduleStream } from '../../src/engine/streams.ts';
import type { Catalog, Schedule } from '../../src/oncall/catalog.ts';
import { automation } from '../../src/oncall/recorded.ts';
import type { ScheduleCommand } from '../../src/oncall/schedule.ts';
import { dayMs, hourMs, secondMs } from '../../src/oncall/time.ts';
import { shiftsOf } from '../../src/sandbox/pagerduty/on-call.ts';
import { company, sundayMorning } from '../support/company.ts';
import { account, desk } from './support.ts';

const weekMs = 7 * dayMs;
const start = sundayMorning - hourMs;
const systems = ['layers', 'shifts'] as const;
type System = (typeof systems)[number];

/** The same rotation on both sides: Alma, Beni, Carmel by the week, from Sunday, 09:00 in Jerusalem. */
function accountWith(system: System) {
  const rotations = [{ start, turnMs: weekMs, userIds: ['PALMA', 'PBENI', 'PCARMEL'] }];
  const backup = [{ start, turnMs: weekMs, userIds: ['PDANA'] }];
  return {
    ...account(),
    schedules: [
      { id: 'SPAY', name: 'Payments', system, rotations },
      { id: 'SBACK', name: 'Backup', system, rotations: backup },
    ],
  };
}

function publishing(publishAbsences = true, more: Partial<Schedule> = {}): Catalog {
  const catalog = company();
  const { payments, backup } = catalog.schedules;
  if (payments === undefined || backup === undefined) throw new Error('the company has two schedules');
  return {
    ...catalog,
    schedules: { payments: { ...payments, pagerduty: { schedule: 'SPAY', publishAbsences }, ...more }, backup },
  };
}

async function world(system: System, catalog: Catalog = publishing()) {
  const made = await desk({ catalog, account: accountWith(system), webhooks: false });
  const { store, engine, clock, pagerDuty, work } = made;

  /** Whatever is due by now, and what is gathered for a moment. */
  async function settle(tries = 1): Promise<void> {
    await work(tries);
    clock.advance(4 * secondMs);
    await work(tries);
  }
  await settle();

  return {
    ...made,
    settle,
    async away(person: string, to: number | null = null) {
      const from = clock.now();
      const span = { effect: 'hard', certain: true, from, to, source: 'self' } as const;
      await engine.execute({
        kind: 'person',
        stream: personStream(person),
        command: { type: 'mark_unavailable', window: `w-${person}`, ...span },
        actor: { kind: 'person', person },
      });
    },
    async back(person: string) {
      const command = { type: 'mark_available' } as const;
      await engine.execute({
        kind: 'person',
        stream: personStream(person),
        command,
        actor: { kind: 'person', person },
      });
    },
    change: (command: ScheduleCommand) =>
      engine.execute({ kind: 'schedule', stream: scheduleStream('payments'), command, actor: automation }),
    async syncAgain(tries = 1) {
      const effect = { kind: 'pagerduty.sync_overrides' as const, schedule: 'payments' };
      const now = clock.now();
      await store.countSignals([], [], [{ effect, due: now, lane: 'again', priority: 5, coalesce: undefined }], now);
      await settle(tries);
    },
    there(id = 'SPAY') {
      const schedule = pagerDuty.state.schedules.find((one) => one.id === id);
      if (schedule === undefined) throw new Error(`${id} is not there`);
      return schedule;
    },
    /** Who is on call there, from now on. */
    roster(days = 14) {
      const schedule = pagerDuty.state.schedules.find((one) => one.id === 'SPAY');
      if (schedule === undefined) throw new Error('SPAY is not there');
      return shiftsOf(schedule, clock.now(), clock.now() + days * dayMs).map(({ userId }) => userId);
    },
    writes: () => pagerDuty.log.calls.filter(({ method }) => method === 'POST' || method === 'DELETE').length,
    async published() {
      const stream = scheduleStream('payments');
      return (await store.load('schedule', [stream])).get(stream)?.state?.published ?? [];
    },
  };
}

describe.each(systems)('overrides for PagerDuty, in schedules of %s', (system) => {
  it('put whoever covers on call there, as long as the absence lasts', async () => {
    const { away, settle, roster, there } = await world(system);
    expect(roster()).toEqual(['PALMA', 'PBENI', 'PCARMEL']);
    await away('alma', sundayMorning + 2 * dayMs);
    await settle();
    expect(roster()).toEqual(['PBENI', 'PALMA', 'PBENI', 'PCARMEL']);
    expect(there().overrides).toEqual([expect.objectContaining({ userId: 'PBENI', end: sundayMorning + 2 * dayMs })]);
  });

  it('are written once, however often it is looked at, and also when the answer was lost', async () => {
    const w = await world(system);
    w.pagerDuty.faults.add({ method: 'POST', fault: { kind: 'lost_answer' }, times: 1 });
    await w.away('alma', sundayMorning + 2 * dayMs);
    await w.settle(3);
    await w.syncAgain();
    await w.syncAgain();
    expect(w.there().overrides).toHaveLength(1);
    expect(await w.published()).toEqual([expect.objectContaining({ id: w.there().overrides[0]?.id, user: 'PBENI' })]);
    expect(w.writes()).toBe(1);
  });

  it('go when their reason goes', async () => {
    const w = await world(system);
    await w.away('alma');
    await w.settle();
    expect(w.roster(6)).toEqual(['PBENI']);
    w.clock.advance(hourMs);
    await w.back('alma');
    await w.settle();
    expect(w.roster()).toEqual(['PALMA', 'PBENI', 'PCARMEL']);
    expect((await w.published()).filter(({ to }) => to > w.clock.now())).toEqual([]);
  });

  it('follow whoever takes the shift', async () => {
    const w = await world(system);
    await w.away('alma');
    await w.settle();
    const span = { from: w.clock.now(), to: start + weekMs };
    await w.change({
      type: 'make_override',
      id: 'o1',
      override: { kind: 'replace', person: 'carmel', insteadOf: 'alma', ...span },
      origin: 'take',
    });
    await w.settle();
    expect(w.roster(6)).toEqual(['PCARMEL']);
  });

  it('are never empty: with nobody left the last resort is on call', async () => {
    const w = await world(system);
    for (const person of ['alma', 'beni', 'carmel']) await w.away(person);
    await w.settle();
    expect(new Set(w.roster())).toEqual(new Set(['PNOA']));
  });

  it('are not written for schedules that have not opted in, and are taken away when that ends', async () => {
    const off = await world(system, publishing(false));
    await off.away('alma');
    await off.settle();
    expect(off.pagerDuty.log.calls).toEqual([]);

    const w = await world(system);
    await w.away('alma');
    await w.settle();
    expect(w.there().overrides).toHaveLength(1);
    await w.engine.execute({
      kind: 'workspace',
      stream: 'workspace',
      command: { type: 'apply_catalog', hash: 'off', catalog: publishing(false) },
      actor: automation,
    });
    await w.settle();
    await w.settle();
    expect(w.roster(6)).toEqual(['PALMA']);
  });

  it('wait for a PagerDuty that is down, and are then written once', async () => {
    const w = await world(system);
    w.pagerDuty.faults.add({ fault: { kind: 'error_before', status: 503 } });
    await w.away('alma');
    await w.settle();
    expect(w.there().overrides).toEqual([]);
    w.pagerDuty.faults.clear();
    await w.settle();
    await w.settle();
    expect(w.there().overrides).toHaveLength(1);
  });
});

describe('overrides that people made there', () => {
  it('are left alone: neither changed, nor removed, nor written over', async () => {
    const w = await world('layers');
    const theirs = { start: sundayMorning + dayMs, end: sundayMorning + 2 * dayMs, userId: 'PDANA' };
    w.pagerDuty.actions.override('SPAY', theirs);
    await w.away('alma');
    await w.settle();
    expect(w.roster(6)).toEqual(['PBENI', 'PDANA', 'PBENI']);
    await w.back('alma');
    await w.settle();
    expect(w.there().overrides.filter(({ end }) => end > w.clock.now())).toEqual([expect.objectContaining(theirs)]);
    expect(w.roster(6)).toEqual(['PALMA', 'PDANA', 'PALMA']);
  });

  it('are not taken for own ones, whatever they say', async () => {
    const w = await world('layers');
    // The same person as Toran would put on, by hand, and for a little longer.
    w.pagerDuty.actions.override('SPAY', { start: sundayMorning, end: sundayMorning + 3 * dayMs, userId: 'PBENI' });
    await w.away('alma', sundayMorning + 2 * dayMs);
    await w.settle();
    expect(await w.published()).toEqual([]);
    await w.back('alma');
    await w.settle();
    expect(w.there().overrides).toHaveLength(1);
  });
});

describe('a schedule of shifts with two people at once', () => {
  it('has only the one replaced who cannot be asked', async () => {
    const second = { id: 'SPAYR2', start, turnMs: weekMs, userIds: ['PDANA'] };
    const accountOf = accountWith('shifts');
    const [pay, ...rest] = accountOf.schedules;
    if (pay === undefined) throw new Error('no schedule');
    const made = await desk({
      catalog: publishing(),
      account: { ...accountOf, schedules: [{ ...pay, rotations: [...pay.rotations, second] }, ...rest] },
      webhooks: false,
    });
    const { engine, clock, work, pagerDuty } = made;
    await engine.execute({
      kind: 'person',
      stream: personStream('alma'),
      command: {
        type: 'mark_unavailable',
        window: 'w',
        effect: 'hard',
        certain: true,
        from: clock.now(),
        to: null,
        source: 'self',
      },
      actor: automation,
    });
    await work();
    clock.advance(4 * secondMs);
    await work();
    const schedule = pagerDuty.state.schedules.find(({ id }) => id === 'SPAY');
    const now = clock.now();
    const people = schedule === undefined ? [] : shiftsOf(schedule, now, now + dayMs).map(({ userId }) => userId);
    expect(new Set(people)).toEqual(new Set(['PBENI', 'PDANA']));
  });
});

describe('a schedule that PagerDuty does not know', () => {
  it('is told in the log and holds up nothing', async () => {
    const w = await world('layers', publishing(true, { pagerduty: { schedule: 'SGONE', publishAbsences: true } }));
    await w.away('alma');
    await w.settle();
    expect(w.lines.join('')).toContain('does not take overrides');
    expect(
      w.ran.filter(({ kind }) => kind === 'pagerduty.sync_overrides').every(({ outcome }) => outcome.kind === 'done'),
    ).toBe(true);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverPlan } from '../../src/oncall/cover-plan.ts';
import type { PlanFairness } from '../../src/oncall/cover-plan-board.ts';
import { hollowShifts } from '../../src/oncall/hollow-shifts.ts';
import { believed } from '../../src/oncall/presence.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';
import { companies } from './coverage-world.ts';
import { at, away, crew, era, facts, instants, layer, schedule } from './world.ts';

/** A Sunday at nine, when weekly turns change. */
const start = at('2026-11-01T09:00+02:00');
const week = 7 * dayMs;

function fairness(more: Partial<PlanFairness> = {}): PlanFairness {
  return {
    points: ({ from, to }) => (to - from) / hourMs,
    load: new Map(),
    targetShare: new Map(),
    seed: 'seed',
    ...more,
  };
}

function planFor(world: OnCallFacts, weeks: number, more: Partial<PlanFairness> = {}) {
  return coverPlan(world, hollowShifts(world, { from: start, to: start + weeks * week }), fairness(more));
}

const weekly = (people: readonly string[]) => schedule('payments', [layer(people)]);
const weeksOf = (from: number) => (from - start) / week;

describe('hollow shifts', () => {
  it('are the parts of shifts whose holder is missing, of every schedule, by start', () => {
    const world = facts({
      schedules: [weekly(['alma', 'beni']), schedule('db', [layer(['beni', 'carmel'])])],
      windows: [away('beni', start + 3 * dayMs, start + week + dayMs)],
    });
    expect(hollowShifts(world, { from: start, to: start + 3 * week })).toEqual([
      { schedule: 'db', from: start + 3 * dayMs, to: start + week, insteadOf: 'beni' },
      { schedule: 'payments', from: start + week, to: start + week + dayMs, insteadOf: 'beni' },
    ]);
  });

  it('hold what overrides leave to nobody, and not what a rotation leaves out by itself', () => {
    const office = layer(['alma'], { windows: [{ days: ['mon'], from: '09:00', to: '17:00' }] });
    const monday = { from: start + dayMs, to: start + dayMs + 8 * hourMs };
    const world = facts({
      schedules: [schedule('office', [office])],
      overrides: [{ schedule: 'office', override: { kind: 'remove', insteadOf: 'alma', ...monday } }],
    });
    expect(hollowShifts(world, { from: start, to: start + week })).toEqual([
      { schedule: 'office', ...monday, insteadOf: null },
    ]);
  });

  it('are where the person on duty by name cannot be asked, in any company', () => {
    fc.assert(
      fc.property(companies, (company) => {
        const world = believed(company, 'tentative');
        for (const { from, to } of hollowShifts(world, { from: era.from, to: era.from + 60 * dayMs })) {
          expect(from).toBeLessThan(to);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a cover plan', () => {
  const five = ['alma', 'beni', 'carmel', 'dana', 'eitan'];

  it('gives each hollow shift to somebody of the schedule who is there for all of it, and spreads them', () => {
    const world = facts({ schedules: [weekly(five)], windows: [away('alma', start, null)] });
    const { covers, unfilled, overloaded } = planFor(world, 15);
    expect(covers.map(({ from, to, insteadOf }) => [weeksOf(from), weeksOf(to), insteadOf])).toEqual([
      [0, 1, 'alma'],
      [5, 6, 'alma'],
      [10, 11, 'alma'],
    ]);
    expect(new Set(covers.map(({ person }) => person)).size).toBe(3);
    expect(unfilled).toEqual([]);
    // Three weeks for four people: some carry a third more than their part.
    expect(overloaded.map(({ ofNorm }) => ofNorm)).toEqual([4 / 3, 4 / 3, 4 / 3]);
  });

  it('leaves twelve hours between shifts where somebody else can do it', () => {
    const world = facts({ schedules: [weekly(five)], windows: [away('alma', start + 5 * week, start + 6 * week)] });
    const [cover] = planFor(world, 10).covers;
    // Eitan has the week before and Beni the week after.
    expect(['carmel', 'dana']).toContain(cover?.person);
    expect(cover?.why).toContain('rested');
    const alone = facts({ schedules: [weekly(['alma', 'beni'])], windows: [away('alma', start, start + week)] });
    expect(planFor(alone, 2).covers).toMatchObject([
      { person: 'beni', why: ['only_one', 'little_rest', 'over_a_third'] },
    ]);
  });

  it('goes by load for target, so that service owes nothing', () => {
    const hollow = [away('alma', start + 5 * week, start + 6 * week)];
    const world = facts({ schedules: [weekly(five)], windows: hollow });
    const heavy = new Map([
      ['beni', 500],
      ['eitan', 500],
      ['carmel', 400],
      ['dana', 100],
    ]);
    expect(planFor(world, 10, { load: heavy }).covers).toMatchObject([
      { person: 'dana', why: ['lightest_load', 'rested', 'over_a_third'] },
    ]);
    // Dana could be asked for a tenth of the time: what she carried weighs ten times as much.
    const targetShare = new Map([
      ['carmel', 1_000],
      ['dana', 100],
    ]);
    expect(planFor(world, 10, { load: heavy, targetShare }).covers).toMatchObject([{ person: 'carmel' }]);
  });

  it('breaks ties by the seed, and answers the same each time', () => {
    const world = facts({ schedules: [weekly(five)], windows: [away('alma', start + 5 * week, start + 6 * week)] });
    const chosen = (seed: string) => planFor(world, 10, { seed }).covers[0]?.person;
    expect(chosen('a')).toBe(chosen('a'));
    expect(new Set(Array.from({ length: 20 }, (_, seed) => chosen(String(seed))))).toEqual(new Set(['carmel', 'dana']));
  });

  it('shares a week among several where nobody is there for all of it', () => {
    const three = ['alma', 'beni', 'carmel'];
    const windows = [
      away('alma', start, start + week),
      away('beni', start + 4 * dayMs, start + week),
      away('carmel', start, start + 3 * dayMs),
    ];
    const { covers, unfilled } = planFor(facts({ schedules: [weekly(three)], windows }), 1);
    expect(unfilled).toEqual([]);
    expect(covers.map(({ person, from, to }) => [person, (from - start) / dayMs, (to - start) / dayMs])).toEqual([
      ['beni', 0, 3],
      ['carmel', 3, 7],
    ]);
  });

  it('says what it cannot fill: nobody left, or all on duty elsewhere', () => {
    const both = [away('alma', start, start + week), away('beni', start, start + 2 * week)];
    const nobody = facts({ schedules: [weekly(['alma', 'beni'])], windows: both });
    expect(planFor(nobody, 1).unfilled).toMatchObject([{ from: start, to: start + week, because: 'nobody_left' }]);
    const busy = facts({
      schedules: [weekly(['alma', 'beni']), schedule('db', [layer(['beni'])])],
      windows: [away('alma', start, start + week)],
    });
    expect(planFor(busy, 1)).toMatchObject({
      covers: [],
      unfilled: [{ schedule: 'payments', because: 'all_on_duty' }],
    });
  });

  it('asks others of the team where nobody of the schedule is there, and only there', () => {
    const windows = [away('alma', start, null), away('beni', start, start + 2 * week)];
    const world = facts({ people: ['alma', 'beni', 'carmel'], schedules: [weekly(['alma', 'beni'])], windows });
    const { teams: _, ...rest } = world.catalog;
    const team = { id: 't', members: ['alma', 'beni', 'carmel'], lead: undefined };
    const { covers, unfilled } = planFor({ ...world, catalog: { ...rest, teams: { t: team } } }, 4);
    expect(unfilled).toEqual([]);
    const ofTeam = covers.filter(({ why }) => why.includes('from_team'));
    expect(ofTeam.map(({ person }) => person)).toEqual(ofTeam.map(() => 'carmel'));
    expect(ofTeam.reduce((sum, { from, to }) => sum + to - from, 0)).toBe(2 * week);
    expect(covers.some(({ person, why }) => person === 'beni' && !why.includes('from_team'))).toBe(true);
  });

  it('says when it cannot be fair: whom it loads more than a quarter above the norm', () => {
    const world = facts({ schedules: [weekly(five)], windows: [away('alma', start + 5 * week, start + 6 * week)] });
    const load = new Map(five.map((who) => [who, 168]));
    const { covers, overloaded } = planFor(world, 10, { load });
    expect(overloaded).toEqual([{ person: covers[0]?.person, ofNorm: (168 * 2) / ((168 * 6) / 5) }]);
    const even = new Map(five.map((who) => [who, 1_680]));
    expect(planFor(world, 10, { load: even }).overloaded).toEqual([]);
  });

  it('never puts anybody on who is missing, on duty elsewhere, or not of the schedule, and nobody twice at once', () => {
    fc.assert(
      fc.property(companies, instants, (company, atMs) => {
        const world = believed(company, 'tentative');
        const hollow = hollowShifts(world, { from: atMs, to: atMs + 28 * dayMs });
        const { covers, unfilled } = coverPlan(world, hollow, fairness());
        for (const [index, cover] of covers.entries()) {
          const { schedule: id, person } = cover;
          const declared = world.catalog.schedules[id];
          const putOn = [...(declared?.overrides ?? []), ...world.overrides.map(({ override }) => override)];
          const eligible = [
            ...(declared?.layers ?? []).flatMap(({ participants }) => participants),
            ...putOn.flatMap((override) => (override.kind === 'remove' ? [] : [override.person])),
          ];
          expect(eligible).toContain(person);
          expect(person).not.toBe(cover.insteadOf);
          for (const other of covers.slice(index + 1).filter((each) => each.person === person)) {
            expect(other.from >= cover.to || other.to <= cover.from).toBe(true);
          }
          expect(hollow.some((each) => each.schedule === id && each.from <= cover.from && cover.from < each.to)).toBe(
            true,
          );
        }
        const lasting = (spans: readonly { from: number; to: number }[]) =>
          spans.reduce((total, { from, to }) => total + to - from, 0);
        expect(lasting(covers) + lasting(unfilled)).toBe(lasting(hollow));
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ['the fairest there is where shifts weigh the same', 0, 1],
    ['within ten percent of the fairest where they do not', 1, 1.1],
  ])('is %s', (_, more, tolerance) => {
    const people = ['beni', 'carmel', 'dana'];
    const shiftsAway = fc.uniqueArray(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 });
    const loads = fc.tuple(fc.nat(300), fc.nat(300), fc.nat(300));
    fc.assert(
      fc.property(
        shiftsAway,
        loads,
        fc.array(fc.tuple(fc.nat(2), fc.nat(5)), { maxLength: 4 }),
        (which, load, gone) => {
          const holders = which.map((index) => `gone${index}`);
          // One shift of four hours every five days, so that rest and the rule of three bind nobody.
          const plan = (windows: readonly AvailabilityWindow[]) =>
            facts({
              people: [...people, ...holders],
              schedules: [schedule('s', [layer([...people], { start: '2027-06-01T00:00' })])],
              windows,
              overrides: which.map((index, at) => {
                const from = start + index * 5 * dayMs;
                const span = { from, to: from + (4 + more * index) * hourMs };
                return { schedule: 's', override: { kind: 'add' as const, person: holders[at] ?? '', ...span } };
              }),
            });
          const windows = [
            ...holders.map((who) => away(who, start, null)),
            ...gone.map(([who, index]) =>
              away(people[who] ?? '', start + index * 5 * dayMs, start + (index * 5 + 1) * dayMs),
            ),
          ];
          const world = plan(windows);
          const hollow = hollowShifts(world, { from: start, to: start + 40 * dayMs });
          const before = new Map(people.map((who, index) => [who, load[index] ?? 0]));
          const { covers } = coverPlan(world, hollow, fairness({ load: before }));
          const cost = (carried: ReadonlyMap<string, number>) =>
            people.reduce((sum, who) => sum + (carried.get(who) ?? 0) ** 2, 0);
          const given = new Map(before);
          for (const { person, from, to } of covers) given.set(person, (given.get(person) ?? 0) + (to - from) / hourMs);
          const able = hollow.map(({ from, to }) =>
            people.filter((who) => !windows.some((w) => w.person === who && w.from < to && from < (w.to ?? Infinity))),
          );
          const best = (index: number, carried: ReadonlyMap<string, number>): number => {
            const shift = hollow[index];
            if (shift === undefined) return cost(carried);
            const choices = able[index] ?? [];
            if (choices.length === 0) return best(index + 1, carried);
            const weight = (shift.to - shift.from) / hourMs;
            return Math.min(
              ...choices.map((who) => best(index + 1, new Map([...carried, [who, (carried.get(who) ?? 0) + weight]]))),
            );
          };
          expect(cost(given)).toBeLessThanOrEqual(best(0, before) * tolerance + 1e-6);
        },
      ),
      // No theorem stands behind the ten percent: these worlds are always the same ones.
      more === 0 ? { numRuns: 100 } : { numRuns: 200, seed: 20_261_125 },
    );
  });

  it('is empty when nothing is hollow', () => {
    expect(planFor(facts({ people: crew, schedules: [weekly(five)] }), 4)).toEqual({
      covers: [],
      unfilled: [],
      overloaded: [],
    });
  });
});

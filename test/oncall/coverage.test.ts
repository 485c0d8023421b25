import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available } from '../../src/oncall/available.ts';
import { coverage, type CoverageQuestion, type CoverageSegment, coverageModes } from '../../src/oncall/coverage.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { overridesOf } from '../../src/oncall/overrides.ts';
import { believed } from '../../src/oncall/presence.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import { companies } from './coverage-world.ts';
import { at, away, crew, era, facts, instants, layer, schedule } from './world.ts';

const from = at('2026-12-01T00:00+02:00');
const days = (count: number, start = from) => ({ from: start, to: start + count * dayMs });
const ask = (world: OnCallFacts, more: Partial<CoverageQuestion> = {}) =>
  coverage(world, { ...days(30), mode: 'tentative', ...more });

const team = ['alma', 'beni', 'carmel', 'dana'];
const payments = schedule('payments', [layer(team)]);

function short({ from: begin, to, level, surplus, witness }: CoverageSegment) {
  return [(begin - from) / dayMs, (to - from) / dayMs, level, surplus, witness.schedules.join(), witness.people.join()];
}

describe('coverage of one schedule', () => {
  it('falls from ok over thin and last person to uncovered as people go', () => {
    const windows = [
      away('alma', from + 2 * dayMs, null),
      away('beni', from + 4 * dayMs, from + 20 * dayMs),
      away('carmel', from + 6 * dayMs, from + 15 * dayMs),
      away('dana', from + 8 * dayMs, from + 10 * dayMs),
    ];
    expect(ask(facts({ schedules: [payments], windows })).map(short)).toEqual([
      [0, 2, 'ok', 3, 'payments', 'alma,beni,carmel,dana'],
      [2, 4, 'ok', 2, 'payments', 'beni,carmel,dana'],
      [4, 6, 'thin', 1, 'payments', 'carmel,dana'],
      [6, 8, 'last_person', 0, 'payments', 'dana'],
      [8, 10, 'uncovered', -1, 'payments', ''],
      [10, 15, 'last_person', 0, 'payments', 'dana'],
      [15, 20, 'thin', 1, 'payments', 'carmel,dana'],
      [20, 30, 'ok', 2, 'payments', 'beni,carmel,dana'],
    ]);
  });

  it('is thin below the target of the question, else of the workspace, else two', () => {
    const world = facts({ schedules: [payments] });
    expect(ask(world, { k: 4 }).map(({ level }) => level)).toEqual(['thin']);
    expect(ask(world).map(({ level }) => level)).toEqual(['ok']);
    const { catalog } = world;
    const demanding = { ...catalog, workspace: { ...catalog.workspace, coverageTarget: 4 } };
    expect(ask({ ...world, catalog: demanding }).map(({ level }) => level)).toEqual(['thin']);
    expect(ask({ ...world, catalog: demanding }, { k: 3 }).map(({ level }) => level)).toEqual(['ok']);
  });

  it('counts those who are asked last, and says what rests on them', () => {
    const windows = ['alma', 'beni', 'carmel'].map((who) => away(who, from, null, { effect: 'soft' }));
    const world = facts({ schedules: [payments], windows });
    expect(ask(world).map(({ surplus }) => surplus)).toEqual([3]);
    expect(ask(world, { askedLast: 'gone' }).map(({ surplus }) => surplus)).toEqual([0]);
  });

  it('needs as many people as the catalog says', () => {
    const world = facts({ schedules: [{ ...payments, needed: 3 }], windows: [away('alma', from, null)] });
    expect(ask(world)[0]).toMatchObject({ surplus: 0, schedules: [{ schedule: 'payments', depth: 0 }] });
  });

  it('counts whoever an override puts on, for as long as it lasts, and no longer', () => {
    const override = { kind: 'add', person: 'eitan', from: from + dayMs, to: from + 2 * dayMs } as const;
    const windows = team.slice(1).map((who) => away(who, from, null));
    const world = facts({ schedules: [payments], windows, overrides: [{ schedule: 'payments', override }] });
    expect(ask(world).map(short)).toEqual([
      [0, 1, 'last_person', 0, 'payments', 'alma'],
      [1, 2, 'thin', 1, 'payments', 'alma,eitan'],
      [2, 30, 'last_person', 0, 'payments', 'alma'],
    ]);
  });

  it('needs nobody while no layer is active, before it begins and in its off hours', () => {
    const days = schedule('days', [
      layer(['alma'], { windows: [{ days: ['tue'], from: '09:00', to: '17:00' }], start: '2026-12-02T00:00' }),
    ]);
    const windows = [away('alma', from, null)];
    const found = ask(facts({ schedules: [days], windows }), { to: from + 10 * dayMs });
    expect(found.map(({ level, surplus, schedules }) => [level, surplus, schedules.length])).toEqual([
      ['ok', null, 0],
      ['uncovered', -1, 1],
      ['ok', null, 0],
    ]);
    expect(found[1]).toMatchObject({ from: at('2026-12-08T09:00+02:00'), to: at('2026-12-08T17:00+02:00') });
  });

  it('does not count on people who are not in the catalog, or of whom nothing can be read', () => {
    const world = { ...facts({ schedules: [payments], people: ['alma', 'beni'] }), unreadable: ['beni'] };
    expect(ask(world)[0]).toMatchObject({ surplus: 0, witness: { people: ['alma'] } });
  });
});

describe('coverage of several schedules together', () => {
  const db = schedule('db', [layer(['beni', 'alma', 'carmel'])]);
  const web = schedule('web', [layer(['dana', 'eitan', 'beni', 'alma'])]);
  const pay = schedule('payments', [layer(['alma', 'beni', 'carmel'])]);

  it('is worse than each alone where they share people, and names the schedules and who is left', () => {
    const world = facts({ schedules: [web, pay, db] });
    const [only] = ask(world);
    expect(only?.schedules).toEqual([
      { schedule: 'web', depth: 3, left: ['alma', 'beni', 'dana', 'eitan'] },
      { schedule: 'payments', depth: 2, left: ['alma', 'beni', 'carmel'] },
      { schedule: 'db', depth: 2, left: ['alma', 'beni', 'carmel'] },
    ]);
    expect(only).toMatchObject({
      level: 'thin',
      surplus: 1,
      witness: { schedules: ['db', 'payments'], people: ['alma', 'beni', 'carmel'] },
    });
  });

  it('loses one for each of the k worst under stress, whatever the levels are', () => {
    const [only] = ask(facts({ schedules: [web, pay, db] }), { mode: 'stress', k: 2 });
    expect(only).toMatchObject({ level: 'uncovered', surplus: -1, witness: { schedules: ['db', 'payments'] } });
    expect(only?.witness.people).toHaveLength(1);
  });

  it('is without those whom the question takes away', () => {
    const [only] = ask(facts({ schedules: [web, pay, db] }), { without: ['alma', 'beni'] });
    expect(only).toMatchObject({ surplus: -1, witness: { schedules: ['db', 'payments'], people: ['carmel'] } });
  });

  it('has no segments without time, and needs nobody without schedules', () => {
    expect(ask(facts({ schedules: [web] }), { to: from })).toEqual([]);
    expect(ask(facts({ people: crew }))).toEqual([
      { ...days(30), level: 'ok', surplus: null, schedules: [], witness: { schedules: [], people: [] }, shared: [] },
    ]);
  });
});

/** Depth of each schedule by asking the resolver's own parts at one instant. */
function depthsAt(world: OnCallFacts, atMs: number): Map<string, { people: string[]; needed: number }> {
  const everybody = { ...world, windows: [], overrides: [], unreadable: [] };
  return new Map(
    Object.values(world.catalog.schedules).flatMap((one) => {
      const active = overridesOf(world, one.id).filter((made) => made.from <= atMs && atMs < made.to);
      const plain = { ...everybody, catalog: { ...world.catalog, schedules: { [one.id]: { ...one, overrides: [] } } } };
      const byLayer = onDuty(plain, one.id, atMs, 'sev1')[0]?.person ?? null;
      if (byLayer === null && !active.some(({ kind }) => kind === 'add' || kind === 'only')) return [];
      const eligible = new Set([
        ...one.layers.flatMap(({ participants }) => participants),
        ...active.flatMap((made) => (made.kind === 'remove' ? [] : [made.person])),
      ]);
      const people = [...eligible].filter(
        (who) => world.unreadable?.includes(who) !== true && available(world, who, atMs, 'sev1').state !== 'no',
      );
      return [[one.id, { people, needed: one.needed ?? 1 }] as const];
    }),
  );
}

function surplusAt(needs: Map<string, { people: string[]; needed: number }>): number | null {
  const all = [...needs.values()];
  const sums = Array.from({ length: 2 ** all.length - 1 }, (_, mask) => {
    const chosen = all.filter((_, index) => ((mask + 1) >> index) & 1);
    return new Set(chosen.flatMap(({ people }) => people)).size - chosen.reduce((sum, { needed }) => sum + needed, 0);
  });
  return sums.length === 0 ? null : Math.min(...sums);
}

describe('coverage of any company', () => {
  const span = { from: era.from + 40 * dayMs, to: era.from + 200 * dayMs };

  it('says at every instant what asking for that instant alone says', () => {
    fc.assert(
      fc.property(companies, fc.array(instants, { minLength: 1, maxLength: 8 }), (world, random) => {
        const segments = coverage(world, { ...span, mode: 'tentative' });
        const planned = believed(world, 'tentative');
        const some = segments.filter((_, index) => index % Math.ceil(segments.length / 6) === 0);
        const borders = some.flatMap((segment) => [segment.from, segment.to - 1]);
        for (const atMs of [...random, ...borders].filter((atMs) => span.from <= atMs && atMs < span.to)) {
          const segment = segments.find((each) => each.from <= atMs && atMs < each.to);
          const needs = depthsAt(planned, atMs);
          expect(new Map(segment?.schedules.map(({ schedule, depth }) => [schedule, depth]))).toEqual(
            new Map([...needs].map(([id, { people, needed }]) => [id, people.length - needed])),
          );
          expect(segment?.surplus).toBe(surplusAt(needs));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('covers the span without holes, in order, with neighbours that differ', () => {
    fc.assert(
      fc.property(companies, fc.constantFrom(...coverageModes), (world, mode) => {
        const segments = coverage(world, { ...span, mode });
        expect(segments[0]?.from).toBe(span.from);
        expect(segments.at(-1)?.to).toBe(span.to);
        for (const [index, { from: begin, to, ...says }] of segments.entries()) {
          expect(begin).toBeLessThan(to);
          const { from: next, to: _, ...saysNext } = segments[index + 1] ?? { from: to, to };
          expect(next).toBe(to);
          expect(saysNext).not.toEqual(says);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('explains each surplus by a set that has no more to spare, of people who can all be asked', () => {
    fc.assert(
      fc.property(companies, (world) => {
        const planned = believed(world, 'tentative');
        for (const { from: begin, surplus, witness } of coverage(world, { ...span, mode: 'tentative' })) {
          if (surplus === null) continue;
          const needed = witness.schedules.reduce((sum, id) => sum + (world.catalog.schedules[id]?.needed ?? 1), 0);
          expect(witness.people.length - needed).toBe(surplus);
          for (const who of witness.people) {
            expect(available(planned, who, begin, 'sev1').state).not.toBe('no');
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it('takes away in stress whoever the rest hangs on, also where a schedule has nobody as it is', () => {
    const start = at('2026-12-01T09:00+02:00');
    const world = facts({
      people: ['dana', 'beni', 'carmel', 'alma'],
      schedules: [
        schedule('s0', [layer(['dana'])]),
        schedule('s1', [layer(['beni', 'carmel'])]),
        schedule('s2', [layer(['alma'])]),
      ],
      windows: [away('alma', start, null)],
    });
    const [segment] = coverage(world, { from: start, to: start + hourMs, mode: 'stress', k: 1 });
    expect(segment?.surplus).toBe(-2);
  });

  it('never grows when somebody is missing, and by no more than one falls with each who goes', () => {
    fc.assert(
      fc.property(companies, fc.constantFrom(...crew), instants, (world, who, atMs) => {
        const moment = { from: atMs, to: atMs + hourMs / 60 };
        const surplus = (question: Partial<CoverageQuestion>) =>
          coverage(world, { ...moment, mode: 'tentative', ...question })[0]?.surplus ?? null;
        const [all, fewer] = [surplus({}), surplus({ without: [who] })];
        if (all === null || fewer === null) return;
        expect(fewer).toBeLessThanOrEqual(all);
        expect(fewer).toBeGreaterThanOrEqual(all - 1);
        const worst = Math.min(...crew.map((one) => surplus({ without: [one] }) ?? Infinity));
        expect(surplus({ mode: 'stress', k: 1 })).toBe(worst);
      }),
      { numRuns: 100 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Override } from '../../src/oncall/catalog.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { shifts } from '../../src/oncall/shifts.ts';
import { toIsoInZone } from '../../src/oncall/time.ts';
import { at, away, facts, hourMs, instants, layer, schedule, worlds, type World } from './world.ts';

function table(world: World, from: string, to: string) {
  return shifts(facts(world), 's', at(from), at(to)).map(({ start, end, person, why }) =>
    [...[start, end].map((atMs) => toIsoInZone(atMs, 'Asia/Jerusalem').slice(5, 16)), person ?? '-', why].join(' '),
  );
}

const rota = schedule('s', [layer(['alma', 'beni'])]);

describe('shifts', () => {
  it('are clipped to what was asked and show a gap before the start', () => {
    expect(table({ schedules: [rota] }, '2026-10-31T00:00+02:00', '2026-11-10T00:00+02:00')).toEqual([
      '10-31T00:00 11-01T09:00 - nobody',
      '11-01T09:00 11-08T09:00 alma rotation',
      '11-08T09:00 11-10T00:00 beni rotation',
    ]);
  });

  it('are cut where availability changes and joined where nothing does', () => {
    const windows = [away('alma', at('2026-11-03T06:00+02:00'), at('2026-11-04T06:00+02:00')), away('beni', 0, 1)];
    expect(table({ schedules: [rota], windows }, '2026-11-01T09:00+02:00', '2026-11-08T09:00+02:00')).toEqual([
      '11-01T09:00 11-03T06:00 alma rotation',
      '11-03T06:00 11-04T06:00 beni cover',
      '11-04T06:00 11-08T09:00 alma rotation',
    ]);
  });

  it('join the turns of one who follows themselves', () => {
    const alone = schedule('s', [layer(['alma'], { every: { unit: 'days', count: 1 } })]);
    expect(table({ schedules: [alone] }, '2026-11-02T00:00+02:00', '2026-11-05T00:00+02:00')).toEqual([
      '11-02T00:00 11-05T00:00 alma rotation',
    ]);
  });

  it('show concurrent people in rows of their own, by start and then by person', () => {
    const override: Override = {
      kind: 'add',
      person: 'aaron',
      from: at('2026-11-02T00:00+02:00'),
      to: at('2026-11-03T00:00+02:00'),
    };
    expect(
      table(
        { schedules: [rota], overrides: [{ schedule: 's', override }] },
        '2026-11-02T00:00+02:00',
        '2026-11-04T00:00+02:00',
      ),
    ).toEqual(['11-02T00:00 11-03T00:00 aaron override', '11-02T00:00 11-04T00:00 alma rotation']);
  });

  it('show a removal and a cycle as gaps', () => {
    const remove: Override = {
      kind: 'remove',
      insteadOf: 'alma',
      from: at('2026-11-02T00:00+02:00'),
      to: at('2026-11-03T00:00+02:00'),
    };
    expect(
      table({ schedules: [{ ...rota, overrides: [remove] }] }, '2026-11-01T12:00+02:00', '2026-11-04T00:00+02:00'),
    ).toEqual([
      '11-01T12:00 11-02T00:00 alma rotation',
      '11-02T00:00 11-03T00:00 - nobody',
      '11-03T00:00 11-04T00:00 alma rotation',
    ]);
  });

  it('are one gap for a schedule that nobody declared, and none for an empty span', () => {
    expect(shifts(facts({}), 's', 0, 10)).toEqual([{ schedule: 's', start: 0, end: 10, person: null, why: 'nobody' }]);
    expect(shifts(facts({ schedules: [rota] }), 's', 10, 10)).toEqual([]);
  });

  it('say at every instant what asking for that instant says', () => {
    const parts = fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(worlds, instants, fc.integer({ min: 1, max: 40 * 24 }), parts, (given, from, hours, some) => {
        const to = from + hours * hourMs;
        const found = shifts(given, 's', from, to);
        const borders = found.flatMap(({ start, end }) => [start, end - 1]).slice(0, 16);
        for (const atMs of [...borders, ...some.map((part) => from + Math.floor(part * (to - from)))]) {
          const rows = found
            .filter(({ start, end }) => start <= atMs && atMs < end)
            .map(({ person, why }) => `${person} ${why}`);
          expect(rows.toSorted()).toEqual(
            onDuty(given, 's', atMs, 'sev1')
              .map(({ person, why }) => `${person} ${why}`)
              .toSorted(),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  it('cover the whole span without a hole, in order, and with no two equal neighbours', () => {
    fc.assert(
      fc.property(worlds, instants, fc.integer({ min: 1, max: 60 * 24 }), (given, from, hours) => {
        const to = from + hours * hourMs;
        const found = shifts(given, 's', from, to);
        let covered = from;
        for (const { start, end } of found) {
          expect(start).toBeGreaterThanOrEqual(from);
          expect(start).toBeLessThan(end);
          expect(start).toBeLessThanOrEqual(covered);
          covered = Math.max(covered, end);
        }
        expect(covered).toBe(to);
        expect(
          found.some((one) =>
            found.some((other) => one.end === other.start && one.person === other.person && one.why === other.why),
          ),
        ).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

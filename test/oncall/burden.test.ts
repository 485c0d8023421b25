import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burdenFor, burdenOf, catalogDays, type DayKind } from '../../src/oncall/burden.ts';
import { at, dayMs, facts, hourMs, instants, person, zones } from './world.ts';

const zone = 'Asia/Jerusalem';
const weights = { night: 1.5, weekend: 1.5, festival: 2, eve: 1.25 };
const everyDay = (kind: DayKind) => () => kind;

function burden(from: string, to: string, kindOf: (date: string) => DayKind = everyDay('workday')) {
  return burdenOf({ from: at(from), to: at(to) }, zone, kindOf, weights);
}

describe('the burden of duty', () => {
  it('is one point for an hour of a working day, one and a half between 22:00 and 07:00', () => {
    expect(burden('2026-11-03T09:00+02:00', '2026-11-03T17:00+02:00')).toBe(8);
    expect(burden('2026-11-03T21:00+02:00', '2026-11-04T08:00+02:00')).toBe(1 + 9 * 1.5 + 1);
  });

  it('counts an hour as the hardest thing that it is, not as several at once', () => {
    const night = ['2026-11-03T22:00+02:00', '2026-11-04T00:00+02:00'] as const;
    expect(burden(...night, everyDay('festival'))).toBe(2 * 2);
    expect(burden(...night, everyDay('eve'))).toBe(2 * 1.5);
    expect(burden('2026-11-03T12:00+02:00', '2026-11-03T14:00+02:00', everyDay('eve'))).toBe(2 * 1.25);
  });

  it('asks for the day on the wall of the person, at midnight of their zone', () => {
    const asked: string[] = [];
    burden('2026-11-03T20:00+02:00', '2026-11-05T01:00+02:00', (date) => {
      asked.push(date);
      return 'workday';
    });
    expect([...new Set(asked)]).toEqual(['2026-11-03', '2026-11-04', '2026-11-05']);
  });

  it('weighs the hour that is shown twice twice, and the skipped one not at all', () => {
    // From 20:00 to 08:00 the clock goes back at 02:00 on 25 October, forward at 02:00 on 27 March.
    expect(burden('2026-10-24T20:00+03:00', '2026-10-25T08:00+02:00')).toBe(2 + 10 * 1.5 + 1);
    expect(burden('2026-03-26T20:00+02:00', '2026-03-27T08:00+03:00')).toBe(2 + 8 * 1.5 + 1);
  });

  it('of two halves is the burden of the whole, in every zone', () => {
    const kinds = ['workday', 'weekend', 'eve', 'festival'] as const;
    const kindOf = (date: string) => kinds[Number(date.slice(8)) % 4] ?? 'workday';
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        instants,
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 100 }),
        (where, from, hours, percent) => {
          const to = from + hours * hourMs;
          const middle = from + Math.round(((to - from) * percent) / 100);
          const of = (start: number, end: number) => burdenOf({ from: start, to: end }, where, kindOf, weights);
          expect(of(from, middle) + of(middle, to)).toBeCloseTo(of(from, to), 6);
          expect(of(from, to)).toBeGreaterThanOrEqual(hours - 1e-9);
          expect(of(from, to)).toBeLessThanOrEqual(2 * hours + 1e-9);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('of a week is the same in every week without a festival, whoever has it', () => {
    const kindOf = catalogDays(facts({ people: ['alma'] }).catalog);
    const week = (from: number) =>
      burdenOf({ from, to: from + 7 * dayMs }, zone, (date) => kindOf('alma', date), weights);
    // 5 working days with 15 plain and 9 night hours, 2 days of the weekend.
    expect(week(at('2026-11-01T09:00+02:00'))).toBe(5 * (15 + 9 * 1.5) + 2 * 24 * 1.5);
    expect(week(at('2026-11-08T09:00+02:00'))).toBe(week(at('2026-11-01T09:00+02:00')));
  });
});

describe('the days that a catalog tells', () => {
  it('follow the work week of each person', () => {
    const { catalog } = facts({ people: ['alma', 'beni'] });
    const people = { ...catalog.people, beni: person('beni', { workWeek: ['mon', 'tue', 'wed', 'thu', 'fri'] }) };
    const kindOf = catalogDays({ ...catalog, people });
    expect(['2026-11-06', '2026-11-08'].map((date) => kindOf('alma', date))).toEqual(['weekend', 'workday']);
    expect(['2026-11-06', '2026-11-08'].map((date) => kindOf('beni', date))).toEqual(['workday', 'weekend']);
  });

  it('count a day off of the company as a festival and half of one as an eve', () => {
    const { catalog } = facts({ people: ['alma'] });
    const companyDays = [
      { date: '2026-10-27', name: 'Election Day', off: 'day' as const },
      { date: '2026-10-28', name: 'Outing', off: 'half' as const },
    ];
    const kindOf = catalogDays({ ...catalog, workspace: { ...catalog.workspace, companyDays } });
    expect(['2026-10-27', '2026-10-28', '2026-10-29'].map((date) => kindOf('alma', date))).toEqual([
      'festival',
      'eve',
      'workday',
    ]);
  });

  it('use the weights of the catalog', () => {
    const { catalog } = facts({ people: ['alma'] });
    const own = { ...catalog, workspace: { ...catalog.workspace, burden: { ...weights, night: 3 } } };
    const span = { from: at('2026-11-03T22:00+02:00'), to: at('2026-11-03T23:00+02:00') };
    expect(burdenFor(own, 'alma', span, catalogDays(own))).toBe(3);
    expect(burdenFor(catalog, 'alma', span, catalogDays(catalog))).toBe(1.5);
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { burdenFor, burdenOf, type DayKind } from '../../src/oncall/burden.ts';
import { dayKindsOf } from '../../src/oncall/workdays.ts';
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
    const kindOf = dayKindsOf(facts({ people: ['alma'] }).catalog);
    const week = (from: number) =>
      burdenOf({ from, to: from + 7 * dayMs }, zone, (date) => kindOf('alma', date), weights);
    // 5 working days with 15 plain and 9 night hours, 2 days of the weekend.
    expect(week(at('2026-11-01T09:00+02:00'))).toBe(5 * (15 + 9 * 1.5) + 2 * 24 * 1.5);
    expect(week(at('2026-11-08T09:00+02:00'))).toBe(week(at('2026-11-01T09:00+02:00')));
  });
});

describe('the burden of a person', () => {
  const night = { from: at('2026-11-03T22:00+02:00'), to: at('2026-11-03T23:00+02:00') };

  it('is by the weights of the catalog', () => {
    const { catalog } = facts({ people: ['alma'] });
    const own = { ...catalog, workspace: { ...catalog.workspace, burden: { ...weights, night: 3 } } };
    expect(burdenFor(own, 'alma', night, dayKindsOf(own))).toBe(3);
    expect(burdenFor(catalog, 'alma', night, dayKindsOf(catalog))).toBe(1.5);
  });

  it('is by their own clock and their own days', () => {
    const { catalog } = facts({ people: ['alma', 'beni'] });
    const berlin = { timezone: 'Europe/Berlin', workWeek: ['mon', 'tue', 'wed', 'thu', 'fri'] as const };
    const known = { ...catalog, people: { ...catalog.people, beni: person('beni', berlin) } };
    const days = dayKindsOf(known);
    // 22:00 in Jerusalem is 21:00 in Berlin; Sunday is a weekend there alone, Rosh Hashana a festival here alone.
    expect(burdenFor(known, 'beni', night, days)).toBe(1);
    const sunday = { from: at('2026-11-08T12:00+02:00'), to: at('2026-11-08T13:00+02:00') };
    expect(['alma', 'beni'].map((one) => burdenFor(known, one, sunday, days))).toEqual([1, 1.5]);
    const festival = { from: at('2028-09-21T12:00+03:00'), to: at('2028-09-21T13:00+03:00') };
    expect(['alma', 'beni'].map((one) => burdenFor(known, one, festival, days))).toEqual([2, 1]);
  });
});

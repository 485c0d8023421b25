import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextDigestAt } from '../../src/figures/digest-due.ts';
import { weekLabel, weeksEnded, weekStart } from '../../src/figures/weeks.ts';
import { hourMs, zoned } from '../../src/oncall/time.ts';

const at = (text: string): number => Date.parse(text);
const zones = fc.constantFrom(
  'Asia/Jerusalem',
  'UTC',
  'America/New_York',
  'Pacific/Auckland',
  'America/Santiago', // changes its clock at midnight of a Sunday
  'Asia/Beirut', // the day of the change has no 00:00
  'Pacific/Apia',
);
const instants = fc.integer({ min: at('2024-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') });

describe('when the digest is due', () => {
  it.each([
    ['before the hour', '2026-11-22T06:59:59Z', '2026-11-22T07:00:00Z'],
    ['at the hour itself, since that one is running', '2026-11-22T07:00:00Z', '2026-11-29T07:00:00Z'],
    ['in the middle of a week', '2026-11-24T18:00:00Z', '2026-11-29T07:00:00Z'],
    ['late on a Saturday that is a Sunday in the zone', '2026-11-28T22:30:00Z', '2026-11-29T07:00:00Z'],
    ['across the spring change', '2026-03-25T12:00:00Z', '2026-03-29T06:00:00Z'],
    ['across the autumn change, on its very day', '2026-10-24T22:00:00Z', '2026-10-25T07:00:00Z'],
  ])('in Jerusalem %s', (_, now, due) => {
    expect(new Date(nextDigestAt(at(now), 'Asia/Jerusalem')).toISOString()).toBe(new Date(due).toISOString());
  });

  it('is always a Sunday at nine, later than now, and at most a week and an hour away', () => {
    fc.assert(
      fc.property(instants, zones, (now, zone) => {
        const due = nextDigestAt(now, zone);
        const wall = zoned(due, zone);
        expect([wall.dayOfWeek, wall.hour, wall.minute]).toEqual([7, 9, 0]);
        expect(due).toBeGreaterThan(now);
        expect(due - now).toBeLessThanOrEqual(169 * hourMs);
        expect(nextDigestAt(due - 1, zone)).toBe(due);
      }),
    );
  });
});

describe('weeks', () => {
  it('start on Sunday at midnight of the zone', () => {
    expect(weekStart(at('2026-11-21T21:59:59Z'), 'Asia/Jerusalem')).toBe(at('2026-11-14T22:00:00Z'));
    expect(weekStart(at('2026-11-21T22:00:00Z'), 'Asia/Jerusalem')).toBe(at('2026-11-21T22:00:00Z'));
  });
  it('are 167 or 169 hours long where the clock changes', () => {
    const [spring] = weeksEnded(at('2026-03-29T09:00:00Z'), 'Asia/Jerusalem', 1);
    const [autumn] = weeksEnded(at('2026-11-01T09:00:00Z'), 'Asia/Jerusalem', 1);
    expect(((spring?.toMs ?? 0) - (spring?.fromMs ?? 0)) / hourMs).toBe(167);
    expect(((autumn?.toMs ?? 0) - (autumn?.fromMs ?? 0)) / hourMs).toBe(169);
  });
  it('are labelled by their Sunday', () => {
    const weeks = weeksEnded(at('2026-11-24T18:00:00Z'), 'Asia/Jerusalem', 3);
    expect(weeks.map((week) => weekLabel(week, 'Asia/Jerusalem'))).toEqual(['2026-11-01', '2026-11-08', '2026-11-15']);
  });
  it('follow each other without a gap and have all ended', () => {
    fc.assert(
      fc.property(instants, zones, (now, zone) => {
        const weeks = weeksEnded(now, zone, 13);
        for (const [index, week] of weeks.entries()) {
          expect(week.toMs).toBe(weeks[index + 1]?.fromMs ?? weekStart(now, zone));
          expect(weekStart(week.fromMs, zone)).toBe(week.fromMs);
          expect(weekStart(week.toMs - 1, zone)).toBe(week.fromMs);
        }
        expect(weeks.at(-1)?.toMs).toBeLessThanOrEqual(now);
      }),
      { numRuns: 50 },
    );
  });
});

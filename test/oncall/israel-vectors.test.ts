import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { cities } from '../../src/oncall/cities.ts';
import { addDays, civilDate, dateAt, dayNumber, weekdayOf } from '../../src/oncall/civil-date.ts';
import { hebrewDate } from '../../src/oncall/hebrew-calendar.ts';
import { israeliHoliday } from '../../src/oncall/holidays.ts';
import type { Span } from '../../src/oncall/layer-windows.ts';
import { isResting, restBlocks, type Observance } from '../../src/oncall/rest-times.ts';
import { dayMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import { addWorkdays, isWorkday, workdaysBetween, type WorkCalendar } from '../../src/oncall/workdays.ts';
import { at } from './world.ts';

/** Made by Python's zoneinfo and by @hebcal/core, which is no dependency of this project; `meta.how` says more. */
const instant = z.string().transform(at);
const holiday = z.object({ date: z.string(), name: z.string(), kind: z.string() });
const rest = z.object({
  inRest: z.boolean(),
  window: z.object({
    state: z.enum(['current', 'next']),
    candleLighting: instant,
    havdalah: instant,
    hours: z.number(),
  }),
});
const vectors = z
  .object({
    instants: z.array(
      z.object({
        id: z.string(),
        instant,
        epochMs: z.number(),
        local: z.string(),
        weekdayIndexSun0: z.number(),
        hebrewDate: z.string(),
        holiday: holiday.omit({ date: true }).nullable(),
        isWeekendDay: z.boolean(),
        isWorkday: z.boolean(),
        isWorkdayIfEveCounts: z.boolean(),
        rest: z.record(z.enum(['tel-aviv', 'jerusalem']), rest),
      }),
    ),
    longRestBlocksJerusalem: z.array(z.object({ from: instant, to: instant, hours: z.number() })),
    statutoryDaysOff: z.record(z.string(), z.array(holiday)),
    workdayCounts: z.record(z.string(), z.object({ eveOff: z.number(), eveOn: z.number() })),
  })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/oncall/israel-time-vectors.json', import.meta.url), 'utf8')));

const zone = 'Asia/Jerusalem';
const israel: WorkCalendar = {
  workWeek: ['sun', 'mon', 'tue', 'wed', 'thu'],
  keepsIsraelsDays: true,
  companyDays: [],
  eves: 'off',
};
const evesCount: WorkCalendar = { ...israel, eves: 'work' };

function observanceIn(city: 'tel-aviv' | 'jerusalem'): Observance {
  const { minutesBeforeSunset, custom } = cities[city];
  return { place: cities[city], minutesBeforeSunset, custom, shabbat: true, festivals: true };
}

/**
 * The reference says whole minutes: it cuts the beginning, so as not to be late, and rounds the end. What is computed here
 * is the same to two seconds.
 */
function agrees(block: Span | undefined, begins: number, ends: number): boolean {
  if (block === undefined) return false;
  const late = block.from - begins;
  return late >= -2_000 && late <= minuteMs + 2_000 && Math.abs(block.to - ends) <= minuteMs / 2 + 2_000;
}

/** Spelled by another library: compared by what is left without vowels that differ. */
const spelled: Readonly<Record<string, string>> = {
  Tishrei: 'Tishri',
  Cheshvan: 'Heshvan',
  Iyyar: 'Iyar',
  Tamuz: 'Tamuz',
};

describe("Israel's days", () => {
  it.each(vectors.instants)('are told at $id', (expected) => {
    const date = dateAt(expected.instant, zone);
    expect(expected.instant).toBe(expected.epochMs);
    expect(date).toBe(expected.local.slice(0, 10));
    expect(weekdayOf(dayNumber(date))).toBe(expected.weekdayIndexSun0);
    expect(expected.isWeekendDay).toBe([5, 6].includes(weekdayOf(dayNumber(date))));
    const [, day, month, year] = /^(\d+)\w\w of (.+), (\d+)$/.exec(expected.hebrewDate) ?? [];
    expect(hebrewDate(dayNumber(date))).toEqual({
      day: Number(day),
      month: spelled[month ?? ''] ?? month,
      year: Number(year),
    });
    expect(israeliHoliday(date)?.kind ?? null).toBe(expected.holiday?.kind ?? null);
    expect(isWorkday(israel, date)).toBe(expected.isWorkday);
    expect(isWorkday(evesCount, date)).toBe(expected.isWorkdayIfEveCounts);
  });

  it.each(Object.entries(vectors.statutoryDaysOff))('are off by law in %s', (year, expected) => {
    const found: { readonly date: string; readonly kind: string }[] = [];
    for (let date = `${year}-01-01`; date < `${Number(year) + 1}-01-01`; date = addDays(date, 1)) {
      const kind = israeliHoliday(date)?.kind;
      if (kind === 'rest' || kind === 'national') found.push({ date, kind });
    }
    expect(found).toEqual(expected.map(({ date, kind }) => ({ date, kind })));
  });

  it.each(Object.entries(vectors.workdayCounts))('are worked in %s', (year, { eveOff, eveOn }) => {
    const [from, to] = [`${year}-01-01`, `${Number(year) + 1}-01-01`];
    expect([workdaysBetween(israel, from, to), workdaysBetween(evesCount, from, to)]).toEqual([eveOff, eveOn]);
  });

  it.each([
    ['2026-09-10', 1, '2026-09-14', '2026-09-14'],
    ['2027-04-20', 1, '2027-04-25', '2027-04-21'],
    ['2028-09-19', 1, '2028-09-24', '2028-09-20'],
    ['2026-09-14', -1, '2026-09-10', '2026-09-10'],
    ['2026-11-26', 1, '2026-11-29', '2026-11-29'],
    ['2026-11-27', 0, '2026-11-27', '2026-11-27'],
  ])('from %s, %i working days lead to %s, or %s where eves count', (from, count, evesOff, evesOn) => {
    expect([addWorkdays(israel, from, count), addWorkdays(evesCount, from, count)]).toEqual([evesOff, evesOn]);
  });
});

describe('rest from work', () => {
  const asked = vectors.instants.flatMap(({ id, instant: atMs, rest: by }) =>
    Object.entries(by).map(([city, expected]) => ({
      id,
      city: z.enum(['tel-aviv', 'jerusalem']).parse(city),
      atMs,
      expected,
    })),
  );

  it.each(asked)('in $city holds or comes next at $id', ({ city, atMs, expected }) => {
    const observance = observanceIn(city);
    expect(isResting(observance, atMs)).toBe(expected.inRest);
    expect(expected.inRest).toBe(expected.window.state === 'current');
    const [block] = restBlocks(observance, atMs, atMs + 14 * dayMs);
    expect(agrees(block, expected.window.candleLighting, expected.window.havdalah)).toBe(true);
  });

  it('runs over two and three days in Jerusalem exactly where it does', () => {
    const blocks = restBlocks(observanceIn('jerusalem'), at('2024-01-01T00:00Z'), at('2031-01-01T00:00Z'));
    const long = blocks.filter(({ from, to }) => to - from > 30 * hourMs);
    expect(long.length).toBe(vectors.longRestBlocksJerusalem.length);
    for (const [index, { from, to, hours }] of vectors.longRestBlocksJerusalem.entries()) {
      expect(agrees(long[index], from, to)).toBe(true);
      expect(Math.round(((to - from) / hourMs) * 10) / 10).toBe(hours);
    }
  });

  it('begins and ends to the millisecond, half-open, and is the same block from wherever it is seen', () => {
    const observance = observanceIn('jerusalem');
    for (const block of restBlocks(observance, at('2026-08-01T00:00Z'), at('2027-11-01T00:00Z'))) {
      expect([block.from - 1, block.from, block.to - 1, block.to].map((atMs) => isResting(observance, atMs))).toEqual([
        false,
        true,
        true,
        false,
      ]);
      const middle = Math.floor((block.from + block.to) / 2);
      expect(restBlocks(observance, middle, middle + 1)).toEqual([block]);
      expect(restBlocks(observance, block.to - 1, block.to)).toEqual([block]);
    }
  });

  it('counts days by arithmetic', () => {
    expect([civilDate(0), civilDate(dayNumber('2026-11-24')), addDays('2026-12-31', 1)]).toEqual([
      '1970-01-01',
      '2026-11-24',
      '2027-01-01',
    ]);
  });
});

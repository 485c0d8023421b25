import { describe, expect, it } from 'vitest';
import type { Catalog } from '../../src/oncall/catalog.ts';
import { addDays } from '../../src/oncall/civil-date.ts';
import { addWorkdays, dayKind, dayKindsOf, isWorkday, workCalendarOf } from '../../src/oncall/workdays.ts';
import { facts, person } from './world.ts';

const base = facts({}).catalog;
const catalog: Catalog = {
  ...base,
  workspace: {
    ...base.workspace,
    companyDays: [
      { date: '2026-10-27', name: 'Election Day', off: 'day' },
      { date: '2026-12-31', name: 'Offsite', off: 'half' },
    ],
  },
  people: {
    noa: person('noa'),
    jane: person('jane', { timezone: 'America/New_York', workWeek: ['mon', 'tue', 'wed', 'thu', 'fri'] }),
  },
};
const noa = workCalendarOf(catalog, 'noa');
const jane = workCalendarOf(catalog, 'jane');

describe('working days', () => {
  it('follow the work week of the person', () => {
    expect(['2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'].map((date) => isWorkday(noa, date))).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(['2026-11-26', '2026-11-27', '2026-11-28', '2026-11-29'].map((date) => isWorkday(jane, date))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it("keep Israel's days off where the clock is Israel's, and the company's everywhere", () => {
    expect([isWorkday(noa, '2026-09-21'), isWorkday(jane, '2026-09-21')]).toEqual([false, true]);
    expect([isWorkday(noa, '2026-10-27'), isWorkday(jane, '2026-10-27')]).toEqual([false, false]);
    expect(addWorkdays(noa, '2026-10-26', 1)).toBe('2026-10-28');
  });

  it('count half a day by what is said of eves', () => {
    expect(isWorkday(noa, '2026-12-31')).toBe(false);
    expect(isWorkday(workCalendarOf(catalog, 'noa', 'work'), '2026-12-31')).toBe(true);
  });

  it('are told to be none where a calendar has none', () => {
    expect(() => addWorkdays({ ...noa, workWeek: [] }, '2026-11-24', 1)).toThrow('no working day');
  });
});

describe('the kind of a day', () => {
  it.each([
    ['2026-11-24', 'workday', 'workday'],
    ['2026-11-27', 'weekend', 'workday'],
    ['2026-09-21', 'festival', 'workday'],
    ['2026-09-20', 'eve', 'weekend'],
    // A festival on Shabbat is a festival; an eve on a Friday is the weekend that it is.
    ['2026-09-12', 'festival', 'weekend'],
    ['2026-09-11', 'weekend', 'workday'],
    ['2026-04-05', 'workday', 'weekend'],
    ['2026-04-22', 'festival', 'workday'],
    ['2026-04-21', 'eve', 'workday'],
    ['2026-10-27', 'festival', 'festival'],
    ['2026-12-31', 'eve', 'eve'],
  ] as const)('on %s is %s in Israel and %s in New York', (date, here, there) => {
    expect([dayKind(noa, date), dayKind(jane, date)]).toEqual([here, there]);
  });

  it('is the same for everybody of the catalog, asked in any order', () => {
    const kindOf = dayKindsOf(catalog);
    for (let date = '2026-12-01'; date > '2026-03-01'; date = addDays(date, -1)) {
      expect([kindOf('jane', date), kindOf('noa', date)]).toEqual([dayKind(jane, date), dayKind(noa, date)]);
      expect(kindOf('somebody unknown', date)).toBe(dayKind(workCalendarOf(catalog, undefined), date));
    }
  });
});

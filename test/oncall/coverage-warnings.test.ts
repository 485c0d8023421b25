import { describe, expect, it } from 'vitest';
import { coverage } from '../../src/oncall/coverage.ts';
import { coverageConcerns } from '../../src/oncall/coverage-concerns.ts';
import { type CoverageMemory, coverageWarnings, nothingTold } from '../../src/oncall/coverage-warnings.ts';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';
import { at, away, facts, layer, schedule } from './world.ts';

const start = at('2026-12-01T00:00+02:00');
const day = (count: number) => start + count * dayMs;

const schedules = [
  schedule('payments', [layer(['alma', 'beni'])]),
  schedule('db', [layer(['carmel', 'dana', 'eitan'])]),
];

function concernsAt(now: number, windows: readonly AvailabilityWindow[], worlds = schedules) {
  const world = facts({ schedules: worlds, windows });
  return coverageConcerns(coverage(world, { from: now, to: now + 90 * dayMs, mode: 'tentative', k: 2 }), 2);
}

/** Looks once a day and writes down what is told. */
function tell(windowsOn: (today: number) => readonly AvailabilityWindow[], days: number) {
  let memory: CoverageMemory = nothingTold;
  return Array.from({ length: days }, (_, today) => {
    const now = day(today);
    const news = coverageWarnings(memory, concernsAt(now, windowsOn(today)), now);
    memory = JSON.parse(JSON.stringify(news.memory)) as CoverageMemory;
    return [
      ...news.warnings.map(
        ({ because, concern }) => `${today}: ${concern.schedules.join()} ${concern.level} ${because}`,
      ),
      ...news.cleared.map((concern) => `${today}: ${concern.schedules.join()} clear`),
    ];
  }).flat();
}

describe('what concerns a lead', () => {
  it('is each schedule that is short by itself, for as long as it stays so', () => {
    const windows = [away('alma', day(10), day(20)), away('carmel', day(15), day(40)), away('beni', day(18), day(19))];
    const seen = concernsAt(start, windows).map(({ from, to, level, schedules: ids, people }) => {
      return [(from - start) / dayMs, (to - start) / dayMs, level, ids.join(), people.join()];
    });
    expect(seen).toEqual([
      [0, 10, 'thin', 'payments', 'alma,beni'],
      [10, 20, 'last_person', 'payments', 'beni'],
      [15, 40, 'thin', 'db', 'dana,eitan'],
      [18, 19, 'uncovered', 'payments', ''],
      [20, 90, 'thin', 'payments', 'alma,beni'],
    ]);
  });

  it('is several schedules together only where sharing makes them worse', () => {
    const shared = [schedule('payments', [layer(['alma', 'beni'])]), schedule('db', [layer(['beni', 'alma'])])];
    const all = concernsAt(start, [], shared);
    expect(all.map(({ level, schedules: ids }) => [level, ids.join()])).toEqual([['last_person', 'db,payments']]);
    const apart = [away('alma', start, null), away('beni', start, null)];
    expect(concernsAt(start, apart, shared).map(({ level, schedules: ids }) => [level, ids.join()])).toEqual([
      ['uncovered', 'db'],
      ['uncovered', 'payments'],
    ]);
  });

  it('is each problem by itself, although something else is as bad or worse', () => {
    const apart = [...schedules, schedule('web', [layer(['gal', 'hila'])]), schedule('site', [layer(['hila', 'gal'])])];
    const all = concernsAt(start, [away('alma', day(0), null)], apart);
    expect(all.map(({ level, schedules: ids }) => [level, ids.join()])).toEqual([
      ['last_person', 'payments'],
      ['last_person', 'site,web'],
    ]);
  });

  it('is one that comes and goes where it comes again after a night or a weekend', () => {
    const office = { days: ['sun', 'mon', 'tue', 'wed', 'thu'] as const, from: '09:00', to: '17:00' };
    const byDay = [schedule('desk', [layer(['alma', 'beni'], { windows: [office] })])];
    const [only, ...others] = concernsAt(start, [away('alma', day(0), day(13))], byDay);
    expect(only).toMatchObject({ level: 'last_person', isContinuous: false, isSteady: true });
    expect(only?.from).toBe(day(0) + 9 * hourMs);
    expect(only?.to).toBe(day(12) + 17 * hourMs);
    expect(others).toMatchObject([{ level: 'thin', isContinuous: false }]);
  });

  it('says when the people it rests on change, and when it lasts as far as was looked', () => {
    const windows = [away('alma', day(10), day(20)), away('beni', day(20), null)];
    const [, last] = concernsAt(start, windows);
    expect(last).toMatchObject({ from: day(10), people: ['alma', 'beni'], isSteady: false, isOpen: true });
    expect(concernsAt(start, windows)[0]).toMatchObject({ isSteady: true, isOpen: false });
  });
});

describe('warnings about coverage', () => {
  it('come when it becomes known and 28, 14, 7, 3 and 1 days before, and no more', () => {
    const planned = [away('alma', day(60), day(70))];
    expect(tell(() => planned, 75)).toEqual([
      '0: payments last_person new',
      '32: payments last_person sooner',
      '46: payments last_person sooner',
      '53: payments last_person sooner',
      '57: payments last_person sooner',
      '59: payments last_person sooner',
    ]);
  });

  it('come at once for what begins now, once', () => {
    expect(tell((today) => (today < 3 ? [] : [away('alma', day(3), day(9))]), 12)).toEqual([
      '3: payments last_person new',
    ]);
  });

  it('come again when the level or the span changes, and say when it is over before its time', () => {
    const first = away('alma', day(60), day(70));
    const longer = away('alma', day(60), day(72));
    expect(
      tell((today) => {
        if (today < 2) return [first];
        if (today < 4) return [longer];
        return today < 6 ? [longer, away('beni', day(60), day(72))] : [];
      }, 8),
    ).toEqual([
      '0: payments last_person new',
      '2: payments last_person changed',
      '4: payments uncovered changed',
      '6: payments clear',
    ]);
  });

  it('do not come because the horizon moves on, or because a time has begun', () => {
    const open = [away('alma', day(20), null)];
    const told = tell(() => open, 60);
    expect(told).toEqual([
      '0: payments last_person new',
      '6: payments last_person sooner',
      '13: payments last_person sooner',
      '17: payments last_person sooner',
      '19: payments last_person sooner',
    ]);
  });

  it('do not come for what is thin, which stands in the digest', () => {
    expect(tell(() => [away('carmel', day(3), day(9))], 12)).toEqual([]);
  });

  it('do not say that it is over when it has become part of something worse', () => {
    const shared = [
      schedule('payments', [layer(['alma', 'beni', 'carmel'])]),
      schedule('db', [layer(['beni', 'dana'])]),
    ];
    const first = [away('alma', day(40), day(50)), away('carmel', day(40), day(50))];
    const before = coverageWarnings(nothingTold, concernsAt(start, first, shared), start);
    expect(before.warnings.map(({ concern }) => concern.schedules.join())).toEqual(['payments']);
    const worse = concernsAt(start, [...first, away('dana', day(40), day(50))], shared);
    const after = coverageWarnings(before.memory, worse, start);
    expect(after.warnings.map(({ concern, because }) => [concern.level, concern.schedules.join(), because])).toEqual([
      ['uncovered', 'db,payments', 'new'],
    ]);
    expect(after.cleared).toEqual([]);
  });

  it('tell nothing when asked twice', () => {
    const concerns = concernsAt(start, [away('alma', day(2), null), away('beni', day(40), day(50))]);
    const { memory, warnings } = coverageWarnings(nothingTold, concerns, start);
    expect(warnings).not.toEqual([]);
    expect(coverageWarnings(memory, concerns, start)).toEqual({ warnings: [], cleared: [], memory });
  });

  it('remember schedules and times, and nobody', () => {
    const concerns = concernsAt(start, [away('alma', day(2), null)]);
    expect(JSON.stringify(coverageWarnings(nothingTold, concerns, start).memory)).not.toMatch(/alma|beni/);
  });
});

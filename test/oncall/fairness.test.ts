import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayKindsOf } from '../../src/oncall/workdays.ts';
import { coverLedger, fairness } from '../../src/oncall/fairness.ts';
import { availableHours, loadAfter, loadsOf } from '../../src/oncall/load.ts';
import { at, away, dayMs, era, facts, layer, schedule, worlds, type World } from './world.ts';

const plain = () => 'workday' as const;
const rota = schedule('s', [layer(['alma', 'beni', 'carmel'])]);
const start = at('2026-11-01T09:00+02:00');
const threeWeeks = { from: start, to: start + 21 * dayMs };

function shares(world: World, people: readonly string[] = ['alma', 'beni', 'carmel']) {
  const known = facts({ schedules: [rota], ...world });
  return fairness(known, people, threeWeeks, plain).people.map(({ person, load }) => `${person} ${load}`);
}

describe('load', () => {
  it('leaves the hours of hard windows out of the time in which somebody could be asked', () => {
    const windows = [
      away('alma', start, start + 7 * dayMs),
      away('alma', start + 6 * dayMs, start + 8 * dayMs),
      away('alma', start + 10 * dayMs, null, { effect: 'soft' }),
    ];
    expect(availableHours(facts({ schedules: [rota], windows }), 'alma', threeWeeks)).toBe(13 * 24);
  });

  it('does not make whoever has just come back the lightest of all', () => {
    const windows = [away('alma', start - 70 * dayMs, start + 7 * dayMs)];
    const span = { from: start - 70 * dayMs, to: start + 14 * dayMs };
    const loads = loadsOf(facts({ schedules: [rota], windows }), span, plain);
    const after = (person: string) => loadAfter(loads.get(person), 7 * 24);
    expect(loads.get('alma')?.points).toBe(0);
    expect(after('alma')).toBeGreaterThan(after('carmel'));
  });

  it('of everybody together is the burden of all shifts, in random worlds', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const span = { from: era.from, to: era.from + 14 * dayMs };
        const days = dayKindsOf(world.catalog);
        for (const { points, availableHours: hours } of loadsOf(world, span, days).values()) {
          // Nobody can carry more than twice the hours in which they could be asked.
          expect(points).toBeLessThanOrEqual(2 * hours + 1e-6);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('covers', () => {
  const windows = [away('alma', start, start + 2 * dayMs)];

  it('given and received are what the rotation and the roster differ in', () => {
    const ledger = coverLedger(facts({ schedules: [rota], windows }), threeWeeks, plain);
    const [given, received] = [ledger.get('beni')?.given, ledger.get('alma')?.received];
    expect(given).toBe(2 * 15 + 2 * 9 * 1.5);
    expect(received).toBe(given);
    expect(ledger.get('carmel')).toBeUndefined();
  });

  it('count as given where a swap did it too, and even out', () => {
    const overrides = [
      { kind: 'replace' as const, from: start, to: start + 7 * dayMs, person: 'beni', insteadOf: 'alma' },
      { kind: 'replace' as const, from: start + 7 * dayMs, to: start + 14 * dayMs, person: 'alma', insteadOf: 'beni' },
    ].map((override) => ({ schedule: 's', override }));
    const ledger = coverLedger(facts({ schedules: [rota], overrides }), threeWeeks, plain);
    for (const one of ['alma', 'beni']) expect(ledger.get(one)?.given).toBe(ledger.get(one)?.received);
  });

  it('were not received where nobody stood in', () => {
    const alone = schedule('s', [layer(['alma'])]);
    expect(coverLedger(facts({ schedules: [alone], windows }), threeWeeks, plain).size).toBe(0);
  });
});

describe('fairness', () => {
  it('calls equal turns an even share', () => {
    expect(shares({})).toEqual(['alma 1', 'beni 1', 'carmel 1']);
  });

  it('owes nothing for service: who was away and then did their part has an even share again', () => {
    // Alma is away for one week of three and carries nothing in it: what others carried more is theirs, not her debt.
    const windows = [away('alma', start, start + 7 * dayMs)];
    expect(shares({ windows })).toEqual(['beni 1.8', 'carmel 0.9', 'alma 0']);
    const lighter = [away('alma', start + 7 * dayMs, start + 14 * dayMs)];
    expect(shares({ windows: lighter })).toEqual(['alma 1.3', 'beni 0.9', 'carmel 0.9']);
  });

  it('shows nothing beside a name but load and covers given', () => {
    const windows = [away('alma', start, null)];
    const known = facts({ schedules: [rota], windows });
    const told = fairness(known, ['alma', 'beni', 'carmel'], threeWeeks, plain);
    for (const row of told.people) expect(Object.keys(row)).toEqual(['person', 'load', 'coversGiven']);
    // Somebody who is there and carries nothing looks the same as somebody who is away.
    const idle = fairness(
      facts({ schedules: [rota], people: ['alma', 'beni', 'carmel', 'dana'] }),
      ['dana'],
      threeWeeks,
      plain,
    );
    expect(told.people.find(({ person }) => person === 'alma')).toEqual({ person: 'alma', load: 0, coversGiven: 0 });
    expect(idle.people).toEqual([{ person: 'dana', load: 0, coversGiven: 0 }]);
  });

  it('leaves the others as they were when somebody goes for a day on which nothing changes for them', () => {
    const before = shares({}, ['beni', 'carmel']);
    const windows = [away('alma', start + 10 * dayMs, start + 11 * dayMs)];
    expect(shares({ windows }, ['beni', 'carmel'])).toEqual(before);
  });
});

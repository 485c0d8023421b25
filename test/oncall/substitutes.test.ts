import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available } from '../../src/oncall/available.ts';
import { dayKindsOf } from '../../src/oncall/workdays.ts';
import type { Policy, Service, Team } from '../../src/oncall/catalog.ts';
import { loadsOf, type Loads } from '../../src/oncall/load.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { shifts } from '../../src/oncall/shifts.ts';
import { substitutes } from '../../src/oncall/substitutes.ts';
import {
  at,
  away,
  crew,
  dayMs,
  facts,
  hourMs,
  instants,
  layer,
  person,
  schedule,
  worlds,
  type World,
} from './world.ts';

const start = at('2026-11-01T09:00+02:00');
const week = { from: start, to: start + 7 * dayMs };
const plain = () => 'workday' as const;
/** Two weeks between turns, so that everybody but the neighbour is rested. */
const rota = schedule('s', [layer(['alma', 'beni', 'carmel', 'dana'])]);

function ask(
  world: World,
  more: { loads?: Loads; seed?: string; span?: typeof week; catalog?: OnCallFacts['catalog'] } = {},
) {
  const known = facts({ schedules: [rota], ...world });
  return substitutes({ ...known, catalog: more.catalog ?? known.catalog }, 's', more.span ?? week, 'alma', {
    loads: more.loads ?? new Map(crew.map((id) => [id, { points: 100, availableHours: 1000 }])),
    dayKind: plain,
    seed: more.seed ?? 'seed',
  });
}

function names(...args: Parameters<typeof ask>): string[] {
  return ask(...args).map((one) => one.person);
}

function loads(points: Readonly<Record<string, number>>): Loads {
  return new Map(Object.entries(points).map(([id, own]) => [id, { points: own, availableHours: 1000 }]));
}

describe('substitutes', () => {
  it('are asked by load where nothing else tells them apart', () => {
    const even = { loads: loads({ beni: 1, carmel: 300, dana: 200, eitan: 0 }) };
    // Beni has the lightest load but begins a week of their own when this one ends.
    expect(names({}, even)).toEqual(['dana', 'carmel', 'beni']);
  });

  it('come from the schedule before others of its team', () => {
    const team: Team = { id: 't', members: ['alma', 'eitan'], lead: undefined };
    expect(names({ teams: [team] }).at(-1)).toBe('eitan');
    const policy: Policy = {
      id: 'p',
      pages: ['sev1'],
      ackTimeoutMs: 1,
      repeat: 0,
      steps: [{ notify: [{ kind: 'schedule', schedule: 's' }], waitMs: 1 }],
      lastResort: [],
    };
    const service: Service = {
      id: 'v',
      name: 'V',
      team: 'owners',
      policy: 'p',
      pagerduty: undefined,
      sloAvailability: undefined,
      revenuePerMinute: undefined,
      runbook: undefined,
    };
    // The team whose service pages the schedule counts, and not every team that Alma is in.
    const owners: Team = { id: 'owners', members: ['eitan'], lead: undefined };
    const choir: Team = { id: 'choir', members: ['alma', 'frida'], lead: undefined };
    const world = { teams: [owners, choir], policies: [policy], services: [service] };
    expect(names(world)).toEqual(expect.arrayContaining(['eitan']));
    expect(names(world)).not.toContain('frida');
  });

  it('leave out who cannot be asked, and ask softly available people last', () => {
    const windows = [away('dana', start - dayMs, null), away('carmel', start, null, { effect: 'soft' })];
    expect(names({ windows })).toEqual(['beni', 'carmel']);
  });

  it('prefer who is there for the whole of it, and still know who is there for a part', () => {
    const windows = [away('carmel', start + 3 * dayMs, null)];
    expect(names({ windows }, { loads: loads({ beni: 900, carmel: 1, dana: 500 }) })).toEqual([
      'dana',
      'beni',
      'carmel',
    ]);
  });

  it('prefer who has rested for twelve hours, at whatever schedule they were on duty', () => {
    const other = schedule('other', [layer(['dana', 'eitan'], { every: { unit: 'weeks', count: 52 } })]);
    const rested = ask({ schedules: [rota, other] }, { loads: loads({ carmel: 900, dana: 1, beni: 1 }) });
    expect(rested.map((one) => one.person)[0]).toBe('carmel');
    expect(rested.find((one) => one.person === 'dana')?.why).not.toContain('rested');
  });

  it('do not count standing in for this absence as duty of their own', () => {
    const windows = [away('alma', start, null)];
    const known = facts({ schedules: [rota], windows });
    expect(shifts(known, 's', start, week.to).map((shift) => shift.person)).toEqual(['beni']);
    expect(names({ windows })).toContain('beni');
  });

  it('prefer who has day when it begins, on their own clock', () => {
    const known = facts({ schedules: [rota] });
    const people = { ...known.catalog.people, dana: person('dana', { timezone: 'America/New_York' }) };
    const catalog = { ...known.catalog, people };
    const noon = { from: start, to: start + hourMs };
    expect(names({}, { catalog, span: noon, loads: loads({ beni: 950, carmel: 900, dana: 1 }) })).toEqual([
      'carmel',
      'beni',
      'dana',
    ]);
  });

  it('leave out who is on duty there anyway, and who has been asked', () => {
    const overrides = [{ schedule: 's', override: { kind: 'add' as const, ...week, person: 'dana' } }];
    expect(names({ overrides })).toEqual(['carmel', 'beni']);
    const known = facts({ schedules: [rota] });
    const context = { loads: new Map(), dayKind: plain, seed: 's', notAgain: ['carmel'] };
    expect(substitutes(known, 's', week, 'alma', context).map((one) => one.person)).not.toContain('carmel');
  });

  it('say only what speaks for them', () => {
    const windows = [away('dana', start - dayMs, null), away('beni', start, null, { effect: 'soft' })];
    expect(ask({ windows }, { loads: loads({ carmel: 5, beni: 50 }) })).toEqual([
      {
        person: 'carmel',
        availability: 'yes',
        canTakeWhole: true,
        why: ['same_schedule', 'rested', 'local_day', 'lightest_load'],
      },
      { person: 'beni', availability: 'last', canTakeWhole: true, why: ['same_schedule', 'local_day'] },
    ]);
  });

  it('take turns in ties, and give the same seed the same answer', () => {
    const seeds = Array.from({ length: 60 }, (_, index) => `handover:w${index}:s:${start}`);
    const first = seeds.map((seed) => names({}, { seed })[0]);
    expect(seeds.map((seed) => names({}, { seed })[0])).toEqual(first);
    const danas = first.filter((one) => one === 'dana').length;
    expect(danas).toBeGreaterThan(15);
    expect(danas).toBeLessThan(45);
  });

  it('never name the absent person, nor anybody who cannot be asked when it begins, in random worlds', () => {
    fc.assert(
      fc.property(worlds, instants, fc.constantFrom(...crew), (world, from, absent) => {
        const span = { from, to: from + dayMs };
        const days = dayKindsOf(world.catalog);
        const loaded = loadsOf(world, { from: from - 7 * dayMs, to: from }, days);
        const found = substitutes(world, 's', span, absent, { loads: loaded, dayKind: days, seed: 'x' });
        for (const one of found) {
          expect(one.person).not.toBe(absent);
          expect(available(world, one.person, from, 'sev1').state).not.toBe('no');
        }
        expect(new Set(found.map((one) => one.person)).size).toBe(found.length);
      }),
      { numRuns: 100 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Catalog, Layer, Override } from '../../src/oncall/catalog.ts';
import { continued, pastHorizonMs } from '../../src/oncall/continuity.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { isInCatalog, scheduleIds } from '../../src/oncall/past.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { shifts } from '../../src/oncall/shifts.ts';
import {
  at,
  crew,
  dayMs,
  era,
  facts,
  hourMs,
  instants,
  layer,
  layers,
  overrides,
  person,
  schedule,
  worlds,
} from './world.ts';

/** A week each from Sunday 1 November 09:00; Alma's first turn ends on the 8th. */
const weekly = (...participants: readonly string[]) => layer(participants);
const monday = at('2026-11-02T10:00+02:00');
const sunday = at('2026-11-08T09:00+02:00');

function catalogOf(layersOf: readonly Layer[], more: Parameters<typeof schedule>[2] = {}): Catalog {
  return facts({ people: crew, schedules: [schedule('s', layersOf, more)] }).catalog;
}

function who(catalog: Catalog, atMs: number, id = 's'): string | null | undefined {
  return onDuty({ catalog, windows: [], overrides: [] }, id, atMs, 'sev1')[0]?.person;
}

/** Who has the turns that begin with the one at `from`, a week each. */
function weeks(catalog: Catalog, count: number, from = monday) {
  return Array.from({ length: count }, (_, week) => who(catalog, from + week * 7 * dayMs));
}

describe('participants that are changed in the middle of a turn', () => {
  const before = catalogOf([weekly('alma', 'beni', 'carmel')]);
  const edited = (...participants: readonly string[]) =>
    continued(before, catalogOf([weekly(...participants)]), monday);

  it.each([
    {
      change: 'somebody joins in front',
      to: ['dana', 'alma', 'beni', 'carmel'],
      turns: ['alma', 'beni', 'carmel', 'dana'],
    },
    {
      change: 'somebody joins at the end',
      to: ['alma', 'beni', 'carmel', 'dana'],
      turns: ['alma', 'beni', 'carmel', 'dana'],
    },
    { change: 'somebody else leaves', to: ['alma', 'carmel'], turns: ['alma', 'carmel', 'alma', 'carmel'] },
    { change: 'the order is turned round', to: ['carmel', 'beni', 'alma'], turns: ['alma', 'carmel', 'beni', 'alma'] },
    { change: 'all others are exchanged', to: ['dana', 'alma', 'eitan'], turns: ['alma', 'eitan', 'dana', 'alma'] },
    {
      change: 'the list is turned on the wheel',
      to: ['beni', 'carmel', 'alma'],
      turns: ['alma', 'beni', 'carmel', 'alma'],
    },
  ])('leave whoever is on duty until their hand-off when $change', ({ to, turns }) => {
    const after = edited(...to);
    expect(weeks(after, 4)).toEqual(turns);
    expect([who(after, sunday - 1), who(after, sunday)]).toEqual(turns.slice(0, 2));
  });

  it.each([
    { change: 'nobody in their place', to: ['beni', 'carmel'], turns: ['beni', 'carmel', 'beni'] },
    { change: 'somebody new in their place', to: ['dana', 'beni', 'carmel'], turns: ['beni', 'carmel', 'dana'] },
    { change: 'all new people', to: ['dana', 'eitan'], turns: ['dana', 'eitan', 'dana'] },
  ])('hand over now when whoever is on duty is removed, with $change', ({ to, turns }) => {
    const after = edited(...to);
    expect(who(after, monday - 1)).toBe('alma');
    expect(weeks(after, 3)).toEqual(turns);
  });

  it('tell two turns of one person apart by who comes next', () => {
    const twice = catalogOf([weekly('alma', 'beni', 'alma', 'carmel')]);
    const thirdWeek = monday + 14 * dayMs;
    expect(who(twice, thirdWeek)).toBe('alma');
    const after = continued(twice, catalogOf([weekly('alma', 'beni', 'alma', 'carmel', 'dana')]), thirdWeek);
    expect(weeks(after, 4, thirdWeek)).toEqual(['alma', 'carmel', 'dana', 'alma']);
  });

  it('go by the file when the grid changes too, or has not begun', () => {
    const later = { ...weekly('beni', 'alma'), start: '2026-11-01T10:00' };
    expect(who(continued(before, catalogOf([later]), monday), monday)).toBe('beni');
    const early = at('2026-10-25T10:00+02:00');
    expect(who(continued(before, catalogOf([weekly('carmel', 'alma')]), early), monday)).toBe('carmel');
  });

  it('follow the people and not the place when layers with one grid change places', () => {
    const two = catalogOf([weekly('dana', 'eitan'), weekly('alma', 'beni')]);
    const nextMonday = monday + 7 * dayMs;
    const swapped = continued(two, catalogOf([weekly('beni', 'alma'), weekly('eitan', 'dana')]), nextMonday);
    expect(swapped.schedules['s']?.layers.map(({ participants }) => participants)).toEqual([
      ['alma', 'beni'],
      ['dana', 'eitan'],
    ]);
  });
});

describe('what was', () => {
  it('stays as it was when the file is edited backwards', () => {
    const cover: Override = {
      kind: 'replace',
      from: monday - 2 * hourMs,
      to: monday + dayMs,
      person: 'beni',
      insteadOf: 'alma',
    };
    const before = catalogOf([weekly('alma', 'beni')], { overrides: [cover] });
    const after = continued(before, catalogOf([{ ...weekly('dana'), start: '2026-10-01T09:00' }]), monday);
    expect([who(after, monday - 3 * hourMs), who(after, monday - 1), who(after, monday)]).toEqual([
      'alma',
      'beni',
      'dana',
    ]);
    const invented: Override = { kind: 'only', from: monday - dayMs, to: monday + hourMs, person: 'eitan' };
    const again = continued(after, catalogOf([weekly('dana')], { overrides: [invented] }), monday + 1);
    expect([who(again, monday - 1), who(again, monday), who(again, monday + 1)]).toEqual(['beni', 'dana', 'eitan']);
  });

  it('stays as it was when schedules come and go, and when people do', () => {
    const before = catalogOf([weekly('alma')]);
    const gone = facts({ people: ['dana'], schedules: [schedule('new', [weekly('dana')])] }).catalog;
    const after = continued(before, gone, monday);
    expect([who(after, monday - 1), who(after, monday)]).toEqual(['alma', null]);
    expect([who(after, monday - 1, 'new'), who(after, monday, 'new')]).toEqual([null, 'dana']);
    expect([isInCatalog(after, 'alma', monday - 1), isInCatalog(after, 'alma', monday)]).toEqual([true, false]);
    const back = continued(after, before, monday + 9);
    expect([8, 9].map((later) => who(back, monday + later))).toEqual([null, 'alma']);
    expect([-1, 0, 8, 9].map((later) => isInCatalog(back, 'alma', monday + later))).toEqual([true, false, false, true]);
  });

  it('is cut into shifts where the catalog changed', () => {
    const before = catalogOf([weekly('alma')]);
    const catalog = continued(before, catalogOf([{ ...weekly('dana'), every: { unit: 'days', count: 1 } }]), monday);
    const found = shifts({ catalog, windows: [], overrides: [] }, 's', monday - hourMs, monday + hourMs);
    expect(found.map(({ person: one, start, end }) => [one, start - monday, end - monday])).toEqual([
      ['alma', -hourMs, 0],
      ['dana', 0, hourMs],
    ]);
  });

  it('takes no room when nothing of it changes, and is not told by what lies ahead', () => {
    const before = catalogOf([weekly('alma', 'beni')]);
    expect(continued(before, before, monday)).toEqual(before);
    expect(continued(undefined, before, monday)).toEqual(before);
    const ahead: Override = { kind: 'add', from: monday, to: monday + dayMs, person: 'dana' };
    expect(continued(before, catalogOf([weekly('alma', 'beni')], { overrides: [ahead] }), monday).past).toBeUndefined();
    const wheel = catalogOf([weekly('beni', 'alma')]);
    expect(continued(before, wheel, monday)).toEqual(before);
  });

  it('is not known for longer than thirteen months: then it was nobody, rather than somebody of a later plan', () => {
    const first = continued(catalogOf([weekly('alma')]), catalogOf([weekly('beni')]), monday);
    const second = continued(first, catalogOf([weekly('carmel')]), monday + dayMs);
    const later = monday + pastHorizonMs + hourMs;
    const third = continued(second, catalogOf([weekly('dana')]), later);
    expect([monday - 1, monday, monday + dayMs, later - 1, later].map((instant) => who(third, instant))).toEqual([
      null,
      'beni',
      'carmel',
      'carmel',
      'dana',
    ]);
    const fourth = continued(third, third, later + 2 * dayMs);
    expect(fourth.past?.schedules['s']).toHaveLength(2);
  });
});

/** A file as a person would leave it: other participants, layers, overrides, zones; people and schedules come and go. */
const files = fc
  .record({
    world: worlds,
    people: fc.subarray([...crew], { minLength: 1 }),
    isThere: fc.boolean(),
    extra: fc.option(layers),
    declared: fc.array(overrides, { maxLength: 2 }),
  })
  .map(({ world, people, isThere, extra, declared }): Catalog => {
    const { s } = world.catalog.schedules;
    const schedules = {
      ...(s === undefined || !isThere ? {} : { s }),
      ...(extra === null ? {} : { t: schedule('t', [extra], { overrides: declared }) }),
    };
    return { ...world.catalog, people: Object.fromEntries(people.map((id) => [id, person(id)])), schedules };
  });

/** The same grids with other people in them. */
const reshuffled = (catalog: Catalog) =>
  fc
    .array(fc.array(fc.constantFrom(...crew), { minLength: 1, maxLength: 5 }), { minLength: 3, maxLength: 3 })
    .map((lists): Catalog => ({
      ...catalog,
      schedules: Object.fromEntries(
        Object.entries(catalog.schedules).map(([id, each]) => [
          id,
          {
            ...each,
            layers: each.layers.map((one, index) => ({ ...one, participants: lists[index] ?? one.participants })),
          },
        ]),
      ),
    }));

describe('applying any catalog at any time', () => {
  it('never changes an answer about an instant before', () => {
    fc.assert(
      fc.property(
        worlds,
        fc.array(fc.tuple(files, instants), { minLength: 1, maxLength: 4 }),
        fc.array(instants, { minLength: 1, maxLength: 8 }),
        (world, edits, asked) => {
          let now: OnCallFacts = world;
          for (const [file, time] of edits.toSorted(([, a], [, b]) => a - b)) {
            const then: OnCallFacts = { ...now, catalog: continued(now.catalog, file, time) };
            for (const id of scheduleIds(then.catalog)) {
              for (const instant of [...asked.filter((each) => each < time), time - 1])
                expect(onDuty(then, id, instant, 'sev1')).toEqual(onDuty(now, id, instant, 'sev1'));
              expect(shifts(then, id, era.from, time)).toEqual(shifts(now, id, era.from, time));
            }
            now = then;
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('says in shifts what it says at every instant, across any number of edits', () => {
    fc.assert(
      fc.property(worlds, fc.array(fc.tuple(files, instants), { maxLength: 3 }), instants, (world, edits, instant) => {
        const inOrder = edits.toSorted(([, a], [, b]) => a - b);
        const catalog = inOrder.reduce((held, [file, time]) => continued(held, file, time), world.catalog);
        const all = { ...world, catalog };
        const named = shifts(all, 's', era.from, era.to + 1).filter(
          ({ start, end }) => start <= instant && instant < end,
        );
        const asked = onDuty(all, 's', instant, 'sev1');
        const people = (of: readonly { readonly person: string | null }[]) => new Set(of.map((each) => each.person));
        expect(people(named)).toEqual(people(asked));
      }),
      { numRuns: 100 },
    );
  });

  it('leaves whoever has a turn in it when they are still in the list, and changes nothing the second time', () => {
    const edits = worlds.chain((world) => fc.tuple(fc.constant(world.catalog), reshuffled(world.catalog), instants));
    fc.assert(
      fc.property(edits, fc.nat(40 * 24), ([before, file, now], hours) => {
        const after = continued(before, file, now);
        expect(continued(after, file, now + hours * hourMs)).toEqual(after);
        const { s: was } = before.schedules;
        const { s: is } = after.schedules;
        for (const [index, each] of (is?.layers ?? []).entries()) {
          const [one, other] = [was?.layers[index], each].map((single) =>
            single === undefined || was === undefined
              ? undefined
              : who({ ...before, schedules: { s: { ...was, layers: [single], overrides: [] } } }, now),
          );
          const isAlone = was?.layers.every(({ start }, n) => n === index || start !== each.start) ?? false;
          if (isAlone && one !== null && one !== undefined && each.participants.includes(one)) expect(other).toBe(one);
        }
      }),
    );
  });
});

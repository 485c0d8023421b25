import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { available } from '../../src/oncall/available.ts';
import { candidates } from '../../src/oncall/candidates.ts';
import type { Override, Target } from '../../src/oncall/catalog.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { absences, at, away, crew, facts, instants, layer, schedule, worlds, type World } from './world.ts';

const noon = at('2026-11-02T12:00+02:00');
const always = { from: 0, to: noon * 2 };
const rota = schedule('s', [layer(['alma', 'beni', 'carmel'])]);
const duty: Target = { kind: 'schedule', schedule: 's' };

function ask(world: World, target: Target = duty) {
  return candidates(facts({ people: crew, ...world }), target, noon, 'sev1');
}

function names(world: World, target: Target = duty) {
  return ask(world, target).inOrder.map(({ person, why }) => `${person} ${why}`);
}

const hard = (...people: readonly string[]) => people.map((person) => away(person, 0, null));
const soft = (...people: readonly string[]) => people.map((person) => away(person, 0, null, { effect: 'soft' }));

describe('a schedule', () => {
  it('names whoever is on duty', () => {
    expect(ask({ schedules: [rota] })).toEqual({
      inOrder: [{ person: 'alma', why: 'rotation', availability: 'yes', schedule: 's', insteadOf: undefined }],
      excluded: [],
      channels: [],
    });
  });

  it('names the next available participant for one who cannot, and who was passed over', () => {
    expect(ask({ schedules: [rota], windows: hard('alma', 'beni') })).toEqual({
      inOrder: [{ person: 'carmel', why: 'cover', availability: 'yes', schedule: 's', insteadOf: 'alma' }],
      excluded: [
        { person: 'alma', because: 'unavailable' },
        { person: 'beni', because: 'unavailable' },
      ],
      channels: [],
    });
  });

  it('goes round the participants, beginning after the absent one', () => {
    const third = schedule('s', [layer(['beni', 'carmel', 'alma'])], { overrides: [] });
    const atThird = candidates(
      facts({ schedules: [third], windows: hard('alma') }),
      duty,
      at('2026-11-16T12:00+02:00'),
      'sev1',
    );
    expect(atThird.inOrder.map(({ person }) => person)).toEqual(['beni']);
  });

  it('is nobody when nobody can', () => {
    expect(ask({ schedules: [rota], windows: hard('alma', 'beni', 'carmel') }).inOrder).toEqual([]);
  });

  it('keeps a softly available person on duty, as one to be asked last', () => {
    const [only] = ask({ schedules: [rota], windows: soft('alma') }).inOrder;
    expect(only).toMatchObject({ person: 'alma', why: 'rotation', availability: 'last' });
  });

  it('prefers a cover who is available to one who is softly so, and takes the latter before nobody', () => {
    expect(names({ schedules: [rota], windows: [...hard('alma'), ...soft('beni')] })).toEqual(['carmel cover']);
    expect(names({ schedules: [rota], windows: [...hard('alma', 'carmel'), ...soft('beni')] })).toEqual(['beni cover']);
  });

  it('lets the later layer win where it is active, and asks the layer below for a cover', () => {
    const twoLayers = schedule('s', [layer(['alma', 'beni']), layer(['dana'])]);
    expect(names({ schedules: [twoLayers] })).toEqual(['dana rotation']);
    expect(names({ schedules: [twoLayers], windows: hard('dana') })).toEqual(['alma cover']);
    expect(names({ schedules: [twoLayers], windows: hard('dana', 'alma') })).toEqual(['beni cover']);
  });

  it('gives way to an override, and covers an absent stand-in in the order of the one they stand in for', () => {
    const swapped = (person: string): Override => ({ ...always, kind: 'replace', person, insteadOf: 'alma' });
    const given = (person: string) => ({
      schedules: [rota],
      overrides: [{ schedule: 's', override: swapped(person) }],
    });
    expect(names(given('dana'))).toEqual(['dana override']);
    expect(names({ ...given('dana'), windows: hard('dana') })).toEqual(['beni cover']);
    expect(names({ ...given('beni'), windows: hard('beni') })).toEqual(['carmel cover']);
    expect(names({ ...given('beni'), windows: hard('beni', 'carmel') })).toEqual(['alma cover']);
  });

  it('puts what was made in Slack above what the catalog declares', () => {
    const declared = {
      ...rota,
      overrides: [{ ...always, kind: 'replace' as const, person: 'beni', insteadOf: 'alma' }],
    };
    const made = {
      schedule: 's',
      override: { ...always, kind: 'replace' as const, person: 'dana', insteadOf: 'alma' },
    };
    expect(names({ schedules: [declared], overrides: [made] })).toEqual(['dana override']);
    expect(names({ schedules: [declared], overrides: [{ ...made, schedule: 'other' }] })).toEqual(['beni override']);
  });

  it('names several people at once, each once, and gives two absent ones different covers', () => {
    const added = { schedule: 's', override: { ...always, kind: 'add' as const, person: 'dana' } };
    expect(names({ schedules: [rota], overrides: [added] })).toEqual(['alma rotation', 'dana override']);
    expect(names({ schedules: [rota], overrides: [added, added] })).toEqual(['alma rotation', 'dana override']);
    expect(names({ schedules: [rota], overrides: [added], windows: hard('alma', 'dana') })).toEqual([
      'beni cover',
      'carmel cover',
    ]);
  });

  it('is nobody in a cycle of overrides', () => {
    const cycle = ['alma', 'beni'].map((insteadOf) => ({
      schedule: 's',
      override: { ...always, kind: 'replace' as const, insteadOf, person: insteadOf === 'alma' ? 'beni' : 'alma' },
    }));
    expect(names({ schedules: [rota], overrides: cycle })).toEqual([]);
  });

  it('passes over people whom the catalog does not have', () => {
    expect(ask({ people: ['beni'], schedules: [rota] })).toMatchObject({
      inOrder: [{ person: 'beni', why: 'cover' }],
      excluded: [{ person: 'alma', because: 'not_in_catalog' }],
    });
  });

  it('that nobody declared has nobody, also when its name is a word of the language', () => {
    expect(names({}, { kind: 'schedule', schedule: 'constructor' })).toEqual([]);
    expect(names({}, { kind: 'team', team: 'toString' })).toEqual([]);
  });
});

describe('other targets', () => {
  it('are a person, if that person can', () => {
    const alma: Target = { kind: 'person', person: 'alma' };
    expect(names({}, alma)).toEqual(['alma direct']);
    expect(ask({ windows: hard('alma') }, alma)).toMatchObject({
      inOrder: [],
      excluded: [{ person: 'alma', because: 'unavailable' }],
    });
    expect(ask({}, { kind: 'person', person: 'zoe' }).excluded).toEqual([{ person: 'zoe', because: 'not_in_catalog' }]);
  });

  it('are all members of a team who can', () => {
    const team = { id: 't', members: ['alma', 'beni', 'carmel'], lead: undefined };
    const answer = ask({ teams: [team], windows: [...hard('beni'), ...soft('carmel')] }, { kind: 'team', team: 't' });
    expect(answer.inOrder.map(({ person, availability }) => [person, availability])).toEqual([
      ['alma', 'yes'],
      ['carmel', 'last'],
    ]);
    expect(answer.excluded).toEqual([{ person: 'beni', because: 'unavailable' }]);
  });

  it('are a channel, which has no people', () => {
    expect(ask({}, { kind: 'channel', channel: '#incidents' })).toEqual({
      inOrder: [],
      excluded: [],
      channels: ['#incidents'],
    });
  });
});

describe('in any world', () => {
  const targets: fc.Arbitrary<Target> = fc.oneof(
    fc.constant<Target>({ kind: 'schedule', schedule: 's' }),
    fc.constant<Target>({ kind: 'team', team: 't' }),
    fc.constantFrom(...crew).map((person): Target => ({ kind: 'person', person })),
  );

  it('nobody who is hard unavailable is ever a candidate, and nobody appears twice', () => {
    fc.assert(
      fc.property(
        worlds,
        targets,
        instants,
        fc.constantFrom('sev1' as const, 'sev3' as const),
        (given, target, atMs, severity) => {
          const { inOrder, excluded } = candidates(given, target, atMs, severity);
          for (const { person, availability } of inOrder) {
            expect(available(given, person, atMs, severity).state).toBe(availability);
            expect(excluded.map((other) => other.person)).not.toContain(person);
          }
          expect(new Set(inOrder.map(({ person }) => person)).size).toBe(inOrder.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('one more hard absence takes that person off and never puts them on', () => {
    fc.assert(
      fc.property(worlds, absences, instants, (given, absence, atMs) => {
        const hardened: OnCallFacts = {
          ...given,
          windows: [...given.windows, { ...absence, effect: 'hard', from: atMs, to: null }],
        };
        expect(candidates(hardened, duty, atMs, 'sev1').inOrder.map(({ person }) => person)).not.toContain(
          absence.person,
        );
      }),
      { numRuns: 300 },
    );
  });

  it('a schedule always has a row, and says nobody only when it has nobody', () => {
    fc.assert(
      fc.property(worlds, instants, (given, atMs) => {
        const rows = onDuty(given, 's', atMs, 'sev1');
        expect(rows.length).toBeGreaterThan(0);
        expect(rows.some(({ person }) => person === null)).toBe(
          rows.length === 1 && candidates(given, duty, atMs, 'sev1').inOrder.length === 0,
        );
      }),
      { numRuns: 300 },
    );
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Override } from '../../src/oncall/catalog.ts';
import { applyOverrides } from '../../src/oncall/overrides.ts';
import { crew, overrides } from './world.ts';

const span = { from: 0, to: 100 };
const replace = (insteadOf: string, person: string, when = span): Override => ({
  ...when,
  kind: 'replace',
  person,
  insteadOf,
});
const remove = (insteadOf: string, when = span): Override => ({ ...when, kind: 'remove', insteadOf });
const add = (person: string, when = span): Override => ({ ...when, kind: 'add', person });
const only = (person: string, when = span): Override => ({ ...when, kind: 'only', person });

function onDuty(base: string | undefined, list: readonly Override[], atMs = 50) {
  return applyOverrides(base, list, atMs).map(({ person }) => person);
}

describe('overrides', () => {
  it('leave the rotation as it is where none is active', () => {
    expect(applyOverrides('alma', [], 0)).toEqual([{ person: 'alma', why: 'rotation', takenOff: [] }]);
    expect(applyOverrides(undefined, [], 0)).toEqual([]);
  });

  it('are active from their first instant until just before their last', () => {
    const list = [replace('alma', 'beni', { from: 10, to: 20 })];
    expect([9, 10, 19, 20].map((atMs) => onDuty('alma', list, atMs)[0])).toEqual(['alma', 'beni', 'beni', 'alma']);
  });

  it('replace a person only while that person is on duty', () => {
    expect(onDuty('carmel', [replace('alma', 'beni')])).toEqual(['carmel']);
  });

  it('follow a chain of covers, in whatever order it was made', () => {
    expect(onDuty('alma', [replace('alma', 'beni'), replace('beni', 'carmel')])).toEqual(['carmel']);
    expect(onDuty('alma', [replace('beni', 'carmel'), replace('alma', 'beni')])).toEqual(['carmel']);
  });

  it('end in nobody where a chain comes back, and not in a guess', () => {
    expect(onDuty('alma', [replace('alma', 'beni'), replace('beni', 'alma')])).toEqual([undefined]);
    expect(onDuty('alma', [replace('alma', 'alma')])).toEqual([undefined]);
  });

  it('give way to the newest decision about the same person', () => {
    expect(onDuty('alma', [replace('alma', 'beni'), replace('alma', 'carmel')])).toEqual(['carmel']);
    expect(onDuty('alma', [replace('alma', 'carmel'), replace('alma', 'beni')])).toEqual(['beni']);
    expect(onDuty('alma', [remove('alma'), replace('alma', 'beni')])).toEqual(['beni']);
    expect(onDuty('alma', [replace('alma', 'beni'), remove('alma')])).toEqual([undefined]);
  });

  it('add somebody beside whoever is on duty', () => {
    expect(onDuty('alma', [add('beni')])).toEqual(['alma', 'beni']);
    expect(onDuty(undefined, [add('beni')])).toEqual(['beni']);
  });

  it('let a newer addition stand against an older replacement of the same person, but not the other way round', () => {
    expect(onDuty('alma', [replace('alma', 'beni'), add('alma')])).toEqual(['beni', 'alma']);
    expect(onDuty('carmel', [add('alma'), replace('alma', 'beni')])).toEqual(['carmel', 'beni']);
    expect(onDuty('carmel', [remove('alma'), add('alma')])).toEqual(['carmel', 'alma']);
  });

  it('put one person on alone, whatever was decided before', () => {
    expect(onDuty('alma', [add('beni'), replace('alma', 'carmel'), only('dana')])).toEqual(['dana']);
    expect(onDuty('alma', [replace('alma', 'beni'), only('alma')])).toEqual(['alma']);
    expect(onDuty('alma', [only('dana'), replace('dana', 'beni'), add('carmel')])).toEqual(['beni', 'carmel']);
  });

  it('tell whom they took off duty, in the order of the chain', () => {
    const [slot] = applyOverrides('alma', [replace('alma', 'beni'), replace('beni', 'carmel')], 50);
    expect(slot).toEqual({ person: 'carmel', why: 'override', takenOff: ['alma', 'beni'] });
  });

  it('never throw and never name anybody who was not named, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom(...crew), { nil: undefined }),
        fc.array(overrides, { maxLength: 12 }),
        (base, list) => {
          const whole = list.map((override) => ({ ...override, ...span }));
          const named = new Set([
            base,
            ...whole.flatMap((override) => (override.kind === 'remove' ? [] : [override.person])),
          ]);
          for (const person of onDuty(base, whole)) if (person !== undefined) expect(named).toContain(person);
        },
      ),
    );
  });
});

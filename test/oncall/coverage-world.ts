import * as fc from 'fast-check';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { crew, facts, histories, layers, overrides, schedule, zones } from './world.ts';

/** Several schedules over the same few people, with everything that may happen to them. */
export const companies: fc.Arbitrary<OnCallFacts> = fc
  .record({
    schedules: fc.array(
      fc.record({
        timezone: fc.constantFrom(...zones),
        layers: fc.array(layers, { minLength: 1, maxLength: 2 }),
        needed: fc.constantFrom(undefined, 1, 2),
        overrides: fc.array(overrides, { maxLength: 3 }),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    made: fc.array(fc.record({ schedule: fc.constantFrom('s0', 's1'), override: overrides }), { maxLength: 3 }),
    windows: fc.tuple(histories, histories).map((parts) => parts.flat()),
    unreadable: fc.subarray([...crew], { maxLength: 1 }),
  })
  .map(({ schedules, made, windows, unreadable }) => ({
    ...facts({
      people: crew,
      schedules: schedules.map(({ layers: declared, ...more }, index) => schedule(`s${index}`, declared, more)),
      windows,
      overrides: made,
    }),
    unreadable,
  }));

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadsOf } from '../../src/oncall/load.ts';
import { factsAround, peopleIn } from '../../src/oncall/near.ts';
import { shifts } from '../../src/oncall/shifts.ts';
import { dayMs } from '../../src/oncall/time.ts';
import { dayKindsOf } from '../../src/oncall/workdays.ts';
import { randomWorld } from '../support/random-world.ts';

describe('what lies around a schedule, in random worlds', () => {
  it('weighs everybody who could take a shift there as the whole would, and misses nobody who has duty', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        const { facts, instants } = randomWorld(seed);
        const [at = 0] = instants;
        const span = { from: at - 7 * dayMs, to: at + 7 * dayMs };
        const dayKind = dayKindsOf(facts.catalog);
        const whole = loadsOf(facts, span, dayKind);
        for (const schedule of Object.keys(facts.catalog.schedules)) {
          const people = peopleIn(facts, schedule);
          const around = loadsOf(factsAround(facts, people[0] ?? '', [schedule]), span, dayKind);
          for (const person of people) expect([person, around.get(person)]).toEqual([person, whole.get(person)]);
          const onDuty = shifts(facts, schedule, span.from, span.to).filter(({ why }) => why !== 'cover');
          for (const { person } of onDuty) expect([...people, null]).toContain(person);
        }
      }),
      { numRuns: 100 },
    );
  });
});

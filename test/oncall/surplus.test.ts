import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Demand } from '../../src/oncall/matching.ts';
import { surplusOf } from '../../src/oncall/surplus.ts';

const small = fc
  .integer({ min: 0, max: 10 })
  .chain((population) =>
    fc.record({
      population: fc.constant(population),
      demands: fc.array(
        fc.record({
          needed: fc.integer({ min: 1, max: 3 }),
          people: fc.subarray(Array.from({ length: population }, (_, person) => person)),
        }),
        { minLength: 1, maxLength: 6 },
      ),
    }),
  );

function spareOf(demands: readonly Demand[], chosen: readonly number[]): number {
  const people = new Set(chosen.flatMap((index) => demands[index]?.people ?? []));
  return people.size - chosen.reduce((sum, index) => sum + (demands[index]?.needed ?? 0), 0);
}

function subsets(count: number): number[][] {
  return Array.from({ length: 2 ** count - 1 }, (_, mask) =>
    Array.from({ length: count }, (_, index) => index).filter((index) => ((mask + 1) >> index) & 1),
  );
}

/** Whether every place is filled when some people have dropped out, by trying. */
function canFill(demands: readonly Demand[], gone: ReadonlySet<number>): boolean {
  const places = demands.flatMap(({ needed, people }) => Array.from({ length: needed }, () => people));
  const free = new Set(places.flat().filter((person) => !gone.has(person)));
  const fill = (place: number): boolean => {
    if (place === places.length) return true;
    return [...free].some((person) => {
      if (places[place]?.includes(person) !== true) return false;
      free.delete(person);
      const filled = fill(place + 1);
      free.add(person);
      return filled;
    });
  };
  return fill(0);
}

describe('the surplus of several schedules together', () => {
  it('is what enumeration of all sets says, and the set that explains it is tight and as small as any', () => {
    fc.assert(
      fc.property(small, ({ population, demands }) => {
        const answer = surplusOf(demands, population);
        const all = subsets(demands.length);
        const least = Math.min(...all.map((chosen) => spareOf(demands, chosen)));
        expect(answer?.surplus).toBe(least);
        const tight = answer?.tight ?? [];
        expect(spareOf(demands, tight)).toBe(least);
        const others = all.filter((chosen) => spareOf(demands, chosen) === least);
        expect(tight).toHaveLength(Math.min(...others.map((chosen) => chosen.length)));
      }),
      { numRuns: 1_500 },
    );
  });

  it('is how many may drop out, whoever they are', () => {
    fc.assert(
      fc.property(
        fc.record({
          demands: fc.array(
            fc.record({ needed: fc.constantFrom(1, 1, 2), people: fc.subarray([0, 1, 2, 3, 4, 5], { minLength: 3 }) }),
            { minLength: 1, maxLength: 3 },
          ),
        }),
        ({ demands }) => {
          const surplus = surplusOf(demands, 6)?.surplus ?? 0;
          const survives = (k: number) =>
            subsets(6)
              .filter((gone) => gone.length === k)
              .every((gone) => canFill(demands, new Set(gone)));
          if (surplus >= 1) expect(survives(surplus)).toBe(true);
          if (surplus >= 0 && surplus < 6) expect(survives(surplus + 1)).toBe(false);
          if (surplus < 0) expect(canFill(demands, new Set())).toBe(false);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('sees that two schedules rest on the same people, which neither shows alone', () => {
    const shared = [0, 1, 2];
    expect(
      surplusOf(
        [
          { needed: 1, people: shared },
          { needed: 1, people: shared },
          { needed: 1, people: [3, 4, 5, 6] },
        ],
        7,
      ),
    ).toEqual({ surplus: 1, tight: [0, 1] });
  });

  it('counts every place that stays empty', () => {
    expect(
      surplusOf(
        [
          { needed: 1, people: [] },
          { needed: 2, people: [0] },
          { needed: 1, people: [1, 2] },
        ],
        3,
      ),
    ).toEqual({ surplus: -2, tight: [0, 1] });
    expect(surplusOf([], 3)).toBeUndefined();
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Demand } from '../../src/oncall/matching.ts';
import { surplusOf, tightSets } from '../../src/oncall/surplus.ts';

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

  it('names each problem by itself: every set below the target that owes it to nothing smaller', () => {
    const [a, b, c, d, e, f] = [[0, 1], [0, 1], [2, 3, 4], [2, 3, 4], [5], [6, 7, 8, 9]];
    const demands = [a, b, c, d, e, f].map((people) => ({ needed: 1, people: people ?? [] }));
    expect(tightSets(demands, 10, 2)).toEqual([
      { surplus: 0, tight: [0, 1] },
      { surplus: 1, tight: [2, 3] },
      { surplus: 0, tight: [4] },
    ]);
    const without = demands.map(({ needed, people }) => ({
      needed,
      people: people.filter((who) => who !== 1 && who !== 5),
    }));
    expect(tightSets(without, 10, 2)).toEqual([
      { surplus: -1, tight: [0, 1] },
      { surplus: -1, tight: [4] },
      { surplus: 1, tight: [2, 3] },
    ]);
  });

  it('names sets that are as tight as they say, the worst among them, and none within another that explains it', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 3 }), ({ population, demands }, k) => {
        const sets = tightSets(demands, population, k);
        for (const { surplus, tight } of sets) {
          expect(spareOf(demands, tight)).toBe(surplus);
          expect(surplus).toBeLessThan(k);
          const within = subsets(demands.length).filter(
            (chosen) => chosen.length < tight.length && chosen.every((index) => tight.includes(index)),
          );
          for (const chosen of within) expect(spareOf(demands, chosen)).toBeGreaterThan(surplus);
        }
        const worst = surplusOf(demands, population)?.surplus ?? 0;
        expect(sets.length === 0).toBe(worst >= k);
        const lacking = sets.filter(({ surplus }) => surplus < 0);
        if (worst < 0) expect(lacking.reduce((sum, { surplus }) => sum + surplus, 0)).toBe(worst);
        else if (worst < k) expect(Math.min(...sets.map(({ surplus }) => surplus))).toBe(worst);
      }),
      { numRuns: 1_000 },
    );
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

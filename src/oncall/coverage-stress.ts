import type { PersonId } from './catalog.ts';
import type { Need } from './coverage-demand.ts';
import { surplusOf } from './surplus.ts';

/**
 * What is left of those who could serve when the k people go whose loss hurts most. Each goes from the set that everything
 * hangs on, so that the surplus falls by one with each, which is the most that anybody's going can do; among them
 * whoever serves the most schedules, then the first in order.
 */
export function withoutTheWorst(needs: readonly Need[], people: readonly PersonId[], k: number): readonly Need[] {
  let left = needs;
  for (let gone = 0; gone < k; gone += 1) {
    const worst = worstOf(left, people.length);
    if (worst === undefined) return left;
    left = left.map((need) => ({ ...need, people: need.people.filter((person) => person !== worst) }));
  }
  return left;
}

function worstOf(needs: readonly Need[], population: number): number | undefined {
  const tight = new Set(surplusOf(needs, population)?.tight);
  const pool = [...tight].flatMap((index) => needs[index]?.people ?? []);
  // Where nobody is left in the tight set, the next worst is somebody on whom the rest hangs.
  if (tight.size > 0 && pool.length === 0) {
    return worstOf(
      needs.filter((_, index) => !tight.has(index)),
      population,
    );
  }
  const serves = new Map<number, number>();
  for (const { people } of needs) for (const person of people) serves.set(person, (serves.get(person) ?? 0) + 1);
  let worst: number | undefined;
  for (const person of pool) {
    const [more, most] = [serves.get(person) ?? 0, worst === undefined ? -1 : (serves.get(worst) ?? 0)];
    if (more > most || (more === most && worst !== undefined && person < worst)) worst = person;
  }
  return worst;
}

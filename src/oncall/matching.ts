/** How many people something needs, and who could be one of them: indices into a population. */
export interface Demand {
  readonly needed: number;
  readonly people: readonly number[];
}

/**
 * People given to demands, one person to at most one of them. Kuhn's algorithm: a demand that finds no free person asks
 * those who have one whether they can do with another.
 */
export interface Matching {
  /** Gives demand `index` one person more if that is possible without taking one from anybody for good. */
  fill(index: number): boolean;
  /** Who serves what just now, for `restore`. */
  save(): Int32Array;
  /** As it was when it was saved, whatever was tried since. */
  restore(saved: Int32Array): void;
  /**
   * Every demand that would have to give something up for demand `index` to get one more, itself included. Meant for one
   * that cannot: these demands then use up everybody who could serve any of them.
   */
  entangledWith(index: number): readonly number[];
}

const nobody = -1;

/** An empty matching over people 0 … population − 1. */
export function emptyMatching(demands: readonly Demand[], population: number): Matching {
  const holder = new Int32Array(population).fill(nobody);
  const asked = new Int32Array(demands.length).fill(nobody);
  let question = 0;

  function give(index: number): boolean {
    asked[index] = question;
    const people = demands[index]?.people ?? [];
    for (const person of people) {
      if (holder[person] === nobody) {
        holder[person] = index;
        return true;
      }
    }
    for (const person of people) {
      const other = holder[person] ?? nobody;
      if (asked[other] === question || !give(other)) continue;
      holder[person] = index;
      return true;
    }
    return false;
  }

  return {
    fill(index) {
      question += 1;
      return give(index);
    },
    save: () => holder.slice(),
    restore: (saved) => holder.set(saved),
    entangledWith(index) {
      const reached = new Set([index]);
      for (const demand of reached) {
        for (const person of demands[demand]?.people ?? []) {
          const other = holder[person] ?? nobody;
          if (other !== nobody) reached.add(other);
        }
      }
      return [...reached];
    },
  };
}

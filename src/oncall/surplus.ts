import { type Demand, emptyMatching, type Matching } from './matching.ts';

export interface Surplus {
  /**
   * How many people may drop out, whoever they are, before not all demands can be met at once; negative when so many
   * places stay empty as it is.
   */
  readonly surplus: number;
  /** The fewest demands that explain it: everybody who can serve any of them, less what they need, is the surplus. */
  readonly tight: readonly number[];
}

/**
 * The surplus of several demands over shared people: the least of |who can serve X| − |what X needs| over all sets X of
 * demands (Hall's condition). By Lovász and Plummer it is at least k exactly when all demands can be met although any one
 * of them asks for k people more, which a matching answers. Undefined when nothing is demanded.
 */
export function surplusOf(demands: readonly Demand[], population: number): Surplus | undefined {
  if (demands.length === 0) return undefined;
  const base = emptyMatching(demands, population);
  const lacking = demands.flatMap(({ needed }, index) => {
    let missing = 0;
    for (let place = 0; place < needed; place += 1) if (!base.fill(index)) missing += 1;
    return missing > 0 ? [{ index, missing }] : [];
  });
  if (lacking.length === 0) return spareOf(demands, base);
  const tight = new Set(lacking.flatMap(({ index }) => base.entangledWith(index)));
  return { surplus: -lacking.reduce((sum, { missing }) => sum + missing, 0), tight: inOrder(tight) };
}

/** The surplus once everything is met: how many more each demand could be given. */
function spareOf(demands: readonly Demand[], matching: Matching): Surplus {
  const met = matching.save();
  // Those that are short by themselves come first: what they find bounds how far the others are tried.
  const order = demands
    .map(({ needed, people }, index) => ({ index, depth: people.length - needed }))
    .toSorted((a, b) => a.depth - b.depth || a.index - b.index);
  let best: Surplus | undefined;
  for (const { index } of order) {
    matching.restore(met);
    let spare = 0;
    while (spare <= (best?.surplus ?? Infinity) && matching.fill(index)) spare += 1;
    if (best !== undefined && spare > best.surplus) continue;
    const tight = inOrder(matching.entangledWith(index));
    if (best === undefined || spare < best.surplus || isSimpler(tight, best.tight)) best = { surplus: spare, tight };
  }
  return best ?? { surplus: 0, tight: [] };
}

/** Fewer demands explain better; among equals the first in order, so that the same question has the same answer. */
function isSimpler(tight: readonly number[], than: readonly number[]): boolean {
  if (tight.length !== than.length) return tight.length < than.length;
  const at = tight.findIndex((index, place) => index !== than[place]);
  return at >= 0 && (tight[at] ?? 0) < (than[at] ?? 0);
}

function inOrder(indices: Iterable<number>): number[] {
  return [...indices].toSorted((a, b) => a - b);
}

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
  const { matching, lacking } = filled(demands, population);
  if (lacking.length === 0) return spareOf(demands, matching);
  const tight = new Set(lacking.flatMap(({ index }) => matching.entangledWith(index)));
  return { surplus: -lacking.reduce((sum, { missing }) => sum + missing, 0), tight: inOrder(tight) };
}

/**
 * Every set of demands that has fewer than k people to spare and owes that to nothing smaller: where `surplusOf` names the
 * worst, this names each problem by itself. Those that are lacking come first, then in order.
 */
export function tightSets(demands: readonly Demand[], population: number, k: number): readonly Surplus[] {
  const { matching, lacking } = filled(demands, population);
  const found = lackingSets(lacking, matching);
  const used = new Set(found.flatMap(({ tight }) => tight));
  const met = matching.save();
  for (const index of demands.keys()) {
    if (used.has(index)) continue;
    matching.restore(met);
    let spare = 0;
    while (spare < k && matching.fill(index)) spare += 1;
    if (spare >= k) continue;
    const tight = matching.entangledWith(index);
    // People of those who lack are used up: what hangs on them is explained by them.
    if (!tight.some((each) => used.has(each))) found.push({ surplus: spare, tight: inOrder(tight) });
  }
  return found.filter((set, at) => !found.some((other, place) => explains(other, set, place < at)));
}

interface Lacking {
  readonly index: number;
  readonly missing: number;
}

/** As many places filled as can be, and what then lacks how many. */
function filled(demands: readonly Demand[], population: number): { matching: Matching; lacking: readonly Lacking[] } {
  const matching = emptyMatching(demands, population);
  const lacking = demands.flatMap(({ needed }, index) => {
    let missing = 0;
    for (let place = 0; place < needed; place += 1) if (!matching.fill(index)) missing += 1;
    return missing > 0 ? [{ index, missing }] : [];
  });
  return { matching, lacking };
}

/** Those that lack people, together where they hang on the same ones. */
function lackingSets(lacking: readonly Lacking[], matching: Matching): Surplus[] {
  let sets: Surplus[] = [];
  for (const { index, missing } of lacking) {
    const tight = matching.entangledWith(index);
    const same = sets.filter((set) => set.tight.some((each) => tight.includes(each)));
    const joined = new Set([...tight, ...same.flatMap((set) => set.tight)]);
    const surplus = same.reduce((sum, set) => sum + set.surplus, -missing);
    sets = [...sets.filter((set) => !same.includes(set)), { surplus, tight: inOrder(joined) }];
  }
  return sets;
}

/** Whether the other set is part of this one and no less tight; of two equal ones the first stays. */
function explains(other: Surplus, set: Surplus, isEarlier: boolean): boolean {
  if (other === set || other.surplus > set.surplus || other.tight.length > set.tight.length) return false;
  if (!other.tight.every((index) => set.tight.includes(index))) return false;
  return other.tight.length < set.tight.length || isEarlier;
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

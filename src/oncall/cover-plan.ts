import type { PersonId, ScheduleId } from './catalog.ts';
import {
  type Choice,
  compareCosts,
  type Cost,
  type CoverPiece,
  planBoard,
  type PlanBoard,
  type PlanFairness,
} from './cover-plan-board.ts';
import type { HollowShift } from './hollow-shifts.ts';
import type { Span } from './layer-windows.ts';
import type { OnCallFacts } from './resolver.ts';

/** One person for one span. Proposed, never imposed: it becomes an override by their consent. */
export interface PlannedCover extends Span {
  readonly schedule: ScheduleId;
  readonly insteadOf: PersonId | null;
  readonly person: PersonId;
  /** What speaks for them or is to be known before they agree; never what keeps others from it. */
  readonly why: readonly CoverReason[];
}

export type CoverReason = 'from_team' | 'lightest_load' | 'rested' | 'only_one' | 'little_rest' | 'over_a_third';

export interface UnfilledShift extends HollowShift {
  /** `nobody_left`: nobody of the schedule can be asked all that time. `all_on_duty`: who can is on duty elsewhere then. */
  readonly because: 'nobody_left' | 'all_on_duty';
}

export interface CoverPlan {
  /** By start, then schedule. */
  readonly covers: readonly PlannedCover[];
  readonly unfilled: readonly UnfilledShift[];
  /**
   * Who would carry more than a quarter above their norm: coverage cannot be fair then, whoever plans it. Hiring, merging
   * rotations or a lower level of service help, a cleverer plan does not. By person.
   */
  readonly overloaded: readonly Overload[];
}

export interface Overload {
  readonly person: PersonId;
  /** Load after the plan, of the norm: 1.4 is forty percent above. */
  readonly ofNorm: number;
}

/** More above the norm than this is not asked of anybody without saying so. */
export const loadCap = 1.25;

/**
 * Who could take which hollow shift. Whoever is eligible for the schedule, there for the whole of it and on duty nowhere
 * else; with twelve hours of rest to either side and no more than one week in three wherever somebody else makes that
 * possible; then so that the sum of load² / target over all people is least. Shifts longer than a week are
 * given out by weeks, and shorter where nobody has the time for a whole one. Greedy, then better by moves and swaps until none
 * helps: the optimum for shifts that weigh the same, and within some percent of it for others.
 */
export function coverPlan(facts: OnCallFacts, hollow: readonly HollowShift[], fairness: PlanFairness): CoverPlan {
  const board = planBoard(facts, hollow, fairness);
  // Whoever has the fewest to choose from chooses first; the heavy before the light.
  const order = board.pieces
    .filter((piece) => piece.choices.size > 0)
    .toSorted((a, b) => a.choices.size - b.choices.size || b.to - b.from - (a.to - a.from) || a.index - b.index);
  for (const piece of order) board.assign(piece, bestChoice(board, piece));
  improve(board, order);
  const covers = joined(board.pieces.flatMap((piece) => plannedCover(board, piece)));
  return {
    covers,
    unfilled: together(board.pieces.flatMap((piece) => unfilledShift(board, piece))),
    overloaded: overloaded(board, new Set(covers.map(({ person }) => person)), fairness),
  };
}

function unfilledShift(board: PlanBoard, piece: CoverPiece): UnfilledShift[] {
  if (board.holderOf(piece) !== undefined) return [];
  const { schedule, from, to, insteadOf } = piece;
  return [{ schedule, from, to, insteadOf, because: piece.isAnybodyThere ? 'all_on_duty' : 'nobody_left' }];
}

/** Neighbouring parts of a shift that nobody can take, for the same cause, are one. */
function together(parts: readonly UnfilledShift[]): readonly UnfilledShift[] {
  const result: UnfilledShift[] = [];
  for (const part of parts) {
    const at = result.findIndex(
      (earlier) =>
        earlier.to === part.from &&
        earlier.schedule === part.schedule &&
        earlier.insteadOf === part.insteadOf &&
        earlier.because === part.because,
    );
    const earlier = result[at];
    if (earlier === undefined) result.push(part);
    else result.splice(at, 1, { ...earlier, to: part.to });
  }
  return result;
}

function bestChoice(board: PlanBoard, piece: CoverPiece): Choice | undefined {
  let best: { readonly choice: Choice; readonly cost: Cost } | undefined;
  for (const choice of piece.choices.values()) {
    if (!board.isFree(piece, choice)) continue;
    const cost = board.costOf(piece, choice);
    if (best === undefined || compareCosts(cost, best.cost) < 0) best = { choice, cost };
  }
  return best?.choice;
}

/** Less than this is rounding, and moving for it would never end. */
const tolerance = 1e-9;
/** Far more passes than were ever needed: an end, whatever the numbers are. */
const mostPasses = 30;

/** Moves shifts to whoever carries them more easily until that helps no more, then lets people change shifts, and again. */
function improve(board: PlanBoard, pieces: readonly CoverPiece[]): void {
  const bySchedule = [...Map.groupBy(pieces, ({ schedule }) => schedule).values()];
  // Only whose load or time has changed can make another choice better than it was.
  let changed: ReadonlySet<PersonId> | undefined;
  for (let pass = 0; pass < mostPasses; pass += 1) {
    const moved = new Set<PersonId>();
    for (const piece of pieces) {
      if (changed === undefined || hasAny(piece, changed)) moveOne(board, piece, moved);
    }
    if (moved.size === 0) for (const own of bySchedule) swapWithin(board, own, moved);
    if (moved.size === 0) return;
    changed = moved;
  }
}

function hasAny({ choices }: CoverPiece, people: ReadonlySet<PersonId>): boolean {
  for (const person of choices.keys()) if (people.has(person)) return true;
  return false;
}

function swapWithin(board: PlanBoard, pieces: readonly CoverPiece[], moved: Set<PersonId>): void {
  for (const [index, one] of pieces.entries()) {
    for (let next = index + 1; next < pieces.length; next += 1) {
      const other = pieces[next];
      if (other !== undefined) swapTwo(board, one, other, moved);
    }
  }
}

function moveOne(board: PlanBoard, piece: CoverPiece, moved: Set<PersonId>): void {
  const kept = board.holderOf(piece);
  board.assign(piece, undefined);
  const best = bestChoice(board, piece);
  const isBetter =
    best !== undefined &&
    best !== kept &&
    (kept === undefined || compareCosts(board.costOf(piece, best), board.costOf(piece, kept)) < -tolerance);
  board.assign(piece, isBetter ? best : kept);
  if (isBetter) for (const choice of [best, kept]) if (choice !== undefined) moved.add(choice.person);
}

/** Only looked at where it makes the burden less: rest and the rule of three are what moves take care of. */
function swapTwo(board: PlanBoard, one: CoverPiece, other: CoverPiece, moved: Set<PersonId>): void {
  const [first, second] = [board.holderOf(one), board.holderOf(other)];
  if (first === undefined || second === undefined || first.person === second.person) return;
  const [toOne, toOther] = [one.choices.get(second.person), other.choices.get(first.person)];
  if (toOne === undefined || toOther === undefined) return;
  if (board.burdenOfChange(first, toOther) + board.burdenOfChange(second, toOne) >= -tolerance) return;
  const before = costOfBoth(board, [one, first], [other, second]);
  const after = costOfBoth(board, [one, toOne], [other, toOther]);
  if (before === undefined || after === undefined || compareCosts(after, before) >= -tolerance) {
    board.assign(one, first);
    board.assign(other, second);
    return;
  }
  board.assign(one, toOne);
  board.assign(other, toOther);
  moved.add(first.person).add(second.person);
}

/** Undefined when one of them could not be held so. Leaves both without a holder. */
function costOfBoth(
  board: PlanBoard,
  [one, choice]: readonly [CoverPiece, Choice],
  [other, otherChoice]: readonly [CoverPiece, Choice],
): Cost | undefined {
  board.assign(one, undefined);
  board.assign(other, undefined);
  if (!board.isFree(one, choice)) return undefined;
  const first = board.costOf(one, choice);
  board.assign(one, choice);
  const second = board.isFree(other, otherChoice) ? board.costOf(other, otherChoice) : undefined;
  board.assign(one, undefined);
  if (second === undefined) return undefined;
  return [first[0] + second[0], first[1] + second[1], first[2] + second[2], first[3] + second[3]];
}

function plannedCover(board: PlanBoard, piece: CoverPiece): PlannedCover[] {
  const choice = board.holderOf(piece);
  if (choice === undefined) return [];
  board.assign(piece, undefined);
  const { isRested, isWithinThird } = board.rulesOf(piece, choice);
  const others = [...piece.choices.values()].filter((other) => other !== choice && board.isFree(piece, other));
  const isLightest = others.every((other) => board.loadWith(other) >= board.loadWith(choice) - tolerance);
  board.assign(piece, choice);
  const { schedule, from, to, insteadOf } = piece;
  const why = [
    ...(choice.isFromTeam ? (['from_team'] as const) : []),
    ...(others.length === 0 ? (['only_one'] as const) : isLightest ? (['lightest_load'] as const) : []),
    isRested ? ('rested' as const) : ('little_rest' as const),
    ...(isWithinThird ? [] : (['over_a_third'] as const)),
  ];
  return [{ schedule, from, to, insteadOf, person: choice.person, why }];
}

/** Neighbouring parts of a shift that one person takes are one. */
function joined(covers: readonly PlannedCover[]): readonly PlannedCover[] {
  const result: PlannedCover[] = [];
  for (const cover of covers) {
    const at = result.findIndex(
      (earlier) =>
        earlier.to === cover.from &&
        earlier.schedule === cover.schedule &&
        earlier.person === cover.person &&
        earlier.insteadOf === cover.insteadOf,
    );
    const earlier = result[at];
    if (earlier === undefined) result.push(cover);
    else result.splice(at, 1, { ...earlier, to: cover.to, why: [...new Set([...earlier.why, ...cover.why])] });
  }
  return result.toSorted((a, b) => a.from - b.from || (a.schedule < b.schedule ? -1 : 1));
}

function overloaded(board: PlanBoard, people: ReadonlySet<PersonId>, { load }: PlanFairness): Overload[] {
  const able = board.pieces.flatMap(({ choices }) => [...choices.keys()]);
  const all = [...new Set([...load.keys(), ...able])];
  const [total, shares] = [sum(all, board.loadOf), sum(all, board.shareOf)];
  return [...people].toSorted().flatMap((person) => {
    const norm = (total * board.shareOf(person)) / shares;
    const ofNorm = norm > 0 ? board.loadOf(person) / norm : Infinity;
    return ofNorm > loadCap ? [{ person, ofNorm }] : [];
  });
}

function sum(people: readonly PersonId[], valueOf: (person: PersonId) => number): number {
  return people.reduce((total, person) => total + valueOf(person), 0);
}

import type { PersonId } from './catalog.ts';
import { demandOf, type ScheduleDemand, union } from './coverage-demand.ts';
import { hashOf } from './hash.ts';
import { type HollowShift, nominalShifts } from './hollow-shifts.ts';
import type { Span } from './layer-windows.ts';
import { type Absences, absencesOf, isThere } from './presence.ts';
import type { OnCallFacts } from './resolver.ts';
import { teamsOf } from './schedule-teams.ts';
import { dayMs, hourMs } from './time.ts';

/** What makes a plan fair. Points and loads are in one unit; see burden.ts and load.ts. */
export interface PlanFairness {
  /** What being on duty through a span weighs for somebody. */
  readonly points: (span: Span, person: PersonId) => number;
  /** What each has carried in the four weeks that count, without what is planned here. Missing means nothing. */
  readonly load: ReadonlyMap<PersonId, number>;
  /**
   * How much each ought to carry, in proportion: available hours, so that service owes nothing. Missing means as much as
   * the others on average.
   */
  readonly targetShare: ReadonlyMap<PersonId, number>;
  /** Breaks ties, so that equals take turns and the same question still has the same answer. */
  readonly seed: string;
}

/** As much of a hollow shift as one person is asked to take. */
export interface CoverPiece extends HollowShift {
  readonly index: number;
  /** Parts of one shift: their holder needs no rest between them. */
  readonly shift: number;
  /** Who could take it, in the order of the seed: there for all of it, and without a turn of their own at that time. */
  readonly choices: ReadonlyMap<PersonId, Choice>;
  /** Whether anybody is there at all, be they on duty elsewhere. */
  readonly isAnybodyThere: boolean;
}

export interface Choice {
  readonly person: PersonId;
  readonly points: number;
  /** Takes no part in the schedule, and comes from its team because nobody of it is there. */
  readonly isFromTeam: boolean;
  /** Somebody who is to be asked last for some of that time. */
  readonly isAskedLast: boolean;
  /** Whether their own turns leave them twelve hours to either side. */
  readonly isRested: boolean;
  /** Time on duty in their own turns around the piece. */
  readonly ownMs: number;
}

/** What giving a piece to somebody costs, the most important first; compared from the left. */
export type Cost = readonly [withoutRest: number, overAThird: number, askedLast: number, burden: number];

/** Who holds which piece, and what changing that would cost. */
export interface PlanBoard {
  readonly pieces: readonly CoverPiece[];
  holderOf(piece: CoverPiece): Choice | undefined;
  assign(piece: CoverPiece, choice: Choice | undefined): void;
  /** Whether somebody holds no other piece at that time. */
  isFree(piece: CoverPiece, choice: Choice): boolean;
  rulesOf(piece: CoverPiece, choice: Choice): { readonly isRested: boolean; readonly isWithinThird: boolean };
  /** Of a piece that nobody holds. */
  costOf(piece: CoverPiece, choice: Choice): Cost;
  /** By how much the burden would change if somebody gave one choice away and got the other. */
  burdenOfChange(away: Choice, got: Choice): number;
  /** Load for its target, once somebody has taken a piece that they do not hold. */
  loadWith(choice: Choice): number;
  loadOf(person: PersonId): number;
  shareOf(person: PersonId): number;
}

const none: readonly CoverPiece[] = [];
const restMs = 12 * hourMs;
const weekMs = 7 * dayMs;
/** Around a shift, two weeks to either side: of that, a third at most. */
const lookAroundMs = 2 * weekMs;

export function planBoard(facts: OnCallFacts, hollow: readonly HollowShift[], fairness: PlanFairness): PlanBoard {
  const pieces = piecesOf(facts, hollow, fairness);
  const holders = new Map<CoverPiece, Choice>();
  const held = new Map<PersonId, CoverPiece[]>();
  const load = new Map(fairness.load);
  const known = [...fairness.targetShare.values()].filter((share) => share > 0);
  const usualShare = known.length === 0 ? 1 : known.reduce((total, share) => total + share, 0) / known.length;
  const loadOf = (person: PersonId) => load.get(person) ?? 0;
  // Somebody who ought to carry nothing can carry something all the same, and dearly.
  const shareOf = (person: PersonId) => Math.max(fairness.targetShare.get(person) ?? usualShare, usualShare / 1_000);

  function assign(piece: CoverPiece, choice: Choice | undefined): void {
    const before = holders.get(piece);
    if (before === choice) return;
    if (before !== undefined) {
      const pile = held.get(before.person) ?? [];
      pile.splice(pile.indexOf(piece), 1);
      load.set(before.person, loadOf(before.person) - before.points);
      holders.delete(piece);
    }
    if (choice === undefined) return;
    holders.set(piece, choice);
    const pile = held.get(choice.person);
    if (pile === undefined) held.set(choice.person, [piece]);
    else pile.push(piece);
    load.set(choice.person, loadOf(choice.person) + choice.points);
  }

  function rulesOf(piece: CoverPiece, { person, isRested, ownMs }: Choice) {
    const around = widened(piece, lookAroundMs);
    const resting = widened(piece, restMs);
    let onDutyMs = ownMs + piece.to - piece.from;
    let hasRest = isRested;
    for (const other of held.get(person) ?? none) {
      onDutyMs += overlapMs(other, around);
      if (other.shift !== piece.shift && overlapMs(other, resting) > 0) hasRest = false;
    }
    return { isRested: hasRest, isWithinThird: onDutyMs <= (around.to - around.from) / 3 };
  }

  const burden = (person: PersonId, more: number) => (loadOf(person) + more) ** 2 / shareOf(person);

  return {
    pieces,
    holderOf: (piece) => holders.get(piece),
    assign,
    isFree: (piece, { person }) => (held.get(person) ?? none).every((other) => overlapMs(other, piece) === 0),
    rulesOf,
    costOf(piece, choice) {
      const { isRested, isWithinThird } = rulesOf(piece, choice);
      const { person, points, isAskedLast } = choice;
      const more = burden(person, points) - burden(person, 0);
      return [Number(!isRested), Number(!isWithinThird), Number(isAskedLast), more];
    },
    burdenOfChange: (away, got) => burden(got.person, got.points - away.points) - burden(got.person, 0),
    loadWith: ({ person, points }) => (loadOf(person) + points) / shareOf(person),
    loadOf,
    shareOf,
  };
}

/** Negative when the first is less. */
export function compareCosts(one: Cost, other: Cost): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

function widened({ from, to }: Span, byMs: number): Span {
  return { from: from - byMs, to: to + byMs };
}

function overlapMs(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.to, other.to) - Math.max(one.from, other.from));
}

/** Every turn that people have in their own right around the hollow shifts, without the hollow ones themselves, by start. */
function ownTurns(facts: OnCallFacts, hollow: readonly HollowShift[], span: Span): Map<PersonId, Span[]> {
  const given = Map.groupBy(hollow, ({ schedule, insteadOf }) => JSON.stringify([schedule, insteadOf]));
  const turns = new Map<PersonId, Span[]>();
  for (const { schedule, person, from, to } of nominalShifts(facts, widened(span, lookAroundMs))) {
    const parts = withoutParts({ from, to }, given.get(JSON.stringify([schedule, person])) ?? []);
    const own = turns.get(person);
    if (own === undefined) turns.set(person, parts);
    else own.push(...parts);
  }
  return turns;
}

function withoutParts(span: Span, parts: readonly Span[]): Span[] {
  return parts.reduce<Span[]>(
    (left, part) =>
      left.flatMap(({ from, to }) =>
        [
          { from, to: Math.min(to, part.from) },
          { from: Math.max(from, part.to), to },
        ].filter((each) => each.from < each.to),
      ),
    [span],
  );
}

function piecesOf(facts: OnCallFacts, hollow: readonly HollowShift[], fairness: PlanFairness): CoverPiece[] {
  if (hollow.length === 0) return [];
  const span = { from: Math.min(...hollow.map(({ from }) => from)), to: Math.max(...hollow.map(({ to }) => to)) };
  const concerned = new Set(hollow.map(({ schedule }) => schedule));
  const demands = new Map(
    Object.values(facts.catalog.schedules)
      .filter(({ id }) => concerned.has(id))
      .map((schedule) => [schedule.id, demandOf(facts, schedule, span)]),
  );
  const mates = new Map(hollow.map((each) => [mateKey(each), teamMates(facts, each)]));
  const people = new Set([
    ...[...demands.values()].flatMap(({ always, forATime }) => [...always, ...forATime.map((on) => on.person)]),
    ...[...mates.values()].flat(),
  ]);
  const inOrder = [...people].toSorted((a, b) => hashOf(`${fairness.seed}:${a}`) - hashOf(`${fairness.seed}:${b}`));
  const [gone, last] = [absencesOf(facts, people, span), absencesOf(facts, people, span, true)];
  const turns = ownTurns(facts, hollow, span);
  return hollow
    .flatMap((whole, shift) => {
      const own = eligibleFor(demands.get(whole.schedule), whole);
      const known = new Set(mates.get(mateKey(whole)));
      const others = inOrder.filter((person) => person !== whole.insteadOf && own.has(person));
      const fromTeam = inOrder.filter((person) => person !== whole.insteadOf && known.has(person) && !own.has(person));
      return partsOf(whole, others, fromTeam, gone).map(({ able, ...part }): Omit<CoverPiece, 'index'> => {
        const there = able.filter((person) => isThere(gone.get(person) ?? [], part));
        const choices = there.flatMap((person): [PersonId, Choice][] => {
          const turnsOfTheirs = turns.get(person) ?? [];
          if (turnsOfTheirs.some((turn) => overlapMs(turn, part) > 0)) return [];
          const [around, resting] = [widened(part, lookAroundMs), widened(part, restMs)];
          const points = fairness.points({ from: part.from, to: part.to }, person);
          const isAskedLast = !isThere(last.get(person) ?? [], part);
          const isRested = turnsOfTheirs.every((turn) => overlapMs(turn, resting) === 0);
          const ownMs = turnsOfTheirs.reduce((total, turn) => total + overlapMs(turn, around), 0);
          const isFromTeam = !own.has(person);
          return [[person, { person, points, isFromTeam, isAskedLast, isRested, ownMs }]];
        });
        return { ...whole, ...part, shift, choices: new Map(choices), isAnybodyThere: there.length > 0 };
      });
    })
    .map((piece, index) => ({ ...piece, index }));
}

function eligibleFor(demand: ScheduleDemand | undefined, { from, to }: Span): ReadonlySet<PersonId> {
  const invited = demand?.forATime.filter((on) => on.from <= from && to <= on.to).map(({ person }) => person) ?? [];
  return new Set([...(demand?.always ?? []), ...invited]);
}

function mateKey({ schedule, insteadOf }: HollowShift): string {
  return JSON.stringify([schedule, insteadOf]);
}

function teamMates({ catalog }: OnCallFacts, { schedule, insteadOf }: HollowShift): readonly PersonId[] {
  return teamsOf(catalog, schedule, insteadOf ?? undefined).flatMap(({ members }) => members);
}

/** By whoever takes part in the schedule; where nobody of them is there, by others of its team. */
function partsOf(
  whole: Span,
  own: readonly PersonId[],
  fromTeam: readonly PersonId[],
  gone: ReadonlyMap<PersonId, Absences>,
): readonly (Span & { readonly able: readonly PersonId[] })[] {
  const canTake = (part: Span) => own.some((person) => isThere(gone.get(person) ?? [], part));
  const parts = split(whole, own, gone);
  const empty = union(
    parts.filter((part) => !canTake(part)),
    whole,
  );
  return [
    ...parts.filter(canTake).map((part) => ({ ...part, able: own })),
    ...empty.flatMap((part) => split(part, fromTeam, gone)).map((part) => ({ ...part, able: fromTeam })),
  ].toSorted((a, b) => a.from - b.from);
}

/** A shift in parts of a week at most, and halved down to a day where nobody is there for more. */
function split({ from, to }: Span, people: readonly PersonId[], gone: ReadonlyMap<PersonId, Absences>): Span[] {
  const canBeTaken = (part: Span) => people.some((person) => isThere(gone.get(person) ?? [], part));
  const halves = (part: Span): Span[] => {
    const days = Math.ceil((part.to - part.from) / dayMs);
    if (days <= 1 || canBeTaken(part)) return [part];
    const middle = part.from + Math.floor(days / 2) * dayMs;
    return [...halves({ from: part.from, to: middle }), ...halves({ from: middle, to: part.to })];
  };
  const weeks = Math.ceil((to - from) / weekMs);
  return Array.from({ length: weeks }, (_, week) => ({
    from: from + week * weekMs,
    to: Math.min(to, from + (week + 1) * weekMs),
  })).flatMap(halves);
}

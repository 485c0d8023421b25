import { burdensWithin, type BurdenPoints, type DayKindOf } from './burden.ts';
import type { PersonId } from './catalog.ts';
import type { Span } from './layer-windows.ts';
import { loadsOf } from './load.ts';
import { scheduleIds, withoutOverrides } from './past.ts';
import type { OnCallFacts } from './resolver.ts';
import { type Shift, shifts } from './shifts.ts';

/** How often somebody stood in for others, and others for them, in points of burden. */
export interface CoverBalance {
  /** On duty where the rotation had somebody else, or nobody. */
  readonly given: BurdenPoints;
  /** The rotation had them, and somebody else was on duty. For their own eyes: beside others it would tell of an absence. */
  readonly received: BurdenPoints;
}

/** Covers given and received through [from, to), over all schedules: what the rotations say against who was on duty. */
export function coverLedger(facts: OnCallFacts, span: Span, dayKind: DayKindOf): ReadonlyMap<PersonId, CoverBalance> {
  const ledger = new Map<PersonId, CoverBalance>();
  const burden = burdensWithin(facts.catalog, span, dayKind);
  // As if nobody had ever been away or stepped in.
  const asPlanned: OnCallFacts = { catalog: withoutOverrides(facts.catalog), windows: [], overrides: [] };
  for (const schedule of scheduleIds(facts.catalog)) {
    const planned = stretches(shifts(asPlanned, schedule, span.from, span.to));
    const found = shifts(facts, schedule, span.from, span.to);
    const actual = stretches(found);
    for (const { person, from, to } of outside(actual, planned)) {
      const { given, received } = ledger.get(person) ?? none;
      const more = burden(person, { from, to });
      ledger.set(person, { given: given + more, received });
    }
    const uncovered = found.filter(({ person }) => person === null).map(({ start, end }) => ({ from: start, to: end }));
    for (const { person, from, to } of outside(planned, actual, uncovered)) {
      const { given, received } = ledger.get(person) ?? none;
      const more = burden(person, { from, to });
      ledger.set(person, { given, received: received + more });
    }
  }
  return ledger;
}

export interface FairShare {
  readonly person: PersonId;
  /** 1 is an even share of the burden for the time in which they could be asked, 2 twice that; in tenths. */
  readonly load: number;
  /** In whole points. */
  readonly coversGiven: number;
}

export interface Fairness {
  /** Points of burden for 100 available hours of these people together. */
  readonly pointsPer100Hours: number;
  /** Heaviest load first, then by id. */
  readonly people: readonly FairShare[];
}

/**
 * How evenly the burden of a team lies on its people. Only such figures as may lie beside a name: not how long somebody was
 * available, nor their points beside their load, from which one could tell it; rounded, so that nothing undoes that.
 * Somebody who carried nothing has the load 0, whether they were there or not.
 */
export function fairness(facts: OnCallFacts, people: readonly PersonId[], span: Span, dayKind: DayKindOf): Fairness {
  const loads = loadsOf(facts, span, dayKind);
  const ledger = coverLedger(facts, span, dayKind);
  const known = [...new Set(people)].flatMap((person) => {
    const load = loads.get(person);
    return load === undefined ? [] : [{ person, ...load }];
  });
  const points = known.reduce((sum, load) => sum + load.points, 0);
  const hours = known.reduce((sum, load) => sum + load.availableHours, 0);
  const even = hours === 0 ? 0 : points / hours;
  const shares = known.map(({ person, points: own, availableHours }) => ({
    person,
    load: own === 0 || even === 0 ? 0 : tenths(own / Math.max(availableHours, 1) / even),
    coversGiven: Math.round(ledger.get(person)?.given ?? 0),
  }));
  return {
    pointsPer100Hours: tenths(even * 100),
    people: shares.toSorted((a, b) => b.load - a.load || (a.person < b.person ? -1 : 1)),
  };
}

interface Stretch extends Span {
  readonly person: PersonId;
}

const none: CoverBalance = { given: 0, received: 0 };

function stretches(found: readonly Shift[]): readonly Stretch[] {
  return found.flatMap(({ person, start, end }) => (person === null ? [] : [{ person, from: start, to: end }]));
}

/** What of `stretches` the same person does not have in `others` too, and what lies in no `hole`. */
function outside(
  some: readonly Stretch[],
  others: readonly Stretch[],
  holes: readonly Span[] = [],
): readonly Stretch[] {
  return some.flatMap((stretch) => {
    const taken = [...others.filter(({ person }) => person === stretch.person), ...holes];
    return without(stretch, taken).map((span) => ({ ...span, person: stretch.person }));
  });
}

/** The parts of a span that lie in none of the others. */
export function without(span: Span, others: readonly Span[]): readonly Span[] {
  let left: readonly Span[] = [{ from: span.from, to: span.to }];
  for (const other of others) {
    left = left.flatMap(({ from, to }) =>
      [
        { from, to: Math.min(to, other.from) },
        { from: Math.max(from, other.to), to },
      ].filter((part) => part.from < part.to),
    );
  }
  return left;
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

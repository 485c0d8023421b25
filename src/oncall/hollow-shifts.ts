import type { PersonId, ScheduleId } from './catalog.ts';
import { demandOf, union } from './coverage-demand.ts';
import type { Span } from './layer-windows.ts';
import { absencesOf } from './presence.ts';
import type { OnCallFacts } from './resolver.ts';
import { shifts } from './shifts.ts';

/** A shift, or the part of one, whose holder cannot be asked: it stands on whoever happens to cover, or on nobody. */
export interface HollowShift extends Span {
  readonly schedule: ScheduleId;
  /** null where overrides have left the place to nobody. */
  readonly insteadOf: PersonId | null;
}

/** Somebody on duty by rotation and overrides, whoever may be away. */
export interface NominalShift extends Span {
  readonly schedule: ScheduleId;
  readonly person: PersonId;
}

/**
 * Where the people on duty within a span cannot be asked, by start. What a rotation leaves out by itself (off hours, the
 * time before it begins) is not hollow. Facts as planning believes them: see `believed`.
 */
export function hollowShifts(facts: OnCallFacts, span: Span): readonly HollowShift[] {
  const nominal = nominalShifts(facts, span);
  const absences = absencesOf(facts, new Set(nominal.map(({ person }) => person)), span);
  const withoutHolder = nominal.flatMap(({ schedule, person, ...shift }) =>
    (absences.get(person) ?? [])
      .map((missing) => ({ from: Math.max(missing.from, shift.from), to: Math.min(missing.to, shift.to) }))
      .filter(({ from, to }) => from < to)
      .map((part) => ({ schedule, ...part, insteadOf: person })),
  );
  const leftToNobody = Object.values(facts.catalog.schedules).flatMap((schedule) => {
    const held = union(
      nominal.filter((shift) => shift.schedule === schedule.id),
      span,
    );
    return demandOf(facts, schedule, span)
      .inForce.flatMap((inForce) => outside(inForce, held))
      .map((gap) => ({ schedule: schedule.id, ...gap, insteadOf: null }));
  });
  return [...withoutHolder, ...leftToNobody].toSorted(
    (a, b) => a.from - b.from || (a.schedule < b.schedule ? -1 : Number(a.schedule > b.schedule)),
  );
}

/** Every shift of every schedule as rotations and overrides have it, as if nobody were away. */
export function nominalShifts(facts: OnCallFacts, { from, to }: Span): readonly NominalShift[] {
  const { catalog, overrides } = facts;
  return Object.keys(catalog.schedules).flatMap((schedule) =>
    shifts({ catalog, overrides, windows: [] }, schedule, from, to).flatMap(({ person, start, end, why }) =>
      person === null || why === 'cover' ? [] : [{ schedule, from: start, to: end, person }],
    ),
  );
}

/** The parts of a span that lie in none of some disjoint spans in order. */
function outside({ from, to }: Span, taken: readonly Span[]): Span[] {
  const parts: Span[] = [];
  let at = from;
  for (const span of taken) {
    if (span.to <= at || span.from >= to) continue;
    if (span.from > at) parts.push({ from: at, to: span.from });
    at = span.to;
  }
  return at < to ? [...parts, { from: at, to }] : parts;
}

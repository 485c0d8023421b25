import type { PersonId, Schedule, ScheduleId, Severity } from './catalog.ts';
import { dutyRows, rosterOf, topLayer } from './duty.ts';
import { overridesOn } from './overrides.ts';
import { comingsAndGoings, erasOf } from './past.ts';
import type { Span } from './layer-windows.ts';
import type { DutyRow, OnCallFacts } from './resolver.ts';
import { type Turn, turnsBetween } from './rotation.ts';
import type { EpochMs } from './time.ts';
import { timelineOf, withTimelines } from './timeline.ts';

/** [start, end) with one person on duty, or with nobody. Several people at once are several shifts. */
export interface Shift {
  readonly schedule: ScheduleId;
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly person: PersonId | null;
  readonly why: DutyRow['why'];
}

/**
 * Who is on duty through [from, to): clipped to it, cut where layers, overrides or availability change who that is, equal
 * neighbours joined, sorted by start and then person. At every instant it says what `onDuty` says, gaps included. An
 * unknown schedule is one gap; an empty span has no shifts.
 */
export function shifts(
  facts: OnCallFacts,
  id: ScheduleId,
  from: EpochMs,
  to: EpochMs,
  severity: Severity = 'sev1',
): Shift[] {
  if (from >= to) return [];
  const joined = new Map<string, Shift>();
  const finished: Shift[] = [];
  for (const { start, end, rows } of segments(facts, id, from, to, severity)) {
    for (const { schedule, person, why } of rows) {
      const key = JSON.stringify([person, why]);
      const previous = joined.get(key);
      if (previous?.end === start) {
        joined.set(key, { ...previous, end });
        continue;
      }
      if (previous !== undefined) finished.push(previous);
      joined.set(key, { schedule, start, end, person, why });
    }
  }
  return [...finished, ...joined.values()].toSorted(inOrder);
}

interface Segment {
  readonly start: EpochMs;
  readonly end: EpochMs;
  readonly rows: readonly DutyRow[];
}

/** Cuts [from, to) wherever an answer could change, and asks once for each piece. */
function* segments(
  facts: OnCallFacts,
  id: ScheduleId,
  from: EpochMs,
  to: EpochMs,
  severity: Severity,
): Generator<Segment, undefined> {
  const relevant = { ...withTimelines(facts), overrides: facts.overrides.filter((made) => made.schedule === id) };
  for (const { schedule, ...era } of erasOf(facts.catalog, id, { from, to })) {
    if (schedule !== undefined) yield* segmentsOf(relevant, schedule, era, severity);
    else yield { start: era.from, end: era.to, rows: [{ schedule: id, person: null, why: 'nobody', excluded: [] }] };
  }
  return undefined;
}

function* segmentsOf(
  facts: OnCallFacts,
  schedule: Schedule,
  { from, to }: Span,
  severity: Severity,
): Generator<Segment, undefined> {
  const { rotations, offsets } = rosterOf(schedule, from, to);
  const layers = rotations.map((rotation) => turnsBetween(rotation, offsets, from, to));
  const cuts = bordersWithin(facts, schedule, layers, from, to);
  const cursors = layers.map(cursorOver);
  for (const [index, start] of cuts.entries()) {
    const holders = cursors.map((holderAt) => holderAt(start));
    const rows = dutyRows(facts, schedule, { rotations, holders, top: topLayer(holders) }, start, severity);
    yield { start, end: cuts[index + 1] ?? to, rows };
  }
  return undefined;
}

/** Answers who holds a layer at instants that only grow. */
function cursorOver(turns: readonly Turn[]): (atMs: EpochMs) => PersonId | undefined {
  let index = 0;
  return (atMs) => {
    while ((turns[index]?.to ?? Infinity) <= atMs) index += 1;
    const turn = turns[index];
    return turn !== undefined && turn.from <= atMs ? turn.person : undefined;
  };
}

/** Every instant in [from, to) at which somebody's duty or availability may change, in order, `from` first. */
function bordersWithin(
  facts: OnCallFacts,
  schedule: Schedule,
  layers: readonly (readonly Turn[])[],
  from: EpochMs,
  to: EpochMs,
): EpochMs[] {
  const overrides = overridesOn(facts, schedule);
  const people = new Set<PersonId>([
    ...schedule.layers.flatMap((layer) => layer.participants),
    ...overrides.flatMap((override) => (override.kind === 'remove' ? [] : [override.person])),
  ]);
  const borders = [
    ...[...layers.flat(), ...overrides].flatMap((span) => [span.from, span.to]),
    ...[...people].flatMap((person) => timelineOf(facts, person).map((stretch) => stretch.from)),
    ...[...people].flatMap((person) => comingsAndGoings(facts.catalog, person)),
  ];
  return [...new Set([from, ...borders.filter((border) => from < border && border < to)])].toSorted((a, b) => a - b);
}

/** Code units and not a locale's order, so that every machine prints the same; nobody comes first. */
function inOrder(a: Shift, b: Shift): number {
  if (a.start !== b.start) return a.start - b.start;
  const [first, second] = [a.person ?? '', b.person ?? ''];
  return first < second ? -1 : Number(first > second);
}

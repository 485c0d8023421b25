import type { Override, PersonId, Schedule, ScheduleId } from './catalog.ts';
import { rosterOf } from './duty.ts';
import type { Span } from './layer-windows.ts';
import type { Demand } from './matching.ts';
import { overridesOf } from './overrides.ts';
import type { OnCallFacts } from './resolver.ts';
import { turnsBetween } from './rotation.ts';

/** When a schedule needs people, how many, and who could be one of them. */
export interface ScheduleDemand {
  readonly schedule: Schedule;
  readonly needed: number;
  /** When it needs them: disjoint and in order. */
  readonly inForce: readonly Span[];
  /** Participants of every layer; each may stand in for any other. */
  readonly always: readonly PersonId[];
  /** People whom an override puts on, for as long as it lasts. */
  readonly forATime: readonly (Span & { readonly person: PersonId })[];
}

/** What a schedule needs at some instant, with those who could serve it: places in a list of people. */
export interface Need extends Demand {
  readonly schedule: ScheduleId;
}

/**
 * What a schedule asks for within [from, to). It needs people wherever one of its layers is active or an override puts
 * somebody on. Elsewhere it needs nobody: the night of a schedule that only has days, and the time before a rotation
 * begins, are by decision and not gaps to warn about (`toran oncall` shows them). An override that takes somebody off and
 * puts nobody on does not end the need.
 */
export function demandOf(facts: OnCallFacts, schedule: Schedule, { from, to }: Span): ScheduleDemand {
  const overrides = overridesOf(facts, schedule.id);
  const putOn = overrides.flatMap((override) => {
    const person = personPutOn(override);
    return person === undefined || override.to <= from || override.from >= to
      ? []
      : [{ from: Math.max(from, override.from), to: Math.min(to, override.to), person }];
  });
  const added = overrides.filter(({ kind }) => kind === 'add' || kind === 'only');
  const { rotations, offsets } = rosterOf(schedule, from, to);
  const turns = rotations.flatMap((rotation) => turnsBetween(rotation, offsets, from, to));
  return {
    schedule,
    needed: schedule.needed ?? 1,
    inForce: union([...turns, ...added], { from, to }),
    always: [...new Set(schedule.layers.flatMap(({ participants }) => participants))],
    forATime: putOn,
  };
}

function personPutOn(override: Override): PersonId | undefined {
  return override.kind === 'remove' ? undefined : override.person;
}

/** The time within `bounds` that any of the spans takes, as disjoint spans in order. */
export function union(spans: readonly Span[], bounds: Span): readonly Span[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    const [begin, end] = [Math.max(from, bounds.from), Math.min(to, bounds.to)];
    if (begin >= end) continue;
    const previous = merged.at(-1);
    if (previous !== undefined && begin <= previous.to) previous.to = Math.max(previous.to, end);
    else merged.push({ from: begin, to: end });
  }
  return merged;
}

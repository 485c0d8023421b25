import { available } from './available.ts';
import { burdensWithin, type BurdenPoints, type DayKindOf } from './burden.ts';
import type { PersonId } from './catalog.ts';
import type { Span } from './layer-windows.ts';
import { scheduleIds } from './past.ts';
import type { OnCallFacts } from './resolver.ts';
import { shifts } from './shifts.ts';
import { dayMs, hourMs } from './time.ts';

/** What somebody carried, and the time in which they could have. */
export interface Load {
  readonly points: BurdenPoints;
  /** Hours without a hard window: time in which nobody may be asked counts on neither side, so that service owes nothing. */
  readonly availableHours: number;
}

/** Who carried what: every person of the catalog has an entry. */
export type Loads = ReadonlyMap<PersonId, Load>;

/** So far back load is looked at, and so far ahead what is planned counts too. */
const lookBackMs = 84 * dayMs;
const lookAheadMs = 14 * dayMs;

/** The time whose load decides who is asked next: twelve weeks back, and the two weeks ahead for which shifts are given out. */
export function loadSpan(now: number): Span {
  return { from: now - lookBackMs, to: now + lookAheadMs };
}

/** The load of everybody through [from, to), over all schedules, as the resolver says who was and will be on duty. */
export function loadsOf(facts: OnCallFacts, { from, to }: Span, dayKind: DayKindOf): Loads {
  const { catalog } = facts;
  const points = new Map<PersonId, number>();
  const burden = burdensWithin(catalog, { from, to }, dayKind);
  for (const schedule of scheduleIds(catalog)) {
    for (const { person, start, end } of shifts(facts, schedule, from, to)) {
      if (person === null) continue;
      points.set(person, (points.get(person) ?? 0) + burden(person, { from: start, to: end }));
    }
  }
  return new Map(
    Object.keys(catalog.people).map((person) => [
      person,
      { points: points.get(person) ?? 0, availableHours: availableHours(facts, person, { from, to }) },
    ]),
  );
}

/** Hours of [from, to) that no hard window takes. */
export function availableHours(facts: OnCallFacts, person: PersonId, { from, to }: Span): number {
  let hours = 0;
  let at = from;
  while (at < to) {
    const { state, until } = available(facts, person, at, 'sev1');
    const next = Math.min(to, until ?? to);
    if (state !== 'no') hours += (next - at) / hourMs;
    at = next;
  }
  return hours;
}

/**
 * Burden for each available hour once `more` is added: what is compared when somebody is to take a shift. Compared after
 * taking it, and not before, so that whoever has just come back is not the lightest of all and gets everything.
 */
export function loadAfter(load: Load | undefined, more: BurdenPoints): number {
  const points = (load?.points ?? 0) + more;
  if (points === 0) return 0;
  return points / Math.max(load?.availableHours ?? 0, 1);
}

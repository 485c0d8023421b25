import { available, liveWindows } from './available.ts';
import type { PersonId } from './catalog.ts';
import type { Span } from './layer-windows.ts';
import { entry } from './lookup.ts';
import type { OnCallFacts } from './resolver.ts';
import type { EpochMs } from './time.ts';
import type { AvailabilityWindow } from './windows.ts';

/** Which windows planning believes: only certain ones, or those that may yet be called off too. */
export type Belief = 'confirmed' | 'tentative';

/**
 * When somebody is missing: disjoint spans in order, neighbours apart. Made once, and asked by bisection. Made from the
 * answers of `available`, so that planning and paging cannot disagree.
 */
export type Absences = readonly Span[];

/**
 * The facts that planning goes by. A tentative window counts only in `tentative`; a tentative `free` one never, since
 * nobody is planned with who may not be there. What was superseded or cancelled stays so, whoever believes what.
 */
export function believed(facts: OnCallFacts, belief: Belief): OnCallFacts {
  const byPerson = Map.groupBy(facts.windows, ({ person }) => person);
  const live = [...byPerson].flatMap(([person, own]) => liveWindows(own, person));
  const counts = ({ certain, effect }: AvailabilityWindow) => certain || (belief === 'tentative' && effect !== 'free');
  return { ...facts, windows: live.filter(counts) };
}

/**
 * When each of these people is missing within a span: hard unavailable, unreadable, or not in the catalog. People who are
 * to be asked last do answer in the end; they are missing only when `alsoLast` asks how it would be without them.
 */
export function absencesOf(
  facts: OnCallFacts,
  people: Iterable<PersonId>,
  span: Span,
  alsoLast = false,
): ReadonlyMap<PersonId, Absences> {
  // Quiet hours do not bind whoever is on duty, and the question here is who could be.
  const counting = facts.windows.filter(({ yieldsToDuty }) => yieldsToDuty !== true);
  const byPerson = Map.groupBy(counting, ({ person }) => person);
  return new Map(
    [...people].map((person) => {
      const own = { ...facts, windows: byPerson.get(person) ?? [] };
      return [person, missing(own, person, span, alsoLast)];
    }),
  );
}

function missing(facts: OnCallFacts, person: PersonId, { from, to }: Span, alsoLast: boolean): Absences {
  if (entry(facts.catalog.people, person) === undefined || facts.unreadable?.includes(person) === true) {
    return [{ from, to }];
  }
  const spans: { from: EpochMs; to: EpochMs }[] = [];
  let at = from;
  while (at < to) {
    const { state, until } = available(facts, person, at, 'sev1');
    const end = Math.min(to, until ?? to);
    const previous = spans.at(-1);
    if (state === 'no' || (alsoLast && state === 'last')) {
      if (previous?.to === at) previous.to = end;
      else spans.push({ from: at, to: end });
    }
    at = end;
  }
  return spans;
}

/** Whether somebody with these absences is missing at an instant. */
export function isMissing(absences: Absences, atMs: EpochMs): boolean {
  const span = absences[firstEndingAfter(absences, atMs)];
  return span !== undefined && span.from <= atMs;
}

/** Whether somebody with these absences is there through the whole of [from, to). */
export function isThere(absences: Absences, { from, to }: Span): boolean {
  const span = absences[firstEndingAfter(absences, from)];
  return span === undefined || span.from >= to;
}

function firstEndingAfter(absences: Absences, atMs: EpochMs): number {
  let [low, high] = [0, absences.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((absences[middle]?.to ?? Infinity) > atMs) high = middle;
    else low = middle + 1;
  }
  return low;
}

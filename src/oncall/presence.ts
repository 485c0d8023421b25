import { stateIn } from './available.ts';
import type { PersonId } from './catalog.ts';
import type { Span } from './layer-windows.ts';
import { entry } from './lookup.ts';
import type { OnCallFacts } from './resolver.ts';
import type { EpochMs } from './time.ts';
import { stretchAt, timelineOf, withTimelines } from './timeline.ts';
import { type AvailabilityWindow, liveOf } from './windows.ts';

/** Which windows planning believes: only certain ones, or those that may yet be called off too. */
export type Belief = 'confirmed' | 'tentative';

/**
 * When somebody is missing: disjoint spans in order, neighbours apart. Made once from the timeline
 * that paging goes by, and asked by bisection.
 */
export type Absences = readonly Span[];

/**
 * The facts that planning goes by. A tentative window counts only in `tentative`; a tentative `free` one never, since
 * nobody is planned with who may not be there. What was superseded or cancelled stays so, whoever believes what.
 */
export function believed(facts: OnCallFacts, belief: Belief): OnCallFacts {
  const counts = ({ certain, effect }: AvailabilityWindow) => certain || (belief === 'tentative' && effect !== 'free');
  const byPerson = Map.groupBy(facts.windows, ({ person }) => person);
  const ignored = new Set([...byPerson.values()].flatMap(liveOf).filter((window) => !counts(window)));
  // Cancelled and not left out: what a window came from is read along its chain.
  const windows = facts.windows.map((window) => (ignored.has(window) ? { ...window, cancelled: true } : window));
  return withTimelines({ ...facts, windows });
}

/**
 * When each of these people is missing within a span: hard unavailable, unreadable, or not in the catalog. People who are
 * to be asked last do answer in the end; they are missing only when `alsoLast` asks how it would be without them, and not
 * in their quiet hours, which do not bind whoever is on duty.
 */
export function absencesOf(
  facts: OnCallFacts,
  people: Iterable<PersonId>,
  span: Span,
  alsoLast = false,
): ReadonlyMap<PersonId, Absences> {
  const ready = withTimelines(facts);
  return new Map([...people].map((person) => [person, missing(ready, person, span, alsoLast)]));
}

function missing(facts: OnCallFacts, person: PersonId, { from, to }: Span, alsoLast: boolean): Absences {
  if (entry(facts.catalog.people, person) === undefined || facts.unreadable?.includes(person) === true) {
    return [{ from, to }];
  }
  const timeline = timelineOf(facts, person);
  const spans: { from: EpochMs; to: EpochMs }[] = [];
  for (let index = stretchAt(timeline, from); index < timeline.length; index += 1) {
    const stretch = timeline[index];
    if (stretch === undefined || stretch.from >= to) break;
    const state = stateIn(stretch, 'sev1', 'on_duty');
    if (state === 'yes' || (state === 'last' && !alsoLast)) continue;
    const [begin, end] = [Math.max(from, stretch.from), Math.min(to, timeline[index + 1]?.from ?? to)];
    const previous = spans.at(-1);
    if (previous?.to === begin) previous.to = end;
    else spans.push({ from: begin, to: end });
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

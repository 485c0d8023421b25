import { severities, type PersonId, type Severity } from './catalog.ts';
import type { OnCallFacts } from './resolver.ts';
import type { EpochMs } from './time.ts';
import {
  endOf,
  lineageOf,
  liveOf,
  windowsById,
  type AvailabilityWindow,
  type WindowId,
  type WindowsById,
} from './windows.ts';

/** What the windows of one person come to, from `from` until the next stretch begins. */
export interface Stretch {
  readonly from: EpochMs;
  readonly isHard: boolean;
  /** Severities for which this person is asked last. */
  readonly asksLast: readonly Severity[];
  /** The same for as long as they are on duty: quiet hours do not count then. */
  readonly asksLastOnDuty: readonly Severity[];
}

/** All of time, in order: the first stretch begins at -Infinity. Neighbours differ. Pure windows, no catalog. */
export type Timeline = readonly Stretch[];

/** Answers for all people of one list of windows; counts only for facts that hold this very list. */
export interface Timelines {
  readonly madeOf: readonly AvailabilityWindow[];
  windowsOf(person: PersonId): readonly AvailabilityWindow[];
  timelineOf(person: PersonId): Timeline;
}

/** The same facts, ready for many questions: without it each question walks through everybody's windows. */
export function withTimelines(facts: OnCallFacts): OnCallFacts {
  return isReady(facts) ? facts : { ...facts, timelines: timelinesOf(facts.windows) };
}

export function timelineOf(facts: OnCallFacts, person: PersonId): Timeline {
  return isReady(facts) ? facts.timelines.timelineOf(person) : timelineOfWindows(windowsOf(facts, person));
}

/** Every window of a person, live or not. */
export function windowsOf(facts: OnCallFacts, person: PersonId): readonly AvailabilityWindow[] {
  if (isReady(facts)) return facts.timelines.windowsOf(person);
  return facts.windows.filter((window) => window.person === person);
}

type Ready = OnCallFacts & { readonly timelines: Timelines };

/** Facts whose windows were exchanged since count as they are, and not as they were. */
function isReady(facts: OnCallFacts): facts is Ready {
  return facts.timelines?.madeOf === facts.windows;
}

function timelinesOf(windows: readonly AvailabilityWindow[]): Timelines {
  const byPerson = Map.groupBy(windows, (window) => window.person);
  const made = new Map<PersonId, Timeline>();
  return {
    madeOf: windows,
    windowsOf: (person) => byPerson.get(person) ?? [],
    timelineOf(person) {
      const known = made.get(person);
      if (known !== undefined) return known;
      const timeline = timelineOfWindows(byPerson.get(person) ?? []);
      made.set(person, timeline);
      return timeline;
    },
  };
}

/** The stretch that holds at an instant, by its place in the timeline. */
export function stretchAt(timeline: Timeline, atMs: EpochMs): number {
  let [low, high] = [0, timeline.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((timeline[middle]?.from ?? Infinity) <= atMs) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A window of time with one meaning: an absence, the way back from it, or time carved out of it. */
interface Span {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly effect: AvailabilityWindow['effect'];
  /** For an absence: by which names time can be carved out of it. For `free`: the name that it carves. */
  readonly names: ReadonlySet<WindowId>;
  readonly holdsBack: readonly Severity[];
  readonly yieldsToDuty: boolean;
}

/** By one sweep: the answer at an instant is that of all windows which cover it, in whatever order they lie. */
export function timelineOfWindows(own: readonly AvailabilityWindow[]): Timeline {
  const byId = windowsById(own);
  const spans = liveOf(own)
    .flatMap((window) => spansOf(window, byId))
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from);
  const borders = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].toSorted((a, b) => a - b);
  const timeline: Stretch[] = [always];
  let [active, next]: [Span[], number] = [[], 0];
  for (const border of borders.filter((each) => each < Infinity)) {
    active = active.filter(({ to }) => border < to);
    for (let span = spans[next]; span !== undefined && span.from <= border; span = spans[next]) {
      active.push(span);
      next += 1;
    }
    const stretch = stretchOf(border, active);
    if (!saysTheSame(stretch, timeline.at(-1) ?? always)) timeline.push(stretch);
  }
  return timeline;
}

const always: Stretch = { from: -Infinity, isHard: false, asksLast: [], asksLastOnDuty: [] };

function spansOf(window: AvailabilityWindow, byId: WindowsById): Span[] {
  const { from, effect, carves, letsThrough = [], easeBackMs = 0, yieldsToDuty = false } = window;
  const to = window.to ?? Infinity;
  if (effect === 'free') {
    if (carves === undefined) return [];
    return [{ from, to, effect, names: new Set([carves]), holdsBack: [], yieldsToDuty }];
  }
  const names = lineageOf(window, byId);
  const holdsBack = severities.filter((severity) => !letsThrough.includes(severity));
  return [
    { from, to, effect, names, holdsBack, yieldsToDuty },
    // A window that is empty or turned round was none, and nobody comes back from it.
    ...(easeBackMs > 0 && from < to
      ? [{ from: to, to: endOf(window), effect: 'soft' as const, names, holdsBack: severities, yieldsToDuty: false }]
      : []),
  ];
}

function stretchOf(from: EpochMs, covering: readonly Span[]): Stretch {
  const carved = covering.filter(({ effect }) => effect === 'free').flatMap(({ names }) => [...names]);
  const absences = covering.filter(({ effect, names }) => effect !== 'free' && !carved.some((name) => names.has(name)));
  const soft = absences.filter(({ effect }) => effect === 'soft');
  const held = (spans: readonly Span[]) =>
    severities.filter((severity) => spans.some(({ holdsBack }) => holdsBack.includes(severity)));
  return {
    from,
    isHard: absences.some(({ effect }) => effect === 'hard'),
    asksLast: held(soft),
    asksLastOnDuty: held(soft.filter(({ yieldsToDuty }) => !yieldsToDuty)),
  };
}

function saysTheSame(one: Stretch, other: Stretch): boolean {
  return (
    one.isHard === other.isHard &&
    one.asksLast.length === other.asksLast.length &&
    one.asksLastOnDuty.length === other.asksLastOnDuty.length &&
    one.asksLast.every((severity) => other.asksLast.includes(severity)) &&
    one.asksLastOnDuty.every((severity) => other.asksLastOnDuty.includes(severity))
  );
}

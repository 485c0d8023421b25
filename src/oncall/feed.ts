import type { PersonId, Severity } from './catalog.ts';
import type { Span } from './layer-windows.ts';
import { plannedAheadMs } from './materialise.ts';
import { applySource, calendarPrefix, entryOf } from './person-import.ts';
import type { PersonCommand, PersonState } from './person.ts';
import { dayMs, type EpochMs } from './time.ts';
import { type AvailabilityWindow, liveOf } from './windows.ts';

/** What was read of a calendar, in terms of when somebody is away; how, is the reader's business. */
export interface FeedContent {
  readonly occurrences: readonly FeedOccurrence[];
  /** Keys that the calendar itself calls cancelled: of these it is no wonder that they are gone. */
  readonly cancelled: readonly string[];
  /** How many events it has, whenever they are. */
  readonly events: number;
  /** False when it breaks off. */
  readonly isComplete: boolean;
}

export interface FeedOccurrence {
  readonly key: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly busy: 'busy' | 'free' | 'tentative';
}

/** What the owner of a feed has said about it. Its address lies elsewhere, sealed. */
export interface FeedSettings {
  /** Opaque. */
  readonly feed: string;
  readonly effect: 'hard' | 'soft';
  readonly letsThrough?: readonly Severity[] | undefined;
}

export type FeedVerdict =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'apply';
      readonly command: Extract<PersonCommand, { type: 'apply_calendar' }>;
      readonly added: number;
      readonly changed: number;
      readonly ended: number;
    }
  /** The last good copy stays as it is. The owner is told, and may say that it is right: `isConfirmed`. */
  | {
      readonly kind: 'keep';
      readonly because: 'truncated' | 'empty' | 'mostly_gone';
      /** Windows of the feed that are not over, and how many of them it does not have any more. */
      readonly known: number;
      readonly gone: number;
    };

/** Whoever is away for longer comes back when they say so. */
const longestKnownMs = 2 * 365 * dayMs;

/** What is asked of a calendar: what is planned for, and what holds now. */
export function feedHorizon(now: EpochMs): Span {
  return { from: now, to: now + plannedAheadMs + 7 * dayMs };
}

/** The windows that a calendar comes to for a person. What is free is none; an end more than two years ahead is open. */
export function feedWindows(
  content: FeedContent,
  { feed, effect, letsThrough }: FeedSettings,
  person: PersonId,
  now: EpochMs,
): readonly AvailabilityWindow[] {
  return content.occurrences.flatMap(({ key, from, to, busy }) => {
    if (busy === 'free' || to <= now) return [];
    const window: AvailabilityWindow = {
      id: `${calendarPrefix(feed)}${key}`,
      person,
      effect,
      certain: busy !== 'tentative',
      from,
      to: to > now + longestKnownMs ? null : to,
      cancelled: false,
      source: 'calendar',
      ...(effect === 'soft' && letsThrough !== undefined ? { letsThrough } : {}),
    };
    return [window];
  });
}

/**
 * What a reading of a feed changes for its person. A calendar that breaks off, that has no event where there were some, or
 * that has lost more than half of what is still ahead is no news of people being back: nothing is ended on its word unless
 * the owner says that it is right. The person's own removals stay removed (person-import.ts).
 */
export function feedDifference(
  state: PersonState,
  content: FeedContent,
  settings: FeedSettings,
  now: EpochMs,
  isConfirmed = false,
): FeedVerdict {
  const windows = feedWindows(content, settings, state.person, now);
  const known = liveOf(state.windows).filter(
    ({ id, source, to }) =>
      source === 'calendar' && id.startsWith(calendarPrefix(settings.feed)) && (to === null || to > now),
  );
  const there = new Set(windows.map(({ id }) => id));
  const cancelled = new Set(content.cancelled.map((key) => `${calendarPrefix(settings.feed)}${key}`));
  const gone = known.filter(({ id }) => !there.has(entryOf(id)) && !cancelled.has(entryOf(id))).length;
  const kept = { kind: 'keep', known: known.length, gone } as const;
  // Nobody can say that half of a calendar is right.
  if (!content.isComplete) return { ...kept, because: 'truncated' };
  if (!isConfirmed && content.events === 0 && known.length > 0) return { ...kept, because: 'empty' };
  if (!isConfirmed && gone * 2 > known.length) return { ...kept, because: 'mostly_gone' };
  const { feed } = settings;
  const events = applySource({ source: 'calendar', feed }, windows, state, now);
  if (events.length === 0) return { kind: 'unchanged' };
  const isChange = (window: AvailabilityWindow) => window.supersedes !== undefined && there.has(entryOf(window.id));
  const written = events.flatMap((event) => (event.type === 'window_added' ? [event.window] : []));
  const changed = written.filter((window) => isChange(window) && window.to !== now).length;
  const added = written.filter(({ supersedes }) => supersedes === undefined).length;
  return {
    kind: 'apply',
    command: { type: 'apply_calendar', feed, windows },
    added,
    changed,
    ended: events.length - added - changed,
  };
}

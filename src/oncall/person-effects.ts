import type { PersonId } from './catalog.ts';
import type { PersonEvent } from './person.ts';
import { priorities, type Planned, type Recorded } from './recorded.ts';
import { dayMs, hourMs, minuteMs, type EpochMs } from './time.ts';

/** What a part that is not the pager does to keep availability up to date. No effect names more than a person or a feed. */
export type AvailabilityEffect =
  /** Turns the person's own rules, and the company's days, into plain windows. */
  | { readonly kind: 'availability.materialise'; readonly person: PersonId }
  | { readonly kind: 'availability.sync_calendar'; readonly feed: string }
  /** Tells a person, and nobody else, that a calendar of theirs cannot be read. */
  | { readonly kind: 'slack.stale_calendar'; readonly person: PersonId }
  /** Lets go what has been kept for long enough. */
  | { readonly kind: 'availability.retention' };

const calendarEveryMs = 30 * minuteMs;
/** Of the day in UTC: after midnight wherever most of Toran's people sleep. */
const nightlyAtMs = hourMs;

export function plannedMaterialisation(person: PersonId, due: EpochMs): Planned<AvailabilityEffect> {
  return planned({ kind: 'availability.materialise', person }, `availability:${person}`, due);
}

/** What waits for the night has a lane of its own: what somebody saves until then must not wait behind it. */
export function plannedForNight(person: PersonId, night: EpochMs): Planned<AvailabilityEffect> {
  return planned({ kind: 'availability.materialise', person }, `availability:${person}:night`, night);
}

export function plannedSync(feed: string, due: EpochMs): Planned<AvailabilityEffect> {
  return planned({ kind: 'availability.sync_calendar', feed }, `calendar:${feed}`, due);
}

/** One at a time, in a lane of their own like what waits for the night. */
export function plannedReading(feed: string, due: EpochMs): Planned<AvailabilityEffect> {
  return planned({ kind: 'availability.sync_calendar', feed }, `calendar:${feed}:readings`, due);
}

export function plannedRetention(due: EpochMs): Planned<AvailabilityEffect> {
  return planned({ kind: 'availability.retention' }, 'retention', due);
}

export function plannedStaleNotice(person: PersonId, due: EpochMs): Planned<AvailabilityEffect> {
  return planned({ kind: 'slack.stale_calendar', person }, `stale_calendar:${person}`, due);
}

/**
 * What a home leave comes to depends on its absence: once that has another end the person's rules are looked at anew, so
 * that the pattern goes on in an absence that is made longer.
 */
export function lookAtRulesAgain(
  { event, recordedAt }: Recorded<PersonEvent>,
  person: PersonId,
): readonly Planned<AvailabilityEffect>[] {
  if (event.type !== 'window_added') return [];
  const { supersedes, effect, source } = event.window;
  const isOwnDoing = source === 'personal' || source === 'company';
  return supersedes === undefined || effect === 'free' || isOwnDoing
    ? []
    : [plannedMaterialisation(person, recordedAt)];
}

/** The next night after an instant; the same for everybody who asks until then, so that it is planned once. */
export function nextNight(now: EpochMs): EpochMs {
  return (Math.floor((now - nightlyAtMs) / dayMs) + 1) * dayMs + nightlyAtMs;
}

/** When calendars are read next: all times within the hour and a half to come, of which one is planned once. */
export function nextReadings(now: EpochMs): readonly EpochMs[] {
  const first = (Math.floor(now / calendarEveryMs) + 1) * calendarEveryMs;
  return [0, 1, 2].map((n) => first + n * calendarEveryMs);
}

function planned(effect: AvailabilityEffect, lane: string, due: EpochMs): Planned<AvailabilityEffect> {
  return { effect, due, lane, priority: priorities.edit, coalesce: `${lane}:${due}` };
}

import { createHash } from 'node:crypto';
import { civilDate, startOfDate } from '../oncall/civil-date.ts';
import { dayMs, type EpochMs, hourMs, type TimeZone } from '../oncall/time.ts';
import type { WallMs } from '../oncall/wall-clock.ts';
import type { CalendarEvent, EventContext, Length, When } from './calendar-event.ts';
import type { CalendarQuestion } from '../engine/calendar-question.ts';
import { mostOccurrences, type Occurrence } from './reading.ts';
import { repetitionOf } from './recurrence.ts';
import type { Series } from './series.ts';
import { instantOf } from './wall-zone.ts';

/** A day on which the clock jumps. */
const shortestDayMs = 23 * hourMs;

export interface Found {
  readonly occurrences: readonly Occurrence[];
  readonly cancelled: readonly string[];
}

interface Instance {
  /** As it would be without anything that stands in for it. */
  readonly planned: When;
  readonly start: When;
  readonly length: Length;
  readonly event: CalendarEvent;
}

/** Occurrences of a series that overlap what is asked, those that stand in for others in their place. */
export function occurrencesOf(series: Series, question: CalendarQuestion, context: EventContext): Found {
  const occurrences: Occurrence[] = [];
  const cancelled: string[] = [];
  for (const instance of instancesOf(series, question, context)) {
    const { status, isOutOfOffice } = instance.event;
    const key = keyOf(question, series, instance.planned);
    if (status === 'cancelled') {
      cancelled.push(key);
      continue;
    }
    const from = startOf(instance.start, question.zone);
    const to = endOf(instance.start, instance.length, question.zone);
    if (from >= question.to || to <= question.from || from >= to) continue;
    const isAway = isOutOfOffice || to - from >= shortestDayMs;
    const busy = question.daysAwayOnly === true && !isAway ? 'free' : status;
    occurrences.push({ key, from, to, busy, isOutOfOffice });
  }
  return { occurrences, cancelled };
}

function instancesOf(series: Series, question: CalendarQuestion, context: EventContext): readonly Instance[] {
  const { master, standIns } = series;
  const alone = standIns.filter(({ andFollowing }) => !andFollowing).map(itself);
  if (master === undefined) return alone;
  const planned = plannedOf(master, question, context);
  if (master.status === 'cancelled') return planned;
  const replaced = daysAndTimes(
    standIns.flatMap(({ stands, andFollowing }) => (stands && !andFollowing ? [stands] : [])),
    master,
  );
  const except = daysAndTimes(master.except, master);
  // An exception is a cancellation too: the calendar says it itself.
  const cancelled: CalendarEvent = { ...master, status: 'cancelled' };
  const own = planned
    .filter((instance) => !has(replaced, instance.planned))
    .map((instance) =>
      has(except, instance.planned) ? { ...instance, event: cancelled } : movedWithRest(instance, standIns),
    );
  return [...own, ...alone];
}

/** What repeats by rule and what is added by date, each once. */
function plannedOf(master: CalendarEvent, question: CalendarQuestion, context: EventContext): readonly Instance[] {
  const slack = 2 * dayMs;
  const [notBefore, before] = [question.from - slack, question.to + slack];
  const repetition = repetitionOf(master, { notBefore, before, most: mostOccurrences });
  if (repetition.kind === 'too_frequent') {
    context.warn('too_frequent', master.line);
    return [];
  }
  if (repetition.kind === 'bad_rule') context.warn('bad_rule', master.line);
  const walls = repetition.kind === 'walls' ? repetition.walls : [master.start.wall];
  const byRule = walls.map((wall) => instanceAt({ ...master.start, wall }, master.length, master));
  const added = master.extra.map(({ start, length }) => instanceAt(start, length ?? master.length, master));
  const isCut = (repetition.kind === 'walls' && repetition.isCut) || added.length > mostOccurrences;
  if (isCut) context.warn('too_many_occurrences', master.line);
  const seen = new Set<string>();
  return [...byRule, ...added.slice(0, mostOccurrences)].filter(({ planned }) => {
    const name = nameOf(planned);
    return seen.has(name) ? false : seen.add(name);
  });
}

function instanceAt(start: When, length: Length, event: CalendarEvent): Instance {
  return { planned: start, start, length, event };
}

function itself(event: CalendarEvent): Instance {
  return { planned: event.stands ?? event.start, start: event.start, length: event.length, event };
}

/** A change to one occurrence "and all that follow" moves each by as much as it moved the first. */
function movedWithRest(instance: Instance, standIns: readonly CalendarEvent[]): Instance {
  const following = standIns
    .filter(({ stands, andFollowing }) => andFollowing && stands !== undefined && stands.wall <= instance.planned.wall)
    .toSorted((one, other) => (other.stands?.wall ?? 0) - (one.stands?.wall ?? 0))[0];
  if (following?.stands === undefined) return instance;
  const wall = instance.planned.wall + (following.start.wall - following.stands.wall);
  return { ...instance, start: { ...following.start, wall }, length: following.length, event: following };
}

/** Times of a series by which single occurrences are meant. A day means whatever begins on it, by the clock of the series. */
interface DaysAndTimes {
  readonly days: ReadonlySet<WallMs>;
  readonly times: ReadonlySet<EpochMs>;
}

function daysAndTimes(whens: readonly When[], master: CalendarEvent): DaysAndTimes {
  const isDay = (when: When) => when.kind === 'day' || master.start.kind === 'day';
  return {
    days: new Set(whens.filter(isDay).map(({ wall }) => midnight(wall))),
    times: new Set(whens.filter((when) => !isDay(when)).map(({ wall, zone }) => instantOf(wall, zone))),
  };
}

function has({ days, times }: DaysAndTimes, { kind, wall, zone }: When): boolean {
  return days.has(midnight(wall)) || (kind === 'time' && times.size > 0 && times.has(instantOf(wall, zone)));
}

function midnight(wall: WallMs): WallMs {
  return Math.floor(wall / dayMs) * dayMs;
}

function startOf(start: When, zone: TimeZone): EpochMs {
  return start.kind === 'day' ? startOfDate(dateOf(start.wall), zone) : instantOf(start.wall, start.zone);
}

function endOf(start: When, { wallMs, exactMs }: Length, zone: TimeZone): EpochMs {
  if (start.kind === 'day') return startOfDate(dateOf(start.wall + wallMs + exactMs + dayMs - 1), zone);
  return (wallMs === 0 ? instantOf(start.wall, start.zone) : instantOf(start.wall + wallMs, start.zone)) + exactMs;
}

function dateOf(wall: WallMs): string {
  return civilDate(Math.floor(wall / dayMs));
}

function nameOf({ kind, wall, zone }: When): string {
  return kind === 'day' ? `day ${dateOf(wall)}` : `time ${instantOf(wall, zone)}`;
}

/**
 * Ids of events hold addresses and names at times, and are the same for all who are invited: only a hash leaves here. An
 * event that happens once keeps its key when it is moved, an occurrence of a series when the day becomes a time.
 */
function keyOf({ feed, zone }: CalendarQuestion, { uid, master, standIns }: Series, planned: When): string {
  const isSeries = master?.rule !== undefined || (master?.extra ?? []).length > 0 || standIns.length > 0;
  const which = isSeries ? [startOf(planned, zone)] : [];
  return createHash('sha256')
    .update(JSON.stringify([feed, uid, ...which]))
    .digest('base64url')
    .slice(0, 20);
}

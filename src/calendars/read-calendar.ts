import type { CalendarQuestion } from '../engine/calendar-question.ts';
import type { TimeZone } from '../oncall/time.ts';
import { eventOf, type EventContext } from './calendar-event.ts';
import { componentsOf, type CalendarLines } from './components.ts';
import { contentLines } from './content-lines.ts';
import { occurrencesOf } from './occurrences.ts';
import {
  mostEvents,
  mostOccurrencesTogether,
  type CalendarReading,
  type CalendarWarning,
  type Occurrence,
} from './reading.ts';
import { seriesOf } from './series.ts';
import { embeddedZone, namedZone, type WallZone } from './wall-zone.ts';

/**
 * What a calendar says about when somebody is busy. Never throws for what a calendar holds: a line that cannot be read
 * costs that line, and each warning names one. Endless work is bounded by whoever calls (see calendar-thread.ts).
 */
export function readCalendar(bytes: Uint8Array, question: CalendarQuestion): CalendarReading {
  const calendar = componentsOf(contentLines(bytes));
  if (!calendar.isCalendar) return { kind: 'unusable', because: 'not_a_calendar' };
  if (calendar.events.length > mostEvents) return { kind: 'unusable', because: 'too_many_events' };
  const warnings: CalendarWarning[] = [];
  const context: EventContext = {
    zoneOf: zonesOf(calendar, question, warnings),
    countsTransparent: question.countsTransparent ?? false,
    warn: (code, line) => void warnings.push({ code, line }),
  };
  const events = calendar.events.flatMap((lines) => eventOf(lines, context) ?? []);
  const occurrences: Occurrence[] = [];
  const cancelled: string[] = [];
  for (const series of seriesOf(events)) {
    const found = occurrencesOf(series, question, context);
    occurrences.push(...found.occurrences);
    cancelled.push(...found.cancelled);
    if (occurrences.length > mostOccurrencesTogether) return { kind: 'unusable', because: 'too_many_occurrences' };
  }
  return {
    kind: 'read',
    occurrences: occurrences.toSorted((one, other) => one.from - other.from || one.to - other.to),
    cancelled,
    events: calendar.events.length,
    isComplete: calendar.isComplete,
    warnings,
  };
}

/** A name that somebody knows counts by that name: embedded rules are often right for some years only. */
function zonesOf(
  calendar: CalendarLines,
  question: CalendarQuestion,
  warnings: CalendarWarning[],
): EventContext['zoneOf'] {
  const floating = named(floatingZone(calendar, question));
  const known = new Map<string, WallZone | undefined>();
  return (id, line) => {
    if (id === undefined) return floating;
    if (!known.has(id)) known.set(id, resolve(id, calendar));
    const zone = known.get(id);
    if (zone === undefined) warnings.push({ code: 'unknown_zone', line });
    return zone ?? floating;
  };
}

function resolve(id: string, { zones }: CalendarLines): WallZone | undefined {
  const name = namedZone(id);
  if (name !== undefined) return named(name);
  const rules = zones.get(id);
  return rules === undefined ? undefined : embeddedZone(id, rules);
}

function floatingZone({ zone }: CalendarLines, question: CalendarQuestion): TimeZone {
  const told = zone === undefined ? undefined : namedZone(zone);
  return told ?? question.floatingZone ?? question.zone;
}

function named(name: TimeZone): WallZone {
  return { kind: 'named', name };
}

import ICAL from 'ical.js';
import { dayMs } from '../oncall/time.ts';
import type { WallMs } from '../oncall/wall-clock.ts';
import type { CalendarEvent, When } from './calendar-event.ts';
import { icalTime, wallOf, wallOfIcal } from './wall-zone.ts';

export type Repetition =
  | { readonly kind: 'walls'; readonly walls: readonly WallMs[]; readonly isCut: boolean }
  | { readonly kind: 'bad_rule' }
  | { readonly kind: 'too_frequent' };

interface Rule {
  readonly recur: ICAL.Recur;
  readonly until: WallMs;
}

/**
 * The wall times at which a repeating event begins before `before`, its own first. The library counts on the calendar
 * alone; clocks, UNTIL and exceptions are not its business here. Walls that end before `notBefore` are left out and not
 * counted towards `most`.
 */
export function repetitionOf(
  event: CalendarEvent,
  span: { readonly notBefore: WallMs; readonly before: WallMs; readonly most: number },
): Repetition {
  const text = event.rule;
  const { start } = event;
  if (text === undefined) return { kind: 'walls', walls: [start.wall], isCut: false };
  if (/FREQ\s*=\s*(?:SECONDLY|MINUTELY)/i.test(text)) return { kind: 'too_frequent' };
  try {
    return wallsOf(event, ruleOf(text, start), span);
  } catch {
    // The library throws at any step for rules that contradict themselves.
    return { kind: 'bad_rule' };
  }
}

function wallsOf(
  { start, length }: CalendarEvent,
  { recur, until }: Rule,
  { notBefore, before, most }: { readonly notBefore: WallMs; readonly before: WallMs; readonly most: number },
): Repetition {
  const longest = length.wallMs + length.exactMs + dayMs;
  const walls: WallMs[] = start.wall + longest > notBefore ? [start.wall] : [];
  const iterator = recur.iterator(icalTime(start.wall));
  for (let next = nextOf(iterator); next !== undefined; next = nextOf(iterator)) {
    if (next >= before || next > until) break;
    if (next === start.wall || next + longest <= notBefore || !fits(recur, next, start.wall)) continue;
    if (walls.length >= most) return { kind: 'walls', walls, isCut: true };
    walls.push(next);
  }
  return { kind: 'walls', walls, isCut: false };
}

/** Throws for what is no rule. */
function ruleOf(text: string, start: When): Rule {
  const parts = text.split(';').map((part) => part.trim());
  const limit = parts.find((part) => /^UNTIL=/i.test(part))?.slice('UNTIL='.length);
  const recur = ICAL.Recur.fromString(parts.filter((part) => part !== '' && !/^UNTIL=/i.test(part)).join(';'));
  const until = limit === undefined ? Infinity : untilOf(limit, start);
  if (until === undefined) throw new Error('UNTIL is no time');
  return { recur, until };
}

/** UNTIL is UTC even where the event is not: it is compared on the clock of the event. A day counts to its end. */
function untilOf(text: string, start: When): WallMs | undefined {
  const [, year, month, day, time, isUtc] = /^(\d{4})(\d\d)(\d\d)(?:T(\d{6})(Z)?)?$/i.exec(text) ?? [];
  if (year === undefined) return undefined;
  const clock = (at: number) => Number(time?.slice(at, at + 2) ?? 0);
  const wall = Date.UTC(Number(year), Number(month) - 1, Number(day), clock(0), clock(2), clock(4));
  if (time === undefined) return wall + dayMs - 1;
  const isCounted = isUtc !== undefined && start.kind === 'time';
  return isCounted ? wallOf(wall, start.zone) : wall;
}

function nextOf(iterator: ICAL.RecurIterator): WallMs | undefined {
  const next: ICAL.Time | null | undefined = iterator.next();
  return next === null || next === undefined ? undefined : wallOfIcal(next);
}

/**
 * The library makes the first of March of a 29 February, and the second of March of a 30 February. A day that a month does
 * not have is skipped (RFC 5545, 3.3.10).
 */
function fits(recur: ICAL.Recur, wall: WallMs, startWall: WallMs): boolean {
  const at = new Date(wall);
  const days = numbers(recur.parts['BYMONTHDAY']);
  const months = numbers(recur.parts['BYMONTH']);
  if (days.length > 0 && days.every((day) => day > 0) && !days.includes(at.getUTCDate())) return false;
  if (months.length > 0 && !months.includes(at.getUTCMonth() + 1)) return false;
  const isYearlyByDate = recur.freq === 'YEARLY' && Object.keys(recur.parts).length === 0;
  return !isYearlyByDate || at.getUTCDate() === new Date(startWall).getUTCDate();
}

function numbers(values: unknown): readonly number[] {
  return Array.isArray(values) ? values.filter((value) => typeof value === 'number') : [];
}

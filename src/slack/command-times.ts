import { Temporal } from 'temporal-polyfill';
import { weekdays } from '../oncall/catalog.ts';
import { dayMs, fromWall, hourMs, minuteMs, parseInstant, zoned, type EpochMs, type TimeZone } from '../oncall/time.ts';
import { readMonth, takeWrittenDay } from './command-days.ts';

/** A day without an hour means the beginning of the working morning: nobody means midnight. */
const morning = { hour: 9 };

const unitWords: readonly (readonly [RegExp, number])[] = [
  [/^(?:m|mins?|minutes?|דק׳?|דקה|דקות)$/iu, minuteMs],
  [/^(?:h|hrs?|hours?|שעה|שעות)$/iu, hourMs],
  [/^(?:d|days?|יום|ימים)$/iu, dayMs],
  [/^(?:w|wks?|weeks?|שבוע|שבועות)$/iu, 7 * dayMs],
];

/** Words that hold number and unit in one. */
const wholeDurations: readonly (readonly [RegExp, number])[] = [
  [/^(?:half an hour|חצי שעה)/iu, 30 * minuteMs],
  [/^(?:a quarter of an hour|רבע שעה)/iu, 15 * minuteMs],
  [/^(?:an? hour|שעה)(?!\S)/iu, hourMs],
  [/^(?:an? minute|דקה)(?!\S)/iu, minuteMs],
  [/^(?:an? day|יום)(?!\S)/iu, dayMs],
  [/^(?:an? week|שבוע)(?!\S)/iu, 7 * dayMs],
  [/^שעתיים/u, 2 * hourMs],
  [/^יומיים/u, 2 * dayMs],
  [/^שבועיים/u, 14 * dayMs],
];

const weekdayWords: readonly (readonly string[])[] = [
  ['sun', 'sunday', 'יום ראשון', 'ראשון'],
  ['mon', 'monday', 'יום שני', 'שני'],
  ['tue', 'tuesday', 'יום שלישי', 'שלישי'],
  ['wed', 'wednesday', 'יום רביעי', 'רביעי'],
  ['thu', 'thursday', 'יום חמישי', 'חמישי'],
  ['fri', 'friday', 'יום שישי', 'שישי'],
  ['sat', 'saturday', 'שבת', 'יום שבת'],
];

export interface PastTime {
  /** Undefined when the text does not begin with a time. */
  readonly at: EpochMs | undefined;
  readonly rest: string;
}

/**
 * When something noted down happened: `10 minutes ago …`, `half an hour ago …`, `at 14:05 …`, `לפני 10 דקות …`. A bare
 * `14:05` counts too. A time of day is the last such time before now, in the writer's zone.
 */
export function takePastTime(text: string, now: EpochMs, zone: TimeZone): PastTime {
  const ago = takeAgo(text);
  if (ago !== undefined) return { at: now - ago.ms, rest: withoutSeparator(ago.rest) };
  const clock = /^(?:at\s+|ב-?|בשעה\s+)?(\d{1,2}:\d{2})(?![\d:])/iu.exec(text);
  const time = clock?.[1] === undefined ? undefined : readClock(clock[1]);
  if (clock === null || time === undefined) return { at: undefined, rest: text };
  const today = zoned(now, zone).toPlainDate();
  const at = fromWall(today.toPlainDateTime(time), zone);
  const past = at <= now ? at : fromWall(today.subtract({ days: 1 }).toPlainDateTime(time), zone);
  return { at: past, rest: withoutSeparator(text.slice(clock[0].length)) };
}

function takeAgo(text: string): { readonly ms: number; readonly rest: string } | undefined {
  const hebrew = /^לפני\s+/u.exec(text);
  const duration = takeDuration(hebrew === null ? text : text.slice(hebrew[0].length));
  if (duration === undefined) return undefined;
  if (hebrew !== null) return duration;
  const english = /^\s*ago(?!\p{L})/iu.exec(duration.rest);
  return english === null ? undefined : { ms: duration.ms, rest: duration.rest.slice(english[0].length) };
}

/** `10 minutes`, `2h`, `half an hour`, `שעתיים`. */
export function takeDuration(text: string): { readonly ms: number; readonly rest: string } | undefined {
  const number = /^(\d{1,4})\s*([\p{L}׳]+)/u.exec(text);
  if (number?.[1] !== undefined && number[2] !== undefined) {
    const unit = unitWords.find(([pattern]) => pattern.test(number[2] ?? ''))?.[1];
    return unit === undefined ? undefined : { ms: Number(number[1]) * unit, rest: text.slice(number[0].length) };
  }
  for (const [pattern, ms] of wholeDurations) {
    const match = pattern.exec(text);
    if (match !== null) return { ms, rest: text.slice(match[0].length) };
  }
  return undefined;
}

function withoutSeparator(text: string): string {
  return text.replace(/^[\s,:–-]+/u, '').trim();
}

export type AwaySpan =
  | { readonly kind: 'span'; readonly from: EpochMs; readonly to: EpochMs | null }
  | { readonly kind: 'unclear'; readonly typed: string }
  | { readonly kind: 'past' };

/**
 * When somebody is away: nothing (from now, until they are back), `until 18:00`, `until tomorrow 09:00`, `until sunday`, `until
 * 2026-12-01`, `until 3 february`, `for 3 days`, `from tomorrow until …`, `in february` (all of it), and the same in Hebrew (`עד`, `מ`, `למשך`). Times are on the person's own
 * clock; a bare day means its 09:00; a time of day or weekday is the next one. Other words are not taken for anything:
 * nothing but times is asked for, and nothing else is kept.
 */
export function readAwaySpan(text: string, now: EpochMs, zone: TimeZone): AwaySpan {
  let rest = text.trim();
  let from = now;
  const month = readMonth(rest, zoned(now, zone).toPlainDate());
  if (month !== undefined) return monthSpan(month, now, zone);
  const start = /^(?:from|starting|מ-|החל מ-?|מ(?=מחר|יום|שבת))\s*/iu.exec(rest);
  if (start !== null) {
    const begin = takeMoment(rest.slice(start[0].length), { now, after: now }, zone);
    if (begin === undefined) return { kind: 'unclear', typed: text };
    from = begin.at;
    rest = begin.rest;
  }
  const duration = /^(?:for|למשך|ל-?)\s*/iu.exec(rest);
  const length = duration === null ? undefined : takeDuration(rest.slice(duration[0].length));
  if (length !== undefined) return spanOf(from, from + length.ms, length.rest, now, text);
  if (rest === '' || /^(?:until further notice|עד להודעה חדשה)$/iu.test(rest)) return spanOf(from, null, '', now, text);
  const end = takeMoment(rest.replace(/^(?:until|till|til|to|ועד|עד)\s+/iu, ''), { now, after: from }, zone);
  if (end === undefined) return { kind: 'unclear', typed: text };
  return spanOf(from, end.at, end.rest, now, text);
}

function monthSpan(month: Temporal.PlainYearMonth, now: EpochMs, zone: TimeZone): AwaySpan {
  const firstOf = (which: Temporal.PlainYearMonth) => fromWall(which.toPlainDate({ day: 1 }).toPlainDateTime(), zone);
  return spanOf(Math.max(now, firstOf(month)), firstOf(month.add({ months: 1 })), '', now, '');
}

function spanOf(from: EpochMs, to: EpochMs | null, rest: string, now: EpochMs, typed: string): AwaySpan {
  if (rest.trim() !== '') return { kind: 'unclear', typed };
  if (to !== null && (to <= now || to <= from)) return { kind: 'past' };
  return { kind: 'span', from, to };
}

interface Moment {
  readonly at: EpochMs;
  readonly rest: string;
}

/** The first moment after `after` that the beginning of the text names; "tomorrow" is that of whoever speaks now. */
function takeMoment(
  text: string,
  { now, after }: { readonly now: EpochMs; readonly after: EpochMs },
  zone: TimeZone,
): Moment | undefined {
  const instant = /^\d{4}-\d{2}-\d{2}T\S+/.exec(text);
  const exact = instant === null ? undefined : parseInstant(instant[0]);
  if (instant !== null && exact !== undefined) return { at: exact, rest: text.slice(instant[0].length).trim() };
  const today = zoned(after, zone).toPlainDate();
  const day = takeDay(text, today, zoned(now, zone).toPlainDate());
  const clock = takeClock(day === undefined ? text : day.rest);
  if (day === undefined && clock === undefined) return undefined;
  const time = clock?.time ?? morning;
  const at = fromWall((day?.date ?? today).toPlainDateTime(time), zone);
  // "Until 09:00" in the evening is tomorrow's; a day that was named stays that day.
  const next = day === undefined && at <= after ? fromWall(today.add({ days: 1 }).toPlainDateTime(time), zone) : at;
  return { at: next, rest: clock?.rest ?? day?.rest ?? '' };
}

export function takeDay(
  text: string,
  start: Temporal.PlainDate,
  today: Temporal.PlainDate = start,
): { readonly date: Temporal.PlainDate; readonly rest: string } | undefined {
  const named = (pattern: RegExp, date: Temporal.PlainDate) => {
    const match = pattern.exec(text);
    return match === null ? undefined : { date, rest: text.slice(match[0].length).trim() };
  };
  const written = /^(\d{4}-\d{2}-\d{2})(?!\S)/.exec(text);
  if (written?.[1] !== undefined) {
    const date = readDate(written[1]);
    return date === undefined ? undefined : { date, rest: text.slice(written[0].length).trim() };
  }
  const spelled = takeWrittenDay(text, start);
  if (spelled !== undefined) return spelled;
  return (
    named(/^(?:today|היום)(?!\p{L})/iu, today) ??
    named(/^(?:tomorrow|tmrw|מחר)(?!\p{L})/iu, today.add({ days: 1 })) ??
    named(/^(?:מחרתיים)(?!\p{L})/iu, today.add({ days: 2 })) ??
    weekdays
      .map((_, index) => named(weekdayPattern(index), nextWeekday(start, index)))
      .find((found) => found !== undefined)
  );
}

function weekdayPattern(index: number): RegExp {
  const words = [...(weekdayWords[index] ?? [])].sort((a, b) => b.length - a.length);
  return new RegExp(`^(?:next\\s+)?(?:${words.join('|')})(?!\\p{L})`, 'iu');
}

/** The next such day after today; `index` counts from Sunday. */
function nextWeekday(today: Temporal.PlainDate, index: number): Temporal.PlainDate {
  const daysAhead = (index - (today.dayOfWeek % 7) + 7) % 7;
  return today.add({ days: daysAhead === 0 ? 7 : daysAhead });
}

function takeClock(
  text: string,
): { readonly time: { hour: number; minute: number }; readonly rest: string } | undefined {
  const match = /^(?:at\s+|ב-?|בשעה\s+)?(\d{1,2}:\d{2})(?![\d:])/iu.exec(text);
  const time = match?.[1] === undefined ? undefined : readClock(match[1]);
  return match === null || time === undefined ? undefined : { time, rest: text.slice(match[0].length).trim() };
}

function readClock(text: string): { hour: number; minute: number } | undefined {
  const [hour = 99, minute = 99] = text.split(':').map(Number);
  return hour < 24 && minute < 60 ? { hour, minute } : undefined;
}

function readDate(text: string): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' });
  } catch {
    return undefined;
  }
}

import ICAL from 'ical.js';
import { z } from 'zod';
import { dayMs, hourMs, minuteMs, secondMs } from '../oncall/time.ts';
import type { WallMs } from '../oncall/wall-clock.ts';
import { nameOf, valueOf, type EventLines } from './components.ts';
import type { ContentLine } from './content-lines.ts';
import type { CalendarWarningCode } from './reading.ts';
import { instantOf, utc, type WallZone } from './wall-zone.ts';

/** A day of nobody's zone in particular, or a time on a clock; the wall time of a day is its midnight. */
export interface When {
  readonly kind: 'day' | 'time';
  readonly wall: WallMs;
  readonly zone: WallZone;
}

/** How long an event is: first on the wall, then in real time. */
export interface Length {
  readonly wallMs: number;
  readonly exactMs: number;
}

export interface CalendarEvent {
  readonly line: number;
  readonly uid: string;
  readonly sequence: number;
  /** As written, in UTC; compares like text. */
  readonly stamp: string;
  readonly start: When;
  readonly length: Length;
  /** The occurrence of a series that this event stands for. */
  readonly stands: When | undefined;
  readonly andFollowing: boolean;
  readonly rule: string | undefined;
  readonly extra: readonly { readonly start: When; readonly length: Length | undefined }[];
  readonly except: readonly When[];
  readonly status: 'busy' | 'free' | 'tentative' | 'cancelled';
  readonly isOutOfOffice: boolean;
}

export interface EventContext {
  zoneOf(id: string | undefined, line: number): WallZone;
  /** Whether events that are marked as not making busy count nevertheless: some HR systems mark leave so. */
  readonly countsTransparent: boolean;
  warn(code: CalendarWarningCode, line: number): void;
}

/** jCal as the library writes it: name, parameters, type, values. */
const jCal = z.tuple([z.string(), z.record(z.string(), z.unknown()), z.string()], z.unknown());

interface Property {
  readonly name: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly values: readonly unknown[];
  readonly line: number;
  readonly raw: string;
}

/** Reads one event. Undefined, with a warning, when it has no usable beginning or ends before it. */
export function eventOf({ line, lines }: EventLines, context: EventContext): CalendarEvent | undefined {
  const properties = lines.flatMap((each) => propertyOf(each, context));
  const first = (name: string) => properties.find((property) => property.name === name);
  const text = (name: string) => (first(name)?.raw ?? '').toUpperCase();
  const isAllDay = text('X-MICROSOFT-CDO-ALLDAYEVENT') === 'TRUE';
  const times = (name: string) =>
    properties.filter((property) => property.name === name).flatMap((property) => whensOf(property, context));
  const [starts] = times('DTSTART');
  if (starts === undefined) {
    context.warn('no_start', line);
    return undefined;
  }
  const [ends] = times('DTEND');
  const start = isAllDay ? asDay(starts) : starts;
  const length = lengthOf(start, isAllDay && ends !== undefined ? asDay(ends) : ends, first('DURATION'), context, line);
  if (length === undefined) return undefined;
  const stands = first('RECURRENCE-ID');
  return {
    line,
    uid: first('UID')?.raw ?? '',
    sequence: Number.parseInt(first('SEQUENCE')?.raw ?? '', 10) || 0,
    stamp: text('DTSTAMP'),
    start,
    length,
    stands: times('RECURRENCE-ID')[0],
    andFollowing: stands?.parameters['range'] === 'THISANDFUTURE',
    rule: first('RRULE')?.raw,
    extra: properties.filter(({ name }) => name === 'RDATE').flatMap((property) => extrasOf(property, context)),
    except: times('EXDATE'),
    ...statusOf(text('STATUS'), text('TRANSP'), text('X-MICROSOFT-CDO-BUSYSTATUS'), context.countsTransparent),
  };
}

/** What is made of times alone; the rest is read as it is written. */
const timeProperties: ReadonlySet<string> = new Set(['DTSTART', 'DTEND', 'RECURRENCE-ID', 'EXDATE', 'RDATE']);

function propertyOf({ text, line }: ContentLine, { warn }: EventContext): Property[] {
  const name = nameOf(text);
  const raw = valueOf(text);
  if (!timeProperties.has(name)) return [{ name, parameters: {}, values: [], line, raw }];
  try {
    const [, parameters, , ...values] = jCal.parse(ICAL.parse.property(text));
    return [{ name, parameters, values, line, raw }];
  } catch {
    warn('broken_line', line);
    return [];
  }
}

/** The times of a property, as many as can be read; a period is its beginning. */
function whensOf(property: Property, context: EventContext): When[] {
  return property.values.flatMap((value) => whenOf(beginningOf(value), property, context) ?? []);
}

function extrasOf(property: Property, context: EventContext): CalendarEvent['extra'] {
  return property.values.flatMap((value) => {
    const start = whenOf(beginningOf(value), property, context);
    if (start === undefined) return [];
    const end = Array.isArray(value) && typeof value[1] === 'string' ? value[1] : undefined;
    if (end === undefined) return [{ start, length: undefined }];
    const ends = end.startsWith('P') ? undefined : whenOf(end, property, context);
    const length = ends === undefined ? durationOf(end) : between(start, ends);
    return [{ start, length }];
  });
}

function beginningOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

const written = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d)?:(\d\d)?:(\d\d)?(Z)?)?$/;

/** A day that is written without `VALUE=DATE` comes out of the library as a time without a clock. */
function whenOf(value: unknown, { parameters, line }: Property, context: EventContext): When | undefined {
  const [, year, month, day, hour, minute, second, isUtc] = (typeof value === 'string' && written.exec(value)) || [];
  const parts = [year, month, day, hour ?? 0, minute ?? 0, second ?? 0].map(Number);
  const [y = NaN, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts;
  const wall = Date.UTC(y, mo - 1, d, h, mi, Math.min(s, 59));
  const isReal = new Date(wall).getUTCMonth() === mo - 1 && new Date(wall).getUTCDate() === d && h < 24 && mi < 60;
  if (Number.isNaN(wall) || !isReal) {
    context.warn('broken_line', line);
    return undefined;
  }
  if (hour === undefined) return { kind: 'day', wall, zone: utc };
  const id = parameters['tzid'];
  return {
    kind: 'time',
    wall,
    zone: isUtc === undefined ? context.zoneOf(typeof id === 'string' ? id : undefined, line) : utc,
  };
}

/** Outlook writes a whole day as midnight to midnight; it means the day, wherever the person is. */
function asDay(when: When): When {
  return when.wall % dayMs === 0 ? { ...when, kind: 'day' } : when;
}

function lengthOf(
  start: When,
  end: When | undefined,
  duration: Property | undefined,
  { warn }: EventContext,
  line: number,
): Length | undefined {
  const implied = { wallMs: start.kind === 'day' ? dayMs : 0, exactMs: 0 };
  const length = end === undefined ? ((duration && durationOf(duration.raw)) ?? implied) : between(start, end);
  const totalMs = length.wallMs + length.exactMs;
  if (totalMs < 0) {
    warn('ends_before_start', line);
    return undefined;
  }
  if (totalMs > 0) return length;
  warn('zero_length', line);
  // A producer that means the last day and not the one after it; a moment without length is no absence.
  return start.kind === 'day' ? { wallMs: dayMs, exactMs: 0 } : undefined;
}

/** On one clock, as the calendar shows it; between two clocks, in real time. */
function between(start: When, end: When): Length {
  const isOneClock = start.kind === 'day' || end.kind === 'day' || sameZone(start.zone, end.zone);
  if (isOneClock) return { wallMs: end.wall - start.wall, exactMs: 0 };
  return { wallMs: 0, exactMs: instantOf(end.wall, end.zone) - instantOf(start.wall, start.zone) };
}

function sameZone(one: WallZone, other: WallZone): boolean {
  if (one.kind === 'named') return other.kind === 'named' && one.name === other.name;
  return other.kind === 'embedded' && one.timezone === other.timezone;
}

const durationPattern = /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/;

/** Weeks and days go by the calendar, hours and less by the clock (RFC 5545, 3.3.6). */
function durationOf(text: string): Length | undefined {
  const [, sign, ...found] = durationPattern.exec(text.trim().toUpperCase()) ?? [];
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.map((each) => Number(each ?? 0));
  if (found.length === 0) return undefined;
  const factor = sign === '-' ? -1 : 1;
  return {
    wallMs: factor * (weeks * 7 + days) * dayMs,
    exactMs: factor * (hours * hourMs + minutes * minuteMs + seconds * secondMs),
  };
}

/** What Outlook says of busyness is meant, and wins over what the standard's properties say beside it. */
function statusOf(
  status: string,
  transparency: string,
  busyStatus: string,
  countsTransparent: boolean,
): Pick<CalendarEvent, 'status' | 'isOutOfOffice'> {
  const isOutOfOffice = busyStatus === 'OOF';
  if (status === 'CANCELLED') return { status: 'cancelled', isOutOfOffice };
  const isFree = busyStatus === 'FREE' || busyStatus === 'WORKINGELSEWHERE';
  const isTransparent = transparency === 'TRANSPARENT' && !isOutOfOffice;
  if ((isFree || isTransparent) && !countsTransparent) return { status: 'free', isOutOfOffice };
  if (status === 'TENTATIVE' || busyStatus === 'TENTATIVE') return { status: 'tentative', isOutOfOffice };
  return { status: 'busy', isOutOfOffice };
}

import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import { type EpochMs, secondMs, type TimeZone, zoned } from '../oncall/time.ts';
import type { WallMs } from '../oncall/wall-clock.ts';
import { windowsZones } from './windows-zones.ts';

/** The clock that a time of a calendar is read on. */
export type WallZone =
  | { readonly kind: 'named'; readonly name: TimeZone }
  /** Of a name that nobody knows: by the rules that the calendar itself brings. */
  | { readonly kind: 'embedded'; readonly timezone: ICAL.Timezone };

export const utc: WallZone = { kind: 'named', name: 'UTC' };

/**
 * The instant of a wall time, as RFC 5545 has it: what a clock change skips counts on by the offset before it, and what is
 * shown twice is the first of the two.
 */
export function instantOf(wall: WallMs, zone: WallZone): EpochMs {
  if (zone.kind === 'embedded') {
    const time = icalTime(wall);
    time.zone = zone.timezone;
    return time.toUnixTime() * secondMs;
  }
  if (zone.name === 'UTC') return wall;
  const plain = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime();
  return plain.toZonedDateTime(zone.name, { disambiguation: 'compatible' }).epochMilliseconds;
}

/** What the clock shows at an instant. */
export function wallOf(atMs: EpochMs, zone: WallZone): WallMs {
  if (zone.kind === 'named') return atMs + zoned(atMs, zone.name).offsetNanoseconds / 1e6;
  const time = icalTime(atMs);
  time.zone = ICAL.Timezone.utcTimezone;
  return wallOfIcal(time.convertToZone(zone.timezone));
}

/** A floating time of the library's, which only counts on the calendar then. */
export function icalTime(wall: WallMs): ICAL.Time {
  const at = new Date(wall);
  const parts = {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    isDate: false,
  };
  return new ICAL.Time(parts, ICAL.Timezone.localTimezone);
}

export function wallOfIcal(time: ICAL.Time): WallMs {
  return Date.UTC(time.year, time.month - 1, time.day, time.hour, time.minute, time.second);
}

/**
 * The zone of a name, whether IANA's or Windows', also behind the path that some programs put before it
 * (`/freeassociation.sourceforge.net/Europe/Berlin`); undefined for a name that nobody knows.
 */
export function namedZone(name: string): TimeZone | undefined {
  const plain = name.trim().replace(/^"|"$/g, '');
  const windows = windowsZones[plain.toLowerCase()];
  if (windows !== undefined) return windows;
  const parts = plain.split('/').filter((part) => part !== '');
  for (const from of [0, parts.length - 3, parts.length - 2, parts.length - 1]) {
    if (from < 0) continue;
    const candidate = parts.slice(from).join('/');
    if (isKnown(candidate)) return candidate;
  }
  return undefined;
}

function isKnown(name: string): boolean {
  // `+02:00` is a zone for Temporal, and forgets about summer time; a calendar's own rules are better.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    zoned(0, name);
    return true;
  } catch {
    return false;
  }
}

/** The rules of an embedded VTIMEZONE; undefined when they cannot be read. */
export function embeddedZone(id: string, text: string): WallZone | undefined {
  try {
    const parsed: unknown = ICAL.parse(text);
    if (!Array.isArray(parsed)) return undefined;
    const timezone = new ICAL.Timezone({ component: new ICAL.Component(parsed), tzid: id });
    // A zone without a single rule would silently be UTC.
    if (timezone.component.getAllSubcomponents().length === 0) return undefined;
    timezone.utcOffset(icalTime(0));
    return { kind: 'embedded', timezone };
  } catch {
    return undefined;
  }
}

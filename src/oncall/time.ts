import { Temporal } from 'temporal-polyfill';

/** An instant: milliseconds since 1970-01-01T00:00Z. Half-open intervals everywhere: [from, to). */
export type EpochMs = number;

/** IANA time zone name, for example `Asia/Jerusalem`; checked when the catalog is read. */
export type TimeZone = string;

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** ISO 8601 in UTC with milliseconds, for records and JSON. */
export function toIso(atMs: EpochMs): string {
  return new Date(atMs).toISOString();
}

/** Parses ISO 8601 with an offset or `Z`; undefined when the text is no instant. Seconds may be left out. */
export function parseInstant(text: string): EpochMs | undefined {
  try {
    return Temporal.Instant.from(text.trim()).epochMilliseconds;
  } catch {
    return undefined;
  }
}

/** The wall clock of `zone` at an instant. */
export function zoned(atMs: EpochMs, zone: TimeZone): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
}

/**
 * The instant of a wall time in a zone. A wall time inside a spring gap becomes the first instant after the gap; in the
 * repeated autumn hour it is the first occurrence (DESIGN §7).
 */
export function fromWall(wall: Temporal.PlainDateTime, zone: TimeZone): EpochMs {
  const later = wall.toZonedDateTime(zone, { disambiguation: 'compatible' });
  if (later.toPlainDateTime().equals(wall)) return later.epochMilliseconds;
  const before = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const transition = before.getTimeZoneTransition('next');
  return (transition ?? later).epochMilliseconds;
}

/** ISO 8601 with the offset that `zone` has at that instant: `2026-11-05T09:00:00+02:00`. */
export function toIsoInZone(atMs: EpochMs, zone: TimeZone): string {
  return zoned(atMs, zone).toString({
    timeZoneName: 'never',
    smallestUnit: atMs % 1000 === 0 ? 'second' : 'millisecond',
  });
}

import { Temporal } from 'temporal-polyfill';
import {
  dayMs,
  type EpochMs,
  fromWall,
  hourMs,
  minuteMs,
  parseInstant,
  secondMs,
  type TimeZone,
  zoned,
} from '../oncall/time.ts';

const wallPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const durationPattern = /^(\d{1,6}[smhd])+$/;
const unitMs: Readonly<Record<string, number>> = { s: secondMs, m: minuteMs, h: hourMs, d: dayMs };

/** What to write where a file wants a time. */
export const timeAdvice = 'write a time like 2026-11-01T09:00, or with an offset like 2026-11-01T09:00+02:00';
export const durationAdvice = 'write a time span like 90s, 5m, 2h or 1h30m';

/** Whether a text is a wall time, or an instant with an offset, that the calendar has. */
export function isTime(text: string): boolean {
  return wallTime(text) !== undefined || instant(text) !== undefined;
}

/** Whether a text is a day that the calendar has, like `2026-10-27`. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && wallTime(`${text}T00:00`) !== undefined;
}

/** The instant that a file means: as its offset says, or else on the wall clock of `zone`. Undefined when it is no time. */
export function instantIn(text: string, zone: TimeZone): EpochMs | undefined {
  const wall = wallTime(text);
  return wall === undefined ? instant(text) : fromWall(wall, zone);
}

/** The wall time in `zone` that a file means, without an offset. Undefined when it is no time. */
export function wallTimeIn(text: string, zone: TimeZone): string | undefined {
  const at = instant(text);
  const wall = at === undefined ? wallTime(text) : zoned(at, zone).toPlainDateTime();
  return wall?.toString({ smallestUnit: wall.second === 0 ? 'minute' : 'second' });
}

/** An instant in ISO 8601 with an offset or `Z`; undefined for anything else. */
export function instant(text: string): EpochMs | undefined {
  return instantPattern.test(text) ? inReach(parseInstant(text)) : undefined;
}

/** `90s`, `5m`, `2h`, `1h30m` in milliseconds; undefined for anything else, and for no time at all. */
export function durationMs(text: string): number | undefined {
  if (!durationPattern.test(text)) return undefined;
  const parts = text.match(/\d+[smhd]/g) ?? [];
  const totalMs = parts.reduce((sum, part) => sum + Number.parseInt(part, 10) * (unitMs[part.slice(-1)] ?? 0), 0);
  return totalMs > 0 ? totalMs : undefined;
}

/** Whether this machine knows the time zone. Offsets such as `+02:00` are none: they forget about summer time. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    zoned(0, name);
    return true;
  } catch {
    return false;
  }
}

function wallTime(text: string): Temporal.PlainDateTime | undefined {
  if (!wallPattern.test(text)) return undefined;
  try {
    const wall = Temporal.PlainDateTime.from(text, { overflow: 'reject' });
    return inReach(wall.toZonedDateTime('UTC').epochMilliseconds) === undefined ? undefined : wall;
  } catch {
    return undefined;
  }
}

/** 1970 to 2200: what lies outside is a slip of the pen. */
function inReach(atMs: EpochMs | undefined): EpochMs | undefined {
  return atMs !== undefined && atMs >= 0 && atMs < Date.UTC(2200, 0, 1) ? atMs : undefined;
}

import { dayNumber } from './civil-date.ts';
import { hebrewDate } from './hebrew-calendar.ts';
import { parseInstant, toIsoInZone } from './time.ts';

/** What this machine's Node.js is wrong about: the clock of a zone, or the Hebrew calendar. */
export type WrongTimeData = 'zones' | 'hebrew_calendar';

/** Instants and what the wall shows: the second before a clock goes back, the one after, and a law of 2013 in 2030. */
const shown = [
  ['2026-10-24T22:59:59Z', '2026-10-25T01:59:59+03:00'],
  ['2026-10-24T23:00:00Z', '2026-10-25T01:00:00+02:00'],
  ['2030-03-29T00:00:00Z', '2030-03-29T03:00:00+03:00'],
] as const;

/** Rosh Hashana, and a day of the second Adar of a leap year. */
const hebrewDays = [
  ['2026-09-12', { year: 5787, month: 'Tishri', day: 1 }],
  ['2027-03-22', { year: 5787, month: 'Adar II', day: 13 }],
] as const;

/**
 * Builds of Node.js bring time zones and calendars along, whole, reduced or from the system, and with reduced ones shifts
 * and festivals would silently be at another time. Empty when all is well.
 */
export function checkTimeZoneData(): readonly WrongTimeData[] {
  const zones = shown.every(([at, wall]) => {
    const atMs = parseInstant(at);
    return atMs !== undefined && toIsoInZone(atMs, 'Asia/Jerusalem') === wall;
  });
  const hebrew = hebrewDays.every(([date, expected]) => {
    const { year, month, day } = hebrewDate(dayNumber(date));
    return year === expected.year && month === expected.month && day === expected.day;
  });
  return [...(zones ? [] : (['zones'] as const)), ...(hebrew ? [] : (['hebrew_calendar'] as const))];
}

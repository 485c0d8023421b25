import type { Language } from '../oncall/catalog.ts';
import type { EpochMs, TimeZone } from '../oncall/time.ts';

/**
 * `Sun 22 Nov, 09:00 – Sun 29 Nov, 09:00` on the wall clock of `zone`, for places that show plain text only, such as the
 * options of a form. An end on the same day is its time alone.
 */
export function shiftTimes(from: EpochMs, to: EpochMs, zone: TimeZone, language: Language): string {
  const locale = language === 'he' ? 'he-IL' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' });
  const time = new Intl.DateTimeFormat(locale, { timeZone: zone, hour: '2-digit', minute: '2-digit', hour12: false });
  const start = `${day.format(from)}, ${time.format(from)}`;
  const end = day.format(from) === day.format(to) ? time.format(to) : `${day.format(to)}, ${time.format(to)}`;
  return `${start} – ${end}`;
}

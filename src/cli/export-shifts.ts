import ICAL from 'ical.js';
import type { Catalog, ScheduleId } from '../oncall/catalog.ts';
import type { Shift } from '../oncall/shifts.ts';
import { type EpochMs, type TimeZone, toIso, toIsoInZone } from '../oncall/time.ts';
import { nameOf } from './people.ts';

/** Shifts of one schedule, to be written down for others. Nothing here knows why somebody was away. */
export interface ShiftsOf {
  readonly catalog: Catalog;
  readonly schedule: ScheduleId;
  readonly zone: TimeZone;
  readonly shifts: readonly Shift[];
}

/** With a head line; a time without anybody on duty has neither person nor name. */
export function shiftsAsCsv({ catalog, shifts, zone }: ShiftsOf): string {
  const rows = shifts.map(({ schedule, start, end, person, why }) => [
    schedule,
    toIsoInZone(start, zone),
    toIsoInZone(end, zone),
    person ?? '',
    person === null ? '' : nameOf(catalog, person),
    why,
  ]);
  return [['schedule', 'start', 'end', 'person', 'name', 'why'], ...rows]
    .map((row) => row.map(cell).join(','))
    .join('\r\n');
}

/** A name that looks like a formula is text, also for a spreadsheet. */
function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** A calendar (RFC 5545) with one event for each shift of a person, in UTC. The same shift has the same UID every time. */
export function shiftsAsCalendar({ catalog, schedule, shifts }: ShiftsOf, cover: string, now: EpochMs): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.updatePropertyWithValue('version', '2.0');
  calendar.updatePropertyWithValue('prodid', '-//Toran//Toran//EN');
  for (const { start, end, person, why } of shifts) {
    if (person === null) continue;
    const name = nameOf(catalog, person);
    const event = new ICAL.Component('vevent');
    event.updatePropertyWithValue('uid', `${encodeURIComponent(`${schedule}/${person}/${toIso(start)}`)}@toran`);
    event.updatePropertyWithValue('dtstamp', utc(now));
    event.updatePropertyWithValue('dtstart', utc(start));
    event.updatePropertyWithValue('dtend', utc(end));
    event.updatePropertyWithValue('summary', `${schedule}: ${name}${why === 'cover' ? ` (${cover})` : ''}`);
    event.updatePropertyWithValue('transp', 'TRANSPARENT');
    calendar.addSubcomponent(event);
  }
  return `${calendar.toString()}\r`;
}

function utc(atMs: EpochMs): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(atMs), true);
}

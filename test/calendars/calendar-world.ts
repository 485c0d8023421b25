import { readCalendar } from '../../src/calendars/read-calendar.ts';
import type { CalendarReading } from '../../src/calendars/reading.ts';
import type { CalendarQuestion } from '../../src/engine/calendar-question.ts';
import { toIso } from '../../src/oncall/time.ts';

export const question: CalendarQuestion = {
  feed: 'f1',
  zone: 'Asia/Jerusalem',
  from: Date.parse('2026-11-01T00:00Z'),
  to: Date.parse('2027-11-01T00:00Z'),
};

/** A calendar of one event for each list of lines. */
export function calendar(...events: readonly (readonly string[])[]): string {
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap(eventLines), 'END:VCALENDAR', ''].join('\r\n');
}

export function eventLines(lines: readonly string[]): readonly string[] {
  const uid = lines.some((line) => line.startsWith('UID')) ? [] : ['UID:one@example.com'];
  return ['BEGIN:VEVENT', ...uid, 'DTSTAMP:20261101T080000Z', ...lines, 'SUMMARY:Secret', 'END:VEVENT'];
}

export type Read = Extract<CalendarReading, { kind: 'read' }>;

export function read(text: string | Uint8Array, more: Partial<CalendarQuestion> = {}): Read {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  const reading = readCalendar(bytes, { ...question, ...more });
  if (reading.kind !== 'read') throw new Error(`unusable: ${reading.because}`);
  return reading;
}

/** `2026-12-06T07:00Z/2026-12-06T10:00Z`, one for each occurrence. */
export function times(reading: Read): readonly string[] {
  return reading.occurrences.map(({ from, to }) => `${short(from)}/${short(to)}`);
}

function short(atMs: number): string {
  return toIso(atMs).replace(':00.000Z', 'Z');
}

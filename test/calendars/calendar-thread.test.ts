import { describe, expect, it } from 'vitest';
import { readInThread } from '../../src/calendars/calendar-thread.ts';
import { readCalendar } from '../../src/calendars/read-calendar.ts';
import { calendar, question } from './calendar-world.ts';

describe('a calendar that is read in a thread', () => {
  it('says what it says without one', async () => {
    const bytes = Buffer.from(calendar(['DTSTART;VALUE=DATE:20261206', 'RRULE:FREQ=WEEKLY;COUNT=3']));
    expect(await readInThread(bytes, question)).toEqual(readCalendar(bytes, question));
    expect(bytes.length).toBeGreaterThan(0);
  });

  it('is given up when it would take for ever', async () => {
    // Seventeen million hours, one by one.
    const bytes = Buffer.from(calendar(['DTSTART:00010101T000000Z', 'DURATION:PT1H', 'RRULE:FREQ=HOURLY']));
    const reading = await readInThread(bytes, question, { longestMs: 1_000 });
    expect(reading).toEqual({ kind: 'unusable', because: 'too_slow' });
  });

  it('is given up when it would take too much memory', async () => {
    const events = Array.from({ length: 5_000 }, (_, index) => [
      `UID:${index}`,
      'DTSTART;VALUE=DATE:20261206',
      ...Array.from({ length: 20 }, () => 'EXDATE;VALUE=DATE:20261206,20261207,20261208'),
    ]);
    const reading = await readInThread(Buffer.from(calendar(...events)), question, { longestMs: 20_000, heapMb: 12 });
    expect(reading).toEqual({ kind: 'unusable', because: 'too_much' });
  });

  it('is given up when it says more than anybody could be away', async () => {
    const events = Array.from({ length: 30 }, (_, index) => [
      `UID:${index}`,
      'DTSTART:20261101T000000Z',
      'DURATION:PT1H',
      'RRULE:FREQ=HOURLY',
    ]);
    const reading = await readInThread(Buffer.from(calendar(...events)), question, { longestMs: 20_000 });
    expect(reading).toEqual({ kind: 'unusable', because: 'too_many_occurrences' });
  });

  it('has room for the largest that is taken', async () => {
    const events = Array.from({ length: 5_000 }, (_, index) => [
      `UID:${index}`,
      'DTSTART;VALUE=DATE:20261206',
      'RRULE:FREQ=MONTHLY;COUNT=3',
    ]);
    const reading = await readInThread(Buffer.from(calendar(...events)), question, { longestMs: 20_000 });
    expect(reading.kind === 'read' && reading.occurrences.length).toBe(15_000);
  });

  it('is not even looked at when it is too large', async () => {
    expect(await readInThread(new Uint8Array(5 * 1024 * 1024 + 1), question)).toEqual({
      kind: 'unusable',
      because: 'too_large',
    });
  });
});

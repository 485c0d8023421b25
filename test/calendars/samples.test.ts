import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readCalendar } from '../../src/calendars/read-calendar.ts';

const folder = new URL('../fixtures/ics/', import.meta.url);
const instant = z.string().transform((text) => Date.parse(text));
const expected = z
  .object({
    zone: z.string(),
    files: z.record(
      z.string(),
      z.object({
        description: z.string(),
        horizon: z.tuple([instant, instant]),
        expect: z.array(
          z.object({
            start: instant,
            end: instant,
            busy: z.enum(['busy', 'free', 'tentative']),
            warn: z.literal('zero-length').optional(),
            oof: z.literal(true).optional(),
          }),
        ),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')));

describe('the sample calendars', () => {
  it('are all there', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.ics'));
    expect(files.toSorted()).toEqual(Object.keys(expected.files).toSorted());
  });

  it.each(Object.entries(expected.files))(
    'are read as expected: %s',
    (file, { horizon: [from, to], expect: wanted }) => {
      const bytes = readFileSync(new URL(file, folder));
      const reading = readCalendar(bytes, { feed: 'f1', zone: expected.zone, from, to });
      if (reading.kind !== 'read') throw new Error(`unusable: ${reading.because}`);
      expect(
        reading.occurrences.map(({ from: start, to: end, busy, isOutOfOffice }) => ({
          start,
          end,
          busy,
          ...(isOutOfOffice ? { oof: true } : {}),
        })),
      ).toEqual(wanted.map(({ start, end, busy, oof }) => ({ start, end, busy, ...(oof ? { oof } : {}) })));
      const codes = reading.warnings.map(({ code }) => code);
      expect(codes.includes('zero_length')).toBe(wanted.some(({ warn }) => warn === 'zero-length'));
      expect(codes.includes('ends_before_start')).toBe(file.startsWith('23-'));
      expect(reading.isComplete).toBe(!file.startsWith('24-'));
    },
  );
});

import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dayMs, fromWall, hourMs, minuteMs, zoned } from '../../src/oncall/time.ts';
import {
  clockChanges,
  firstInstant,
  lastInstant,
  offsetsBetween,
  wallAt,
  wallMs,
  type ZoneOffsets,
} from '../../src/oncall/wall-clock.ts';
import { at, zones } from './world.ts';

const year = { from: at('2026-01-01T00:00Z'), to: at('2027-01-01T00:00Z') };

describe('a wall time in writing', () => {
  it('is what Temporal reads, and none where the calendar has no such day', () => {
    for (const text of ['2026-11-01T09:00', '1969-12-31T23:59', '2028-02-29T00:00', '2026-11-01T09:00:30']) {
      expect(wallMs(text)).toBe(Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds);
    }
    for (const text of ['2026-02-30T00:00', '2026-11-01T24:00', '2026-13-01T00:00', 'soon']) {
      expect([text, read(text)]).toEqual([text, readByTemporal(text)]);
    }
  });

  const orRefused = (read: () => number) => {
    try {
      return read();
    } catch (error) {
      return error instanceof RangeError ? 'refused' : error;
    }
  };
  const read = (text: string) => orRefused(() => wallMs(text));
  const readByTemporal = (text: string) =>
    orRefused(() => Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds);
});

describe('the clock of a zone', () => {
  it.each([...zones, 'Asia/Tokyo', 'America/Sao_Paulo'])('shows what Temporal shows through a year: %s', (zone) => {
    const offsets = offsetsBetween(zone, year.from, year.to);
    for (let atMs = year.from; atMs < year.to; atMs += 4 * hourMs + 13 * minuteMs) {
      expect(wallAt(offsets, atMs)).toBe(wallMs(zoned(atMs, zone).toPlainDateTime().toString()));
    }
  });

  it.each([...zones, 'Pacific/Apia'])(
    'finds the first and last instant of each wall time around a change: %s',
    (zone) => {
      const [from, to] =
        zone === 'Pacific/Apia' ? [at('2011-12-01T00:00Z'), at('2012-02-01T00:00Z')] : [year.from, year.to];
      const offsets = offsetsBetween(zone, from, to);
      for (const { from: low, to: high } of clockChanges(offsets)) {
        for (let wall = low - 2 * hourMs; wall <= high + 2 * hourMs; wall += 15 * minuteMs) {
          expect([wall, ...bruteForce(offsets, wall)]).toEqual([
            wall,
            firstInstant(offsets, wall),
            lastInstant(offsets, wall),
          ]);
        }
      }
    },
  );

  it('agrees with fromWall at every quarter of an hour, gaps and repeated hours included', () => {
    for (const zone of zones) {
      const offsets = offsetsBetween(zone, year.from, year.to);
      for (const { from, to } of clockChanges(offsets)) {
        for (let wall = from - dayMs; wall <= to + dayMs; wall += 15 * minuteMs) {
          const plain = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime();
          expect(fromWall(plain, zone)).toBe(firstInstant(offsets, wall));
        }
      }
    }
  });
});

describe('a wall time in a zone', () => {
  const cases = [
    [
      'that does not exist is the first instant after the gap',
      '2026-03-27T02:30',
      'Asia/Jerusalem',
      '2026-03-27T03:00+03:00',
    ],
    ['in a gap of half an hour', '2026-10-04T02:15', 'Australia/Lord_Howe', '2026-10-04T02:30+11:00'],
    ['in a gap at midnight', '2026-04-24T00:30', 'Africa/Cairo', '2026-04-24T01:00+03:00'],
    ['on a day that was skipped', '2011-12-30T12:00', 'Pacific/Apia', '2011-12-31T00:00+14:00'],
    ['that happens twice is the first occurrence', '2026-10-25T01:30', 'Asia/Jerusalem', '2026-10-25T01:30+03:00'],
    ['that happens twice by half an hour', '2026-04-05T01:45', 'Australia/Lord_Howe', '2026-04-05T01:45+11:00'],
    ['far ahead', '2040-03-30T02:30', 'Asia/Jerusalem', '2040-03-30T02:30+03:00'],
  ] as const;
  it.each(cases)('%s', (_, wall, zone, expected) => {
    expect(fromWall(Temporal.PlainDateTime.from(wall), zone)).toBe(at(expected));
  });
});

/** By definition: the first minute that shows the time or a later one, and the end of the last that shows an earlier one. */
function bruteForce(offsets: ZoneOffsets, wall: number): [number, number] {
  const around = { from: wall - 2 * dayMs, to: wall + 2 * dayMs };
  let first = Infinity;
  let last = -Infinity;
  for (let atMs = around.from; atMs < around.to; atMs += 15 * minuteMs) {
    if (wallAt(offsets, atMs) >= wall) first = Math.min(first, atMs);
    if (wallAt(offsets, atMs) < wall) last = Math.max(last, atMs + 15 * minuteMs);
  }
  // A repeated time shows again after a later one: its last occurrence is where it shows for the last time.
  for (let atMs = around.from; atMs < around.to; atMs += 15 * minuteMs) {
    if (wallAt(offsets, atMs) === wall) last = Math.max(last, atMs);
  }
  return [first, last];
}

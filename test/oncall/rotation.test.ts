import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import type { Layer, LayerWindow } from '../../src/oncall/catalog.ts';
import { weekdays } from '../../src/oncall/catalog.ts';
import { holderAt, offsetsFor, rotationOf, turnsBetween } from '../../src/oncall/rotation.ts';
import { type EpochMs, fromWall, type TimeZone, zoned } from '../../src/oncall/time.ts';
import { at, era, hourMs, instants, layer, layers, minuteMs, zones } from './world.ts';

const jerusalem = 'Asia/Jerusalem';

function holder(given: Layer, when: string | EpochMs, zone: TimeZone = jerusalem) {
  const atMs = typeof when === 'string' ? at(when) : when;
  const rotation = rotationOf(given);
  return holderAt(rotation, offsetsFor([rotation], zone, atMs, atMs), atMs);
}

function turns(given: Layer, from: EpochMs, to: EpochMs, zone: TimeZone = jerusalem) {
  const rotation = rotationOf(given);
  return turnsBetween(rotation, offsetsFor([rotation], zone, from, to), from, to);
}

describe('a rotation', () => {
  it('has nobody before its start and hands over at the very instant of the next turn', () => {
    const weekly = layer(['noa', 'omer']);
    expect(holder(weekly, '2026-11-01T08:59:59+02:00')).toBeUndefined();
    expect(holder(weekly, '2026-11-01T09:00:00+02:00')).toBe('noa');
    expect(holder(weekly, '2026-11-08T08:59:59+02:00')).toBe('noa');
    expect(holder(weekly, '2026-11-08T09:00:00+02:00')).toBe('omer');
    expect(holder(weekly, '2026-11-15T09:00:00+02:00')).toBe('noa');
  });

  it('keeps the wall time of its hand-off across both changes of the clock', () => {
    const daily = layer(['noa', 'omer'], { start: '2026-03-25T09:00', every: { unit: 'days', count: 1 } });
    const spring = turns(daily, at('2026-03-26T00:00Z'), at('2026-03-29T00:00Z'));
    expect(spring.map(({ from }) => from).slice(1)).toEqual([
      at('2026-03-26T09:00+02:00'),
      at('2026-03-27T09:00+03:00'),
      at('2026-03-28T09:00+03:00'),
    ]);
    expect(holder(daily, '2026-10-25T08:59+02:00')).not.toBe(holder(daily, '2026-10-25T09:00+02:00'));
  });

  it('moves a hand-off that the clock skips to the first instant after the gap', () => {
    const daily = layer(['a', 'b'], { start: '2026-03-25T02:30', every: { unit: 'days', count: 1 } });
    expect(holder(daily, '2026-03-27T01:59:59+02:00')).toBe('b');
    expect(holder(daily, '2026-03-27T03:00:00+03:00')).toBe('a');
  });

  it('hands over at the first of two occurrences', () => {
    const daily = layer(['a', 'b'], { start: '2026-10-24T01:30', every: { unit: 'days', count: 1 } });
    expect(holder(daily, '2026-10-25T01:29:59+03:00')).toBe('a');
    expect(holder(daily, '2026-10-25T01:30:00+03:00')).toBe('b');
    expect(holder(daily, '2026-10-25T01:15:00+02:00')).toBe('b');
  });

  it('does not use up an hourly turn that the clock jumps over', () => {
    const hourly = layer(['a', 'b', 'c'], { start: '2026-03-27T00:00', every: { unit: 'hours', count: 1 } });
    expect(holder(hourly, '2026-03-27T01:30+02:00')).toBe('b');
    expect(holder(hourly, '2026-03-27T03:00+03:00')).toBe('c');
    expect(holder(hourly, '2026-03-27T04:00+03:00')).toBe('a');
  });

  it('lets an hourly turn last two hours where the clock shows it twice', () => {
    const hourly = layer(['a', 'b', 'c'], { start: '2026-10-25T00:00', every: { unit: 'hours', count: 1 } });
    expect(holder(hourly, '2026-10-25T01:00+03:00')).toBe('b');
    expect(holder(hourly, '2026-10-25T01:59+02:00')).toBe('b');
    expect(holder(hourly, '2026-10-25T02:00+02:00')).toBe('c');
  });

  it('clamps the end of a month from the day of its anchor', () => {
    const monthly = layer(['a', 'b', 'c'], { start: '2026-01-31T09:00', every: { unit: 'months', count: 1 } });
    expect(
      turns(monthly, at('2026-01-31T07:00Z'), at('2026-06-01T00:00Z')).map(({ from }) =>
        zoned(from, jerusalem).toPlainDate().toString(),
      ),
    ).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
  });

  it('does not use up a turn that its windows leave out', () => {
    const workdays: LayerWindow = { days: ['sun', 'mon', 'tue', 'wed', 'thu'], from: '09:00', to: '17:00' };
    const daily = layer(['a', 'b', 'c', 'd', 'e', 'f'], {
      start: '2026-11-01T00:00',
      every: { unit: 'days', count: 1 },
      windows: [workdays],
    });
    expect(holder(daily, '2026-11-05T12:00+02:00')).toBe('e');
    expect(holder(daily, '2026-11-06T12:00+02:00')).toBeUndefined();
    expect(holder(daily, '2026-11-08T12:00+02:00')).toBe('f');
    expect(holder(daily, '2026-11-08T17:00+02:00')).toBeUndefined();
    expect(holder(daily, '2026-11-09T12:00+02:00')).toBe('a');
  });

  it('is open over midnight from the day on which its window begins', () => {
    const nights = layer(['a'], { windows: [{ days: ['thu'], from: '22:00', to: '06:00' }] });
    expect(holder(nights, '2026-11-05T22:00+02:00')).toBe('a');
    expect(holder(nights, '2026-11-06T05:59+02:00')).toBe('a');
    expect(holder(nights, '2026-11-06T06:00+02:00')).toBeUndefined();
    expect(holder(nights, '2026-11-06T22:00+02:00')).toBeUndefined();
  });

  it('overlaps rather than leave a hole where two windows meet in a repeated hour', () => {
    const until = layer(['a'], { start: '2026-10-01T00:00', windows: [{ days: ['sun'], from: '00:00', to: '01:30' }] });
    const since = layer(['a'], { start: '2026-10-01T00:00', windows: [{ days: ['sun'], from: '01:30', to: '09:00' }] });
    const [firstPass, secondPass] = [at('2026-10-25T01:45+03:00'), at('2026-10-25T01:15+02:00')];
    expect([holder(until, firstPass), holder(since, firstPass)]).toEqual(['a', 'a']);
    expect([holder(until, secondPass), holder(since, secondPass)]).toEqual(['a', 'a']);
  });

  it('has nobody on a calendar day that its zone skipped, and no turn for it', () => {
    const daily = layer(['a', 'b', 'c'], { start: '2011-12-29T00:00', every: { unit: 'days', count: 1 } });
    expect(holder(daily, '2011-12-29T12:00-10:00', 'Pacific/Apia')).toBe('a');
    expect(holder(daily, '2011-12-31T12:00+14:00', 'Pacific/Apia')).toBe('b');
  });

  it('does not walk through its turns: one that is 55 years old answers at once', () => {
    const old = layer(['a', 'b', 'c'], { start: '1971-01-01T00:00', every: { unit: 'hours', count: 1 } });
    const started = performance.now();
    for (let i = 0; i < 20; i += 1) holder(old, era.from + i * hourMs);
    // Walking through half a million turns would take seconds for each answer.
    expect((performance.now() - started) / 20).toBeLessThan(100);
  });
});

describe('any rotation in any zone', () => {
  const anyLayer = fc.record({ given: layers, zone: fc.constantFrom(...zones), probe: instants });

  it('names the person whom walking through every turn since its start names', () => {
    fc.assert(
      fc.property(anyLayer, fc.integer({ min: -24, max: 100 * 24 }), ({ given, zone }, hours) => {
        const probe = at(`${given.start}Z`) + hours * hourMs;
        expect(holder(given, probe, zone)).toBe(walk(given, probe, zone));
      }),
      { numRuns: 100 },
    );
  });

  it('has turns that say the same as asking for one instant', () => {
    fc.assert(
      fc.property(
        anyLayer,
        fc.integer({ min: 1, max: 20 * 24 }),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { minLength: 5 }),
        ({ given, zone, probe }, hours, parts) => {
          const to = probe + hours * hourMs;
          const found = turns(given, probe, to, zone);
          for (const part of parts) {
            const atMs = probe + Math.floor(part * (to - probe));
            const turn = found.filter(({ from, to: end }) => from <= atMs && atMs < end);
            expect(turn.map(({ person }) => person)).toEqual(
              [holder(given, atMs, zone)].filter((person) => person !== undefined),
            );
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

/** The same by the book: every turn since the start, one after the other, with Temporal's own arithmetic. */
function walk(given: Layer, atMs: EpochMs, zone: TimeZone): string | undefined {
  const anchor = Temporal.PlainDateTime.from(given.start);
  const startOf = (k: number) => fromWall(anchor.add({ [given.every.unit]: k * given.every.count }), zone);
  if (!isOpenAt(given.windows, atMs, zone)) return undefined;
  let taken = 0;
  let to = startOf(0);
  for (let k = 0; to <= atMs; k += 1) {
    const from = to;
    to = startOf(k + 1);
    if (from <= atMs && atMs < to) return given.participants[taken % given.participants.length];
    if (hasOpenTime(given.windows, from, to, zone)) taken += 1;
  }
  return undefined;
}

function hasOpenTime(windows: readonly LayerWindow[], from: EpochMs, to: EpochMs, zone: TimeZone): boolean {
  // Random worlds keep to half hours, and so do the changes of the clocks in the zones that are used here.
  for (let atMs = from; atMs < to; atMs += 30 * minuteMs) if (isOpenAt(windows, atMs, zone)) return true;
  return false;
}

function isOpenAt(windows: readonly LayerWindow[], atMs: EpochMs, zone: TimeZone): boolean {
  if (windows.length === 0) return true;
  const today = zoned(atMs, zone).toPlainDate();
  return [-1, 0, 1].some((shift) => {
    const date = today.add({ days: shift });
    return windows.some((window) => {
      if (!window.days.includes(weekdays[date.dayOfWeek % 7] ?? 'sun')) return false;
      const end = window.to > window.from ? date : date.add({ days: 1 });
      return (
        fromWall(date.toPlainDateTime(window.from), zone) <= atMs && atMs < lastOf(end.toPlainDateTime(window.to), zone)
      );
    });
  });
}

function lastOf(wall: Temporal.PlainDateTime, zone: TimeZone): EpochMs {
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  return later.toPlainDateTime().equals(wall) ? later.epochMilliseconds : fromWall(wall, zone);
}

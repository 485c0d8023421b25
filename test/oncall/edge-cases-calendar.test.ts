import { describe, expect, it } from 'vitest';
import type { Layer } from '../../src/oncall/catalog.ts';
import { continued } from '../../src/oncall/continuity.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { holderAt, rotationOf } from '../../src/oncall/rotation.ts';
import { shifts } from '../../src/oncall/shifts.ts';
import { toIso, toIsoInZone } from '../../src/oncall/time.ts';
import type { ZoneOffsets } from '../../src/oncall/wall-clock.ts';
import { at, away, dayMs, facts, hourMs, layer, minuteMs, schedule } from './world.ts';

const trio = ['alma', 'beni', 'carmel'];

function on(zone: string, ...layers: readonly Layer[]): OnCallFacts {
  return facts({ schedules: [schedule('s', layers, { timezone: zone })] });
}

function every(unit: Layer['every']['unit'], start: string, more: Partial<Layer> = {}): Layer {
  return layer(trio, { start, every: { unit, count: 1 }, ...more });
}

function who(world: OnCallFacts, instant: string | number): string | null | undefined {
  const atMs = typeof instant === 'string' ? at(instant) : instant;
  return onDuty(world, 's', atMs, 'sev1')[0]?.person;
}

/** `alma 2026-…`: who begins when, on the clock of the zone. */
function starts(world: OnCallFacts, from: string, to: string): string[] {
  const zone = world.catalog.schedules['s']?.timezone ?? 'UTC';
  return shifts(world, 's', at(from), at(to)).map(({ person, start }) => `${person} ${toIsoInZone(start, zone)}`);
}

describe('a hand-off', () => {
  it('edge case 21: at its very instant belongs to the new person, and one millisecond before to the old one', () => {
    const weekly = on('Asia/Jerusalem', every('weeks', '2026-11-01T09:00'));
    const handOff = at('2026-11-08T09:00+02:00');
    expect([handOff - 1_000, handOff - 1, handOff].map((instant) => who(weekly, instant))).toEqual([
      'alma',
      'alma',
      'beni',
    ]);
  });

  it('edge case 22: at a time that the clock skips comes at the first instant after, at one shown twice at the first', () => {
    const skipped = on('America/New_York', every('days', '2026-03-06T02:30'));
    expect(starts(skipped, '2026-03-07T02:30-05:00', '2026-03-09T06:00-04:00')).toEqual([
      'beni 2026-03-07T02:30:00-05:00',
      'carmel 2026-03-08T03:00:00-04:00',
      'alma 2026-03-09T02:30:00-04:00',
    ]);
    const twice = on('America/New_York', every('days', '2026-10-31T01:30'));
    expect(starts(twice, '2026-10-31T01:30-04:00', '2026-11-02T01:00-05:00')).toEqual([
      'alma 2026-10-31T01:30:00-04:00',
      'beni 2026-11-01T01:30:00-04:00',
    ]);
  });

  it('edge case 22: between two windows that meet in a repeated hour overlaps rather than leave a hole', () => {
    const days = ['sun' as const];
    const night = { ...every('weeks', '2026-01-04T00:00'), windows: [{ days, from: '00:00', to: '01:30' }] };
    const morning = {
      ...layer(['dana'], { start: '2026-01-04T00:00' }),
      windows: [{ days, from: '01:30', to: '08:00' }],
    };
    const world = on('America/New_York', night, morning);
    for (let atMs = at('2026-11-01T00:00-04:00'); atMs < at('2026-11-01T08:00-05:00'); atMs += 10 * minuteMs)
      expect(who(world, atMs), toIso(atMs)).not.toBeNull();
  });

  it('edge case 23: on the Friday on which Israel moves its clocks forward, hours before Shabbat, is at three', () => {
    const fridays = on('Asia/Jerusalem', every('weeks', '2026-03-20T02:30'));
    expect(starts(fridays, '2026-03-20T02:30+02:00', '2026-04-04T00:00+03:00')).toEqual([
      'alma 2026-03-20T02:30:00+02:00',
      'beni 2026-03-27T03:00:00+03:00',
      'carmel 2026-04-03T02:30:00+03:00',
    ]);
    const sundays = on('Asia/Jerusalem', every('weeks', '2026-10-18T01:30'));
    expect(starts(sundays, '2026-10-18T01:30+03:00', '2026-11-01T01:00+02:00')).toEqual([
      'alma 2026-10-18T01:30:00+03:00',
      'beni 2026-10-25T01:30:00+03:00',
    ]);
  });

  it.each([
    ['Africa/Cairo', '2026-04-24', '+02:00', '+03:00'],
    ['Asia/Beirut', '2026-03-29', '+02:00', '+03:00'],
  ])('edge case 24: on a day without a midnight is at its first instant: %s', (zone, day, before, after) => {
    const first = new Date(Date.parse(day) - 2 * dayMs).toISOString().slice(0, 10);
    const midnights = on(zone, every('days', `${first}T00:00`));
    const change = at(`${day}T01:00${after}`);
    expect(change).toBe(at(`${day}T00:00${before}`));
    expect(
      [change - 1, change, change + 23 * hourMs - 1, change + 23 * hourMs].map((instant) => who(midnights, instant)),
    ).toEqual(['beni', 'carmel', 'carmel', 'alma']);
  });

  it('edge case 24: on the day whose last hour is shown twice waits for the second midnight', () => {
    const midnights = on('Africa/Cairo', every('days', '2026-10-28T00:00'));
    expect(starts(midnights, '2026-10-28T00:00+03:00', '2026-10-31T00:00+02:00')).toEqual([
      'alma 2026-10-28T00:00:00+03:00',
      'beni 2026-10-29T00:00:00+03:00',
      'carmel 2026-10-30T00:00:00+02:00',
    ]);
  });

  it('edge case 25: stays on the clock where it moves by half an hour, and where a whole day is skipped', () => {
    const halfHour = on('Australia/Lord_Howe', every('days', '2026-10-03T02:15'));
    expect(starts(halfHour, '2026-10-03T02:15+10:30', '2026-10-06T00:00+11:00')).toEqual([
      'alma 2026-10-03T02:15:00+10:30',
      'beni 2026-10-04T02:30:00+11:00',
      'carmel 2026-10-05T02:15:00+11:00',
    ]);
    const apia = on('Pacific/Apia', every('days', '2011-12-28T09:00'));
    expect(starts(apia, '2011-12-28T09:00-10:00', '2012-01-01T00:00+14:00')).toEqual([
      'alma 2011-12-28T09:00:00-10:00',
      'beni 2011-12-29T09:00:00-10:00',
      'carmel 2011-12-31T00:00:00+14:00',
      'alma 2011-12-31T09:00:00+14:00',
    ]);
  });

  it('edge case 25: keeps its wall time when a government changes its mind after the shifts were published', () => {
    const daily = rotationOf(every('days', '2026-11-01T09:00'));
    const noon = at('2026-11-10T00:00Z');
    const [east, further] = [2 * hourMs, 3 * hourMs];
    const published: ZoneOffsets = [{ from: -Infinity, to: Infinity, offsetMs: east }];
    const decreed: ZoneOffsets = [
      { from: -Infinity, to: noon, offsetMs: east },
      { from: noon, to: Infinity, offsetMs: further },
    ];
    const handOff = at('2026-11-12T09:00Z');
    expect(holderAt(daily, published, handOff - east)).toBe(holderAt(daily, decreed, handOff - further));
    expect(holderAt(daily, published, handOff - east - 1)).toBe(holderAt(daily, decreed, handOff - further - 1));
    const before = at('2026-11-09T12:00Z');
    expect(holderAt(daily, published, before)).toBe(holderAt(daily, decreed, before));
  });
});

describe('a rotation', () => {
  it('edge case 26: by the month keeps its day and clamps where a month is shorter, also for years', () => {
    const monthly = on('UTC', every('months', '2027-12-31T09:00'));
    expect(starts(monthly, '2027-12-31T09:00Z', '2028-05-01T00:00Z').map((line) => line.split(' ')[1])).toEqual(
      ['2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30'].map((day) => `${day}T09:00:00+00:00`),
    );
    const leapDay = on('UTC', layer(trio, { start: '2028-02-29T09:00', every: { unit: 'months', count: 12 } }));
    expect(starts(leapDay, '2028-02-29T09:00Z', '2033-01-01T00:00Z')).toEqual([
      'alma 2028-02-29T09:00:00+00:00',
      'beni 2029-02-28T09:00:00+00:00',
      'carmel 2030-02-28T09:00:00+00:00',
      'alma 2031-02-28T09:00:00+00:00',
      'beni 2032-02-29T09:00:00+00:00',
    ]);
  });

  it('edge case 26: by the week begins on the weekday of its start, wherever weeks begin', () => {
    for (const start of ['2026-11-01T09:00', '2026-11-02T09:00', '2026-11-04T09:00']) {
      const weekly = on('Asia/Jerusalem', every('weeks', start));
      const first = at(`${start}+02:00`);
      expect(
        [first - 1, first, first + 7 * dayMs - 1, first + 7 * dayMs].map((instant) => who(weekly, instant)),
      ).toEqual([null, 'alma', 'alma', 'beni']);
    }
  });

  it('edge case 27: has nobody before its start, and answers at once however old it is', () => {
    const young = on('UTC', every('days', '2027-01-01T09:00'));
    expect([who(young, '2026-11-01T00:00Z'), who(young, '2027-01-01T08:59Z'), who(young, '2027-01-01T09:00Z')]).toEqual(
      [null, null, 'alma'],
    );
    const old = on('UTC', every('hours', '1970-01-01T00:00'));
    for (const hours of [499_199, 499_200, 499_201]) expect(who(old, hours * hourMs)).toBe(trio[hours % 3]);
  });

  it.each<Layer['every']>([
    { unit: 'hours', count: 5 },
    { unit: 'days', count: 1 },
    { unit: 'weeks', count: 1 },
  ])('edge case 28: names the same people whenever one asks, with closed hours in between: $count $unit', (step) => {
    const working = { days: ['sun', 'mon', 'tue', 'wed', 'thu'] as const, from: '09:00', to: '17:00' };
    const world = on('Asia/Jerusalem', layer(trio, { start: '2026-10-01T12:00', every: step, windows: [working] }));
    const [from, to] = [at('2026-10-18T00:00+03:00'), at('2026-11-08T00:00+02:00')];
    const whole = shifts(world, 's', from, to);
    for (let later = from; later < to; later += 7 * hourMs + 13 * minuteMs) {
      const rest = shifts(world, 's', later, to);
      expect(rest.map(({ person, end }) => [person, end])).toEqual(
        whole.filter(({ end }) => end > later).map(({ person, end }) => [person, end]),
      );
      expect(who(world, later)).toBe(rest[0]?.person);
    }
  });

  it('edge case 29: whose people are added, removed or reordered in a turn leaves the one who has it, or says who has it now', () => {
    const now = at('2026-11-10T12:00+02:00');
    const before = on('Asia/Jerusalem', every('weeks', '2026-11-01T09:00'));
    const after = (...people: readonly string[]): OnCallFacts => {
      const file = facts({ people: [...trio, 'dana'], schedules: [schedule('s', [layer(people)])] });
      return { ...before, catalog: continued(before.catalog, file.catalog, now) };
    };
    expect(who(before, now)).toBe('beni');
    for (const people of [
      ['dana', 'alma', 'beni', 'carmel'],
      ['carmel', 'beni', 'alma'],
      ['beni', 'carmel'],
    ]) {
      const changed = after(...people);
      expect([who(changed, now), who(changed, '2026-11-15T08:59+02:00')]).toEqual(['beni', 'beni']);
      expect(who(changed, '2026-11-15T09:00+02:00')).toBe(people[(people.indexOf('beni') + 1) % people.length]);
    }
    const removed = after('alma', 'carmel');
    expect([who(removed, now - 1), who(removed, now), who(removed, '2026-11-15T09:00+02:00')]).toEqual([
      'beni',
      'carmel',
      'alma',
    ]);
  });

  it('edge case 30: does not make anybody owe the turn that they were away in', () => {
    const world = on('Asia/Jerusalem', every('weeks', '2026-11-01T09:00'));
    const absence = away('beni', at('2026-11-08T09:00+02:00'), at('2026-11-15T09:00+02:00'));
    const turns = [0, 1, 2, 3, 4].map((week) => at('2026-11-01T09:00+02:00') + week * 7 * dayMs);
    expect(turns.map((turn) => who({ ...world, windows: [absence] }, turn))).toEqual([
      'alma',
      'carmel',
      'carmel',
      'alma',
      'beni',
    ]);
  });
});

import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { weekdays } from '../../src/oncall/catalog.ts';
import { gridOf, turnAt, turnStartsAt } from '../../src/oncall/grid.ts';
import { openSpans, weeklyWindow } from '../../src/oncall/layer-windows.ts';
import { offsetsFor, rotationOf } from '../../src/oncall/rotation.ts';
import { type EpochMs, fromWall, toIsoInZone, zoned } from '../../src/oncall/time.ts';
import {
  clockChanges,
  firstInstant,
  lastInstant,
  offsetsBetween,
  wallAt,
  wallMs,
} from '../../src/oncall/wall-clock.ts';
import { cases, instant, layerOf, rotationIn, rule, weekWindows, windowsOf } from './vectors.ts';
import { at, dayMs, hourMs, minuteMs } from './world.ts';

function turnIn(input: z.output<typeof rotationIn>, atMs: EpochMs) {
  const { grid } = rotationOf(layerOf(input.rotation, input.time_zone));
  const offsets = offsetsBetween(input.time_zone, atMs - 800 * dayMs, atMs + 800 * dayMs);
  const k = turnAt(grid, offsets, atMs);
  return { from: turnStartsAt(grid, offsets, k), to: turnStartsAt(grid, offsets, k + 1) };
}

describe('a rotation of GoAlert', () => {
  const asked = rotationIn.extend({ at: instant });

  it.each(cases('rotation_shift_start', asked, z.object({ shift_start: instant })))(
    'begins its turn: $id',
    ({ input, expected }) => {
      expect(turnIn(input, input.at).from).toBe(expected.shift_start);
    },
  );

  it.each(cases('rotation_shift_end', asked, z.object({ shift_end: instant, shift_seconds: z.number().optional() })))(
    'ends its turn: $id',
    ({ input, expected }) => {
      const { from, to } = turnIn(input, input.at);
      expect(to).toBe(expected.shift_end);
      if (expected.shift_seconds !== undefined) expect(to - from).toBe(expected.shift_seconds * 1000);
    },
  );

  it.each(cases('rotation_end_chain', asked, z.object({ shift_ends: z.array(instant) })))(
    'ends turn after turn: $id',
    ({ input, expected }) => {
      let from = input.at;
      const ends = expected.shift_ends.map(() => (from = turnIn(input, from).to));
      expect(ends).toEqual(expected.shift_ends);
    },
  );

  const swept = rotationIn.extend({ window_start: instant, window_end: instant, step_seconds: z.number() });
  it.each(cases('rotation_handoffs', swept, z.object({ handoffs: z.array(instant) })))(
    'hands over: $id',
    ({ input, expected }) => {
      const layer = rotationOf(layerOf(input.rotation, input.time_zone));
      const offsets = offsetsFor([layer], input.time_zone, input.window_start, input.window_end);
      const found = new Set<EpochMs>();
      for (let atMs = input.window_start; atMs <= input.window_end; atMs += input.step_seconds * 1000) {
        const k = turnAt(layer.grid, offsets, atMs);
        found.add(turnStartsAt(layer.grid, offsets, k)).add(turnStartsAt(layer.grid, offsets, k + 1));
      }
      expect([...found].toSorted((a, b) => a - b)).toEqual(expected.handoffs);
    },
  );
});

describe('a rule of GoAlert, as windows of a layer', () => {
  const asked = z.object({ time_zone: z.string(), rule, at: instant });
  const spansOf = (input: z.output<typeof asked>) => {
    const [from, to] = [input.at - 9 * dayMs, input.at + 9 * dayMs];
    return openSpans(windowsOf(input.rule).map(weeklyWindow), offsetsBetween(input.time_zone, from, to), from, to);
  };
  const currentOrNext = (input: z.output<typeof asked>) => spansOf(input).find(({ to }) => to > input.at);

  it.each(cases('rule_active', asked, z.object({ active: z.boolean() })))(
    'is active or not: $id',
    ({ input, expected }) => {
      expect(spansOf(input).some(({ from, to }) => from <= input.at && input.at < to)).toBe(expected.active);
    },
  );

  it.each(cases('rule_start', asked, z.object({ start: instant })))('begins: $id', ({ input, expected }) => {
    expect(currentOrNext(input)?.from).toBe(expected.start);
  });

  it.each(cases('rule_end', asked, z.object({ end: instant })))('ends: $id', ({ input, expected }) => {
    expect(currentOrNext(input)?.to).toBe(expected.end);
  });
});

describe('windows of OneUptime', () => {
  const weekly = z.object({
    time_zone: z.string(),
    window: z.object({ from: z.string(), to: z.string() }),
    at: instant,
  });
  it.each(cases('weekly_window_covered', weekly, z.object({ covered: z.boolean() })))(
    'cover an instant or not: $id',
    ({ input, expected }) => {
      const windows = weekWindows(input.window.from, input.window.to).map(weeklyWindow);
      const offsets = offsetsBetween(input.time_zone, input.at, input.at);
      expect(openSpans(windows, offsets, input.at, input.at + 1).length > 0).toBe(expected.covered);
    },
  );

  const daily = z.object({ time_zone: z.string(), window: z.tuple([z.string(), z.string()]), date: z.string() });
  it.each(cases('daily_window', daily, z.object({ start: instant, end: instant })))(
    'keep wall time: $id',
    ({ input, expected }) => {
      const day = wallMs(`${input.date}T00:00`);
      const offsets = offsetsBetween(input.time_zone, day, day + dayMs);
      const [from, to] = [firstInstant(offsets, day), lastInstant(offsets, day + dayMs)];
      const windows = [weeklyWindow({ days: weekdays, from: input.window[0], to: input.window[1] })];
      expect(openSpans(windows, offsets, from, to)).toEqual([{ from: expected.start, to: expected.end }]);
    },
  );

  const night = z.object({
    time_zone: z.string(),
    window_utc_authored: z.tuple([z.string(), z.string()]),
    from: z.string(),
    to: z.string(),
  });
  it.each(cases('overnight_window_property', night, z.object({ duplicates: z.literal(0) })))(
    'over midnight never repeat and never vanish: $id',
    ({ input }) => {
      const [from, to] = [at(`${input.from}T12:00Z`), at(`${input.to}T12:00Z`)];
      const [start, end] = input.window_utc_authored;
      const spans = openSpans(
        [weeklyWindow({ days: weekdays, from: start, to: end })],
        offsetsBetween(input.time_zone, from, to),
        from,
        to,
      );
      expect(spans.length).toBe((to - from) / dayMs);
      for (const [index, span] of spans.entries()) {
        expect(span.from).toBeLessThan(span.to);
        expect(span.from).toBeGreaterThan(spans[index - 1]?.to ?? -Infinity);
      }
    },
  );
});

describe('the clock of GoAlert', () => {
  const clock = z.object({ time_zone: z.string(), clock: z.string(), date: z.string() });
  const result = z.object({ instant });
  const offsetsOf = ({ time_zone, date }: { time_zone: string; date: string }) =>
    offsetsBetween(time_zone, at(`${date}T00:00Z`), at(`${date}T00:00Z`) + dayMs);

  it.each(cases('clock_first_of_day', clock, result))('shows a time first: $id', ({ input, expected }) => {
    expect(firstInstant(offsetsOf(input), wallMs(`${input.date}T${input.clock}`))).toBe(expected.instant);
    expect(fromWall(Temporal.PlainDateTime.from(`${input.date}T${input.clock}`), input.time_zone)).toBe(
      expected.instant,
    );
  });

  it.each(cases('clock_last_of_day', clock, result))('shows a time last: $id', ({ input, expected }) => {
    expect(lastInstant(offsetsOf(input), wallMs(`${input.date}T${input.clock}`))).toBe(expected.instant);
  });

  const transition = z.object({
    has_transition: z.boolean(),
    at_clock: z.string().optional(),
    change: z.string().optional(),
  });
  it.each(cases('dst_transition', clock.omit({ clock: true }), transition))(
    'is moved or not: $id',
    ({ input, expected }) => {
      const day = wallMs(`${input.date}T00:00`);
      const changes = clockChanges(offsetsOf(input)).filter(({ from }) => day <= from && from < day + dayMs);
      expect(changes.length > 0).toBe(expected.has_transition);
      if (expected.at_clock === undefined) return;
      const [change] = changes;
      const [before, after] = [change?.from, change?.to].map((wall) => new Date(wall ?? 0).toISOString().slice(11, 16));
      expect(expected.change?.startsWith('-') === true ? after : before).toBe(expected.at_clock);
      expect((change?.to ?? 0) - (change?.from ?? 0)).toBe(hourMs);
    },
  );

  const added = z.object({ time_zone: z.string(), from: instant, hours: z.number(), minutes: z.number() });
  it.each(cases('add_wall_clock_hours', added, result))('goes on by hours on the wall: $id', ({ input, expected }) => {
    const offsets = offsetsBetween(input.time_zone, input.from - 30 * dayMs, input.from + 30 * dayMs);
    const wall = wallAt(offsets, input.from) + input.hours * hourMs + input.minutes * minuteMs;
    expect(firstInstant(offsets, wall)).toBe(expected.instant);
  });
});

describe('a grid of months', () => {
  const asked = rotationIn.extend({ at: instant });
  it.each(cases('rotation_property', asked, z.object({ property: z.string() })))(
    'gives from one instant what walking from its anchor gives: $id',
    ({ input }) => {
      const { grid } = rotationOf(layerOf(input.rotation, input.time_zone));
      const offsets = offsetsBetween(input.time_zone, input.rotation.start, input.at);
      let walked = 0;
      while (turnStartsAt(grid, offsets, walked + 1) <= input.at) walked += 1;
      expect(turnAt(grid, offsets, input.at)).toBe(walked);
      expect(turnIn(input, input.at).to).toBe(turnStartsAt(grid, offsets, walked + 1));
    },
  );
});

describe('Asia/Jerusalem', () => {
  const file = z
    .object({
      transitions: z.array(z.object({ instant, localBefore: z.string(), localAfter: z.string(), kind: z.string() })),
      instants: z.array(
        z.object({ id: z.string(), instant, local: z.string(), offset: z.string(), weekday: z.string() }),
      ),
      wall: z.array(z.object({ local: z.string(), kind: z.string(), earlier: instant, later: instant })),
      days: z.array(z.object({ date: z.string(), start: instant, end: instant, hours: z.number() })),
    })
    .parse(JSON.parse(readFileSync(new URL('../fixtures/oncall/israel-time-vectors.json', import.meta.url), 'utf8')));
  const zone = 'Asia/Jerusalem';
  const offsets = offsetsBetween(zone, at('2024-01-01T00:00Z'), at('2031-01-01T00:00Z'));

  it.each(file.transitions)('moves its clock at $localBefore', ({ instant: atMs, localBefore, localAfter }) => {
    expect([toIsoInZone(atMs - 1000, zone), toIsoInZone(atMs, zone)]).toEqual([localBefore, localAfter]);
    expect(wallAt(offsets, atMs)).toBe(wallMs(localAfter.slice(0, 19)));
  });

  it.each(file.instants)('shows $local at $id', ({ instant: atMs, local, offset, weekday }) => {
    expect(toIsoInZone(atMs, zone)).toBe(`${local}${offset}`);
    expect(wallAt(offsets, atMs)).toBe(wallMs(local));
    expect(zoned(atMs, zone).toLocaleString('en', { weekday: 'long' })).toBe(weekday);
  });

  it.each(file.wall)('reads $local, of which the kind is $kind', ({ local, kind, earlier, later }) => {
    const [first, last] = [firstInstant(offsets, wallMs(local)), lastInstant(offsets, wallMs(local))];
    expect(fromWall(Temporal.PlainDateTime.from(local), zone)).toBe(first);
    if (kind === 'gap') {
      // Toran goes to the end of the gap and not, like the reference, as far beyond it as the time lay inside.
      expect(first).toBe(last);
      expect([earlier < first, first <= later]).toEqual([true, true]);
      expect(file.transitions.map((change) => change.instant)).toContain(first);
    } else {
      expect([first, last]).toEqual([earlier, later]);
    }
  });

  it.each(file.days)('has $hours hours on $date', ({ date, start, end, hours }) => {
    const midnight = wallMs(`${date}T00:00`);
    expect([firstInstant(offsets, midnight), firstInstant(offsets, midnight + dayMs)]).toEqual([start, end]);
    expect(end - start).toBe(hours * hourMs);
  });

  it('keeps a hand-off on each of those days at its wall time', () => {
    const grid = gridOf(wallMs('2024-01-01T09:00'), { unit: 'days', count: 1 });
    for (const { date } of file.days) {
      const k = turnAt(grid, offsets, firstInstant(offsets, wallMs(`${date}T12:00`)));
      expect(toIsoInZone(turnStartsAt(grid, offsets, k), zone).slice(0, 16)).toBe(`${date}T09:00`);
    }
  });
});

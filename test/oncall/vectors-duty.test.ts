import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BadInput } from '../../src/config/bad-input.ts';
import { parseCatalog } from '../../src/config/catalog.ts';
import type { Layer, Override, Schedule } from '../../src/oncall/catalog.ts';
import { weekdays } from '../../src/oncall/catalog.ts';
import { offsetsFor, rotationOf, turnsBetween } from '../../src/oncall/rotation.ts';
import type { EpochMs } from '../../src/oncall/time.ts';
import { always, brief, daily, goOverride, overrideOf, shiftsOf, staffed, unionAt } from './vectors-world.ts';
import { cases, dayAndClock, instant, layerOf, leftOut, rotation, rule, vectorIds, windowsOf } from './vectors.ts';
import { askCommandLine, inFolder, takeQuestions } from './vectors-cli.ts';
import { at, dayMs, hourMs, schedule } from './world.ts';

describe('GoAlert', () => {
  const shift = z.object({ user: z.string(), start: instant, end: instant });
  const asked = z.object({
    time_zone: z.string(),
    window_start: instant,
    window_end: instant,
    rules: z.array(
      rule.extend({
        user: z.string().optional(),
        rotation: z
          .looseObject({
            type: z.literal('weekly'),
            shift_length: z.int(),
            current_start: instant,
            participants: z.array(z.string()),
          })
          .optional(),
      }),
    ),
    overrides: z.array(goOverride).default([]),
    history: z.array(shift).default([]),
  });

  it.each(cases('schedule_shifts', asked, z.object({ shifts: z.array(shift) })))(
    'has the same shifts: $id',
    ({ input, expected }) => {
      const layers = input.rules.map(({ user, rotation: turns, ...times }) =>
        turns === undefined
          ? always(user ?? '', windowsOf(times))
          : layerOf({ ...turns, start: turns.current_start }, input.time_zone, windowsOf(times)),
      );
      const given = schedule('s', layers, { timezone: input.time_zone, overrides: input.overrides.map(overrideOf) });
      const past = new Set(input.history.map(({ start }) => start));
      const found = brief(staffed(shiftsOf(given, input.window_start, input.window_end)));
      expect(found).toEqual(expected.shifts.filter(({ start }) => !past.has(start)));
    },
  );

  const person = z.object({
    time_zone: z.string(),
    at: instant,
    rotation: z.object({
      type: z.literal('weekly'),
      shift_length: z.int(),
      current_start: instant,
      participants: z.array(z.string()),
    }),
  });
  it.each(cases('rotation_user', person, z.object({ user: z.string() })))(
    'has the same person: $id',
    ({ input, expected }) => {
      const layer = layerOf({ ...input.rotation, start: input.rotation.current_start }, input.time_zone);
      expect(unionAt([schedule('s', [layer], { timezone: input.time_zone })], input.at)).toEqual([expected.user]);
    },
  );

  const raw = z.object({ rotation: z.object({ type: z.literal('weekly'), shift_length: z.number() }) });
  it.each(cases('rotation_validation', raw, z.object({ valid: z.literal(false) })))(
    'refuses the same rotation: $id',
    ({ input }) => {
      const layer = `{ start: 2026-01-01T00:00, every: { weeks: ${input.rotation.shift_length} }, participants: [a] }`;
      const text = `workspace: { timezone: UTC }\npeople: { a: { name: A } }\nschedules: { s: { layers: [${layer}] } }`;
      expect(() => parseCatalog(text, 'catalog.yaml')).toThrow(BadInput);
      expect(parseCatalog(text.replace('-100', '100'), 'catalog.yaml').schedules['s']?.layers).toHaveLength(1);
    },
  );
});

describe('who is on call', () => {
  const group = z
    .array(z.string())
    .length(1)
    .transform(([who = '']) => who);
  const recurring = z.object({
    start: instant,
    rotation_start: instant,
    duration_s: z.number(),
    frequency: z.enum(['hourly', 'daily', 'weekly']),
    by_day: z.array(z.string()).optional(),
    until: instant.optional(),
    groups: z.array(group),
  });
  const positions = z.array(z.tuple([z.string(), z.number()]));
  const asked = z.object({
    time_zone: z.string(),
    queries: z.array(instant).default([]),
    rotation: rotation.extend({ participants_with_positions: positions.optional() }).optional(),
    rules: z.array(rule.extend({ user: z.string() })).default([]),
    overrides: z.array(goOverride).default([]),
    recurring_shift: recurring.optional(),
  });
  const answer = z.object({
    users: z.array(z.array(z.string())).optional(),
    queries: z.array(z.object({ at: instant, users: z.array(z.string()) })).optional(),
  });

  function schedulesOf(input: z.output<typeof asked>): Schedule[] {
    const more = { timezone: input.time_zone, overrides: input.overrides.map(overrideOf) };
    if (input.recurring_shift !== undefined) return [fromRecurring(input.recurring_shift)];
    if (input.rotation === undefined) {
      return input.rules.map((one, index) => schedule(`s${index}`, [always(one.user, windowsOf(one))], more));
    }
    const byPosition = input.rotation.participants_with_positions?.toSorted((a, b) => a[1] - b[1]).map(([who]) => who);
    const participants = byPosition ?? input.rotation.participants;
    return [schedule('s', [layerOf({ ...input.rotation, participants }, input.time_zone)], more)];
  }

  /** Grafana counts turns from `start` but opens only at `rotation_start`: here the later start takes the later person. */
  function fromRecurring(shift: z.output<typeof recurring>): Schedule {
    const unitMs = { hourly: hourMs, daily: dayMs, weekly: 7 * dayMs }[shift.frequency];
    const unit = ({ hourly: 'hours', daily: 'days', weekly: 'weeks' } as const)[shift.frequency];
    const late = Math.ceil((shift.rotation_start - shift.start) / unitMs);
    const participants = [
      ...shift.groups.slice(late % shift.groups.length),
      ...shift.groups.slice(0, late % shift.groups.length),
    ];
    const days =
      shift.by_day === undefined
        ? weekdays
        : weekdays.filter((day) => shift.by_day?.includes(day.slice(0, 2).toUpperCase()));
    const open = (from: EpochMs) => daily(from, from + shift.duration_s * 1000, days);
    const windows =
      shift.frequency === 'hourly' ? Array.from({ length: 24 }, (_, hour) => open(hour * hourMs)) : [open(shift.start)];
    const start = new Date(shift.start + late * unitMs).toISOString().slice(0, 16);
    const { until } = shift;
    const ended =
      until === undefined
        ? []
        : shift.groups.map((insteadOf): Override => ({ from: until, to: Infinity, kind: 'remove', insteadOf }));
    return schedule('s', [{ start, every: { unit, count: 1 }, participants, windows }], {
      timezone: 'UTC',
      overrides: ended,
    });
  }

  it.each(cases('oncall_at', asked, answer))('is the same person: $id', ({ input, expected }) => {
    const given = schedulesOf(input);
    const wanted =
      expected.queries ?? input.queries.map((when, index) => ({ at: when, users: expected.users?.[index] ?? [] }));
    expect(wanted.length).toBeGreaterThan(0);
    expect(wanted.map((query) => [query.at, unionAt(given, query.at)])).toEqual(
      wanted.map((query) => [query.at, query.users]),
    );
  });
});

describe('LinkedIn oncall', () => {
  const slot = z.object({ start: z.string(), duration_h: z.number() });
  const asked = z.object({
    time_zone: z.string(),
    now_local: z.string(),
    populate_days_ahead: z.number(),
    template: z.tuple([slot]),
  });
  const answer = z.object({
    event_starts: z.array(instant).optional(),
    second_epoch_starts: z.array(instant).optional(),
    consecutive_no_gap: z.literal(true).optional(),
  });

  it.each(cases('populate_events', asked, answer))('fills the same slots: $id', ({ input, expected }) => {
    const [{ start, duration_h: hours }] = input.template;
    const [weekday, clock] = dayAndClock(start);
    const end = String((Number(clock.slice(0, 2)) + hours) % 24 || 24).padStart(2, '0') + clock.slice(2);
    // A slot of a week hands over; a shorter one, repeated each day, is a window.
    const windows = hours === 168 ? [] : [{ days: weekdays, from: clock, to: end }];
    const layer: Layer = {
      start: `${anchorBefore(input.now_local, weekday)}T${clock}`,
      every: { unit: 'weeks', count: 1 },
      participants: ['a', 'b'],
      windows,
    };
    const rotation = rotationOf(layer);
    const wanted = expected.event_starts ?? expected.second_epoch_starts ?? [];
    const from = (wanted[0] ?? at(`${input.now_local}Z`)) - hourMs;
    const to = (wanted.at(-1) ?? from + input.populate_days_ahead * dayMs) + hourMs;
    const turns = turnsBetween(rotation, offsetsFor([rotation], input.time_zone, from, to), from, to);
    if (expected.consecutive_no_gap === true) {
      expect(turns.length).toBe(3);
      for (const [index, turn] of turns.entries()) if (index > 0) expect(turn.from).toBe(turns[index - 1]?.to);
    } else {
      expect(turns.map((turn) => turn.from).filter((start) => start > from)).toEqual(wanted);
    }
  });

  /** The date of that weekday four weeks before: far enough back that the rotation has begun. */
  function anchorBefore(local: string, weekday: number): string {
    const date = Temporal.PlainDateTime.from(local).toPlainDate().subtract({ weeks: 4 });
    return date.subtract({ days: (date.dayOfWeek - weekday + 7) % 7 }).toString();
  }
});

describe('the cases of other engines', () => {
  it('are all run, or docs/oncall-vectors.md says why not', () => {
    const explained = readFileSync(new URL('../../docs/oncall-vectors.md', import.meta.url), 'utf8');
    expect([...leftOut].filter((id) => !explained.includes(id))).toEqual([]);
    expect([...leftOut].filter((id) => !vectorIds.includes(id))).toEqual([]);
  });
});

describe('the command line', () => {
  it('says the same from catalog files, to every question of the cases above', async () => {
    const questions = takeQuestions();
    expect(questions.length).toBeGreaterThan(20);
    await inFolder(async (folder) => {
      for (const question of questions) {
        const { said, expected } = await askCommandLine(question, folder);
        expect({ question, said }).toEqual({ question, said: expected });
      }
    });
  });
});

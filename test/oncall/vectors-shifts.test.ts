import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Override, Schedule } from '../../src/oncall/catalog.ts';
import { weekdays } from '../../src/oncall/catalog.ts';
import { type EpochMs, zoned } from '../../src/oncall/time.ts';
import { always, brief, daily, shiftsOf, staffed, unionAt } from './vectors-world.ts';
import { cases, instant, layerOf, rotation } from './vectors.ts';
import { askCommandLine, inFolder, takeQuestions } from './vectors-cli.ts';
import { at, dayMs, hourMs, schedule } from './world.ts';

describe('Grafana OnCall', () => {
  const asked = z.object({
    participant_groups: z.array(z.array(z.string()).length(1)),
    start: instant,
    by_day: z.array(z.string()),
    frequency: z.enum(['hourly', 'daily', 'weekly', 'monthly']),
    interval: z.literal(1),
    shift_duration_hours: z.number(),
    until: instant,
    week_start: z.literal('MO'),
  });

  it.each(
    cases('recurring_shift_users', asked, z.object({ users_by_shift_start_date: z.record(z.string(), z.string()) })),
  )('has the same people: $id', ({ input, expected }) => {
    const days = weekdays.filter((day) => input.by_day.includes(day.slice(0, 2).toUpperCase()));
    const participants = input.participant_groups.flat();
    // Grafana's weeks begin on Monday and its months on the 1st; Toran's begin where the anchor says.
    const first = zoned(input.start, 'UTC').toPlainDate();
    const anchor = {
      hourly: first,
      daily: first,
      weekly: first.subtract({ days: first.dayOfWeek - 1 }),
      monthly: first.with({ day: 1 }),
    }[input.frequency];
    const layer = layerOf(
      { type: input.frequency, shift_length: 1, start: at(`${anchor.toString()}T00:00Z`), participants },
      'UTC',
      [daily(input.start, input.start + input.shift_duration_hours * hourMs, days)],
    );
    const found = staffed(shiftsOf(schedule('s', [layer], { timezone: 'UTC' }), input.start, input.until));
    expect(
      Object.fromEntries(found.map(({ start, person }) => [new Date(start).toISOString().slice(0, 10), person])),
    ).toEqual(expected.users_by_shift_start_date);
  });

  const event = z.object({ start: instant, end: instant, user: z.string().nullable() });
  const shift = z.object({ user: z.string(), start: instant, end: instant });
  const final = z.object({
    window_start: instant,
    window_end: instant,
    shifts: z.array(shift.extend({ priority: z.number() })),
    overrides: z.array(shift),
  });
  it.each(cases('final_schedule', final, z.object({ events: z.array(event) })))(
    'has the same final schedule: $id',
    ({ input, expected }) => {
      const layers = input.shifts
        .toSorted((a, b) => a.priority - b.priority)
        .map(({ user, start, end }) => always(user, [daily(start, end)]));
      const overrides = input.overrides.map(({ user, start, end }): Override => ({
        from: start,
        to: end,
        kind: 'only',
        person: user,
      }));
      const given = schedule('s', layers, { timezone: 'UTC', overrides });
      const { start: from, end: to } = { start: expected.events[0]?.start ?? 0, end: expected.events.at(-1)?.end ?? 0 };
      expect(brief(shiftsOf(given, from, to))).toEqual(
        expected.events.map(({ user, start, end }) => ({ user, start, end })),
      );
      expect(unionAt([given], input.window_start)).toEqual(
        expected.events
          .filter(({ start, end, user }) => user !== null && start <= input.window_start && input.window_start < end)
          .map(({ user }) => user),
      );
    },
  );

  const swap = z.object({
    daily_shift: shift,
    swap: z.object({ beneficiary: z.string(), start: instant, end: instant, taken_by: z.string() }),
    window_start: instant,
    window_end: instant,
  });
  it.each(cases('shift_swap', swap, z.object({ events: z.array(shift) })))(
    'swaps the same shift: $id',
    ({ input, expected }) => {
      const { beneficiary, start, end, taken_by: person } = input.swap;
      const override: Override = { from: start, to: end, kind: 'replace', person, insteadOf: beneficiary };
      const layers = [always(input.daily_shift.user, [daily(input.daily_shift.start, input.daily_shift.end)])];
      const given = schedule('s', layers, { timezone: 'UTC', overrides: [override] });
      expect(brief(staffed(shiftsOf(given, input.window_start, input.window_end)))).toEqual(expected.events);
    },
  );

  const spell = z.object({
    user: z.string(),
    start: instant,
    duration_h: z.literal(24),
    interval: z.number().default(1),
    until: instant.optional(),
  });
  const check = z.object({ now: instant, look_ahead_days: z.number(), shifts: z.array(spell) });
  it.each(cases('gap_check', check, z.object({ has_gaps: z.boolean() })))(
    'sees the same gaps ahead: $id',
    ({ input, expected }) => {
      const from = input.now;
      const to = from + input.look_ahead_days * dayMs;
      const layers = input.shifts
        .filter(({ start, until }) => start < to && (until ?? Infinity) > from)
        .map(({ user, start }) => always(user, [], new Date(start).toISOString().slice(0, 16)));
      expect(shiftsOf(schedule('s', layers, { timezone: 'UTC' }), from, to).some(({ person }) => person === null)).toBe(
        expected.has_gaps,
      );
    },
  );
});

describe('an override', () => {
  const hour = (number: number) => at('2026-06-01T00:00Z') + number * hourMs;
  const second = (number: number) => at('2026-06-01T00:00Z') + number * 1000;

  /** Somebody on duty for single spans, as additions to a schedule whose rotation has not begun. */
  function spells(list: readonly (readonly [string, EpochMs, EpochMs])[], overrides: readonly Override[]): Schedule {
    const added = list.map(([person, from, to]): Override => ({ from, to, kind: 'add', person }));
    return schedule('s', [always('u1', [], '2100-01-01T00:00')], {
      timezone: 'UTC',
      overrides: [...added, ...overrides],
    });
  }

  const pair = z.tuple([z.string(), z.number(), z.number()]);
  const split = z.object({
    event_h: pair,
    override_h: z.object({ from: z.string(), to: z.string(), start: z.number(), end: z.number() }),
  });
  it.each(cases('user_override_split', split, z.object({ segments_h: z.array(pair) })))(
    'cuts a shift as in OneUptime: $id',
    ({ input, expected }) => {
      const [who, from, to] = input.event_h;
      const { from: insteadOf, to: person, start, end } = input.override_h;
      const given = spells(
        [[who, hour(from), hour(to)]],
        [{ from: hour(start), to: hour(end), kind: 'replace', person, insteadOf }],
      );
      const wanted = expected.segments_h.map(([user, start, end]) => ({ user, start: hour(start), end: hour(end) }));
      expect(brief(staffed(shiftsOf(given, hour(0), hour(24))))).toEqual(wanted);
    },
  );

  const resolve = z.object({
    event_h: pair.optional(),
    events_h: z.array(pair).optional(),
    overrides_h: z.array(z.tuple([z.string(), z.string(), z.number(), z.number()])),
    at_h: z.array(z.number()),
  });
  it.each(cases('user_override_resolve', resolve, z.object({ users: z.array(z.string()) })))(
    'names the same person as in OneUptime: $id',
    ({ input, expected }) => {
      const events = input.events_h ?? (input.event_h === undefined ? [] : [input.event_h]);
      const given = spells(
        events.map(([who, from, to]) => [who, hour(from), hour(to)]),
        input.overrides_h.map(([insteadOf, person, from, to]): Override => ({
          from: hour(from),
          to: hour(to),
          kind: 'replace',
          person,
          insteadOf,
        })),
      );
      expect(input.at_h.map((when) => unionAt([given], hour(when)))).toEqual(expected.users.map((user) => [user]));
    },
  );

  it('follows a chain where OneUptime stops at the first cover', () => {
    const overrides = [['A', 'B', 9, 13] as const, ['B', 'C', 10, 12] as const].map(
      ([insteadOf, person, from, to]): Override => ({
        from: hour(from),
        to: hour(to),
        kind: 'replace',
        person,
        insteadOf,
      }),
    );
    const given = spells([['A', hour(8), hour(14)]], overrides);
    expect([8.5, 9.5, 11, 12.5, 13.5].map((when) => unionAt([given], hour(when))[0])).toEqual([
      'A',
      'B',
      'C',
      'B',
      'A',
    ]);
  });

  const seconds = z.tuple([z.number(), z.number()]);
  const edit = z.object({ user_events_s: z.array(seconds), override_s: seconds });
  it.each(
    cases('override_split', edit, z.object({ user_events_s: z.array(seconds), override_events_s: z.array(seconds) })),
  )('cuts shifts as in LinkedIn oncall: $id', ({ input, expected }) => {
    const [from, to] = input.override_s;
    const given = spells(
      input.user_events_s.map(([start, end]) => ['user', second(start), second(end)]),
      [{ from: second(from), to: second(to), kind: 'replace', person: 'X', insteadOf: 'user' }],
    );
    const found = shiftsOf(given, second(-100_000), second(100_000));
    const of = (who: string) => found.filter(({ person }) => person === who).map(({ start, end }) => [start, end]);
    expect(of('user')).toEqual(expected.user_events_s.map(([start, end]) => [second(start), second(end)]));
    expect(of('X')).toEqual(expected.override_events_s.map(([start, end]) => [second(start), second(end)]));
  });
});

describe('restricted rotations', () => {
  const next = z.object({
    time_zone: z.string(),
    rotation,
    daily_window: z.tuple([z.string(), z.string()]),
    at: instant,
  });
  it.each(cases('next_oncall', next, z.object({ next_user: z.string(), next_start_date: z.string() })))(
    'have the same person next as in OneUptime: $id',
    ({ input, expected }) => {
      const [from, to] = input.daily_window;
      const layer = layerOf(input.rotation, input.time_zone, [{ days: weekdays, from, to }]);
      const [first] = staffed(
        shiftsOf(schedule('s', [layer], { timezone: input.time_zone }), input.at, input.at + 7 * dayMs),
      );
      expect([first?.person, new Date(first?.start ?? 0).toISOString().slice(0, 10)]).toEqual([
        expected.next_user,
        expected.next_start_date,
      ]);
    },
  );

  const blocks = z.object({
    time_zone: z.string(),
    rotation: z.object({ length_hours: z.number(), start: instant, participants: z.array(z.string()) }),
    restriction_days: z.array(z.string()).optional(),
    restriction_hours: z.tuple([z.number(), z.number()]).optional(),
    window_start: instant,
    window_end: instant,
  });
  const found = z.object({
    block_starts: z.array(instant).optional(),
    blocks: z.number().optional(),
    first: z.tuple([instant, instant]).optional(),
    last: z.tuple([instant, instant]).optional(),
    first_user: z.string().optional(),
    first_end: instant.optional(),
    last_user: z.string().optional(),
  });
  it.each(cases('rotation_blocks', blocks, found))(
    'have the same blocks as in OpsKnight: $id',
    ({ input, expected }) => {
      const days = weekdays.filter((day) => input.restriction_days?.includes(day.slice(0, 2).toUpperCase()) ?? true);
      const [from, to] = (input.restriction_hours ?? [0, 24]).map((hours) => `${String(hours).padStart(2, '0')}:00`);
      const windows = input.restriction_days === undefined ? [] : [{ days, from: from ?? '', to: to ?? '' }];
      const { length_hours: hours, start, participants } = input.rotation;
      const layer = layerOf({ type: 'daily', shift_length: hours / 24, start, participants }, input.time_zone, windows);
      const all = staffed(
        shiftsOf(schedule('s', [layer], { timezone: input.time_zone }), input.window_start, input.window_end),
      );
      const actual: z.output<typeof found> = {
        block_starts: all.map((one) => one.start),
        blocks: all.length,
        first: [all[0]?.start ?? 0, all[0]?.end ?? 0],
        last: [all.at(-1)?.start ?? 0, all.at(-1)?.end ?? 0],
        first_user: all[0]?.person ?? '',
        first_end: all[0]?.end ?? 0,
        last_user: all.at(-1)?.person ?? '',
      };
      expect(Object.keys(expected).length).toBeGreaterThan(0);
      expect(actual).toMatchObject(expected);
    },
  );
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

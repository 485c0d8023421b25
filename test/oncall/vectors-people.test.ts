import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseAbsences } from '../../src/config/absences.ts';
import { continued } from '../../src/oncall/continuity.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { shiftsToHandOver } from '../../src/oncall/hand-over.ts';
import { substitutes } from '../../src/oncall/substitutes.ts';
import type { ScheduleCommand } from '../../src/oncall/schedule.ts';
import { decideSchedule } from '../../src/oncall/schedule-decide.ts';
import { evolveSchedule } from '../../src/oncall/schedule-evolve.ts';
import { newSchedule } from '../../src/oncall/schedule.ts';
import { toIso } from '../../src/oncall/time.ts';
import { world } from './vectors-world.ts';
import { cases, instant, layerOf, rotation } from './vectors.ts';
import { at, away, dayMs, facts, hourMs, layer, schedule } from './world.ts';

/** Cases of other engines about people who swap, leave, are busy elsewhere or away: in Toran offers, edits and absences. */

const monday = at('2026-06-01T00:00Z');

describe('a request for a swap in Grafana OnCall', () => {
  const roster = () =>
    facts({ schedules: [schedule('s', [layer(['u1', 'u2'], { start: '2026-06-01T00:00' })])], people: ['u1', 'u2'] });

  /** What becomes of an offer of the first week, made a day before. */
  function lived(...commands: readonly (readonly [ScheduleCommand, string])[]) {
    let state = newSchedule('s');
    const said: string[] = [];
    for (const [command, person] of commands) {
      const context = { now: monday - dayMs, actor: { kind: 'person', person } as const, facts: roster() };
      const decision = decideSchedule(command, state, context);
      said.push(decision.accepted ? 'accepted' : decision.refusal.code);
      if (!decision.accepted) continue;
      for (const event of decision.events) {
        const recorded = {
          sequence: state.version + 1,
          happenedAt: context.now,
          recordedAt: context.now,
          actor: context.actor,
          event,
        };
        state = evolveSchedule(state, recorded);
      }
    }
    return { offer: state.offers[0], said };
  }

  const offer: ScheduleCommand = {
    type: 'offer',
    id: 'f',
    kind: 'cover',
    from: monday,
    to: monday + 7 * dayMs,
    insteadOf: 'u1',
    asked: ['u2'],
    assignAt: null,
  };

  const status = z.object({
    taken: z.boolean().optional(),
    deleted: z.boolean().optional(),
    now_before_start: z.boolean().optional(),
  });
  it.each(cases('swap_status', status, z.object({ status: z.enum(['open', 'deleted']) })))(
    'is the offer that waits or was withdrawn: $id',
    ({ input, expected }) => {
      const { offer: found } =
        input.deleted === true
          ? lived([offer, 'u1'], [{ type: 'withdraw_offer', offer: 'f' }, 'u1'])
          : lived([offer, 'u1']);
      const wanted = { open: { kind: 'open' }, deleted: { kind: 'over', because: 'withdrawn' } } as const;
      expect(found?.state).toEqual(wanted[expected.status]);
    },
  );

  it.each(cases('swap_take', z.object({ taker: z.literal('beneficiary') }), z.object({ accepted: z.literal(false) })))(
    'cannot be taken by whoever made it: $id',
    () => {
      const { said } = lived([offer, 'u1'], [{ type: 'accept_offer', offer: 'f', person: 'u1' }, 'u1']);
      expect(said).toEqual(['accepted', 'not_asked']);
    },
  );

  const event = z.object({
    event: z.object({ title: z.string(), start: instant, end: instant }),
    user_on_call_then: z.literal(true),
  });
  it.each(cases('ooo_event_to_swap', event, z.object({ swap_request_created: z.literal(true) })))(
    'is made of an absence in a calendar, as an offer: $id',
    ({ input }) => {
      const { start, end } = input.event;
      // Grafana's event is 50 minutes long; Toran leaves less than an hour to whoever covers.
      const window = away('u1', start, end + hourMs, { source: 'calendar' });
      const duty = schedule('s', [layer(['u1', 'u2'], { start: '2026-06-01T00:00' })], { timezone: 'UTC' });
      const found = shiftsToHandOver(facts({ schedules: [duty], windows: [window] }), 'u1', start - dayMs);
      expect(found).toMatchObject([{ schedule: 's', from: start, to: end + hourMs }]);
    },
  );
});

describe('GoAlert', () => {
  const removal = z.object({
    rotation: rotation.omit({ start: true }),
    active_index_before: z.int(),
    delete_user: z.string(),
  });
  it.each(cases('rotation_participant_delete', removal, z.object({ active_user_after: z.string() })))(
    'keeps the same person on duty when somebody else is removed: $id',
    ({ input, expected }) => {
      const start = monday - input.active_index_before * dayMs;
      const catalogWith = (participants: string[]) =>
        world(schedule('s', [layerOf({ ...input.rotation, start, participants }, 'UTC')], { timezone: 'UTC' })).catalog;
      const before = catalogWith(input.rotation.participants);
      const file = catalogWith(input.rotation.participants.filter((user) => user !== input.delete_user));
      const now = monday + hourMs;
      const who = (catalog: typeof before) =>
        onDuty({ catalog, windows: [], overrides: [] }, 's', now, 'sev1')[0]?.person;
      expect(who(before)).toBe(input.rotation.participants[input.active_index_before]);
      expect(who(continued(before, file, now))).toBe(expected.active_user_after);
    },
  );
});

describe('LinkedIn oncall', () => {
  const busy = z.object({ roster: z.array(z.string()), busy: z.array(z.object({ user: z.string() })) });
  it.each(cases('vacation', busy, z.object({ users: z.array(z.string()) })))(
    'gives two weeks to whoever is not busy elsewhere, which an absence says: $id',
    ({ input, expected }) => {
      const base = world(schedule('s', [layer(input.roster, { start: '2026-06-01T00:00' })], { timezone: 'UTC' }));
      const absences = input.busy.map(({ user }) => {
        return { person: user, effect: 'hard', from: toIso(monday), to: toIso(monday + 14 * dayMs) };
      });
      const windows = parseAbsences(JSON.stringify(absences), 'absences.yaml', base.catalog);
      const users = expected.users.map(
        (_, week) => onDuty({ ...base, windows }, 's', monday + week * 7 * dayMs, 'sev1')[0]?.person,
      );
      expect(users).toEqual(expected.users);
    },
  );

  const choice = z.object({ roster: z.array(z.number()), never_scheduled: z.array(z.number()) });
  it.each(cases('pick_user', choice, z.object({ user: z.number() })))(
    'asks first who has carried least: $id',
    ({ input, expected }) => {
      const people = input.roster.map(String);
      const given = facts({ schedules: [schedule('s', [layer(['absent', ...people])])] });
      const loads = new Map(
        people.map((id) => [
          id,
          { points: input.never_scheduled.includes(Number(id)) ? 0 : 100, availableHours: 1_000 },
        ]),
      );
      const span = { from: monday, to: monday + hourMs };
      const found = substitutes(given, 's', span, 'absent', { loads, dayKind: () => 'workday', seed: 's' });
      expect(found[0]?.person).toBe(String(expected.user));
    },
  );
});

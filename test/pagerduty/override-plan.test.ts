import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hourMs } from '../../src/oncall/time.ts';
import { missingOf, ownOf, staleOf, type WantedDuty } from '../../src/pagerduty/override-plan.ts';
import type { ScheduleReading } from '../../src/pagerduty/client-overrides.ts';
import type { Schedule } from '../../src/sandbox/pagerduty/model.ts';
import { shiftsOf } from '../../src/sandbox/pagerduty/on-call.ts';

const users = ['PALMA', 'PBENI', 'PCARMEL', 'PDANA'] as const;
const user = fc.constantFrom(...users);
const hours = 200;
const within = { from: 0, to: hours * hourMs };

/** Segments in order, some of them left out, as a schedule with gaps would have them. */
const wanted = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.option(user, { nil: undefined })), { minLength: 1, maxLength: 8 })
  .map((drafts) => {
    let at = 0;
    return drafts.flatMap(([length, who]): WantedDuty[] => {
      const from = at;
      at = Math.min(hours, at + length);
      if (who === undefined || from >= at) return [];
      return [
        { from: from * hourMs, to: at * hourMs, users: [who], gone: new Set(users.filter((one) => one !== who)) },
      ];
    });
  });

const spans = fc
  .tuple(fc.integer({ min: 0, max: hours - 1 }), fc.integer({ min: 1, max: 50 }), user)
  .map(([from, length, who]) => ({ start: from * hourMs, end: (from + length) * hourMs, userId: who }));

function scheduleOf(system: Schedule['system'], rotation: readonly string[]): Schedule {
  return {
    id: 'S',
    name: 'S',
    timeZone: 'Etc/UTC',
    system,
    rotations: [{ id: 'R', start: 0, turnMs: 24 * hourMs, userIds: [...rotation] }],
    overrides: [],
    customShifts: [],
  };
}

function read(schedule: Schedule): ScheduleReading {
  return {
    system: schedule.system,
    times: shiftsOf(schedule, within.from, within.to).map(({ userId, start, end, source }) => ({
      from: start,
      to: end,
      user: userId,
      rotation: 'rotationId' in source ? source.rotationId : null,
      shift: 'shiftId' in source ? source.shiftId : null,
      override: source.type === 'override' ? source.overrideId : null,
    })),
  };
}

function listed(schedule: Schedule) {
  return schedule.overrides.map(({ id, start, end, userId }) => ({ id, from: start, to: end, user: userId }));
}

/** One look, as overrides.ts takes it. Returns how much it changed. */
function look(schedule: Schedule, duties: readonly WantedDuty[], own: Set<string>): number {
  const published = [...own].map((id) => ({ id, schedule: 'S', from: 0, to: 0, user: '' }));
  const stale = staleOf(ownOf(listed(schedule), published), duties, within);
  for (const { id } of stale)
    schedule.overrides.splice(
      schedule.overrides.findIndex((one) => one.id === id),
      1,
    );
  const others = listed(schedule).filter(({ id }) => !own.has(id));
  const missing = missingOf(read(schedule), duties, others);
  for (const { from, to, user: who, replaces } of missing) {
    const id = `own${own.size}`;
    own.add(id);
    schedule.overrides.push({
      id,
      start: from,
      end: to,
      userId: who,
      replaces: replaces === undefined ? null : { userId: replaces.user, rotationId: replaces.rotation ?? '' },
    });
  }
  return stale.length + missing.length;
}

function onCall(schedule: Schedule, at: number): (string | null)[] {
  return shiftsOf(schedule, at, at + 1).map(({ userId }) => userId);
}

describe('one look at a schedule of PagerDuty', () => {
  it.each(['layers', 'shifts'] as const)(
    'leaves on call there whoever is on duty here, and the next changes nothing: %s',
    (system) => {
      fc.assert(
        fc.property(
          fc.array(user, { minLength: 1, maxLength: 3 }),
          fc.array(wanted, { minLength: 1, maxLength: 4 }),
          fc.array(spans, { maxLength: system === 'layers' ? 3 : 0 }),
          (rotation, history, theirs) => {
            const schedule = scheduleOf(system, rotation);
            schedule.overrides.push(...theirs.map((span, n) => ({ ...span, id: `theirs${n}`, replaces: null })));
            const own = new Set<string>();
            for (const duties of history) {
              look(schedule, duties, own);
              expect(look(schedule, duties, own)).toBe(0);
              for (let hour = 0; hour < hours; hour += 1) {
                const at = hour * hourMs + 1;
                if (theirs.some(({ start, end }) => start <= at && at < end)) continue;
                const duty = duties.find(({ from, to }) => from <= at && at < to);
                const there = onCall(schedule, at);
                if (duty === undefined) expect(there).toEqual([rotation[Math.floor(hour / 24) % rotation.length]]);
                else expect(there).toEqual([duty.users[0]]);
              }
            }
            expect(schedule.overrides.filter(({ id }) => id.startsWith('theirs'))).toHaveLength(theirs.length);
          },
        ),
        { numRuns: 60 },
      );
    },
  );
});

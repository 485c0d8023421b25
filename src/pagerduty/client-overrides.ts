import { z } from 'zod';
import { parseInstant, toIso, type EpochMs } from '../oncall/time.ts';
import { anyAnswer } from './client-answers.ts';
import { done, failed, type PagerDutyResult } from './client-result.ts';
import type { Transport } from './client-transport.ts';

/** PagerDuty has two systems of schedules, with calls of their own: layers (v2) and shifts (v3). */
export type ScheduleSystem = 'layers' | 'shifts';

/** Somebody's time on a schedule, [from, to); `user` null where PagerDuty has nobody. */
export interface ScheduledTime {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly user: string | null;
  /** Only for shifts: what an override has to name to replace it. */
  readonly rotation: string | null;
  readonly shift: string | null;
  readonly override: string | null;
}

export interface ScheduleReading {
  readonly system: ScheduleSystem;
  /** Who is on call, with all overrides that are there. */
  readonly times: readonly ScheduledTime[];
}

export interface ScheduleOverride {
  /** Lists of layered schedules may leave it out. */
  readonly id: string | undefined;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly user: string | null;
}

export interface NewOverride {
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly user: string;
  /** Only for shifts: whose time it is, and of what. */
  readonly replaces?: Pick<ScheduledTime, 'rotation' | 'shift'> & { readonly user: string };
}

export interface OverrideCalls {
  readSchedule(id: string, from: EpochMs, to: EpochMs): Promise<PagerDutyResult<ScheduleReading>>;
  /** Those that are not over. */
  listScheduleOverrides(
    id: string,
    system: ScheduleSystem,
    from: EpochMs,
    to: EpochMs,
  ): Promise<PagerDutyResult<readonly ScheduleOverride[]>>;
  /** Not safe to repeat: the same again would lie on top of the first. */
  createScheduleOverride(
    id: string,
    system: ScheduleSystem,
    override: NewOverride,
  ): Promise<PagerDutyResult<{ readonly id: string }>>;
  /** A running one ends now. One that is gone already counts as removed. */
  deleteScheduleOverride(id: string, system: ScheduleSystem, override: string): Promise<PagerDutyResult<null>>;
}

export function overrideCalls(transport: Transport): OverrideCalls {
  return {
    async readSchedule(id, from, to) {
      const query = { since: toIso(from), until: toIso(to) };
      const layers = await transport.rest({ method: 'GET', path: pathOf(id, 'layers'), query, answer: layersAnswer });
      if (layers.ok) return done({ system: 'layers', times: layers.value });
      // Schedules of the other kind are refused with a hint at where to ask.
      if (layers.error.kind !== 'refused' || layers.error.status !== 400) return layers;
      const shifts = await transport.rest({
        method: 'GET',
        path: pathOf(id, 'shifts'),
        query: { ...query, 'include[]': 'final_schedule' },
        answer: shiftsAnswer,
      });
      return shifts.ok ? done({ system: 'shifts', times: shifts.value }) : shifts;
    },
    listScheduleOverrides: (id, system, from, to) =>
      transport.rest({
        method: 'GET',
        path: `${pathOf(id, system)}/overrides`,
        query: {
          since: toIso(from),
          until: toIso(to),
          ...(system === 'layers' ? { editable: 'true' } : { limit: '100' }),
        },
        answer: system === 'layers' ? layerOverrides : shiftOverrides,
      }),
    createScheduleOverride: (id, system, override) => create(transport, id, system, override),
    async deleteScheduleOverride(id, system, override) {
      const path = `${pathOf(id, system)}/overrides/${encodeURIComponent(override)}`;
      const deleted = await transport.rest({ method: 'DELETE', path, answer: anyAnswer });
      const isGone = !deleted.ok && deleted.error.kind === 'refused' && [400, 404].includes(deleted.error.status);
      return isGone ? done(null) : deleted;
    },
  };
}

async function create(
  transport: Transport,
  id: string,
  system: ScheduleSystem,
  { from, to, user, replaces }: NewOverride,
): Promise<PagerDutyResult<{ readonly id: string }>> {
  const path = `${pathOf(id, system)}/overrides`;
  if (system === 'layers') {
    const override = { start: toIso(from), end: toIso(to), user: { id: user, type: 'user_reference' } };
    const made = await transport.rest({ method: 'POST', path, body: { overrides: [override] }, answer: layersCreated });
    if (!made.ok) return made;
    // 201 says nothing: each element has a status of its own.
    const [first] = made.value;
    if (first?.override?.id !== undefined) return done({ id: first.override.id });
    const message = first?.errors?.join('; ') ?? 'PagerDuty made no override and gave no reason';
    return failed({ kind: 'refused', status: first?.status ?? 400, code: null, message });
  }
  const override = {
    type: 'override_shift',
    ...(replaces?.shift === null || replaces === undefined
      ? { rotation_id: replaces?.rotation }
      : { custom_shift_id: replaces.shift }),
    start_time: toIso(from),
    end_time: toIso(to),
    overridden_member: { type: 'user_member', user_id: replaces?.user },
    overriding_member: { type: 'user_member', user_id: user },
  };
  return transport.rest({ method: 'POST', path, body: { overrides: [override] }, answer: shiftsCreated });
}

function pathOf(id: string, system: ScheduleSystem): string {
  return `${system === 'layers' ? 'schedules' : 'v3/schedules'}/${encodeURIComponent(id)}`;
}

const instant = z.string().transform((text, context) => {
  const atMs = parseInstant(text);
  if (atMs !== undefined) return atMs;
  context.addIssue({ code: 'custom', message: 'no instant' });
  return z.NEVER;
});
const idOnly = z.object({ id: z.string() });

const layersAnswer = z
  .object({
    schedule: z.object({
      final_schedule: z.object({
        rendered_schedule_entries: z.array(z.object({ start: instant, end: instant, user: idOnly.nullish() })),
      }),
    }),
  })
  .transform(({ schedule }): ScheduledTime[] =>
    schedule.final_schedule.rendered_schedule_entries.map(({ start, end, user }) => ({
      from: start,
      to: end,
      user: user?.id ?? null,
      rotation: null,
      shift: null,
      override: null,
    })),
  );

const member = z.object({ user_id: z.string().nullish() });

const shiftsAnswer = z
  .object({
    schedule: z.object({
      final_schedule: z.object({
        computed_shift_assignments: z.array(
          z.object({
            start_time: instant,
            end_time: instant,
            member,
            source: z.object({
              rotation_id: z.string().nullish(),
              shift_id: z.string().nullish(),
              override_id: z.string().nullish(),
            }),
          }),
        ),
      }),
    }),
  })
  .transform(({ schedule }): ScheduledTime[] =>
    schedule.final_schedule.computed_shift_assignments.map((assignment) => ({
      from: assignment.start_time,
      to: assignment.end_time,
      user: assignment.member.user_id ?? null,
      rotation: assignment.source.rotation_id ?? null,
      shift: assignment.source.shift_id ?? null,
      override: assignment.source.override_id ?? null,
    })),
  );

const layerOverrides = z
  .object({
    overrides: z.array(z.object({ id: z.string().optional(), start: instant, end: instant, user: idOnly.nullish() })),
  })
  .transform(({ overrides }): ScheduleOverride[] =>
    overrides.map(({ id, start, end, user }) => ({ id, from: start, to: end, user: user?.id ?? null })),
  );

const shiftOverrides = z
  .object({
    overrides: z.array(
      z.object({ id: z.string(), start_time: instant, end_time: instant, overriding_member: member.nullish() }),
    ),
  })
  .transform(({ overrides }): ScheduleOverride[] =>
    overrides.map((override) => ({
      id: override.id,
      from: override.start_time,
      to: override.end_time,
      user: override.overriding_member?.user_id ?? null,
    })),
  );

const created = z.object({
  status: z.number().optional(),
  errors: z.array(z.string()).optional(),
  override: z.object({ id: z.string().optional() }).optional(),
});

/** A bare list, and in one of PagerDuty's own guides the same list in an object. */
const layersCreated = z.union([
  z.array(created),
  z.object({ overrides: z.array(created) }).transform((o) => o.overrides),
]);

const shiftsCreated = z.object({ overrides: z.array(idOnly).min(1) }).transform(({ overrides }, context) => {
  const [first] = overrides;
  if (first !== undefined) return { id: first.id };
  context.addIssue({ code: 'custom', message: 'no override' });
  return z.NEVER;
});

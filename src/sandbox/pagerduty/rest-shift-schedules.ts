import { z } from 'zod';
import { parseInstant, type EpochMs } from '../../oncall/time.ts';
import type { CustomShift, Override, Schedule } from './model.ts';
import { shiftsOf, wholeShiftsOf, type Shift, type ShiftSource } from './on-call.ts';
import { instant, scheduleReference } from './references.ts';
import {
  bodyOf,
  instantOf,
  neededInstantOf,
  ok,
  pageOf,
  paramOf,
  type RestAnswer,
  type RestRequest,
  type Route,
} from './route.ts';
import { invalid, notFound, PagerDutyRefusal } from './world.ts';

/** The shift-based schedules (v3): several people at once, overrides that name the shift and the person they replace. */
export const shiftScheduleRoutes: Route[] = [
  { method: 'GET', path: '/v3/schedules', answer: listSchedules },
  { method: 'GET', path: '/v3/schedules/*', answer: getSchedule },
  { method: 'GET', path: '/v3/schedules/*/overrides', answer: listOverrides },
  { method: 'POST', path: '/v3/schedules/*/overrides', answer: createOverrides },
  { method: 'PUT', path: '/v3/schedules/*/overrides/*', answer: changeOverride },
  { method: 'DELETE', path: '/v3/schedules/*/overrides/*', answer: deleteOverride },
  { method: 'POST', path: '/v3/schedules/*/custom_shifts', answer: createCustomShifts },
];

function shiftSchedule(request: RestRequest): Schedule {
  const schedule = request.world.state.schedules.find((one) => one.id === paramOf(request, 0));
  if (schedule === undefined) throw notFound();
  if (schedule.system === 'layers') throw invalid('This is a layer-based schedule. Use /schedules instead.');
  return schedule;
}

function listSchedules(request: RestRequest): RestAnswer {
  const schedules = request.world.state.schedules.filter((one) => one.system === 'shifts');
  return pageOf(request, 'schedules', schedules, (schedule) => scheduleReference(request.world.state, schedule));
}

function getSchedule(request: RestRequest): RestAnswer {
  const schedule = shiftSchedule(request);
  const { id, name, timeZone } = schedule;
  const summary = {
    ...scheduleReference(request.world.state, schedule),
    id,
    type: 'schedule_v3',
    name,
    time_zone: timeZone,
    rotations: schedule.rotations.map((rotation) => ({ id: rotation.id, type: 'schedule_rotation', events: [] })),
  };
  if (!request.query.getAll('include[]').includes('final_schedule')) return ok({ schedule: summary });
  const since = neededInstantOf(request, 'since');
  const until = neededInstantOf(request, 'until');
  const overflow = request.query.get('overflow') === 'true';
  const shifts = overflow ? wholeShiftsOf(schedule, since, until) : shiftsOf(schedule, since, until);
  const gaps = gapsOf(shifts, since, until);
  const gapMs = gaps.reduce((sum, gap) => sum + gap.end - gap.start, 0);
  const final_schedule = {
    type: 'final_schedule',
    rendered_coverage_percentage: 100 - (100 * gapMs) / Math.max(1, until - since),
    computed_shift_assignments: [...shifts, ...gaps].sort((one, other) => one.start - other.start).map(assignmentJson),
  };
  return ok({ schedule: { ...summary, final_schedule } });
}

/** Where no shift is, v3 shows a shift of nobody. */
function gapsOf(shifts: Shift[], since: EpochMs, until: EpochMs): Shift[] {
  const gaps: Shift[] = [];
  const upTo = (start: EpochMs, end: EpochMs) => {
    if (end > start) gaps.push({ userId: null, start, end, source: { type: 'rotation', rotationId: null } });
  };
  let reached = since;
  for (const shift of shifts.toSorted((one, other) => one.start - other.start)) {
    upTo(reached, Math.min(shift.start, until));
    reached = Math.max(reached, shift.end);
  }
  upTo(reached, until);
  return gaps;
}

function memberJson(userId: string | null) {
  return userId === null ? { type: 'empty_member' } : { type: 'user_member', user_id: userId };
}

function assignmentJson({ userId, start, end, source }: Shift) {
  return {
    type: 'computed_shift_assignment',
    start_time: instant(start),
    end_time: instant(end),
    member: memberJson(userId),
    source: {
      type: sourceTypeOf(source),
      rotation_id: 'rotationId' in source ? source.rotationId : null,
      shift_id: 'shiftId' in source ? source.shiftId : null,
      override_id: source.type === 'override' ? source.overrideId : null,
    },
  };
}

function sourceTypeOf(source: ShiftSource): string {
  if (source.type === 'custom_shift') return 'custom_shift';
  if (source.type === 'rotation') return 'schedule_rotation';
  return source.shiftId === null ? 'schedule_rotation_override' : 'custom_shift_override';
}

const member = z.discriminatedUnion('type', [
  z.object({ type: z.literal('user_member'), user_id: z.string() }),
  z.object({ type: z.literal('empty_member') }),
]);
type Member = z.infer<typeof member>;

function personOf(request: RestRequest, given: Member): string | null {
  if (given.type === 'empty_member') return null;
  if (!request.world.state.users.some((one) => one.id === given.user_id)) throw invalid('User not found.');
  return given.user_id;
}

function spanOf(start: string, end: string): { start: EpochMs; end: EpochMs } {
  const from = parseInstant(start);
  const to = parseInstant(end);
  if (from === undefined || to === undefined) throw invalid('start_time and end_time must be valid dates.');
  if (to <= from) throw new PagerDutyRefusal(400, 4004, 'Override must end after its start');
  return { start: from, end: to };
}

const overridesBody = z.object({
  overrides: z
    .array(
      z.object({
        type: z.literal('override_shift'),
        rotation_id: z.string().optional(),
        custom_shift_id: z.string().optional(),
        start_time: z.string(),
        end_time: z.string(),
        overridden_member: member,
        overriding_member: member,
      }),
    )
    .min(1),
});

function createOverrides(request: RestRequest): RestAnswer {
  const schedule = shiftSchedule(request);
  const created = bodyOf(request, overridesBody).overrides.map((wanted): Override => {
    const { rotation_id: rotationId, custom_shift_id: customShiftId } = wanted;
    const userId = personOf(request, wanted.overridden_member);
    if (userId === null) throw invalid('overridden_member must be a user.');
    const replaces =
      rotationId !== undefined && customShiftId === undefined
        ? { userId, rotationId: existing(schedule.rotations, rotationId) }
        : customShiftId !== undefined && rotationId === undefined
          ? { userId, customShiftId: existing(schedule.customShifts, customShiftId) }
          : undefined;
    if (replaces === undefined) throw invalid('Exactly one of rotation_id and custom_shift_id is required.');
    const span = spanOf(wanted.start_time, wanted.end_time);
    return { id: request.world.newId('V'), ...span, userId: personOf(request, wanted.overriding_member), replaces };
  });
  schedule.overrides.push(...created);
  request.world.changed();
  return { status: 201, body: { overrides: created.map(overrideJson) } };
}

function existing(candidates: { id: string }[], id: string): string {
  if (!candidates.some((one) => one.id === id)) throw notFound();
  return id;
}

function overrideJson(override: Override) {
  const { replaces } = override;
  return {
    id: override.id,
    type: 'override_shift',
    start_time: instant(override.start),
    end_time: instant(override.end),
    rotation_id: replaces !== null && 'rotationId' in replaces ? replaces.rotationId : null,
    custom_shift_id: replaces !== null && 'customShiftId' in replaces ? replaces.customShiftId : null,
    overridden_member: memberJson(replaces?.userId ?? null),
    overriding_member: memberJson(override.userId),
  };
}

function listOverrides(request: RestRequest): RestAnswer {
  const schedule = shiftSchedule(request);
  const since = instantOf(request, 'since') ?? -Infinity;
  const until = instantOf(request, 'until') ?? Infinity;
  const overrides = schedule.overrides.filter((one) => one.start < until && one.end > since);
  return pageOf(request, 'overrides', overrides, overrideJson);
}

function overrideOf(request: RestRequest, schedule: Schedule): Override {
  const override = schedule.overrides.find((one) => one.id === paramOf(request, 1));
  if (override === undefined) throw notFound();
  return override;
}

const changeBody = z.object({
  override: z.object({
    start_time: z.string().optional(),
    end_time: z.string().optional(),
    overriding_member: member.optional(),
  }),
});

function changeOverride(request: RestRequest): RestAnswer {
  const override = overrideOf(request, shiftSchedule(request));
  const { override: change } = bodyOf(request, changeBody);
  const span = spanOf(change.start_time ?? instant(override.start), change.end_time ?? instant(override.end));
  const userId = change.overriding_member === undefined ? override.userId : personOf(request, change.overriding_member);
  Object.assign(override, span, { userId });
  request.world.changed();
  return ok({ override: overrideJson(override) });
}

function deleteOverride(request: RestRequest): RestAnswer {
  const schedule = shiftSchedule(request);
  schedule.overrides.splice(schedule.overrides.indexOf(overrideOf(request, schedule)), 1);
  request.world.changed();
  return { status: 204 };
}

const customShiftsBody = z.object({
  custom_shifts: z
    .array(
      z.object({
        type: z.literal('custom_shift'),
        start_time: z.string(),
        end_time: z.string(),
        assignments: z.array(z.object({ type: z.literal('shift_assignment'), member })).length(1),
      }),
    )
    .min(1),
});

/** Adds a person beside whoever is on, instead of replacing anybody. */
function createCustomShifts(request: RestRequest): RestAnswer {
  const schedule = shiftSchedule(request);
  const created = bodyOf(request, customShiftsBody).custom_shifts.map((wanted): CustomShift => {
    const [assignment] = wanted.assignments;
    const userId = assignment === undefined ? null : personOf(request, assignment.member);
    return { id: request.world.newId('S'), ...spanOf(wanted.start_time, wanted.end_time), userId };
  });
  schedule.customShifts.push(...created);
  request.world.changed();
  const shifts = created.map(({ id, start, end, userId }) => ({
    id,
    type: 'custom_shift',
    start_time: instant(start),
    end_time: instant(end),
    assignments: [{ id: `${id}A`, type: 'shift_assignment', member: memberJson(userId) }],
  }));
  return { status: 201, body: { custom_shifts: shifts } };
}

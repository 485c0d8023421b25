import { z } from 'zod';
import { dayMs, parseInstant, type EpochMs } from '../../oncall/time.ts';
import type { EscalationPolicy, Override, Schedule } from './model.ts';
import { shiftsOf, wholeShiftsOf, type Shift } from './on-call.ts';
import { instant, maybeInstant, policyReference, scheduleReference, userReference } from './references.ts';
import {
  bodyOf,
  filterOf,
  instantOf,
  neededInstantOf,
  ok,
  pageOf,
  paramOf,
  referenceBody,
  type RestAnswer,
  type RestRequest,
  type Route,
} from './route.ts';
import { invalid, notFound, PagerDutyRefusal } from './world.ts';

/** Who is on call, and the classic schedules of layers with their overrides. */
export const onCallRoutes: Route[] = [
  { method: 'GET', path: '/oncalls', answer: listOnCalls },
  { method: 'GET', path: '/schedules', answer: listSchedules },
  { method: 'GET', path: '/schedules/*', answer: getSchedule },
  { method: 'GET', path: '/schedules/*/overrides', answer: listOverrides },
  { method: 'POST', path: '/schedules/*/overrides', answer: createOverrides },
  { method: 'DELETE', path: '/schedules/*/overrides/*', answer: deleteOverride },
];

interface OnCallRow {
  policy: EscalationPolicy;
  level: number;
  userId: string;
  schedule: Schedule | null;
  start: EpochMs | null;
  end: EpochMs | null;
}

/** Both schedule systems; a shift once for each policy and level that uses its schedule. */
function listOnCalls(request: RestRequest): RestAnswer {
  const { world, at } = request;
  const since = instantOf(request, 'since') ?? at;
  const until = instantOf(request, 'until') ?? Math.max(since, at);
  if (until > at + 90 * dayMs) throw invalid('The date range must end within 90 days.');
  const users = filterOf(request, 'user_ids');
  const schedules = filterOf(request, 'schedule_ids');
  const policies = filterOf(request, 'escalation_policy_ids');
  const rows = world.state.escalationPolicies
    .filter((policy) => policies?.includes(policy.id) ?? true)
    .flatMap((policy) => policy.rules.flatMap((_, place) => rowsOf(request, policy, place + 1, since, until)))
    .filter((row) => users?.includes(row.userId) ?? true)
    .filter((row) => schedules?.includes(row.schedule?.id ?? 'null') ?? true);
  return pageOf(request, 'oncalls', rows, (row) => ({
    user: userReference(world.state, row.userId),
    schedule: row.schedule === null ? null : scheduleReference(world.state, row.schedule),
    escalation_policy: policyReference(world.state, row.policy.id),
    escalation_level: row.level,
    start: maybeInstant(row.start),
    end: maybeInstant(row.end),
  }));
}

function rowsOf(
  request: RestRequest,
  policy: EscalationPolicy,
  level: number,
  since: EpochMs,
  until: EpochMs,
): OnCallRow[] {
  return (policy.rules[level - 1]?.targets ?? []).flatMap((target): OnCallRow[] => {
    if (target.type === 'user') return [{ policy, level, userId: target.id, schedule: null, start: null, end: null }];
    const schedule = request.world.state.schedules.find((one) => one.id === target.id);
    if (schedule === undefined) return [];
    // A question about one instant still needs a window to look into.
    return wholeShiftsOf(schedule, since, Math.max(until, since + 1)).flatMap(({ userId, start, end }) =>
      userId === null ? [] : [{ policy, level, userId, schedule, start, end }],
    );
  });
}

function layeredSchedule(request: RestRequest): Schedule {
  const schedule = request.world.state.schedules.find((one) => one.id === paramOf(request, 0));
  if (schedule === undefined) throw notFound();
  if (schedule.system === 'shifts') {
    throw new PagerDutyRefusal(400, 2001, 'Invalid Input Provided', [
      'This is a shift-based schedule. Use the v3 schedules API at /v3/schedules instead.',
    ]);
  }
  return schedule;
}

function scheduleSummary(request: RestRequest, schedule: Schedule) {
  const { state } = request.world;
  const { id, name, timeZone } = schedule;
  const users = [...new Set(schedule.rotations.flatMap((rotation) => rotation.userIds))];
  return {
    ...scheduleReference(state, schedule),
    id,
    type: 'schedule',
    name,
    time_zone: timeZone,
    users: users.map((userId) => userReference(state, userId)),
    escalation_policies: state.escalationPolicies
      .filter((policy) => policy.rules.some((rule) => rule.targets.some((target) => target.id === id)))
      .map((policy) => policyReference(state, policy.id)),
    teams: [],
  };
}

function listSchedules(request: RestRequest): RestAnswer {
  const query = request.query.get('query')?.toLowerCase();
  const schedules = request.world.state.schedules.filter(
    (one) => one.system === 'layers' && (query === undefined || one.name.toLowerCase().includes(query)),
  );
  return pageOf(request, 'schedules', schedules, (schedule) => scheduleSummary(request, schedule));
}

function getSchedule(request: RestRequest): RestAnswer {
  const schedule = layeredSchedule(request);
  const since = instantOf(request, 'since');
  const until = instantOf(request, 'until');
  const summary = scheduleSummary(request, schedule);
  if (since === undefined || until === undefined) return ok({ schedule: summary });
  const overflow = request.query.get('overflow') === 'true';
  const shifts = overflow ? wholeShiftsOf(schedule, since, until) : shiftsOf(schedule, since, until);
  return ok({
    schedule: {
      ...summary,
      final_schedule: { name: 'Final Schedule', ...rendered(request, shifts, since, until) },
      overrides_subschedule: {
        name: 'Overrides',
        ...rendered(
          request,
          shifts.filter((shift) => shift.source.type === 'override'),
          since,
          until,
        ),
      },
    },
  });
}

function rendered(request: RestRequest, shifts: Shift[], since: EpochMs, until: EpochMs) {
  const coveredMs = shifts.reduce(
    (sum, shift) => sum + Math.max(0, Math.min(shift.end, until) - Math.max(shift.start, since)),
    0,
  );
  return {
    rendered_schedule_entries: shifts.flatMap(({ userId, start, end }) =>
      userId === null
        ? []
        : [{ start: instant(start), end: instant(end), user: userReference(request.world.state, userId) }],
    ),
    rendered_coverage_percentage: (100 * coveredMs) / Math.max(1, until - since),
  };
}

function overrideJson(request: RestRequest, override: Override) {
  return {
    id: override.id,
    start: instant(override.start),
    end: instant(override.end),
    user: override.userId === null ? null : userReference(request.world.state, override.userId),
  };
}

/** Ids come only with `editable=true`, which leaves only overrides that are not over. */
function listOverrides(request: RestRequest): RestAnswer {
  const schedule = layeredSchedule(request);
  const since = neededInstantOf(request, 'since');
  const until = neededInstantOf(request, 'until');
  const editable = request.query.get('editable') === 'true';
  const overrides = schedule.overrides
    .filter((one) => one.start < until && one.end > since && (!editable || one.end > request.at))
    .map((one) => {
      const { id, ...rest } = overrideJson(request, one);
      return editable ? { id, ...rest } : rest;
    });
  return ok({ overrides });
}

const itemBody = z.object({ start: z.string(), end: z.string(), user: referenceBody });
const overridesBody = z.union([
  z.object({ overrides: z.array(z.unknown()).min(1) }),
  z.object({ override: z.unknown() }).transform(({ override }) => ({ overrides: [override] })),
]);

/** 201 whatever the elements came to: each has a status of its own. Repeating stacks another, and the last made wins. */
function createOverrides(request: RestRequest): RestAnswer {
  const schedule = layeredSchedule(request);
  const { overrides } = bodyOf(request, overridesBody);
  const body = overrides.map((candidate) => createOverride(request, schedule, candidate));
  request.world.changed();
  return { status: 201, body };
}

function createOverride(request: RestRequest, schedule: Schedule, candidate: unknown) {
  const parsed = itemBody.safeParse(candidate);
  const start = parseInstant(parsed.data?.start ?? '');
  const end = parseInstant(parsed.data?.end ?? '');
  const userId = parsed.data?.user.id;
  const known = request.world.state.users.some((one) => one.id === userId);
  const errors = [
    ...(start === undefined || end === undefined ? ['Override start and end must be valid dates'] : []),
    ...(start !== undefined && end !== undefined && end <= start ? ['Override must end after its start'] : []),
    ...(end !== undefined && end <= request.at ? ['Override must not end in the past'] : []),
    ...(known ? [] : ['User not found']),
  ];
  if (errors.length > 0 || start === undefined || end === undefined || userId === undefined) {
    return { status: 400, errors, override: {} };
  }
  const override = { id: request.world.newId('V'), start, end, userId, replaces: null };
  schedule.overrides.push(override);
  return { status: 201, override: overrideJson(request, override) };
}

/** 204 for one still to come; 200 without a body for a running one, which ends now; past ones stay. */
function deleteOverride(request: RestRequest): RestAnswer {
  const schedule = layeredSchedule(request);
  const override = schedule.overrides.find((one) => one.id === paramOf(request, 1));
  if (override === undefined) throw notFound();
  if (override.end <= request.at) throw new PagerDutyRefusal(400, 4004, 'Override cannot be removed', ['It is over']);
  const running = override.start <= request.at;
  if (running) override.end = request.at;
  else schedule.overrides.splice(schedule.overrides.indexOf(override), 1);
  request.world.changed();
  return { status: running ? 200 : 204 };
}

import { without } from '../oncall/fairness.ts';
import type { Span } from '../oncall/layer-windows.ts';
import type { PublishedOverride } from '../oncall/published.ts';
import { minuteMs } from '../oncall/time.ts';
import type { NewOverride, ScheduledTime, ScheduleOverride, ScheduleReading } from './client-overrides.ts';

/** Who ought to be on call, as PagerDuty's users, whoever is to be put on first; never empty. In order, without overlaps. */
export interface WantedDuty extends Span {
  readonly users: readonly [string, ...string[]];
  /** Users who are not to be rung in this time, whoever else is on; asked for the few who are on there, not for everybody. */
  readonly gone: Pick<ReadonlySet<string>, 'has'>;
}

/** Less is not worth an override: borders of neighbouring windows may leave moments. */
const shortestMs = minuteMs;

/** PagerDuty may move a start that has passed by the time it arrives. */
const startMayMoveMs = 2 * minuteMs;

/** Which of PagerDuty's overrides are Toran's own: by id, or by value where one of both sides does not know it. */
export function ownOf(
  overrides: readonly ScheduleOverride[],
  published: readonly PublishedOverride[],
): readonly ScheduleOverride[] {
  return overrides.flatMap((override) => {
    const own = published.find((one) =>
      one.id === undefined || override.id === undefined ? saysTheSame(one, override) : one.id === override.id,
    );
    return own === undefined ? [] : [{ ...override, id: override.id ?? own.id }];
  });
}

function saysTheSame(one: PublishedOverride, { from, to, user }: ScheduleOverride): boolean {
  return one.user === user && one.to === to && Math.abs(one.from - from) <= startMayMoveMs;
}

/** Own overrides that put somebody on who is not, or not all that time, on duty here any more. */
export function staleOf(
  own: readonly ScheduleOverride[],
  wanted: readonly WantedDuty[],
  within: Span,
): readonly ScheduleOverride[] {
  return own.filter((override) => {
    const holds = wanted.filter(({ users }) => override.user !== null && users.includes(override.user));
    return without(cut(override, within), holds).length > 0;
  });
}

/** What has to be written so that PagerDuty rings whoever is on duty here. Time that people have overridden stays theirs. */
export function missingOf(
  { system, times }: ScheduleReading,
  wanted: readonly WantedDuty[],
  byPeople: readonly ScheduleOverride[],
): readonly NewOverride[] {
  const needed = wanted.flatMap((duty) =>
    system === 'layers' ? missingInLayers(duty, times) : missingInShifts(duty, times),
  );
  const free = needed.flatMap((override) =>
    without(override, system === 'layers' ? byPeople : []).map((span) => ({ ...override, ...span })),
  );
  return joined(free).filter(({ from, to }) => to - from >= shortestMs);
}

/** One person at a time: an override displaces whoever would be on call, and fills what is empty. */
function missingInLayers({ users, from, to }: WantedDuty, times: readonly ScheduledTime[]): NewOverride[] {
  const right = times.filter(({ user }) => user !== null && users.includes(user));
  return without({ from, to }, right).map((span) => ({ ...span, user: users[0] }));
}

/**
 * Several people at once, each replaced in their own shift. Whoever is on there and not here is replaced by somebody who is
 * missing there; where nobody is missing they stay beside the others, unless they cannot be asked at all. Shifts that an
 * override holds already are left alone: what is Toran's own and wrong was taken away before.
 */
function missingInShifts({ users, gone, from, to }: WantedDuty, times: readonly ScheduledTime[]): NewOverride[] {
  const cuts = [...new Set([from, to, ...times.flatMap((time) => [time.from, time.to])])]
    .filter((at) => from <= at && at <= to)
    .toSorted((a, b) => a - b);
  return cuts.slice(1).flatMap((end, index) => {
    const start = cuts[index] ?? from;
    const here = times.filter((time) => time.user !== null && time.from <= start && end <= time.to);
    const missing = users.filter((user) => !here.some((time) => time.user === user));
    return here.flatMap((time): NewOverride[] => {
      if (time.user === null || users.includes(time.user) || time.override !== null) return [];
      const user = missing.shift() ?? (gone.has(time.user) ? users[0] : undefined);
      if (user === undefined) return [];
      const replaces = { user: time.user, rotation: time.rotation, shift: time.shift };
      return [{ from: start, to: end, user, replaces }];
    });
  });
}

function joined(overrides: readonly NewOverride[]): readonly NewOverride[] {
  const done: NewOverride[] = [];
  for (const override of overrides) {
    const index = done.findLastIndex((before) => before.to === override.from && isSame(before, override));
    const before = done[index];
    if (before === undefined) done.push(override);
    else done[index] = { ...before, to: override.to };
  }
  return done;
}

function isSame(one: NewOverride, other: NewOverride): boolean {
  return (
    one.user === other.user &&
    one.replaces?.user === other.replaces?.user &&
    one.replaces?.rotation === other.replaces?.rotation &&
    one.replaces?.shift === other.replaces?.shift
  );
}

function cut(span: Span, by: Span): Span {
  return { from: Math.max(span.from, by.from), to: Math.min(span.to, by.to) };
}

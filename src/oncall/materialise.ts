import { cities } from './cities.ts';
import type { PersonId } from './catalog.ts';
import { civilDate, dayNumber, weekdayOf } from './civil-date.ts';
import { timeOfDayMs, type Span, weeklyWindow } from './layer-windows.ts';
import type { HomeLeaveRule, LeavePattern, ObservanceRule, PersonalRule, WeeklyTimes } from './personal-rules.ts';
import { applySource } from './person-import.ts';
import { askedLastIn } from './person-home-leave.ts';
import type { PersonCommand, PersonState } from './person.ts';
import { restBlocks } from './rest-times.ts';
import { dayMs, type EpochMs, secondMs, type TimeZone } from './time.ts';
import { firstInstant, lastInstant, offsetsBetween, wallAt } from './wall-clock.ts';
import { type AvailabilityWindow, lineageOf, liveOf, windowsById } from './windows.ts';

/** Coverage looks so far ahead. */
export const plannedAheadMs = 90 * dayMs;
/** Rules are made into windows anew so often, each time so much further ahead than is looked. */
export const refreshedEveryMs = 7 * dayMs;

/**
 * The plain windows that a rule comes to: all that overlap `horizon`, whole and in order. The id of each is made of the
 * rule's and of its own beginning, so that doing it again, later, with another horizon gives the same windows again. The
 * person's other windows are only looked at for the one that a home leave carves.
 */
export function materialise(
  rule: PersonalRule,
  horizon: Span,
  person: PersonId,
  own: readonly AvailabilityWindow[],
): readonly AvailabilityWindow[] {
  switch (rule.kind) {
    case 'weekly': {
      const isWithin = ({ date }: Occurrence) => (rule.since ?? date) <= date && date <= (rule.until ?? date);
      const effect = effectOf(rule);
      return occurrences(rule, rule.zone, horizon)
        .filter(isWithin)
        .map(({ span }) => windowOf(rule, person, span, effect));
    }
    case 'quiet_hours': {
      const effect = { ...effectOf({ effect: 'soft', letsThrough: rule.letsThrough }), yieldsToDuty: true } as const;
      return occurrences(rule, rule.zone, horizon).map(({ span }) => windowOf(rule, person, span, effect));
    }
    case 'observance': {
      const blocks = restBlocks(observanceOf(rule), horizon.from, horizon.to);
      return blocks.map((span) => windowOf(rule, person, span, effectOf(rule)));
    }
    case 'home_leave':
      return homeLeaves(rule, horizon, person, own);
  }
}

/**
 * Tells a person's stream what their rules come to from now on, as far ahead as is planned and until the next refresh;
 * undefined when it knows already.
 */
export function rulesCommand(
  rules: readonly PersonalRule[],
  state: PersonState,
  now: EpochMs,
): Extract<PersonCommand, { type: 'apply_personal' }> | undefined {
  const horizon = { from: now, to: now + plannedAheadMs + refreshedEveryMs };
  const windows = rules.flatMap((rule) => materialise(rule, horizon, state.person, state.windows));
  const isNews = applySource({ source: 'personal' }, windows, state, now).length > 0;
  return isNews ? { type: 'apply_personal', windows } : undefined;
}

type Effect = Pick<AvailabilityWindow, 'effect' | 'letsThrough' | 'yieldsToDuty' | 'carves'>;

function effectOf(
  rule: { effect: 'hard' } | { effect: 'soft'; letsThrough?: AvailabilityWindow['letsThrough'] },
): Effect {
  if (rule.effect === 'hard') return { effect: 'hard' };
  return { effect: 'soft', ...(rule.letsThrough === undefined ? {} : { letsThrough: rule.letsThrough }) };
}

function windowOf(rule: PersonalRule, person: PersonId, { from, to }: Span, effect: Effect): AvailabilityWindow {
  const id = `rule:${rule.id}:${Math.floor(from / secondMs)}`;
  return { id, person, certain: true, from, to, cancelled: false, source: 'personal', ...effect };
}

interface Occurrence {
  /** The day on which it begins. */
  readonly date: string;
  readonly span: Span;
}

/** Where the clock is moved, from the first occurrence of the one wall time to the last of the other. */
function occurrences(times: WeeklyTimes, zone: TimeZone, { from, to }: Span): readonly Occurrence[] {
  const offsets = offsetsBetween(zone, from - 2 * dayMs, to + 2 * dayMs);
  const { days, fromMs, toMs } = weeklyWindow(times);
  const found: Occurrence[] = [];
  const lastDay = Math.floor(wallAt(offsets, to) / dayMs) + 1;
  for (let day = Math.floor(wallAt(offsets, from) / dayMs) - 2; day <= lastDay; day += 1) {
    if (!days.has(weekdayOf(day))) continue;
    const span = { from: firstInstant(offsets, day * dayMs + fromMs), to: lastInstant(offsets, day * dayMs + toMs) };
    if (overlap(span, { from, to })) found.push({ date: civilDate(day), span });
  }
  return found;
}

function observanceOf(rule: ObservanceRule) {
  const { shabbat, festivals } = rule;
  const usual =
    'city' in rule.where
      ? { place: cities[rule.where.city], ...cities[rule.where.city] }
      : { place: rule.where.place, minutesBeforeSunset: 20, custom: 'abroad' as const };
  return {
    place: usual.place,
    minutesBeforeSunset: rule.minutesBeforeSunset ?? usual.minutesBeforeSunset,
    custom: rule.custom ?? usual.custom,
    shabbat,
    festivals,
  };
}

/** Nothing once the absence is over, taken back, or was never there. */
function homeLeaves(
  rule: HomeLeaveRule,
  horizon: Span,
  person: PersonId,
  own: readonly AvailabilityWindow[],
): readonly AvailabilityWindow[] {
  const byId = windowsById(own);
  const absence = liveOf(own).find((window) => window.effect !== 'free' && lineageOf(window, byId).has(rule.carves));
  if (absence === undefined) return [];
  const end = absence.to ?? Infinity;
  return leaves(rule.pattern, rule.zone, horizon)
    .map(({ from, to }) => ({ from: Math.max(from, absence.from), to: Math.min(to, end) }))
    .filter((span) => overlap(span, horizon))
    .flatMap((span) => {
      const free = windowOf(rule, person, span, { effect: 'free', carves: rule.carves });
      if (rule.asked === 'in_order') return [free];
      return [{ ...windowOf(rule, person, span, { effect: 'soft' }), id: askedLastIn(free.id) }, free];
    });
}

function leaves(pattern: LeavePattern, zone: TimeZone, horizon: Span): readonly Span[] {
  if (pattern.kind === 'weekly') return occurrences(pattern, zone, horizon).map(({ span }) => span);
  const offsets = offsetsBetween(zone, horizon.from - 130 * dayMs, horizon.to + 130 * dayMs);
  const { awayDays, homeDays, at } = pattern;
  const cycle = awayDays + homeDays;
  const start = dayNumber(pattern.start);
  const instant = (day: number) => firstInstant(offsets, day * dayMs + timeOfDayMs(at));
  const firstDay = Math.floor(wallAt(offsets, horizon.from) / dayMs) - 1;
  const found: Span[] = [];
  for (let turn = Math.max(0, Math.floor((firstDay - start) / cycle) - 1); ; turn += 1) {
    const home = start + turn * cycle + awayDays;
    const span = { from: instant(home), to: instant(home + homeDays) };
    if (span.from >= horizon.to) return found;
    if (overlap(span, horizon)) found.push(span);
  }
}

function overlap(one: Span, other: Span): boolean {
  return one.from < other.to && one.to > other.from && one.from < one.to;
}

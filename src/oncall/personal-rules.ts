import type { Severity, Weekday } from './catalog.ts';
import type { CityId } from './cities.ts';
import type { CivilDate } from './civil-date.ts';
import type { FestivalCustom } from './holidays.ts';
import type { Place } from './sun.ts';
import type { TimeZone } from './time.ts';
import type { WindowId } from './windows.ts';

/** Random, so that a window which bears it tells nothing of what the rule is about. */
export type RuleId = string;

/**
 * What a person has said about themselves for good. Rules are sealed and seen by that person alone; everybody else, and
 * the pager, knows only the plain windows that they come to (materialise.ts).
 */
export type PersonalRule = WeeklyRule | QuietHoursRule | ObservanceRule | HomeLeaveRule;

/** Whether one cannot be reached at all, or is asked last; for the latter some severities may come in order nevertheless. */
export type RuleEffect =
  { readonly effect: 'hard' } | { readonly effect: 'soft'; readonly letsThrough?: readonly Severity[] | undefined };

/** Wall times, `HH:MM`; `to` may be `24:00`, and earlier than `from` it is on the next day. Days name the beginning. */
export interface WeeklyTimes {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

/** Every Tuesday from 14:00 to 17:00, on the clock of `zone`, from the day `since` to the day `until`, both included. */
export type WeeklyRule = { readonly kind: 'weekly'; readonly id: RuleId } & WeeklyTimes &
  RuleEffect & {
    readonly zone: TimeZone;
    readonly since?: CivilDate | undefined;
    readonly until?: CivilDate | undefined;
  };

/** Asked last at night, but for whoever is on duty. */
export interface QuietHoursRule extends WeeklyTimes {
  readonly kind: 'quiet_hours';
  readonly id: RuleId;
  readonly zone: TimeZone;
  readonly letsThrough?: readonly Severity[] | undefined;
}

/** Shabbat, festivals or both, by the sun of a city. Minutes and custom are the city's unless the person says otherwise. */
export type ObservanceRule = RuleEffect & {
  readonly kind: 'observance';
  readonly id: RuleId;
  readonly where: { readonly city: CityId } | { readonly place: Place };
  readonly shabbat: boolean;
  readonly festivals: boolean;
  readonly minutesBeforeSunset?: number | undefined;
  readonly custom?: FestivalCustom | undefined;
};

/**
 * Home for some days again and again in the middle of one absence, and paged last meanwhile unless the person has said
 * otherwise. Nothing outside of that absence changes, and with it the leaves end.
 */
export interface HomeLeaveRule {
  readonly kind: 'home_leave';
  readonly id: RuleId;
  readonly carves: WindowId;
  readonly zone: TimeZone;
  readonly pattern: LeavePattern;
  readonly asked: 'last' | 'in_order';
}

export type LeavePattern =
  /** `10/4`: ten days away, four at home, and so on from the day `start`; leaves and returns happen at `at`. */
  | {
      readonly kind: 'cycle';
      readonly start: CivilDate;
      readonly awayDays: number;
      readonly homeDays: number;
      /** `HH:MM`. */
      readonly at: string;
    }
  | ({ readonly kind: 'weekly' } & WeeklyTimes);

/** A week away, a week at home, from the day that the absence begins. */
export function weekOnWeekOff(start: CivilDate, at = '00:00'): LeavePattern {
  return { kind: 'cycle', start, awayDays: 7, homeDays: 7, at };
}

/** `10/4`, also with spaces; undefined for anything else. Each part has 1 to 60 days. */
export function cycleOf(text: string, start: CivilDate, at = '00:00'): LeavePattern | undefined {
  const [, away, home] = /^\s*(\d{1,2})\s*\/\s*(\d{1,2})\s*$/.exec(text) ?? [];
  const [awayDays, homeDays] = [Number(away), Number(home)];
  const isPossible = awayDays >= 1 && awayDays <= 60 && homeDays >= 1 && homeDays <= 60;
  return isPossible ? { kind: 'cycle', start, awayDays, homeDays, at } : undefined;
}

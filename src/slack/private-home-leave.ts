import { slackHomeLeaveWords } from '../messages/slack-home-leave.ts';
import { slackPrivateWords } from '../messages/slack-private.ts';
import { weekdays, type Language, type PersonId } from '../oncall/catalog.ts';
import { addDays, dateAt, startOfDate, type CivilDate } from '../oncall/civil-date.ts';
import { isAskedLast } from '../oncall/person-home-leave.ts';
import { cycleOf, weekOnWeekOff, type HomeLeaveRule, type LeavePattern } from '../oncall/personal-rules.ts';
import type { EpochMs, TimeZone } from '../oncall/time.ts';
import { liveWindows, lineageOf, windowsById, type AvailabilityWindow } from '../oncall/windows.ts';
import { readTimes, timesText } from './private-rule-text.ts';
import type { Submission } from './surfaces.ts';
import { homeLeaveInputIds, type OfferedAbsence } from './views/private-home-leave.ts';

export type ReadHomeLeave =
  | { readonly kind: 'none' }
  /** `names`: the absence under every name that it has had. */
  | { readonly kind: 'rule'; readonly rule: Omit<HomeLeaveRule, 'id'>; readonly names: ReadonlySet<string> }
  | { readonly kind: 'errors'; readonly errors: Readonly<Record<string, string>> };

export interface HomeLeaveAsked {
  readonly person: PersonId;
  readonly zone: TimeZone;
  readonly now: EpochMs;
  readonly language: Language;
}

const weekOnOff =
  /^(?:(?:a |one )?week (?:on|away|there)[\s,/–-]*(?:and )?(?:(?:a|one) )?(?:week )?(?:off|at home|home)|שבוע(?: (?:שם|כן))?[\s,/–-]+ו?שבוע(?: (?:בבית|לא))?)$/iu;
const wholeDays = '00:00-24:00';

/** Running and planned absences that somebody can come home from, the earliest first. Rules and company days are none. */
export function absencesToLeave(
  windows: readonly AvailabilityWindow[],
  { person, now }: Pick<HomeLeaveAsked, 'person' | 'now'>,
): readonly AvailabilityWindow[] {
  const byId = windowsById(windows.filter((window) => window.person === person));
  return liveWindows(windows, person)
    .filter(({ effect, source }) => effect !== 'free' && source !== 'personal' && source !== 'company')
    .filter((window) => (window.to === null || window.to > now) && !isAskedLast(window, byId))
    .toSorted((a, b) => a.from - b.from);
}

export function offeredAbsences(
  windows: readonly AvailabilityWindow[],
  asked: HomeLeaveAsked,
): readonly OfferedAbsence[] {
  const words = slackHomeLeaveWords[asked.language];
  return absencesToLeave(windows, asked).map(({ id, from, to }) => ({
    id,
    label: words.span(dateAt(from, asked.zone), to === null ? undefined : dateAt(to, asked.zone)),
  }));
}

/** What was filled in about days at home. Nothing typed is nothing wanted, whatever else is chosen by itself. */
export function readHomeLeave(
  form: Submission,
  windows: readonly AvailabilityWindow[],
  asked: HomeLeaveAsked,
): ReadHomeLeave {
  const words = slackHomeLeaveWords[asked.language];
  const typed = form.text(homeLeaveInputIds.pattern).trim();
  if (typed === '') return { kind: 'none' };
  const chosen = form.choice(homeLeaveInputIds.absence);
  const byId = windowsById(windows.filter(({ person }) => person === asked.person));
  const absence = absencesToLeave(windows, asked).find((each) => lineageOf(each, byId).has(chosen ?? ''));
  if (absence === undefined) return errorAt('absence', words.absenceGone);
  const first = form.date(homeLeaveInputIds.first);
  const { zone } = asked;
  const pattern = readPattern(typed, first, dateAt(absence.from, zone));
  if (pattern === undefined) return errorAt('pattern', words.patternWrong);
  if (pattern.kind === 'weekly' && first !== undefined) return errorAt('first', words.firstNeedless);
  if (pattern.kind === 'cycle') {
    const home = firstHome(pattern);
    const isTooLate = absence.to !== null && startOfDate(home, zone) >= absence.to;
    if (first === undefined && isTooLate) return errorAt('pattern', words.neverHome);
    if (isTooLate || home < dateAt(absence.from, zone)) return errorAt('first', words.firstOutside);
  }
  const how = form.choice(homeLeaveInputIds.asked) === 'in_order' ? 'in_order' : 'last';
  return {
    kind: 'rule',
    rule: { kind: 'home_leave', carves: absence.id, zone, pattern, asked: how },
    names: lineageOf(absence, byId),
  };
}

/**
 * `10/4`, also `10-4`; week on, week off; or days of a week, which are whole days where no hours are given. Without a first
 * day at home a cycle begins with the absence.
 */
function readPattern(typed: string, first: CivilDate | undefined, absenceFrom: CivilDate): LeavePattern | undefined {
  const cycle = weekOnOff.test(typed)
    ? weekOnWeekOff(absenceFrom)
    : cycleOf(typed.replace(/[-–:]/gu, '/'), absenceFrom);
  if (cycle?.kind === 'cycle')
    return first === undefined ? cycle : { ...cycle, start: addDays(first, -cycle.awayDays) };
  const times = readTimes(typed);
  if (times !== undefined) return { kind: 'weekly', ...times };
  const days = readTimes(`${typed} ${wholeDays}`);
  // At home on all days is the end of an absence.
  return days === undefined || days.days.length === weekdays.length ? undefined : { kind: 'weekly', ...days };
}

function firstHome({ start, awayDays }: Extract<LeavePattern, { kind: 'cycle' }>): CivilDate {
  return addDays(start, awayDays);
}

/** Whether words behind `/incident away home` are a pattern and no time. `10/4` alone is one, `until 10/4` is a day. */
export function isLeavePattern(typed: string): boolean {
  return weekOnOff.test(typed.trim()) || cycleOf(typed, '2026-01-01') !== undefined;
}

/** The rule in the person's own list, as plain text. */
export function homeLeaveText({ pattern, asked }: HomeLeaveRule, language: Language): string {
  const words = slackHomeLeaveWords[language];
  const how = words.askedOptions[asked];
  if (pattern.kind === 'cycle') return words.cycle(pattern.awayDays, pattern.homeDays, firstHome(pattern), how);
  const isWhole = `${pattern.from}-${pattern.to}` === wholeDays;
  const { days } = slackPrivateWords[language].rules;
  const named = isWhole ? pattern.days.map((day) => days[day]).join(', ') : timesText(pattern, language);
  return words.weekly(named, how);
}

function errorAt(input: keyof typeof homeLeaveInputIds, why: string): ReadHomeLeave {
  return { kind: 'errors', errors: { [homeLeaveInputIds[input]]: why } };
}

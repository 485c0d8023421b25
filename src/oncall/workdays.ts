import type { DayKind, DayKindOf } from './burden.ts';
import { type Catalog, type CompanyDay, type PersonId, type Weekday, weekdays } from './catalog.ts';
import { civilDate, type CivilDate, dayNumber, type DayNumber, weekdayOf } from './civil-date.ts';
import { type Holiday, holidayOn } from './holidays.ts';
import { entry } from './lookup.ts';
import type { TimeZone } from './time.ts';

/** By which days somebody works. */
export interface WorkCalendar {
  readonly workWeek: readonly Weekday[];
  /** Whether Israel's statutory days off, and the eves before them, are days off. */
  readonly keepsIsraelsDays: boolean;
  readonly companyDays: readonly CompanyDay[];
  /** Whether the eve of a festival, and half a company day, counts as a working day where days are counted. */
  readonly eves: 'off' | 'work';
}

/** Names of Israel's zone; whoever lives by another clock has other statutory days. */
const israelsZones: ReadonlySet<TimeZone> = new Set(['Asia/Jerusalem', 'Asia/Tel_Aviv', 'Israel']);

/**
 * The calendar of a person: their own work week or else the workspace's, the company's days, and Israel's statutory days
 * where their zone is Israel's. `undefined` stands for the workspace as a whole.
 */
export function workCalendarOf(
  { workspace, people }: Catalog,
  person: PersonId | undefined,
  eves: WorkCalendar['eves'] = 'off',
): WorkCalendar {
  const known = person === undefined ? undefined : entry(people, person);
  return {
    workWeek: known?.workWeek ?? workspace.workWeek,
    keepsIsraelsDays: israelsZones.has(known?.timezone ?? workspace.timezone),
    companyDays: workspace.companyDays ?? [],
    eves,
  };
}

export function isWorkday(calendar: WorkCalendar, date: CivilDate): boolean {
  return isWorkdayOn(calendar, dayNumber(date));
}

/**
 * The working day that lies `count` working days after `date` (before it, when negative); `date` itself is never counted,
 * whatever it is, and `count` 0 gives it back. Throws RangeError when a calendar has no working day in ten years.
 */
export function addWorkdays(calendar: WorkCalendar, date: CivilDate, count: number): CivilDate {
  const step = count < 0 ? -1 : 1;
  const start = dayNumber(date);
  let day = start;
  for (let left = Math.abs(count), idle = 0; left > 0;) {
    day += step;
    idle = isWorkdayOn(calendar, day) ? 0 : idle + 1;
    if (idle === 0) left -= 1;
    if (idle > 3660) throw new RangeError(`this calendar has no working day for ten years from ${date}`);
  }
  return civilDate(day);
}

/** How many working days lie in [from, to). */
export function workdaysBetween(calendar: WorkCalendar, from: CivilDate, to: CivilDate): number {
  let count = 0;
  for (let day = dayNumber(from); day < dayNumber(to); day += 1) if (isWorkdayOn(calendar, day)) count += 1;
  return count;
}

/**
 * What a day is to somebody, for burden and coverage. `festival`: a statutory day off, or a whole company day. `weekend`:
 * outside the work week. `eve`: the day before a festival of rest or before Independence Day, or half a company day. The
 * days between (chol ha-moed) are working days. The hardest wins: festival, weekend, eve, workday.
 */
export function dayKind(calendar: WorkCalendar, date: CivilDate): DayKind {
  const day = dayNumber(date);
  const company = companyDayOn(calendar, date);
  const holiday = holidayIn(calendar, day);
  if (company?.off === 'day' || isDayOff(holiday)) return 'festival';
  if (!isInWorkWeek(calendar, day)) return 'weekend';
  return company !== undefined || holiday?.kind === 'eve' || holiday?.kind === 'memorial' ? 'eve' : 'workday';
}

/** `dayKind` for everybody of a catalog, each in their own calendar; remembers what it has looked up. */
export function dayKindsOf(catalog: Catalog): DayKindOf {
  const calendars = new Map<PersonId, WorkCalendar>();
  const known = new Map<string, DayKind>();
  return (person, date) => {
    const calendar = calendars.get(person) ?? workCalendarOf(catalog, person);
    calendars.set(person, calendar);
    const key = `${calendar.workWeek.join()}/${calendar.keepsIsraelsDays}/${date}`;
    const kind = known.get(key) ?? dayKind(calendar, date);
    known.set(key, kind);
    return kind;
  };
}

function isWorkdayOn(calendar: WorkCalendar, day: DayNumber): boolean {
  if (!isInWorkWeek(calendar, day)) return false;
  const company = companyDayOn(calendar, civilDate(day));
  const holiday = holidayIn(calendar, day);
  if (company?.off === 'day' || isDayOff(holiday)) return false;
  return calendar.eves === 'work' || (company === undefined && holiday?.kind !== 'eve');
}

function isInWorkWeek({ workWeek }: WorkCalendar, day: DayNumber): boolean {
  const weekday = weekdays[weekdayOf(day)];
  return weekday !== undefined && workWeek.includes(weekday);
}

function isDayOff(holiday: Holiday | undefined): boolean {
  return holiday?.kind === 'rest' || holiday?.kind === 'national';
}

function holidayIn({ keepsIsraelsDays }: WorkCalendar, day: DayNumber): Holiday | undefined {
  return keepsIsraelsDays ? holidayOn(day) : undefined;
}

function companyDayOn({ companyDays }: WorkCalendar, date: CivilDate): CompanyDay | undefined {
  const here = companyDays.filter((each) => each.date === date);
  return here.find(({ off }) => off === 'day') ?? here[0];
}

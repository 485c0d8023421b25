import type { OncallCliWords } from '../messages/oncall-cli.ts';
import type { Catalog, PersonId, ScheduleId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { DutyRow } from '../oncall/resolver.ts';
import type { Shift } from '../oncall/shifts.ts';
import { type EpochMs, type TimeZone, zoned } from '../oncall/time.ts';

/** Who is on duty at one instant, a line for each, with those who were passed over. */
export function dutyTable(
  catalog: Catalog,
  schedule: ScheduleId,
  atMs: EpochMs,
  rows: readonly DutyRow[],
  words: OncallCliWords,
): string[] {
  const zone = zoneOf(catalog, schedule);
  const lines = rows.map((row) => [
    row.person === null ? words.nobody : nameOf(catalog, row.person),
    row.person !== null && row.availability === 'last'
      ? `${words.whys[row.why]}, ${words.askedLast}`
      : words.whys[row.why],
    row.excluded.map(({ person, because }) => `${nameOf(catalog, person)} (${words.becauses[because]})`).join(', '),
  ]);
  return [
    `${words.title(schedule, zone)}: ${clock(catalog, atMs, zone)}`,
    ...aligned([[words.onDuty, words.why, words.passedOver], ...lines]),
  ];
}

/** Shifts in order, a line for each. */
export function shiftTable(
  catalog: Catalog,
  schedule: ScheduleId,
  shifts: readonly Shift[],
  words: OncallCliWords,
): string[] {
  const zone = zoneOf(catalog, schedule);
  const lines = shifts.map(({ start, end, person, why }) => [
    clock(catalog, start, zone),
    clock(catalog, end, zone),
    person === null ? words.nobody : nameOf(catalog, person),
    words.whys[why],
  ]);
  return [words.title(schedule, zone), ...aligned([[words.start, words.end, words.onDuty, words.why], ...lines])];
}

function nameOf(catalog: Catalog, person: PersonId): string {
  return entry(catalog.people, person)?.name ?? person;
}

export function zoneOf(catalog: Catalog, schedule: ScheduleId): TimeZone {
  const past = entry(catalog.past?.schedules ?? {}, schedule)?.at(-1);
  return entry(catalog.schedules, schedule)?.timezone ?? past?.timezone ?? catalog.workspace.timezone;
}

/** `Thu 2026-11-05 09:00 +02:00`: the offset tells the two passes of a repeated hour apart. */
export function clock(catalog: Catalog, atMs: EpochMs, zone: TimeZone): string {
  const at = zoned(atMs, zone);
  const weekday = at.toLocaleString(catalog.workspace.locale, { weekday: 'short' });
  const time = at.toPlainTime().toString({ smallestUnit: at.second === 0 ? 'minute' : 'second' });
  return `${weekday} ${at.toPlainDate().toString()} ${time} ${at.offset}`;
}

export function aligned(rows: readonly (readonly string[])[]): string[] {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

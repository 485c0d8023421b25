import { type ScheduleId, weekdays } from './catalog.ts';
import { coverageLevel, type CoverageLevel, coverageLevels, type CoverageSegment } from './coverage.ts';
import { type CoverageConcern, coverageConcerns } from './coverage-concerns.ts';
import type { Span } from './layer-windows.ts';
import type { OnCallFacts } from './resolver.ts';
import { type EpochMs, type TimeZone, zoned } from './time.ts';

/** What the heat map shows: plain data. A day counts as its worst moment. */
export interface CoverageMap {
  readonly zone: TimeZone;
  readonly k: number;
  readonly days: readonly MapDay[];
  /** Schedules in the order of the catalog; where there are too many, those that are worst. */
  readonly rows: readonly MapRow[];
  /** Schedules that have no row. */
  readonly left: number;
  /** All schedules together, one for each day. */
  readonly together: readonly MapCell[];
  /** What deserves a number and a line of text: the worst first. */
  readonly notes: readonly MapNote[];
}

export interface MapDay extends Span {
  /** `2026-11-22`, a day of the workspace's calendar; the first and the last may be cut. */
  readonly date: string;
  readonly isWeekend: boolean;
  readonly isToday: boolean;
}

export interface MapRow {
  readonly schedule: ScheduleId;
  readonly cells: readonly MapCell[];
}

/** `rest`: nobody is needed that day. */
export type MapCell = CoverageLevel | 'rest';

export interface MapNote {
  readonly concern: CoverageConcern;
  /** First and last day that it touches: places in `days`. */
  readonly firstDay: number;
  readonly lastDay: number;
}

/** More rows than this are not told apart at the width of a chat. */
const mostRows = 30;
const mostNotes = 6;

/** The map of some segments of coverage. `k` is the target of the question that they answer. */
export function coverageMap(
  facts: OnCallFacts,
  segments: readonly CoverageSegment[],
  { k, now }: { readonly k: number; readonly now: EpochMs },
): CoverageMap {
  const { workspace, schedules } = facts.catalog;
  const days = daysOf(segments, workspace.timezone, workspace.workWeek, now);
  const together = new Map<number, MapCell>();
  const cells = new Map<ScheduleId, Map<number, MapCell>>(Object.keys(schedules).map((id) => [id, new Map()]));
  let day = 0;
  for (const segment of segments) {
    while ((days[day]?.to ?? Infinity) <= segment.from) day += 1;
    for (let index = day; (days[index]?.from ?? Infinity) < segment.to; index += 1) {
      mark(together, index, segment.surplus === null ? 'rest' : segment.level);
      for (const { schedule, depth } of segment.schedules) mark(cells.get(schedule), index, coverageLevel(depth, k));
    }
  }
  const rows = [...cells].map(([schedule, row]) => ({ schedule, cells: days.map((_, at) => row.get(at) ?? 'rest') }));
  const shown = worstRows(rows);
  return {
    zone: workspace.timezone,
    k,
    days,
    rows: shown,
    left: rows.length - shown.length,
    together: days.map((_, at) => together.get(at) ?? 'rest'),
    notes: notesOf(coverageConcerns(segments, k), shown, days),
  };
}

function daysOf(
  segments: readonly CoverageSegment[],
  zone: TimeZone,
  workWeek: readonly (typeof weekdays)[number][],
  now: EpochMs,
): MapDay[] {
  const [from, to] = [segments[0]?.from ?? 0, segments.at(-1)?.to ?? 0];
  const days: MapDay[] = [];
  for (let start = zoned(from, zone).startOfDay(); start.epochMilliseconds < to; start = start.add({ days: 1 })) {
    const end = start.add({ days: 1 }).startOfDay();
    const weekday = weekdays[start.dayOfWeek % 7];
    days.push({
      from: Math.max(from, start.epochMilliseconds),
      to: Math.min(to, end.epochMilliseconds),
      date: start.toPlainDate().toString(),
      isWeekend: weekday === undefined || !workWeek.includes(weekday),
      isToday: start.epochMilliseconds <= now && now < end.epochMilliseconds,
    });
  }
  return days;
}

/** From bad to good, and what needs nobody last. */
const badness = [...coverageLevels, 'rest'] as const;

function mark(cells: Map<number, MapCell> | undefined, index: number, cell: MapCell): void {
  const known = cells?.get(index) ?? 'rest';
  if (badness.indexOf(cell) <= badness.indexOf(known)) cells?.set(index, cell);
}

function worstRows(rows: readonly MapRow[]): readonly MapRow[] {
  if (rows.length <= mostRows) return rows;
  const weights = { uncovered: 1_000_000, last_person: 1_000, thin: 1, ok: 0, rest: 0 } as const;
  const weigh = ({ cells }: MapRow) => cells.reduce((sum, cell) => sum + weights[cell], 0);
  const worst = new Set(rows.toSorted((a, b) => weigh(b) - weigh(a)).slice(0, mostRows));
  return rows.filter((row) => worst.has(row));
}

function notesOf(concerns: readonly CoverageConcern[], rows: readonly MapRow[], days: readonly MapDay[]): MapNote[] {
  const shown = new Set(rows.map(({ schedule }) => schedule));
  const rank = (concern: CoverageConcern) => badness.indexOf(concern.level);
  return concerns
    .filter(({ schedules }) => schedules.length > 1 || schedules.every((schedule) => shown.has(schedule)))
    .toSorted((a, b) => rank(a) - rank(b) || a.from - b.from)
    .slice(0, mostNotes)
    .map((concern) => ({
      concern,
      firstDay: days.findIndex(({ to }) => concern.from < to),
      lastDay: days.findLastIndex(({ from }) => from < concern.to),
    }));
}

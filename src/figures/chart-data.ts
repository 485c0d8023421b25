import { type Severity, severities } from '../oncall/catalog.ts';
import { minuteMs, type EpochMs, type TimeZone } from '../oncall/time.ts';
import { type MeasuredIncident, publicSince, selectIncidents } from './metrics.ts';
import type { IncidentRecord } from './record.ts';
import { ascending, median } from './statistics.ts';
import { weekLabel, weeksEnded } from './weeks.ts';

/** Keys, not words: who draws the picture names them in the reader's language. */
export const chartSeverities = [...severities, 'unknown'] as const;
export type ChartSeverity = Severity | 'unknown';

export interface ChartWeek {
  /** Calendar date of the Sunday on which the week starts, `2026-11-22`. */
  readonly label: string;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  /** Incidents resolved in the week. */
  readonly counts: Readonly<Record<ChartSeverity, number>>;
  readonly total: number;
  /** Median time to recover in minutes over `recoveredCount` incidents; null for none. */
  readonly medianRecoverMin: number | null;
  readonly recoveredCount: number;
}

export interface ChartData {
  readonly zone: TimeZone;
  /** Oldest first; the last one is the week of the digest. */
  readonly weeks: readonly ChartWeek[];
}

/** The digest's picture: incidents per week by severity, and how long they lasted. Private incidents are left out. */
export function chartData(
  records: readonly IncidentRecord[],
  nowMs: EpochMs,
  zone: TimeZone,
  weekCount = 12,
): ChartData {
  const ended = weeksEnded(nowMs, zone, weekCount);
  const recent = publicSince(records, ended[0]?.fromMs ?? nowMs);
  const weeks = ended.map((week) => {
    const { measured } = selectIncidents(recent, week);
    const minutes = recoverMinutes(measured);
    return {
      label: weekLabel(week, zone),
      ...week,
      counts: countBySeverity(measured),
      total: measured.length,
      medianRecoverMin: median(minutes) ?? null,
      recoveredCount: minutes.length,
    };
  });
  return { zone, weeks };
}

function recoverMinutes(measured: readonly MeasuredIncident[]): number[] {
  const known = measured.map(({ durations }) => durations.ms.recover).filter((ms) => ms !== undefined);
  return ascending(known.map((ms) => ms / minuteMs));
}

function countBySeverity(measured: readonly MeasuredIncident[]): Record<ChartSeverity, number> {
  const counts = { sev1: 0, sev2: 0, sev3: 0, sev4: 0, unknown: 0 };
  for (const { record } of measured) counts[record.severity ?? 'unknown'] += 1;
  return counts;
}

import { dayMs, minuteMs, type EpochMs } from '../oncall/time.ts';
import { durationsOf, type DurationName, type IncidentDurations } from './durations.ts';
import { rateInterval } from './rates.ts';
import { firstKnown, type IncidentRecord, type Milestones } from './record.ts';
import { wilsonInterval } from './shares.ts';
import {
  ascending,
  geometricMean,
  type Interval,
  mean,
  median,
  medianInterval,
  percentileMinimumN,
  quantile,
} from './statistics.ts';

export const weekMs = 7 * dayMs;
/** The target of the share: mitigated within half an hour. */
export const shareTargetMs = 30 * minuteMs;

/** Half-open [fromMs, toMs). */
export interface MetricsWindow {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  /** Only incidents of exactly this service. */
  readonly service?: string | undefined;
}

/** What `toran metrics --json` prints (DESIGN §16): unrounded, minutes, `null` where a figure is impossible. */
export interface MetricsReport {
  /** Incidents that the figures are made of. */
  readonly n: number;
  /** Counted beside and part of no figure. `negative` counts durations, the others count incidents. */
  readonly excluded: Readonly<Record<'drill' | 'cancelled' | 'merged' | 'negative' | 'open', number>>;
  readonly time_to_detect: DurationFigures;
  readonly time_to_acknowledge: DurationFigures;
  readonly time_to_mitigate: DurationFigures;
  readonly time_to_recover: DurationFigures;
  readonly share_within_30_min: { readonly share: number | null; readonly n: number; readonly ci95: Interval | null };
  readonly per_week: { readonly rate: number | null; readonly ci95: Interval | null };
}

export interface DurationFigures {
  readonly n: number;
  readonly median_min: number | null;
  readonly mean_min: number | null;
  /** From n ≥ 20 on. */
  readonly p90_min: number | null;
  /** Of the durations above zero. */
  readonly geometric_mean_min: number | null;
  /** From n ≥ 6 on. */
  readonly median_ci95: Interval | null;
}

/** One incident behind the figures, so that every number can be traced. */
export interface MeasuredIncident {
  readonly record: IncidentRecord;
  readonly resolvedMs: EpochMs;
  readonly durations: IncidentDurations;
}

export interface Selection {
  readonly measured: readonly MeasuredIncident[];
  readonly excluded: Readonly<Record<'drill' | 'cancelled' | 'merged' | 'open', number>>;
}

/**
 * Which incidents a window holds. In the figures: kind incident, outcome resolved, `resolved` in [from, to); so disjoint
 * windows never share an incident, and together they hold each one once.
 *
 * Counted beside, each record in one group: drills, cancelled and merged ones by their `resolved`, or by their first
 * known time, since most have no resolution; open ones when they began before `to`, however long ago, because they are
 * still unresolved at its end. One without any time is counted in every window rather than dropped without a word.
 */
export function selectIncidents(records: Iterable<IncidentRecord>, window: MetricsWindow): Selection {
  const measured: MeasuredIncident[] = [];
  const excluded = { drill: 0, cancelled: 0, merged: 0, open: 0 };
  for (const record of records) {
    if (window.service !== undefined && record.service !== window.service) continue;
    const { milestones } = record;
    const group = excludedGroup(record);
    if (group !== undefined) {
      if (isCounted(milestones, group, window)) excluded[group] += 1;
    } else if (milestones.resolved !== undefined && isWithin(milestones.resolved, window)) {
      measured.push({ record, resolvedMs: milestones.resolved, durations: durationsOf(record) });
    }
  }
  return { measured, excluded };
}

/**
 * The public records that can matter to a window starting at `fromMs` or later: private ones and those that ended before
 * are gone, so that a long history costs one pass and not one per week.
 */
export function publicSince(records: Iterable<IncidentRecord>, fromMs: EpochMs): IncidentRecord[] {
  const kept: IncidentRecord[] = [];
  for (const record of records) {
    const { resolved } = record.milestones;
    if (record.isPrivate) continue;
    if (record.outcome === 'open' || resolved === undefined || resolved >= fromMs) kept.push(record);
  }
  return kept;
}

type ExcludedGroup = keyof Selection['excluded'];

function excludedGroup({ kind, outcome, milestones }: IncidentRecord): ExcludedGroup | undefined {
  if (kind === 'drill') return 'drill';
  if (outcome !== 'resolved') return outcome;
  // Resolved at an unknown time cannot be placed in any window, so for the figures it has not ended.
  return milestones.resolved === undefined ? 'open' : undefined;
}

function isCounted(milestones: Milestones, group: ExcludedGroup, window: MetricsWindow): boolean {
  if (group === 'open') return (firstKnown(milestones) ?? -Infinity) < window.toMs;
  const at = milestones.resolved ?? firstKnown(milestones);
  return at === undefined || isWithin(at, window);
}

function isWithin(at: EpochMs, { fromMs, toMs }: MetricsWindow): boolean {
  return at >= fromMs && at < toMs;
}

/**
 * The figures of a window. `per_week` divides n by the whole length of the window in weeks of 168 hours, quiet weeks
 * included. The order of `records` does not matter; private incidents count unless the caller leaves them out.
 */
export function computeMetrics(records: Iterable<IncidentRecord>, window: MetricsWindow): MetricsReport {
  const { measured, excluded } = selectIncidents(records, window);
  const negative = measured.reduce(
    (count, { durations }) => count + durations.flags.filter((flag) => flag.startsWith('negative_')).length,
    0,
  );
  const mitigate = durationsMs(measured, 'mitigate');
  const within = mitigate.filter((ms) => ms <= shareTargetMs).length;
  const weeks = (window.toMs - window.fromMs) / weekMs;
  const exposure = { count: measured.length, weeks };
  return {
    n: measured.length,
    excluded: {
      drill: excluded.drill,
      cancelled: excluded.cancelled,
      merged: excluded.merged,
      negative,
      open: excluded.open,
    },
    time_to_detect: durationFigures(durationsMs(measured, 'detect')),
    time_to_acknowledge: durationFigures(durationsMs(measured, 'acknowledge')),
    time_to_mitigate: durationFigures(mitigate),
    time_to_recover: durationFigures(durationsMs(measured, 'recover')),
    share_within_30_min: {
      share: mitigate.length === 0 ? null : within / mitigate.length,
      n: mitigate.length,
      ci95: wilsonInterval(within, mitigate.length) ?? null,
    },
    per_week: { rate: weeks > 0 ? exposure.count / weeks : null, ci95: rateInterval(exposure) ?? null },
  };
}

/** Known durations of one kind, ascending. */
function durationsMs(measured: readonly MeasuredIncident[], name: DurationName): number[] {
  return ascending(measured.map(({ durations }) => durations.ms[name]).filter((ms) => ms !== undefined));
}

function durationFigures(sortedMs: readonly number[]): DurationFigures {
  const minutes = sortedMs.map((ms) => ms / minuteMs);
  return {
    n: minutes.length,
    median_min: median(minutes) ?? null,
    mean_min: mean(minutes) ?? null,
    p90_min: minutes.length < percentileMinimumN ? null : (quantile(minutes, 0.9) ?? null),
    geometric_mean_min: geometricMean(minutes)?.value ?? null,
    median_ci95: medianInterval(minutes) ?? null,
  };
}

/**
 * The window when the caller left out an end: from the first known time of any record, up to now, and further if records
 * lie in the future of a clock that is behind. With no record at all it is empty, and rates are null.
 */
export function wholeHistory(records: Iterable<IncidentRecord>, nowMs: EpochMs): { fromMs: EpochMs; toMs: EpochMs } {
  let fromMs = nowMs;
  let toMs = nowMs;
  for (const { milestones } of records) {
    const first = firstKnown(milestones);
    if (first === undefined) continue;
    fromMs = Math.min(fromMs, first);
    toMs = Math.max(toMs, (milestones.resolved ?? first) + 1);
  }
  return { fromMs, toMs };
}

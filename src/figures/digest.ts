import { severities, type Severity, type Weekday } from '../oncall/catalog.ts';
import type { CoverageConcern } from '../oncall/coverage-concerns.ts';
import type { EpochMs, TimeZone } from '../oncall/time.ts';
import { type Comparison, compare } from './comparison.ts';
import {
  computeMetrics,
  type MeasuredIncident,
  type MetricsReport,
  publicSince,
  selectIncidents,
  weekMs,
} from './metrics.ts';
import { type PageRecord, pageTime } from './on-call-load.ts';
import type { Exposure } from './rates.ts';
import { firstKnown, type IncidentRecord, startOf } from './record.ts';
import { type Week, weekLabel, weeksEnded, weekStart } from './weeks.ts';

/** Below this a median has no 95 % interval, and the digest says that the incidents are too few. */
export const fewIncidents = 6;
/** The weeks before the one reported that it is compared with. */
const comparedWeeks = [4, 12] as const;
const longestHistory = 12;

/** What the digest needs besides the incidents. */
export interface DigestExtras {
  /** Pages that reached people. The caller leaves out pages of private incidents. */
  readonly pages: readonly PageRecord[];
  /** Days that are no weekend, for counting pages at weekends. */
  readonly workWeek: readonly Weekday[];
  /** Ids of incidents whose post-mortem should exist and is not published. */
  readonly postmortemsMissing: readonly string[];
  /**
   * Since when incidents are recorded at all; undefined means since the first known time of any of them. Weeks before it
   * are no quiet weeks, so they do not enter a comparison.
   */
  readonly recordedSinceMs: EpochMs | undefined;
  /** Where duty lacks people in the weeks to come; left out where nobody asked. */
  readonly coverage?: readonly CoverageConcern[];
  /** Who could take which shift that lacks its holder; left out where nobody asked. */
  readonly proposals?: readonly ProposedCover[];
}

/** Whose shift it is, and why somebody else is looked for, is not in it: anybody may read a digest. */
export interface ProposedCover {
  readonly schedule: string;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly person: string;
}

export interface DigestContent {
  readonly week: Week;
  readonly zone: TimeZone;
  /** Calendar date of the Sunday on which the week began. */
  readonly label: string;
  /** The same numbers that `toran metrics` prints for this week; drills, cancelled and merged are counted in it. */
  readonly figures: MetricsReport;
  /** The figures of the twelve weeks before, or of as many as are recorded. */
  readonly before: MetricsReport;
  readonly comparisons: readonly Comparison[];
  readonly isTooFew: boolean;
  /** Resolved in the week: the gravest first, then the longest. */
  readonly incidents: readonly DigestIncident[];
  readonly longest: DigestIncident | undefined;
  /** Open now, the gravest first, then the oldest. */
  readonly stillOpen: readonly OpenIncident[];
  readonly pages: { readonly total: number; readonly atNight: number; readonly atWeekend: number };
  readonly postmortemsMissing: readonly IncidentReference[];
  /** By start. Of people only how many are left is shown, and never who. */
  readonly coverage: readonly CoverageConcern[];
  /** By start. */
  readonly proposals: readonly ProposedCover[];
}

export interface IncidentReference {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity | undefined;
  readonly service: string | undefined;
}

export interface DigestIncident extends IncidentReference {
  readonly resolvedMs: EpochMs;
  /** Undefined when no start is known, or when the record is wrong and it would be negative. */
  readonly recoverMs: number | undefined;
  /** The start of the impact is unknown, so the duration runs from the detection. */
  readonly startIsDetected: boolean;
}

export interface OpenIncident extends IncidentReference {
  /** Undefined when none of its times is known. */
  readonly openForMs: number | undefined;
}

/**
 * The weekly digest of the week that ended last before `nowMs`. Weeks start on Sunday at 00:00 in the workspace's zone;
 * an incident belongs to the week in which it was resolved, exactly as in `toran metrics`. Private incidents are left
 * out of everything. The order of the records does not matter.
 */
export function digestContent(
  records: readonly IncidentRecord[],
  nowMs: EpochMs,
  zone: TimeZone,
  extras: DigestExtras,
): DigestContent {
  const [week, earlier] = weekAndEarlier(nowMs, zone);
  const historyMs = earlier[0]?.fromMs ?? week.fromMs;
  const recent = publicSince(records, historyMs);
  const recordedMs = Math.max(recordedWeek(records, zone, extras), historyMs);
  const figures = computeMetrics(recent, week);
  const incidents = selectIncidents(recent, week).measured.map(toDigestIncident).sort(byGravityThenLength);
  return {
    week,
    zone,
    label: weekLabel(week, zone),
    figures,
    before: computeMetrics(recent, { fromMs: Math.min(recordedMs, week.fromMs), toMs: week.fromMs }),
    comparisons: comparisons(recent, week, earlier, recordedMs),
    isTooFew: figures.n < fewIncidents,
    incidents,
    longest: longestOf(incidents),
    stillOpen: openIncidents(recent, nowMs),
    pages: countPages(extras, week),
    postmortemsMissing: missingPostmortems(records, extras.postmortemsMissing),
    coverage: extras.coverage ?? [],
    proposals: extras.proposals ?? [],
  };
}

function weekAndEarlier(nowMs: EpochMs, zone: TimeZone): [Week, Week[]] {
  const weeks = weeksEnded(nowMs, zone, longestHistory + 1);
  const week = weeks.at(-1) ?? { fromMs: nowMs, toMs: nowMs };
  return [week, weeks.slice(0, -1)];
}

/** Start of the first week that counts as recorded: the whole week in which the records begin. */
function recordedWeek(records: readonly IncidentRecord[], zone: TimeZone, extras: DigestExtras): EpochMs {
  const since = extras.recordedSinceMs ?? firstOf(records);
  return since === undefined ? Infinity : weekStart(since, zone);
}

function firstOf(records: readonly IncidentRecord[]): EpochMs | undefined {
  let earliest: EpochMs | undefined;
  for (const { milestones, isPrivate } of records) {
    const first = isPrivate ? undefined : firstKnown(milestones);
    if (first !== undefined && (earliest === undefined || first < earliest)) earliest = first;
  }
  return earliest;
}

function comparisons(
  records: readonly IncidentRecord[],
  week: Week,
  earlier: readonly Week[],
  recordedMs: EpochMs,
): Comparison[] {
  const recorded = earlier.filter(({ fromMs }) => fromMs >= recordedMs);
  const counts = recorded.map((each) => selectIncidents(records, each).measured.length);
  const now = exposure([week], selectIncidents(records, week).measured.length);
  return comparedWeeks.map((asked) => {
    const weekly = counts.slice(-asked);
    const total = weekly.reduce((sum, count) => sum + count, 0);
    return compare(asked, now, exposure(recorded.slice(-asked), total), weekly);
  });
}

function exposure(weeks: readonly Week[], count: number): Exposure {
  return { count, weeks: weeks.reduce((sum, { fromMs, toMs }) => sum + (toMs - fromMs) / weekMs, 0) };
}

function reference({ id, title, severity, service }: IncidentRecord): IncidentReference {
  return { id, title, severity, service };
}

function toDigestIncident({ record, resolvedMs, durations }: MeasuredIncident): DigestIncident {
  return {
    ...reference(record),
    resolvedMs,
    recoverMs: durations.ms.recover,
    startIsDetected: durations.flags.includes('start_is_detected'),
  };
}

function longestOf(incidents: readonly DigestIncident[]): DigestIncident | undefined {
  let longest: DigestIncident | undefined;
  for (const incident of incidents) {
    if (incident.recoverMs !== undefined && incident.recoverMs > (longest?.recoverMs ?? -1)) longest = incident;
  }
  return longest;
}

function openIncidents(records: readonly IncidentRecord[], nowMs: EpochMs): OpenIncident[] {
  return records
    .filter(({ kind, outcome }) => kind === 'incident' && outcome === 'open')
    .map((record) => {
      const since = startOf(record.milestones) ?? firstKnown(record.milestones);
      return { ...reference(record), openForMs: since === undefined ? undefined : Math.max(0, nowMs - since) };
    })
    .sort((a, b) => byGravity(a, b) || (b.openForMs ?? -1) - (a.openForMs ?? -1) || byId(a, b));
}

function countPages({ pages, workWeek }: DigestExtras, { fromMs, toMs }: Week): DigestContent['pages'] {
  const times = pages.filter(({ at }) => at >= fromMs && at < toMs).map((page) => pageTime(page, workWeek));
  return {
    total: times.length,
    atNight: times.filter(({ band }) => band === 'sleep').length,
    atWeekend: times.filter(({ isWeekend }) => isWeekend).length,
  };
}

function missingPostmortems(records: readonly IncidentRecord[], ids: readonly string[]): IncidentReference[] {
  const missing = new Set(ids);
  return records
    .filter(({ id, kind, isPrivate }) => kind === 'incident' && !isPrivate && missing.has(id))
    .map(reference)
    .sort((a, b) => byGravity(a, b) || byId(a, b));
}

function byGravityThenLength(a: DigestIncident, b: DigestIncident): number {
  return byGravity(a, b) || (b.recoverMs ?? -1) - (a.recoverMs ?? -1) || byId(a, b);
}

function byGravity(a: IncidentReference, b: IncidentReference): number {
  return gravity(a) - gravity(b);
}

function gravity({ severity }: IncidentReference): number {
  return severity === undefined ? severities.length : severities.indexOf(severity);
}

/** INC-9 before INC-10. */
function byId(a: IncidentReference, b: IncidentReference): number {
  return a.id.length - b.id.length || (a.id < b.id ? -1 : Number(a.id > b.id));
}

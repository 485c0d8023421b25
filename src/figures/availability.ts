import type { EpochMs } from '../oncall/time.ts';

/** Half-open [fromMs, toMs). */
export interface Span {
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
}

/** Time in which users of a service were hurt. */
export interface Impact {
  readonly fromMs: EpochMs;
  /** Undefined while it lasts: it then counts up to now, and the result is provisional. */
  readonly toMs: EpochMs | undefined;
  /** How much of the service was gone, above 0 up to 1 (all of it). */
  readonly weight: number;
}

/** Planned work. Only what was announced early enough, and before it began, is excused. */
export interface Maintenance extends Span {
  readonly announcedMs: EpochMs;
}

export interface AvailabilityQuestion {
  readonly window: Span;
  readonly nowMs: EpochMs;
  readonly impacts: readonly Impact[];
  readonly maintenance: readonly Maintenance[];
  /** How long before its start a maintenance must have been announced. */
  readonly noticeMs: number;
}

export interface AvailabilityFigures {
  /** Time of the window that has passed. */
  readonly windowMs: number;
  /** Time with any impact, each moment once. */
  readonly impactMs: number;
  /** The same, each moment by its worst weight. */
  readonly weightedMs: number;
  /** Excused maintenance inside the window. */
  readonly maintenanceMs: number;
  /** Weighted impact outside excused maintenance: what counts against an agreement. */
  readonly countedMs: number;
  /** Share of the window without impact, maintenance counted as impact; undefined for an empty window. */
  readonly strict: number | undefined;
  /** Share with excused maintenance out of both sides; undefined when nothing is left. */
  readonly contractual: number | undefined;
  /** An impact still lasts, so the figures will change. */
  readonly isProvisional: boolean;
}

/**
 * Availability of one service. Impacts are united, never added: three incidents in one hour are one hour. Where they
 * overlap the worst weight counts, since two degradations of the same service are mostly the same users twice.
 */
export function availability(question: AvailabilityQuestion): AvailabilityFigures {
  const { impacts, maintenance, noticeMs, nowMs } = question;
  const window = { fromMs: question.window.fromMs, toMs: Math.min(question.window.toMs, nowMs) };
  const closed = impacts.map((impact) => ({ ...impact, toMs: impact.toMs ?? nowMs }));
  const excused = maintenance.filter(
    ({ announcedMs, fromMs }) => announcedMs + noticeMs <= fromMs && announcedMs < fromMs,
  );
  const windowMs = Math.max(0, window.toMs - window.fromMs);
  const impactMs = unionMs(closed, window);
  const weightedMs = weightedUnionMs(closed, window);
  const maintenanceMs = unionMs(excused, window);
  const countedMs = weightedMs - weightedOverlapMs(closed, excused, window);
  return {
    windowMs,
    impactMs,
    weightedMs,
    maintenanceMs,
    countedMs,
    strict: windowMs === 0 ? undefined : 1 - weightedMs / windowMs,
    contractual: windowMs === maintenanceMs ? undefined : 1 - countedMs / (windowMs - maintenanceMs),
    isProvisional: impacts.some(({ fromMs, toMs }) => toMs === undefined && fromMs < window.toMs),
  };
}

/** Length of the union of spans inside a window; touching and overlapping spans count once. */
export function unionMs(spans: readonly Span[], window: Span): number {
  return weightedUnionMs(
    spans.map(({ fromMs, toMs }) => ({ fromMs, toMs, weight: 1 })),
    window,
  );
}

interface WeightedSpan extends Span {
  readonly weight: number;
}

/** Sum over the window of the greatest weight active at each moment. */
export function weightedUnionMs(spans: readonly WeightedSpan[], window: Span): number {
  const inside = clip(spans, window);
  return segments(inside).reduce((sum, segment) => {
    const weight = inside.reduce((most, span) => (covers(span, segment) ? Math.max(most, span.weight) : most), 0);
    return sum + weight * (segment.toMs - segment.fromMs);
  }, 0);
}

function weightedOverlapMs(spans: readonly WeightedSpan[], others: readonly Span[], window: Span): number {
  return disjoint(clip(others, window)).reduce((sum, other) => sum + weightedUnionMs(spans, other), 0);
}

/** Overlapping and touching spans joined, in order of time. */
function disjoint(spans: readonly Span[]): Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last === undefined || span.fromMs > last.toMs) joined.push(span);
    else joined[joined.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, span.toMs) };
  }
  return joined;
}

function clip<T extends Span>(spans: readonly T[], window: Span): T[] {
  return spans
    .map((span) => ({ ...span, fromMs: Math.max(span.fromMs, window.fromMs), toMs: Math.min(span.toMs, window.toMs) }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}

/** Cuts time at every start and end, so that inside one piece nothing changes. */
function segments(spans: readonly Span[]): Span[] {
  const cuts = [...new Set(spans.flatMap(({ fromMs, toMs }) => [fromMs, toMs]))].toSorted((a, b) => a - b);
  return cuts.slice(1).map((toMs, index) => ({ fromMs: cuts[index] ?? toMs, toMs }));
}

function covers(span: Span, piece: Span): boolean {
  return span.fromMs <= piece.fromMs && piece.toMs <= span.toMs;
}

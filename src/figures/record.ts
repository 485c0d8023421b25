import type { Severity } from '../oncall/catalog.ts';
import type { EpochMs } from '../oncall/time.ts';

/**
 * What the figures know of one incident: its milestones and how it ended. Read from the fold of its events or from an
 * import, never from "last changed". A milestone that nobody knows is undefined; it is never copied from another one.
 */
export interface IncidentRecord {
  /** `INC-42`, or the id of an imported row. */
  readonly id: string;
  readonly title: string;
  readonly severity: Severity | undefined;
  /** Catalog id, or the text of an imported row. */
  readonly service: string | undefined;
  readonly kind: 'incident' | 'drill';
  readonly outcome: 'resolved' | 'open' | 'cancelled' | 'merged';
  readonly milestones: Milestones;
  readonly isPrivate: boolean;
}

/** `paged` is the first page that went out, `acked` the first acknowledgement by a person. */
export interface Milestones {
  readonly impactStart: EpochMs | undefined;
  readonly detected: EpochMs | undefined;
  readonly declared: EpochMs | undefined;
  readonly acked: EpochMs | undefined;
  readonly paged: EpochMs | undefined;
  readonly mitigated: EpochMs | undefined;
  readonly resolved: EpochMs | undefined;
}

/** When users first felt it as far as anyone knows: the start that recovery is measured from. */
export function startOf(milestones: Milestones): EpochMs | undefined {
  return milestones.impactStart ?? milestones.detected;
}

/** The earliest time at which this incident is known to have existed; undefined when no milestone is known. */
export function firstKnown(milestones: Milestones): EpochMs | undefined {
  const { impactStart, detected, declared, acked, paged, mitigated, resolved } = milestones;
  let earliest: EpochMs | undefined;
  for (const at of [impactStart, detected, declared, acked, paged, mitigated, resolved]) {
    if (at !== undefined && (earliest === undefined || at < earliest)) earliest = at;
  }
  return earliest;
}

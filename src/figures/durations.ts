import type { EpochMs } from '../oncall/time.ts';
import { type IncidentRecord, startOf } from './record.ts';

/** The four durations of an incident, by the word that the figures use for them. */
export type DurationName = 'detect' | 'acknowledge' | 'mitigate' | 'recover';
export const durationNames = [
  'detect',
  'acknowledge',
  'mitigate',
  'recover',
] as const satisfies readonly DurationName[];

/** What a reader must know before trusting a duration of this incident. */
export type DurationFlag =
  /** The start of the impact is unknown, so mitigate and recover are measured from the detection. */
  | 'start_is_detected'
  /** No separate mitigation was recorded, so the resolution stands for it. */
  | 'mitigated_is_resolved'
  | `negative_${DurationName}`;

export interface IncidentDurations {
  /** Milliseconds; undefined when a milestone is missing, or when the result would be negative (then it is flagged). */
  readonly ms: Readonly<Record<DurationName, number | undefined>>;
  readonly flags: readonly DurationFlag[];
}

/**
 * Durations of one incident (DESIGN §16), with S = impact start, or the detection where the impact start is unknown:
 * detect = detected − impact start; acknowledge = acked − (paged, or detected); mitigate = (mitigated, or resolved) − S;
 * recover = resolved − S. A negative duration is a mistake in the record: it is left out and flagged, never set to zero,
 * since a zero would make the figures look better.
 */
export function durationsOf(record: IncidentRecord): IncidentDurations {
  const { impactStart, detected, acked, paged, mitigated, resolved } = record.milestones;
  const start = startOf(record.milestones);
  const restored = mitigated ?? resolved;
  const raw = {
    detect: between(impactStart, detected),
    acknowledge: between(paged ?? detected, acked),
    mitigate: between(start, restored),
    recover: between(start, resolved),
  } satisfies Record<DurationName, number | undefined>;

  const flags: DurationFlag[] = [];
  if (impactStart === undefined && start !== undefined && restored !== undefined) flags.push('start_is_detected');
  if (mitigated === undefined && raw.mitigate !== undefined) flags.push('mitigated_is_resolved');
  for (const name of durationNames) if (isNegative(raw[name])) flags.push(`negative_${name}`);

  return {
    ms: {
      detect: unlessNegative(raw.detect),
      acknowledge: unlessNegative(raw.acknowledge),
      mitigate: unlessNegative(raw.mitigate),
      recover: unlessNegative(raw.recover),
    },
    flags,
  };
}

function between(from: EpochMs | undefined, to: EpochMs | undefined): number | undefined {
  return from === undefined || to === undefined ? undefined : to - from;
}

function isNegative(ms: number | undefined): boolean {
  return ms !== undefined && ms < 0;
}

function unlessNegative(ms: number | undefined): number | undefined {
  return isNegative(ms) ? undefined : ms;
}

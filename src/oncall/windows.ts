import type { PersonId, Severity } from './catalog.ts';
import type { EpochMs } from './time.ts';

export type WindowId = string;

/**
 * A time in which a person is not to be paged (hard), is paged last (soft), or is back for a while (free, which carves
 * time out of one parent window and of nothing else). Append-only: a change is a new window that supersedes the old.
 * It never says why: no field for a reason exists here (DESIGN rule 6).
 */
export interface AvailabilityWindow {
  readonly id: WindowId;
  readonly person: PersonId;
  readonly effect: 'hard' | 'soft' | 'free';
  readonly certain: boolean;
  readonly from: EpochMs;
  /** null means open: until the person (or their delegate) says that they are back. */
  readonly to: EpochMs | null;
  /** Only for `free`: the window out of which time is carved. */
  readonly carves?: WindowId;
  readonly supersedes?: WindowId;
  readonly cancelled: boolean;
  /** Only for `soft`: severities that may page in order nevertheless. */
  readonly letsThrough?: readonly Severity[];
  /** Only for `soft`: does not count for whoever is on duty (quiet hours). */
  readonly yieldsToDuty?: true;
  /** When it ends, the person is paged last for so long; chosen when the window is written. */
  readonly easeBackMs?: number;
  /** `personal`: computed from rules that only the person knows. */
  readonly source: 'self' | 'teammate' | 'delegate' | 'file' | 'calendar' | 'company' | 'personal';
}

import type { EpochMs } from '../oncall/time.ts';

/** What is taken from one occurrence of an event. No title, no place, no people: they are not even read. */
export interface Occurrence {
  /** Names this occurrence of this feed, the same at each reading; tells nothing and joins no two feeds. */
  readonly key: string;
  /** Half-open [from, to). */
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly busy: 'busy' | 'free' | 'tentative';
  readonly isOutOfOffice: boolean;
}

export type CalendarWarningCode =
  /** A line that cannot be read was left out. */
  | 'broken_line'
  /** An event without a beginning was left out. */
  | 'no_start'
  | 'ends_before_start'
  /** Ends where it begins: a day is taken as that day, a moment is left out. */
  | 'zero_length'
  /** A name that is no zone and brings no rules; the times were read as floating. */
  | 'unknown_zone'
  /** A rule of repetition that cannot be read; the event was taken once. */
  | 'bad_rule'
  /** By seconds or minutes; the event was left out. */
  | 'too_frequent'
  /** Only the first of its occurrences were taken. */
  | 'too_many_occurrences';

export interface CalendarWarning {
  readonly code: CalendarWarningCode;
  /** Of the file, 1-based. */
  readonly line: number;
}

export type CalendarReading =
  | {
      readonly kind: 'read';
      /** In order of time. */
      readonly occurrences: readonly Occurrence[];
      /** Keys of what the calendar itself calls cancelled. */
      readonly cancelled: readonly string[];
      /** How many events the calendar has, whenever they are. */
      readonly events: number;
      /** False when it breaks off: then what is missing is not gone. */
      readonly isComplete: boolean;
      readonly warnings: readonly CalendarWarning[];
    }
  | { readonly kind: 'unusable'; readonly because: 'not_a_calendar' | 'too_many_events' | 'too_many_occurrences' };

export const mostBytes = 5 * 1024 * 1024;
export const mostEvents = 5_000;
/** Of one event, within what is asked. */
export const mostOccurrences = 1_000;
/** Of one feed. */
export const mostOccurrencesTogether = 20_000;

import type { EpochMs, TimeZone } from '../oncall/time.ts';

/** What is asked of a calendar, and how it is to be understood. */
export interface CalendarQuestion {
  /** Salts the keys. */
  readonly feed: string;
  /** Zone of the person: whole days are theirs, and floating times if the calendar and `floatingZone` say nothing. */
  readonly zone: TimeZone;
  /** What the feed's owner has said that floating times are in. */
  readonly floatingZone?: TimeZone | undefined;
  readonly countsTransparent?: boolean | undefined;
  /** What is shorter than a day is free, unless it is marked as out of office: for a calendar that holds meetings. */
  readonly daysAwayOnly?: boolean | undefined;
  /** Occurrences that overlap [from, to) are wanted. */
  readonly from: EpochMs;
  readonly to: EpochMs;
}

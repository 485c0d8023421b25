import { type Weekday, weekdays } from '../oncall/catalog.ts';
import { type EpochMs, minuteMs, type TimeZone, zoned } from '../oncall/time.ts';

/** A page that reached a person, with the zone that this person lives in. */
export interface PageRecord {
  readonly at: EpochMs;
  readonly personZone: TimeZone;
}

/**
 * When a page came, on the person's own wall clock (the bands of PagerDuty's analytics): sleep 22:00–08:00 every day,
 * work 08:00–18:00 on working days, off for what is left.
 */
export type TimeBand = 'sleep' | 'work' | 'off';

export interface PageTime {
  readonly band: TimeBand;
  /** The day is none of the work week; independent of the band. */
  readonly isWeekend: boolean;
}

export function pageTime({ at, personZone }: PageRecord, workWeek: readonly Weekday[]): PageTime {
  const { hour, dayOfWeek } = zoned(at, personZone);
  const day = weekdays[dayOfWeek % 7];
  const isWeekend = day === undefined || !workWeek.includes(day);
  if (hour >= 22 || hour < 8) return { band: 'sleep', isWeekend };
  return { band: !isWeekend && hour < 18 ? 'work' : 'off', isWeekend };
}

/** Pages of one person that come at most this far apart are one interruption. */
const interruptionGapMs = 30 * minuteMs;
/** Falling asleep again takes about this long. */
const settleMs = 30 * minuteMs;

/** First and last page of one interruption; both are instants of pages. */
export interface Interruption {
  readonly firstMs: EpochMs;
  readonly lastMs: EpochMs;
  readonly pages: number;
}

/** Groups the pages of ONE person. What wakes somebody five times in ten minutes has woken them once. */
export function interruptions(pageTimes: readonly EpochMs[]): Interruption[] {
  const groups: Interruption[] = [];
  for (const at of pageTimes.toSorted((a, b) => a - b)) {
    const current = groups.at(-1);
    if (current === undefined || at - current.lastMs > interruptionGapMs) {
      groups.push({ firstMs: at, lastMs: at, pages: 1 });
    } else {
      groups[groups.length - 1] = { ...current, lastMs: at, pages: current.pages + 1 };
    }
  }
  return groups;
}

/** Time awake through interruptions that fell into sleep: from the first page to the last, and half an hour to settle. */
export function sleepLostMs(nightInterruptions: readonly Interruption[]): number {
  return nightInterruptions.reduce((sum, { firstMs, lastMs }) => sum + lastMs - firstMs + settleMs, 0);
}

/** How evenly a load is spread over people; loads are already divided by the time on duty. */
export interface Fairness {
  /** Gini coefficient corrected for small teams: 0 when all carry the same, 1 when one carries everything. */
  readonly gini: number;
  /** Jain's index: 1 when all carry the same, 1/n when one carries everything. */
  readonly jain: number;
  readonly maxOverMean: number;
}

/**
 * Undefined below two people or when nobody carried anything. Four people with ten pages have a Gini of 0.35 by chance
 * alone: show it with the counts, never as a ranking.
 */
export function fairness(loads: readonly number[]): Fairness | undefined {
  const total = loads.reduce((sum, load) => sum + load, 0);
  const n = loads.length;
  if (n < 2 || !(total > 0)) return undefined;
  const sorted = loads.toSorted((a, b) => a - b);
  const weighted = sorted.reduce((sum, load, index) => sum + (2 * (index + 1) - n - 1) * load, 0);
  const squares = loads.reduce((sum, load) => sum + load * load, 0);
  return {
    gini: weighted / (n * total) / ((n - 1) / n),
    jain: (total * total) / (n * squares),
    maxOverMean: (Math.max(...loads) * n) / total,
  };
}

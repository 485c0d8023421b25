import { hourMs, minuteMs } from '../oncall/time.ts';

/**
 * What an objective allows to fail. `objective` is a share such as 0.9999 everywhere here. The budget of 99.99 % is 4.32
 * minutes in 30 days, so one full outage of half an hour uses up seven months.
 */
export function errorBudgetMs(objective: number, periodMs: number): number {
  return (1 - objective) * periodMs;
}

/** Impact over budget: 1 means used up, more means overspent. Undefined for an objective that allows nothing. */
export function budgetUsed(impactMs: number, objective: number, periodMs: number): number | undefined {
  const budgetMs = errorBudgetMs(objective, periodMs);
  return budgetMs > 0 ? impactMs / budgetMs : undefined;
}

/** How many times faster than allowed the budget is being spent. */
export function burnRate(errorRatio: number, objective: number): number | undefined {
  return objective < 1 ? errorRatio / (1 - objective) : undefined;
}

/** A pair of windows that both have to burn too fast: the long one says it matters, the short one that it still goes on. */
export interface BurnWindow {
  readonly name: 'page_fast' | 'page_slow' | 'ticket_fast' | 'ticket_slow';
  readonly longMs: number;
  readonly shortMs: number;
  /** Share of the period's budget that is gone once the long window has burned at the threshold. */
  readonly budgetShare: number;
}

/** The windows of the SRE workbook for a period of about thirty days. */
export const burnWindows: readonly BurnWindow[] = [
  { name: 'page_fast', longMs: hourMs, shortMs: 5 * minuteMs, budgetShare: 0.02 },
  { name: 'page_slow', longMs: 6 * hourMs, shortMs: 30 * minuteMs, budgetShare: 0.05 },
  { name: 'ticket_fast', longMs: 24 * hourMs, shortMs: 2 * hourMs, budgetShare: 0.1 },
  { name: 'ticket_slow', longMs: 72 * hourMs, shortMs: 6 * hourMs, budgetShare: 0.1 },
];

/** The burn rate from which a window fires. */
export function burnThreshold(window: BurnWindow, periodMs: number): number {
  return (window.budgetShare * periodMs) / window.longMs;
}

/** The windows that fire, given the ratio of errors over each length of time. */
export function firingWindows(
  errorRatioOver: (lengthMs: number) => number,
  objective: number,
  periodMs: number,
): BurnWindow['name'][] {
  return burnWindows
    .filter((window) => {
      const threshold = burnThreshold(window, periodMs);
      return [window.longMs, window.shortMs].every((lengthMs) => {
        const rate = burnRate(errorRatioOver(lengthMs), objective);
        return rate !== undefined && rate >= threshold;
      });
    })
    .map(({ name }) => name);
}

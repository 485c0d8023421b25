import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  budgetUsed,
  burnThreshold,
  burnWindows,
  errorBudgetMs,
  firingWindows,
} from '../../src/figures/error-budget.ts';
import { dayMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import { expectClose, vector } from './vectors.ts';

const numbers = z.record(z.string(), z.number());

describe('error budget in minutes (V13)', () => {
  const { input, expected, tolerance } = vector(
    'V13',
    z.object({ periodsMinutes: numbers, slos: z.array(z.number()) }),
    z.record(z.string(), numbers),
  );
  it.each(input.slos)('of %d', (slo) => {
    for (const [period, minutes] of Object.entries(input.periodsMinutes)) {
      expectClose(errorBudgetMs(slo, minutes * minuteMs) / minuteMs, expected[String(slo)]?.[period] ?? NaN, tolerance);
    }
  });
  it('is overspent almost sevenfold by one full outage of half an hour at 99.99 %', () => {
    expect(budgetUsed(30 * minuteMs, 0.9999, 30 * dayMs)).toBeCloseTo(30 / 4.32, 6);
  });
  it('cannot be used by an objective that allows nothing', () => {
    expect(budgetUsed(1, 1, dayMs)).toBeUndefined();
  });
});

describe('burn rate alerts (V14)', () => {
  const { input, expected, tolerance } = vector(
    'V14',
    z.object({
      slo: z.number(),
      sloPeriodHours: z.number(),
      windows: z.array(z.object({ name: z.string(), long: z.string(), short: z.string() })),
      observations: z.array(z.object({ err: numbers })),
    }),
    z.object({ burnRateThresholds30d: numbers, burnRateThresholds28d: numbers, fires: z.array(z.array(z.string())) }),
  );
  const unitMs: Record<string, number> = { m: minuteMs, h: hourMs, d: dayMs };
  const lengthMs = (text: string): number => Number.parseInt(text, 10) * (unitMs[text.at(-1) ?? ''] ?? NaN);

  it('uses the windows of the vector', () => {
    expect(burnWindows.map(({ name, longMs, shortMs }) => ({ name, longMs, shortMs }))).toEqual(
      input.windows.map(({ name, long, short }) => ({ name, longMs: lengthMs(long), shortMs: lengthMs(short) })),
    );
  });
  it('scales the thresholds with the period', () => {
    for (const window of burnWindows) {
      expectClose(burnThreshold(window, 30 * dayMs), expected.burnRateThresholds30d[window.name] ?? NaN, tolerance);
      expectClose(burnThreshold(window, 28 * dayMs), expected.burnRateThresholds28d[window.name] ?? NaN, tolerance);
    }
  });
  it.each(input.observations.map(({ err }, index) => ({ err, fires: expected.fires[index] ?? [] })))(
    'fires $fires',
    ({ err, fires }) => {
      const byLength = new Map(Object.entries(err).map(([text, ratio]) => [lengthMs(text), ratio]));
      const found = firingWindows((length) => byLength.get(length) ?? NaN, input.slo, input.sloPeriodHours * hourMs);
      expect(found).toEqual(fires);
    },
  );
});

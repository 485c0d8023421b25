import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dispersion, rateInterval, rateRatio, widenedRatioInterval } from '../../src/figures/rates.ts';
import { expectClose, expectInterval, interval, vector } from './vectors.ts';

const exposure = z.object({ count: z.number(), weeks: z.number() });
const exposures = fc.record({ count: fc.nat(400), weeks: fc.integer({ min: 1, max: 60 }) });

describe('incidents per week (V06)', () => {
  const { input, expected, tolerance } = vector(
    'V06',
    z.object({ cases: z.array(exposure) }),
    z.object({ cases: z.array(z.object({ ci: interval })) }),
  );
  it.each(input.cases.map((given, index) => ({ ...given, ci: expected.cases[index]?.ci })))(
    '$count in $weeks weeks',
    (given) => expectInterval(rateInterval(given), given.ci ?? [NaN, NaN], tolerance),
  );
  it('has no rate without a time at risk', () => {
    expect(rateInterval({ count: 3, weeks: 0 })).toBeUndefined();
    expect(rateInterval({ count: 3, weeks: Number.NaN })).toBeUndefined();
  });
});

describe('rate ratio', () => {
  it('finds 10 in 4 weeks against 30 in 4 weeks to be a third, from 0.15 to 0.70', () => {
    const found = rateRatio({ count: 10, weeks: 4 }, { count: 30, weeks: 4 });
    expectClose(found?.ratio, 1 / 3, 1e-12);
    expectInterval([found?.low ?? NaN, found?.high ?? NaN], [1 - 0.8546364103094182, 1 - 0.299429686098329], 1e-9);
  });
  it('has no upper bound when nothing happened before, and no ratio when nothing happened at all', () => {
    expect(rateRatio({ count: 4, weeks: 1 }, { count: 0, weeks: 12 })).toMatchObject({ ratio: null, high: null });
    expect(rateRatio({ count: 0, weeks: 1 }, { count: 0, weeks: 12 })).toBeUndefined();
    expect(rateRatio({ count: 4, weeks: 0 }, { count: 2, weeks: 12 })).toBeUndefined();
  });
  it('is zero from zero for a quiet week, and still bounded', () => {
    const found = rateRatio({ count: 0, weeks: 1 }, { count: 24, weeks: 12 });
    expect(found).toMatchObject({ ratio: 0, low: 0 });
    expect(found?.high).toBeGreaterThan(1);
  });
  it('turns over when the two periods are exchanged', () => {
    fc.assert(
      fc.property(exposures, exposures, (now, before) => {
        fc.pre(now.count > 0 && before.count > 0);
        const forward = rateRatio(now, before);
        const backward = rateRatio(before, now);
        expectClose((forward?.low ?? NaN) * (backward?.high ?? NaN), 1, 1e-9);
        expect(forward?.low).toBeLessThanOrEqual(forward?.ratio ?? NaN);
        expect(forward?.high).toBeGreaterThanOrEqual(forward?.ratio ?? NaN);
      }),
      { numRuns: 60 },
    );
  });
});

describe('do incidents come in clusters (V10)', () => {
  const { input, expected, tolerance } = vector(
    'V10',
    z.object({
      series: z.array(z.array(z.number())),
      widen: z.object({ now: exposure, baseline: exposure, phi: z.number() }),
    }),
    z.object({
      series: z.array(z.object({ index: z.number(), pUpper: z.number() })),
      ratio: z.number(),
      poissonWaldCi: interval,
      widenedCi: interval,
    }),
  );
  it.each(input.series.map((counts, index) => ({ counts, ...expected.series[index] })))('weeks $counts', (given) => {
    const found = dispersion(given.counts);
    expectClose(found?.index, given.index ?? NaN, tolerance);
    expectClose(found?.probability, given.pUpper ?? NaN, tolerance);
    expect((found?.probability ?? NaN) / (given.pUpper ?? NaN)).toBeCloseTo(1, 6);
  });
  it('widens the interval of the ratio by the index', () => {
    const { now, baseline, phi } = input.widen;
    expectClose(rateRatio(now, baseline)?.ratio, expected.ratio, tolerance);
    expectInterval(widenedRatioInterval(now, baseline, 1), expected.poissonWaldCi, tolerance);
    expectInterval(widenedRatioInterval(now, baseline, phi), expected.widenedCi, tolerance);
  });
  it('says nothing about one week, or about none with incidents', () => {
    expect(dispersion([4])).toBeUndefined();
    expect(dispersion([0, 0, 0])).toBeUndefined();
    expect(widenedRatioInterval({ count: 0, weeks: 4 }, { count: 3, weeks: 4 }, 1)).toBeUndefined();
  });
});

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { exactShareInterval, wilsonInterval } from '../../src/figures/shares.ts';
import {
  ascending,
  geometricMean,
  mean,
  median,
  medianInterval,
  medianIntervalRank,
  quantile,
  standardDeviation,
} from '../../src/figures/statistics.ts';
import { studentQuantile } from '../../src/figures/special-functions.ts';
import { expectClose, expectInterval, interval, vector } from './vectors.ts';

const skewed = [4, 7, 9, 12, 14, 18, 21, 26, 33, 41, 58, 95, 240, 610];
const durations = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 6, maxLength: 200 });

describe('distribution of skewed durations (V02)', () => {
  const { input, expected, tolerance } = vector(
    'V02',
    z.object({ durations: z.array(z.number()) }),
    z.object({
      n: z.number(),
      mean: z.number(),
      sd: z.number(),
      median: z.number(),
      geometricMean: z.number(),
      geometricSd: z.number(),
      p50: z.number(),
      p75: z.number(),
      p90: z.number(),
      p95: z.number(),
      gmCi95: interval,
      t975: z.number(),
    }),
  );
  const sorted = ascending(input.durations);
  const geometric = geometricMean(input.durations);

  it('agrees on mean, deviation and median', () => {
    expectClose(mean(sorted), expected.mean, tolerance);
    expectClose(standardDeviation(sorted), expected.sd, tolerance);
    expectClose(median(sorted), expected.median, tolerance);
  });
  it.each([
    [0.5, expected.p50],
    [0.75, expected.p75],
    [0.9, expected.p90],
    [0.95, expected.p95],
  ])('agrees on the quantile %d', (share, value) => expectClose(quantile(sorted, share), value, tolerance));
  it('agrees on the geometric mean, its deviation and its interval', () => {
    expect(geometric?.n).toBe(expected.n);
    expectClose(geometric?.value, expected.geometricMean, tolerance);
    expectClose(geometric?.deviation, expected.geometricSd, tolerance);
    expectInterval(geometric?.interval, expected.gmCi95, tolerance);
    expectClose(studentQuantile(0.975, expected.n - 1), expected.t975, tolerance);
  });
});

describe('share within a target (V05)', () => {
  const { input, expected, tolerance } = vector(
    'V05',
    z.object({ cases: z.array(z.object({ k: z.number(), n: z.number() })) }),
    z.object({ cases: z.array(z.object({ wilson: interval, clopperPearson: interval })) }),
  );
  it.each(input.cases.map((given, index) => ({ ...given, ...expected.cases[index] })))('$k of $n', (given) => {
    expectInterval(wilsonInterval(given.k, given.n), given.wilson ?? [NaN, NaN], tolerance);
    expectInterval(exactShareInterval(given.k, given.n), given.clopperPearson ?? [NaN, NaN], tolerance);
  });
  it('has no interval for nothing', () => {
    expect(wilsonInterval(0, 0)).toBeUndefined();
    expect(exactShareInterval(0, 0)).toBeUndefined();
  });
});

describe('interval of the median', () => {
  it('runs from rank 3 to rank 12 of 14', () => {
    expect(medianIntervalRank(14)).toBe(3);
    expect(medianInterval(skewed)).toEqual([9, 95]);
  });
  it('does not exist below six values', () => {
    expect([0, 1, 2, 3, 4, 5].map(medianIntervalRank)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(medianInterval([1, 2, 3, 4, 5])).toBeUndefined();
  });
  it('agrees with the sign-test table for 6 to 30 values', () => {
    const table = [1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6, 6, 7, 7, 8, 8, 8, 9, 9, 10];
    expect(table.map((_, index) => medianIntervalRank(index + 6))).toEqual(table);
  });
  it('is about 2.0·√n ranks wide for a hundred thousand values', () => {
    const rank = medianIntervalRank(100_000);
    expect(50_000 - rank).toBeGreaterThan(0.975 * Math.sqrt(100_000));
    expect(50_000 - rank).toBeLessThan(0.99 * Math.sqrt(100_000));
  });
  it('always holds the median', () => {
    fc.assert(
      fc.property(durations, (values) => {
        const sorted = ascending(values);
        const [low, high] = medianInterval(sorted) ?? [NaN, NaN];
        const middle = median(sorted) ?? NaN;
        expect(low).toBeLessThanOrEqual(middle);
        expect(high).toBeGreaterThanOrEqual(middle);
      }),
    );
  });
});

describe('edges of the plain statistics', () => {
  it('gives nothing for no values', () => {
    expect([mean([]), median([]), geometricMean([]), standardDeviation([1])]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
  it('leaves zeros out of the geometric mean and counts what is left', () => {
    expect(geometricMean([0, 0, 4, 9])).toMatchObject({ n: 2, value: expect.closeTo(6, 12) });
    expect(geometricMean([0])).toBeUndefined();
    expect(geometricMean([5])).toMatchObject({ n: 1, interval: undefined, deviation: undefined });
  });
  it('sorts by value, not by text', () => {
    expect(ascending([10, 9, 100, 1])).toEqual([1, 9, 10, 100]);
  });
});

import { describe, expect, it } from 'vitest';
import {
  inverseRegularizedBeta,
  inverseRegularizedGamma,
  logGamma,
  regularizedBeta,
  regularizedGamma,
  studentQuantile,
  upperRegularizedGamma,
} from '../../src/figures/special-functions.ts';

function relativeError(actual: number, expected: number): number {
  return Math.abs(actual / expected - 1);
}

describe('special functions', () => {
  it('gives the logarithm of factorials', () => {
    let logarithm = 0;
    for (let n = 2; n <= 170; n += 1) {
      logarithm += Math.log(n);
      expect(relativeError(logGamma(n + 1), logarithm)).toBeLessThan(1e-13);
    }
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
    expect(logGamma(0.25)).toBeCloseTo(1.2880225246980774, 12);
  });

  it('sums Poisson probabilities', () => {
    for (const [k, rate] of [
      [0, 0.1],
      [3, 2.5],
      [40, 30],
      [200, 260],
    ] as const) {
      let sum = 0;
      let term = Math.exp(-rate);
      for (let i = 0; i <= k; i += 1) {
        sum += term;
        term *= rate / (i + 1);
      }
      expect(relativeError(upperRegularizedGamma(k + 1, rate), sum)).toBeLessThan(1e-10);
      expect(regularizedGamma(k + 1, rate) + upperRegularizedGamma(k + 1, rate)).toBeCloseTo(1, 12);
    }
  });

  it('sums binomial probabilities', () => {
    for (const [n, share] of [
      [7, 0.5],
      [30, 0.1],
      [400, 0.37],
    ] as const) {
      let term = (1 - share) ** n;
      let below = 0;
      for (let k = 1; k <= n; k += 1) {
        below += term;
        term *= ((n - k + 1) / k) * (share / (1 - share));
        expect(regularizedBeta(1 - share, n - k + 1, k)).toBeCloseTo(below, 11);
      }
    }
  });

  it.each([
    [0.025, 30, 40.4817480428], // chi-square tables: 2 × quantile with 60 degrees
    [0.975, 31, 85.6537307896],
    [0.975, 1, 7.37775890822],
    [0.95, 50_000, 100_736.736177319],
  ])('inverts the gamma function: %d, shape %d', (probability, shape, chiSquare) => {
    expect(relativeError(2 * inverseRegularizedGamma(probability, shape), chiSquare)).toBeLessThan(1e-7);
  });

  it('inverts what it computes, also in far tails', () => {
    for (const probability of [1e-12, 0.025, 0.5, 0.975, 1 - 1e-6]) {
      for (const [a, b] of [
        [0.5, 0.5],
        [3, 11],
        [4_000, 90_000],
      ] as const) {
        const x = inverseRegularizedBeta(probability, a, b);
        expect(relativeError(regularizedBeta(x, a, b), probability)).toBeLessThan(1e-8);
      }
      const x = inverseRegularizedGamma(probability, 17);
      expect(relativeError(regularizedGamma(17, x), probability)).toBeLessThan(1e-8);
    }
  });

  it.each([
    [1, 12.7062047362],
    [2, 4.30265272991],
    [13, 2.16036865646],
    [1_000, 1.96233908083],
  ])("gives Student's t for %d degrees", (degrees, expected) => {
    expect(relativeError(studentQuantile(0.975, degrees), expected)).toBeLessThan(1e-9);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contradictionsOf } from '../support/one-resolver.ts';

const worldsPerZone = 350;

describe('edge case 55: in whole random worlds', () => {
  // Each of three zones of the host takes its share of more than a thousand; test/long/one-resolver.ts takes a million.
  it('pager, preview, roster, gap report, user groups and PagerDuty name the same person, and nobody who cannot answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        expect(contradictionsOf(seed)).toEqual([]);
      }),
      { numRuns: worldsPerZone },
    );
  });
});

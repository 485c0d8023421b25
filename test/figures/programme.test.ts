import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { judgeReduction } from '../../src/figures/programme.ts';
import { expectClose, expectInterval, interval, vector } from './vectors.ts';

const exposure = z.object({ count: z.number(), weeks: z.number() });

describe('incidents per week against the baseline (V08)', () => {
  const { input, expected, tolerance } = vector(
    'V08',
    z.object({ cases: z.array(z.object({ now: exposure, baseline: exposure })), targetReduction: z.number() }),
    z.object({ cases: z.array(z.object({ verdict: z.string(), reduction: z.number(), reductionCi: interval })) }),
  );
  it.each(input.cases.map((given, index) => ({ ...given, wanted: expected.cases[index] })))(
    'gives $wanted.verdict',
    ({ now, baseline, wanted }) => {
      const found = judgeReduction(now, baseline, input.targetReduction);
      expect(found?.verdict).toBe(wanted?.verdict);
      expectClose(found?.reduction, wanted?.reduction ?? NaN, tolerance);
      expectInterval(found?.interval, wanted?.reductionCi ?? [NaN, NaN], tolerance);
    },
  );
  it('has no verdict against an empty baseline', () => {
    expect(judgeReduction({ count: 3, weeks: 4 }, { count: 0, weeks: 4 }, 0.6)).toBeUndefined();
    expect(judgeReduction({ count: 3, weeks: 4 }, { count: 9, weeks: 0 }, 0.6)).toBeUndefined();
  });
  it('reaches no target by an estimate whose interval still allows an increase', () => {
    expect(judgeReduction({ count: 1, weeks: 4 }, { count: 3, weeks: 4 }, 0.6)?.verdict).toBe('no_confirmed_change');
  });
});

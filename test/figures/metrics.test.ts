import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeMetrics, selectIncidents, weekMs, wholeHistory } from '../../src/figures/metrics.ts';
import { minuteMs } from '../../src/oncall/time.ts';
import { anyRecord, record } from './records.ts';

const t0 = Date.parse('2026-03-01T00:00:00Z');
const window = { fromMs: t0, toMs: t0 + 4 * weekMs };
const records = fc.array(anyRecord, { maxLength: 60 });
const always = { fromMs: 0, toMs: Date.parse('2100-01-01T00:00:00Z') };

/** One incident that took `minutes` from impact to resolution. */
function lasting(minutes: number, id = `INC-${minutes}`) {
  return record(id, { impactStart: t0, detected: t0, resolved: t0 + minutes * minuteMs });
}

describe('computeMetrics', () => {
  it('prints exactly the agreed fields, with null where a figure is impossible', () => {
    const nothing = {
      n: 0,
      median_min: null,
      mean_min: null,
      p90_min: null,
      geometric_mean_min: null,
      median_ci95: null,
    };
    const { per_week, ...rest } = computeMetrics([], window);
    expect(rest).toEqual({
      n: 0,
      excluded: { drill: 0, cancelled: 0, merged: 0, negative: 0, open: 0 },
      time_to_detect: nothing,
      time_to_acknowledge: nothing,
      time_to_mitigate: nothing,
      time_to_recover: nothing,
      share_within_30_min: { share: null, n: 0, ci95: null },
    });
    expect(per_week.rate).toBe(0);
    expect(per_week.ci95?.[0]).toBe(0);
    expect(per_week.ci95?.[1]).toBeCloseTo(0.922219863528, 9);
    expect(computeMetrics([], { fromMs: t0, toMs: t0 }).per_week).toEqual({ rate: null, ci95: null });
  });

  it('computes the figures of skewed durations', () => {
    const found = computeMetrics(
      [4, 7, 9, 12, 14, 18, 21, 26, 33, 41, 58, 95, 240, 610].map((each) => lasting(each)),
      window,
    );
    expect(found.n).toBe(14);
    expect(found.time_to_recover).toMatchObject({ n: 14, median_min: 23.5, p90_min: null, median_ci95: [9, 95] });
    expect(found.time_to_recover.mean_min).toBeCloseTo(84.85714285714286, 10);
    expect(found.time_to_recover.geometric_mean_min).toBeCloseTo(29.889029750567342, 10);
    expect(found.share_within_30_min).toMatchObject({ share: 8 / 14, n: 14 });
    expect(found.share_within_30_min.ci95?.[0]).toBeCloseTo(0.3259064457965074, 9);
    expect(found.per_week.rate).toBe(3.5);
  });

  it('gives the 90th percentile from twenty incidents on', () => {
    const minutes = Array.from({ length: 20 }, (_, index) => index + 1);
    expect(
      computeMetrics(
        minutes.slice(1).map((each) => lasting(each)),
        window,
      ).time_to_recover.p90_min,
    ).toBeNull();
    expect(
      computeMetrics(
        minutes.map((each) => lasting(each)),
        window,
      ).time_to_recover.p90_min,
    ).toBeCloseTo(18.1, 10);
  });

  it('counts exactly thirty minutes as within thirty minutes', () => {
    expect(computeMetrics([lasting(30), lasting(31)], window).share_within_30_min).toMatchObject({ share: 0.5, n: 2 });
  });

  it('takes incidents resolved at the start of the window and none resolved at its end', () => {
    const edges = [window.fromMs - 1, window.fromMs, window.toMs - 1, window.toMs].map((resolved, index) =>
      record(`INC-${index}`, { detected: t0 - 5, resolved }),
    );
    const { measured } = selectIncidents(edges, window);
    expect(measured.map(({ record }) => record.id)).toEqual(['INC-1', 'INC-2']);
  });

  it('counts each excluded record once, beside the figures', () => {
    const inside = { detected: t0 + 1, resolved: t0 + 2 };
    const found = computeMetrics(
      [
        record('INC-1', inside),
        record('INC-2', inside, { kind: 'drill' }),
        record('INC-3', { declared: t0 + 1 }, { kind: 'drill', outcome: 'cancelled' }),
        record('INC-4', { declared: t0 + 1 }, { outcome: 'cancelled' }),
        record('INC-5', { declared: t0 - 1 }, { outcome: 'cancelled' }),
        record('INC-6', inside, { outcome: 'merged' }),
        record('INC-7', { declared: t0 - 400 * weekMs }),
        record('INC-8', { declared: window.toMs }),
        record('INC-9', {}, { outcome: 'resolved' }),
      ],
      window,
    );
    expect(found.n).toBe(1);
    expect(found.excluded).toEqual({ drill: 2, cancelled: 1, merged: 1, negative: 0, open: 2 });
  });

  it('counts durations, not incidents, that would be negative', () => {
    const found = computeMetrics(
      [record('INC-1', { impactStart: t0 + 9, detected: t0 + 8, acked: t0 + 7, mitigated: t0 + 6, resolved: t0 + 10 })],
      window,
    );
    expect(found.n).toBe(1);
    expect(found.excluded.negative).toBe(3);
    expect([
      found.time_to_detect.n,
      found.time_to_acknowledge.n,
      found.time_to_mitigate.n,
      found.time_to_recover.n,
    ]).toEqual([0, 0, 0, 1]);
    expect(found.share_within_30_min.n).toBe(0);
  });

  it('can be limited to one service', () => {
    const found = computeMetrics(
      [lasting(5), { ...lasting(6), service: 'search' }, { ...lasting(7), service: undefined }],
      { ...window, service: 'search' },
    );
    expect([found.n, found.time_to_recover.median_min]).toEqual([1, 6]);
  });

  it('does not depend on the order of the records', () => {
    fc.assert(
      fc.property(
        records.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(computeMetrics(shuffled, window)).toEqual(computeMetrics(all, window));
        },
      ),
    );
  });

  it('changes nothing but the count of drills when a drill is added', () => {
    fc.assert(
      fc.property(records, anyRecord, (all, extra) => {
        const before = computeMetrics(all, always);
        const after = computeMetrics([...all, { ...extra, kind: 'drill' }], always);
        expect(after).toEqual({ ...before, excluded: { ...before.excluded, drill: before.excluded.drill + 1 } });
      }),
    );
  });

  it('splits into windows that share no incident and lose none', () => {
    fc.assert(
      fc.property(records, fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 5 }), (all, days) => {
        const cuts = days.map((day) => Date.parse('2026-01-01T00:00:00Z') + day * 86_400_000).toSorted((a, b) => a - b);
        const edges = [always.fromMs, ...cuts, always.toMs];
        const parts = edges.slice(1).map((toMs, index) => computeMetrics(all, { fromMs: edges[index] ?? 0, toMs }));
        expect(parts.reduce((sum, part) => sum + part.n, 0)).toBe(computeMetrics(all, always).n);
      }),
    );
  });

  it('puts the median inside its interval, and no figure of no incidents', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(5_000), { maxLength: 80 }), (minutes) => {
        const { time_to_recover: found } = computeMetrics(
          minutes.map((each, index) => lasting(each, `INC-${index}`)),
          window,
        );
        expect(found.median_ci95 === null).toBe(minutes.length < 6);
        expect(found.median_min === null).toBe(minutes.length === 0);
        if (found.median_ci95 === null || found.median_min === null) return;
        expect(found.median_ci95[0]).toBeLessThanOrEqual(found.median_min);
        expect(found.median_ci95[1]).toBeGreaterThanOrEqual(found.median_min);
      }),
    );
  });
});

describe('wholeHistory', () => {
  it('runs from the first known time to now', () => {
    expect(wholeHistory([lasting(5), record('INC-9', { declared: t0 - 7 })], t0 + weekMs)).toEqual({
      fromMs: t0 - 7,
      toMs: t0 + weekMs,
    });
  });
  it('holds every incident, also one that a slow clock puts into the future', () => {
    fc.assert(
      fc.property(
        records,
        fc.date({ min: new Date('2025-12-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
        (all, now) => {
          expect(computeMetrics(all, wholeHistory(all, now.getTime()))).toMatchObject({
            n: computeMetrics(all, always).n,
            excluded: computeMetrics(all, always).excluded,
          });
        },
      ),
    );
  });
});

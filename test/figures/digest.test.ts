import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartData } from '../../src/figures/chart-data.ts';
import { digestContent, type DigestExtras } from '../../src/figures/digest.ts';
import { computeMetrics, weekMs } from '../../src/figures/metrics.ts';
import type { IncidentRecord } from '../../src/figures/record.ts';
import { dayMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import { anyRecord, record } from './records.ts';

const zone = 'Asia/Jerusalem';
const week = { fromMs: Date.parse('2026-11-14T22:00:00Z'), toMs: Date.parse('2026-11-21T22:00:00Z') };
const now = Date.parse('2026-11-22T07:00:00Z');
const extras: DigestExtras = {
  pages: [],
  workWeek: ['sun', 'mon', 'tue', 'wed', 'thu'],
  postmortemsMissing: [],
  recordedSinceMs: undefined,
};

type Rest = Partial<Omit<IncidentRecord, 'id' | 'milestones'>>;

function resolvedAt(id: string, resolved: number, minutes: number, rest: Rest = {}): IncidentRecord {
  const impactStart = resolved - minutes * minuteMs;
  return record(id, { impactStart, detected: impactStart, declared: impactStart, resolved }, rest);
}

/** `perWeek[0]` incidents in the week before the reported one, and so on back. */
function history(perWeek: readonly number[]): IncidentRecord[] {
  return perWeek.flatMap((count, ago) =>
    Array.from({ length: count }, (_, index) =>
      resolvedAt(`OLD-${ago}-${index}`, week.fromMs - ago * weekMs - dayMs - index * hourMs, 20),
    ),
  );
}

describe('digestContent', () => {
  it('reports the week that ended last, with the numbers of toran metrics', () => {
    const records = [
      resolvedAt('INC-1', week.fromMs, 10),
      resolvedAt('INC-2', week.toMs - 1, 20),
      resolvedAt('INC-3', week.toMs, 30),
      resolvedAt('INC-4', week.fromMs - 1, 40),
    ];
    const found = digestContent(records, now, zone, extras);
    expect(found.label).toBe('2026-11-15');
    expect(found.week).toEqual(week);
    expect(found.figures).toEqual(computeMetrics(records, week));
    expect(found.incidents.map(({ id }) => id)).toEqual(['INC-2', 'INC-1']);
  });

  it('lists the gravest first, then the longest, and names the longest of all', () => {
    const at = week.fromMs + dayMs;
    const found = digestContent(
      [
        resolvedAt('INC-10', at, 10, { severity: 'sev3' }),
        resolvedAt('INC-9', at, 10, { severity: 'sev3' }),
        resolvedAt('INC-3', at, 400, { severity: undefined }),
        resolvedAt('INC-4', at, 30, { severity: 'sev1' }),
        resolvedAt('INC-5', at, 90, { severity: 'sev1' }),
      ],
      now,
      zone,
      extras,
    );
    expect(found.incidents.map(({ id }) => id)).toEqual(['INC-5', 'INC-4', 'INC-9', 'INC-10', 'INC-3']);
    expect(found.longest?.id).toBe('INC-3');
    expect(found.isTooFew).toBe(true);
  });

  it('leaves private incidents out of everything', () => {
    const secret = { isPrivate: true, title: 'secret' } as const;
    const records = [
      resolvedAt('INC-1', week.fromMs + 1, 10, secret),
      record('INC-2', { declared: week.fromMs }, secret),
      resolvedAt('INC-3', week.fromMs - weekMs, 10, secret),
    ];
    const found = digestContent(records, now, zone, { ...extras, postmortemsMissing: ['INC-1'] });
    expect(found).toEqual(digestContent([], now, zone, extras));
    expect(chartData(records, now, zone)).toEqual(chartData([], now, zone));
  });

  it('lists what is open now, the oldest first, and neither drills nor cancelled ones', () => {
    const found = digestContent(
      [
        record('INC-1', { declared: now - hourMs }),
        record('INC-2', { impactStart: now - 3 * hourMs, declared: now - hourMs }),
        record('INC-3', { declared: now - hourMs }, { kind: 'drill' }),
        record('INC-4', { declared: now - hourMs }, { outcome: 'cancelled' }),
        record('INC-5', { declared: now - 90 * dayMs }, { severity: 'sev1' }),
      ],
      now,
      zone,
      extras,
    );
    expect(found.stillOpen.map(({ id, openForMs }) => [id, openForMs])).toEqual([
      ['INC-5', 90 * dayMs],
      ['INC-2', 3 * hourMs],
      ['INC-1', hourMs],
    ]);
  });

  it('counts pages of the week, at night and at the weekend on each person’s own clock', () => {
    const at = Date.parse('2026-11-16T00:30:00Z');
    const pages = [
      { at, personZone: 'Asia/Jerusalem' },
      { at, personZone: 'America/Los_Angeles' },
      { at: Date.parse('2026-11-20T10:00:00Z'), personZone: 'Asia/Jerusalem' },
      { at: week.toMs, personZone: 'Asia/Jerusalem' },
    ];
    expect(digestContent([], now, zone, { ...extras, pages }).pages).toEqual({ total: 3, atNight: 1, atWeekend: 1 });
  });

  it('names the incidents whose post-mortem is missing, however long ago they were', () => {
    const old = resolvedAt('INC-1', week.fromMs - 200 * dayMs, 10);
    const found = digestContent([old], now, zone, { ...extras, postmortemsMissing: ['INC-1', 'INC-77'] });
    expect(found.postmortemsMissing.map(({ id }) => id)).toEqual(['INC-1']);
  });

  it('counts drills, cancelled and merged ones beside', () => {
    const at = week.fromMs + 1;
    const found = digestContent(
      [
        resolvedAt('INC-1', at, 1, { kind: 'drill' }),
        resolvedAt('INC-2', at, 1, { outcome: 'cancelled' }),
        resolvedAt('INC-3', at, 1, { outcome: 'merged' }),
      ],
      now,
      zone,
      extras,
    );
    expect(found.figures).toMatchObject({ n: 0, excluded: { drill: 1, cancelled: 1, merged: 1 } });
    expect(found.incidents).toEqual([]);
  });

  it('does not depend on the order of the records, nor on how much history there is', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(anyRecord, { maxLength: 60, selector: ({ id }) => id })
          .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        fc.integer({ min: Date.parse('2026-02-01T00:00:00Z'), max: Date.parse('2026-08-01T00:00:00Z') }),
        ([all, shuffled], at) => {
          const content = digestContent(all, at, zone, extras);
          expect(digestContent(shuffled, at, zone, extras)).toEqual(content);
          expect(content.figures).toEqual(
            computeMetrics(
              all.filter(({ isPrivate }) => !isPrivate),
              content.week,
            ),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('comparison with the weeks before', () => {
  const thisWeek = (count: number) =>
    Array.from({ length: count }, (_, index) => resolvedAt(`INC-${index}`, week.fromMs + dayMs + index * minuteMs, 20));
  const compared = (count: number, before: readonly number[], more: Partial<DigestExtras> = {}) =>
    digestContent([...thisWeek(count), ...history(before)], now, zone, { ...extras, ...more }).comparisons;

  it('says fewer or more only when the whole interval agrees', () => {
    const steady = Array.from({ length: 12 }, () => 5);
    expect(compared(0, steady).map(({ verdict }) => verdict)).toEqual(['fewer', 'fewer']);
    expect(compared(3, steady).map(({ verdict }) => verdict)).toEqual(['not_clear', 'not_clear']);
    expect(compared(14, steady).map(({ verdict }) => verdict)).toEqual(['more', 'more']);
  });

  it('gives the ratio of the rates with its exact interval', () => {
    const [four, twelve] = compared(
      10,
      Array.from({ length: 12 }, () => 5),
    );
    expect(four?.before.count).toBe(20);
    expect(twelve?.before.count).toBe(60);
    // Two weeks of the twelve lie before the change of the clock, whose week has 169 hours.
    expect(twelve?.before.weeks).toBeCloseTo(12 + 1 / 168, 12);
    expect(four?.ratio?.ratio).toBeCloseTo(2 * ((four?.before.weeks ?? 0) / 4), 12);
    expect(four?.ratio?.low).toBeLessThan(1.1);
    expect(four?.ratio?.high).toBeGreaterThan(4);
  });

  it('says that a short or small baseline is too small', () => {
    expect(compared(3, [5, 5, 9]).map(({ verdict, before }) => [verdict, Math.round(before.weeks)])).toEqual([
      ['baseline_too_small', 3],
      ['baseline_too_small', 3],
    ]);
    expect(
      compared(
        3,
        Array.from({ length: 12 }, () => 1),
      ).at(1)?.verdict,
    ).toBe('baseline_too_small');
  });

  it('counts quiet weeks once it is known that they were recorded', () => {
    const [, twelve] = compared(3, [16], { recordedSinceMs: week.fromMs - 30 * weekMs });
    expect(Math.round(twelve?.before.weeks ?? 0)).toBe(12);
    expect(twelve?.verdict).not.toBe('baseline_too_small');
  });

  it('is more careful when incidents come in clusters', () => {
    const [, twelve] = compared(12, [0, 14, 0, 0, 17, 0, 0, 1, 20, 0, 0, 8]);
    expect(twelve?.isClustered).toBe(true);
    expect(twelve?.ratio?.low).toBeGreaterThan(1);
    expect(twelve?.verdict).toBe('not_clear');
  });

  it('has nothing to compare with in the very first week', () => {
    expect(compared(3, []).map(({ verdict, ratio, before }) => [verdict, ratio, before.count])).toEqual([
      ['baseline_too_small', undefined, 0],
      ['baseline_too_small', undefined, 0],
    ]);
  });
});

describe('chartData', () => {
  it('counts each of the twelve weeks by severity, the reported one last', () => {
    const records = [
      ...history([2, 0, 1]),
      resolvedAt('INC-1', week.fromMs, 10, { severity: 'sev1' }),
      resolvedAt('INC-2', week.fromMs, 30, { severity: undefined }),
      resolvedAt('INC-3', week.toMs, 30),
      record('INC-4', { resolved: week.fromMs }),
    ];
    const { weeks } = chartData(records, now, zone);
    expect(weeks).toHaveLength(12);
    expect(weeks.at(-1)).toEqual({
      label: '2026-11-15',
      ...week,
      counts: { sev1: 1, sev2: 1, sev3: 0, sev4: 0, unknown: 1 },
      total: 3,
      medianRecoverMin: 20,
      recoveredCount: 2,
    });
    expect(weeks.map(({ total }) => total)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2, 3]);
    expect(weeks.at(-3)?.medianRecoverMin).toBeNull();
  });
});

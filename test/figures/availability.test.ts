import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { availability, type AvailabilityQuestion, unionMs, weightedUnionMs } from '../../src/figures/availability.ts';
import { dayMs, hourMs, minuteMs } from '../../src/oncall/time.ts';

const t0 = Date.parse('2026-03-01T00:00:00Z');
const day = { fromMs: t0, toMs: t0 + dayMs };
const span = (from: number, to: number, weight = 1) => ({
  fromMs: t0 + from * minuteMs,
  toMs: t0 + to * minuteMs,
  weight,
});
const question: AvailabilityQuestion = {
  window: day,
  nowMs: t0 + 2 * dayMs,
  impacts: [],
  maintenance: [],
  noticeMs: 72 * hourMs,
};

describe('union of impact', () => {
  it('counts overlapping, touching and nested spans once', () => {
    expect(unionMs([span(10, 40), span(30, 50), span(50, 60), span(15, 20)], day)).toBe(50 * minuteMs);
  });
  it('clips to the window and ignores empty spans', () => {
    expect(unionMs([span(-30, 10), span(1430, 1500), span(600, 600), span(20, 15), span(-9, -5)], day)).toBe(
      20 * minuteMs,
    );
  });
  it('agrees with counting minute by minute', () => {
    const spans = fc.array(
      fc.tuple(fc.integer({ min: -20, max: 120 }), fc.integer({ min: -20, max: 120 }), fc.integer({ min: 1, max: 4 })),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(spans, (drawn) => {
        const given = drawn.map(([from, to, quarter]) => span(from, to, quarter / 4));
        const window = { fromMs: t0, toMs: t0 + 100 * minuteMs };
        let minutes = 0;
        let weighted = 0;
        for (let minute = 0; minute < 100; minute += 1) {
          const active = drawn.filter(([from, to]) => from <= minute && minute < to);
          if (active.length > 0) minutes += 1;
          weighted += Math.max(0, ...active.map(([, , quarter]) => quarter / 4));
        }
        expect(unionMs(given, window)).toBe(minutes * minuteMs);
        expect(weightedUnionMs(given, window)).toBeCloseTo(weighted * minuteMs, 6);
      }),
    );
  });
});

describe('availability', () => {
  it('takes the worst weight where impacts overlap', () => {
    const found = availability({ ...question, impacts: [span(0, 60, 0.5), span(30, 90, 0.2), span(40, 50, 1)] });
    expect(found.impactMs).toBe(90 * minuteMs);
    // 30 + 10 at a half, 10 at one, 10 at a half, 30 at a fifth
    expect(found.weightedMs).toBeCloseTo((20 + 10 + 5 + 6) * minuteMs, 6);
    expect(found.strict).toBeCloseTo(1 - 41 / 1440, 12);
  });
  it('excuses only maintenance that was announced in time, and takes it out of both sides', () => {
    const impacts = [span(0, 60)];
    const early = { ...span(30, 90), announcedMs: t0 - 80 * hourMs };
    const late = { ...span(0, 30), announcedMs: t0 - 71 * hourMs };
    const found = availability({ ...question, impacts, maintenance: [early, late] });
    expect(found.maintenanceMs).toBe(60 * minuteMs);
    expect(found.countedMs).toBe(30 * minuteMs);
    expect(found.strict).toBeCloseTo(1 - 60 / 1440, 12);
    expect(found.contractual).toBeCloseTo(1 - 30 / 1380, 12);
  });
  it('never excuses what was announced after it began, whatever the notice', () => {
    const afterwards = { ...span(0, 60), announcedMs: t0 + 1 };
    const atOnce = { ...span(0, 60), announcedMs: t0 };
    const found = availability({ ...question, impacts: [span(0, 60)], maintenance: [afterwards, atOnce], noticeMs: 0 });
    expect(found.maintenanceMs).toBe(0);
  });
  it('counts an impact that still lasts up to now, and says that it is provisional', () => {
    const open = { fromMs: t0 + hourMs, toMs: undefined, weight: 1 };
    const found = availability({ ...question, nowMs: t0 + 3 * hourMs, impacts: [open] });
    expect(found).toMatchObject({ windowMs: 3 * hourMs, impactMs: 2 * hourMs, isProvisional: true });
    expect(availability(question).isProvisional).toBe(false);
  });
  it('has no figure for a window that has not begun', () => {
    expect(availability({ ...question, nowMs: t0 })).toMatchObject({
      windowMs: 0,
      strict: undefined,
      contractual: undefined,
    });
  });
});

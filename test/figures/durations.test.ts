import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { durationsOf } from '../../src/figures/durations.ts';
import { mean, median } from '../../src/figures/statistics.ts';
import { ascending } from '../../src/figures/statistics.ts';
import { record } from './records.ts';
import { expectClose, instant, vector } from './vectors.ts';

const stamp = instant.nullable().transform((at) => at ?? undefined);
const minutes = z.number().nullable();
const row = z.object({ id: z.string(), ttd: minutes, tta: minutes, ttm: minutes, ttr: minutes });
const figure = z.object({ n: z.number(), mean: z.number(), median: z.number() });

describe('durations of one incident (V01)', () => {
  const { input, expected, tolerance } = vector(
    'V01',
    z.object({
      incidents: z.array(
        z.object({
          id: z.string(),
          kind: z.enum(['incident', 'drill']).default('incident'),
          impact_start: stamp,
          paged: stamp,
          detected: stamp,
          acked: stamp,
          declared: stamp,
          mitigated: stamp,
          resolved: stamp,
        }),
      ),
    }),
    z.object({
      perIncident: z.array(row.extend({ flags: z.array(z.string()) })),
      aggregate: z.object({ ttd: figure, tta: figure, ttm: figure, ttr: figure }),
    }),
  );
  const measured = input.incidents.map(({ id, kind, impact_start: impactStart, ...milestones }) => {
    const incident = record(id, { impactStart, ...milestones }, { kind });
    return { id, kind, ...durationsOf(incident) };
  });

  it.each(expected.perIncident)('$id', (wanted) => {
    const found = measured.find(({ id }) => id === wanted.id);
    const pairs = [
      [found?.ms.detect, wanted.ttd],
      [found?.ms.acknowledge, wanted.tta],
      [found?.ms.mitigate, wanted.ttm],
      [found?.ms.recover, wanted.ttr],
    ] as const;
    for (const [actualMs, value] of pairs) {
      if (value === null) expect(actualMs).toBeUndefined();
      else expectClose((actualMs ?? NaN) / 60_000, value, tolerance);
    }
  });
  it('flags what was inferred and what was left out', () => {
    const flags = Object.fromEntries(measured.map(({ id, flags }) => [id, flags]));
    expect(flags).toEqual({
      'INC-1': [],
      'INC-2': [],
      'INC-3': ['start_is_detected', 'mitigated_is_resolved'],
      'INC-4': ['negative_acknowledge'],
      'INC-5': [],
      'DRILL-6': [],
    });
  });
  it.each([
    ['detect', expected.aggregate.ttd],
    ['acknowledge', expected.aggregate.tta],
    ['mitigate', expected.aggregate.ttm],
    ['recover', expected.aggregate.ttr],
  ] as const)('agrees on n, mean and median of time to %s without the drill', (name, wanted) => {
    const values = ascending(
      measured
        .filter(({ kind }) => kind === 'incident')
        .map(({ ms }) => ms[name])
        .filter((ms) => ms !== undefined)
        .map((ms) => ms / 60_000),
    );
    expect(values).toHaveLength(wanted.n);
    expectClose(mean(values), wanted.mean, tolerance);
    expectClose(median(values), wanted.median, tolerance);
  });
});

describe('durationsOf', () => {
  it('measures the acknowledgement from the page where there was one, else from the detection', () => {
    expect(durationsOf(record('INC-1', { detected: 0, paged: 60_000, acked: 90_000 })).ms.acknowledge).toBe(30_000);
    expect(durationsOf(record('INC-2', { detected: 0, acked: 90_000 })).ms.acknowledge).toBe(90_000);
    expect(durationsOf(record('INC-3', { declared: 0, acked: 90_000 })).ms.acknowledge).toBeUndefined();
  });
  it('never measures recovery from the declaration', () => {
    const { ms, flags } = durationsOf(record('INC-1', { declared: 0, mitigated: 60_000, resolved: 90_000 }));
    expect(ms).toEqual({ detect: undefined, acknowledge: undefined, mitigate: undefined, recover: undefined });
    expect(flags).toEqual([]);
  });
  it('keeps a duration of zero', () => {
    expect(durationsOf(record('INC-1', { impactStart: 5, detected: 5 })).ms.detect).toBe(0);
  });
  it('leaves out and flags each negative duration on its own', () => {
    const found = durationsOf(
      record('INC-1', { impactStart: 100, detected: 50, acked: 70, mitigated: 90, resolved: 80 }),
    );
    expect(found.ms).toEqual({ detect: undefined, acknowledge: 20, mitigate: undefined, recover: undefined });
    expect(found.flags).toEqual(['negative_detect', 'negative_mitigate', 'negative_recover']);
  });
});

import * as fc from 'fast-check';
import type { IncidentRecord, Milestones } from '../../src/figures/record.ts';
import { severities } from '../../src/oncall/catalog.ts';

export const noMilestones: Milestones = {
  impactStart: undefined,
  detected: undefined,
  declared: undefined,
  acked: undefined,
  paged: undefined,
  mitigated: undefined,
  resolved: undefined,
};

export function record(
  id: string,
  milestones: Partial<Milestones>,
  rest: Partial<Omit<IncidentRecord, 'id' | 'milestones'>> = {},
): IncidentRecord {
  return {
    id,
    title: `Title of ${id}`,
    severity: 'sev2',
    service: 'payments',
    kind: 'incident',
    outcome: milestones.resolved === undefined ? 'open' : 'resolved',
    isPrivate: false,
    ...rest,
    milestones: { ...noMilestones, ...milestones },
  };
}

const start = Date.parse('2026-01-01T00:00:00Z');
const time = fc.option(
  fc.integer({ min: 0, max: 200 * 24 * 60 }).map((minutes) => start + minutes * 60_000),
  { nil: undefined, freq: 4 },
);

/** Anything a store could hold, with milestones in any order and any of them missing. */
export const anyRecord: fc.Arbitrary<IncidentRecord> = fc
  .record({
    severity: fc.constantFrom(...severities, undefined),
    service: fc.constantFrom('payments', 'search', undefined),
    kind: fc.constantFrom('incident' as const, 'incident' as const, 'incident' as const, 'drill' as const),
    outcome: fc.constantFrom(
      'resolved' as const,
      'resolved' as const,
      'open' as const,
      'cancelled' as const,
      'merged' as const,
    ),
    isPrivate: fc.boolean(),
    milestones: fc.record({
      impactStart: time,
      detected: time,
      declared: time,
      acked: time,
      paged: time,
      mitigated: time,
      resolved: time,
    }),
    number: fc.nat(),
  })
  .map(({ number, ...rest }) => ({ id: `INC-${number}`, title: `Title ${number}`, ...rest }));

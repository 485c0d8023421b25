import { describe, expect, it } from 'vitest';
import type { Override } from '../../src/oncall/catalog.ts';
import { continued } from '../../src/oncall/continuity.ts';
import { coverLedger } from '../../src/oncall/fairness.ts';
import { loadsOf } from '../../src/oncall/load.ts';
import { at, dayMs, facts, layer, schedule } from './world.ts';

const plain = () => 'workday' as const;
const start = at('2026-11-01T09:00+02:00');
const span = { from: start, to: start + 14 * dayMs };
const trio = ['alma', 'beni', 'carmel'];
const stoodIn: Override = { kind: 'replace', from: start, to: start + dayMs, person: 'beni', insteadOf: 'alma' };

describe('burden and covers of weeks that have passed', () => {
  const before = facts({ people: trio, schedules: [schedule('s', [layer(trio)], { overrides: [stoodIn] })] });
  const edits = {
    'the file is cleared of overrides that are over': facts({
      people: trio,
      schedules: [schedule('s', [layer(trio)])],
    }),
    'the order is another one': facts({ people: trio, schedules: [schedule('s', [layer(['carmel', 'alma'])])] }),
    'the schedule is removed': facts({ people: trio, schedules: [] }),
  };

  it.each(Object.entries(edits))('stay what they were when %s', (_, { catalog }) => {
    const after = { ...before, catalog: continued(before.catalog, catalog, span.to) };
    expect(loadsOf(after, span, plain)).toEqual(loadsOf(before, span, plain));
    expect(coverLedger(after, span, plain)).toEqual(coverLedger(before, span, plain));
    expect(coverLedger(after, span, plain).get('beni')?.given).toBeGreaterThan(0);
  });
});

import { describe, expect, it } from 'vitest';
import { evolveWorkspace, noWorkspace, type WorkspaceEvent } from '../../src/figures/workspace.ts';
import { automation, type Recorded } from '../../src/oncall/recorded.ts';
import { readEvent, type StoredEvent } from '../../src/store/codec/events.ts';
import { foldAgain } from '../../src/store/codec/snapshot.ts';
import { company, sundayMorning } from '../support/company.ts';

const { alma: _, ...others } = company().people;
const { payments } = company().schedules;
if (payments === undefined) throw new Error('the company has a schedule for payments');
const cover = { kind: 'only', from: 0, to: sundayMorning + 1, person: 'beni' } as const;
const catalogs = [
  company({ schedules: { payments: { ...payments, overrides: [cover] } } }),
  company({ people: others, schedules: {} }),
  company(),
];

const applied = catalogs.map((catalog, index): Recorded<WorkspaceEvent> => {
  const at = sundayMorning + index;
  const event = { type: 'catalog_applied', hash: `${index}`, catalog } as const;
  return { sequence: index + 1, happenedAt: at, recordedAt: at, actor: automation, event };
});

function stored({ event, ...columns }: Recorded<WorkspaceEvent>): StoredEvent {
  return { ...columns, stream: 'workspace', type: event.type, body: JSON.parse(JSON.stringify(event)) };
}

describe('what was in force before a catalog', () => {
  it('is folded again from the catalogs that were applied, which are all that is stored of it', () => {
    const state = applied.reduce(evolveWorkspace, noWorkspace);
    expect(state.catalog?.past).toEqual({
      schedules: {
        backup: [{ until: sundayMorning + 2, timezone: 'Asia/Jerusalem', layers: [], overrides: [] }],
        payments: [
          { until: sundayMorning + 1, timezone: 'Asia/Jerusalem', layers: payments.layers, overrides: [cover] },
          { until: sundayMorning + 2, timezone: 'Asia/Jerusalem', layers: [], overrides: [] },
        ],
      },
      people: {
        alma: [
          { from: null, to: sundayMorning + 1 },
          { from: sundayMorning + 2, to: null },
        ],
      },
    });
    expect(foldAgain('workspace', 'workspace', applied.map(stored))).toEqual(state);
    for (const one of applied) expect(JSON.stringify(readEvent('workspace', stored(one)))).not.toContain('until');
  });
});

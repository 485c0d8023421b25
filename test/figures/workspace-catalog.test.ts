import { describe, expect, it } from 'vitest';
import { decideWorkspace, evolveWorkspace, noWorkspace, type WorkspaceState } from '../../src/figures/workspace.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { company, sundayMorning } from '../support/company.ts';

function applied(state: WorkspaceState, hash: string, once: boolean): WorkspaceState {
  let next = state;
  for (const event of decideWorkspace({ type: 'apply_catalog', hash, catalog: company(), once }, state, 0)) {
    const sequence = next.version + 1;
    const recorded = { sequence, happenedAt: sundayMorning, recordedAt: sundayMorning, actor: automation, event };
    next = evolveWorkspace(next, recorded);
  }
  return next;
}

describe('a catalog', () => {
  it('named at start does not undo at a restart what was applied since', () => {
    const later = applied(applied(noWorkspace, 'A', true), 'B', false);
    expect(applied(later, 'A', true)).toEqual(later);
  });

  it('applied by hand holds again, also when its content held before', () => {
    const again = applied(applied(applied(noWorkspace, 'A', false), 'B', false), 'A', false);
    expect(again).toMatchObject({ version: 3, catalogHashes: ['B', 'A'] });
    expect(applied(again, 'A', false)).toEqual(again);
  });
});

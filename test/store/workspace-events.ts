import type { WorkspaceEvent } from '../../src/figures/workspace.ts';
import { company, person } from '../support/company.ts';

const told = { level: 'thin', schedules: ['payments'], from: 1, to: 2, isOpen: true, told: 7 } as const;

/** Everything that can have happened to a workspace, with every field. */
export const workspaceEvents: readonly WorkspaceEvent[] = [
  { type: 'coverage_warned', memory: { told: [{ ...told, told: null }, told] } },
  { type: 'coverage_warned', memory: { told: [told] } },
  { type: 'catalog_applied', hash: 'h', catalog: company({ people: { alma: person('alma') } }) },
  { type: 'digest_posted', week: 1, channel: 'C', ts: '1' },
  { type: 'home_opened', person: 'alma' },
];

import type { Catalog, PersonId, ScheduleId } from '../oncall/catalog.ts';
import { nothingTold, type CoverageMemory } from '../oncall/coverage-warnings.ts';
import { keepingTurns, withPast } from '../oncall/continuity.ts';
import { plannedReassessment } from '../oncall/schedule-effects.ts';
import type { ScheduleEffect } from '../oncall/schedule.ts';
import { priorities, type Planned, type Recorded } from '../oncall/recorded.ts';
import type { EpochMs } from '../oncall/time.ts';
import { nextCoverageLookAt, plannedCoverageLook, type CoverageEffect } from './coverage-look.ts';
import { nextDigestAt } from './digest-due.ts';

/** The stream of the workspace: which catalog holds, which weeks have had their digest, who looks at their own page. */
export interface WorkspaceState {
  readonly version: number;
  readonly catalog: Catalog | undefined;
  /** Of every content that was ever applied, the one that holds last. */
  readonly catalogHashes: readonly string[];
  /** Start of the latest week whose digest was posted. */
  readonly digestedWeek: EpochMs | undefined;
  /** Who has opened the app's Home: theirs is kept up to date, nobody else's. */
  readonly homes: readonly PersonId[];
  /** What leads have been told of coverage; names schedules and times, and nobody. */
  readonly coverageTold: CoverageMemory;
}

export type WorkspaceEvent =
  | { readonly type: 'catalog_applied'; readonly hash: string; readonly catalog: Catalog }
  | { readonly type: 'digest_posted'; readonly week: EpochMs; readonly channel: string; readonly ts: string }
  | { readonly type: 'home_opened'; readonly person: PersonId }
  | { readonly type: 'coverage_warned'; readonly memory: CoverageMemory };

export type WorkspaceCommand =
  /** `once`: content that was applied before is left alone, also where another content holds by now. */
  | { readonly type: 'apply_catalog'; readonly hash: string; readonly catalog: Catalog; readonly once?: boolean }
  | { readonly type: 'record_digest'; readonly week: EpochMs; readonly channel: string; readonly ts: string }
  /** Recorded once for each person: whoever has opened it may look again at any time. */
  | { readonly type: 'open_home'; readonly person: PersonId }
  | { readonly type: 'record_coverage'; readonly memory: CoverageMemory };

export type WorkspaceEffect =
  | { readonly kind: 'digest.post'; readonly due: EpochMs }
  /** The catalog has changed: every open incident looks again at whom it asks. */
  | { readonly kind: 'reassess.all' }
  /** Something has changed that everybody's Home shows. */
  | { readonly kind: 'slack.refresh_homes' };

export const noWorkspace: WorkspaceState = {
  version: 0,
  catalog: undefined,
  catalogHashes: [],
  digestedWeek: undefined,
  homes: [],
  coverageTold: nothingTold,
};

export function decideWorkspace(
  command: WorkspaceCommand,
  state: WorkspaceState,
  now: EpochMs,
): readonly WorkspaceEvent[] {
  switch (command.type) {
    case 'apply_catalog':
      return isApplied(command, state)
        ? []
        : [{ type: 'catalog_applied', hash: command.hash, catalog: keepingTurns(state.catalog, command.catalog, now) }];
    case 'record_digest':
      return state.digestedWeek !== undefined && state.digestedWeek >= command.week
        ? []
        : [{ type: 'digest_posted', week: command.week, channel: command.channel, ts: command.ts }];
    case 'open_home':
      return state.homes.includes(command.person) ? [] : [{ type: 'home_opened', person: command.person }];
    case 'record_coverage':
      return JSON.stringify(state.coverageTold) === JSON.stringify(command.memory)
        ? []
        : [{ type: 'coverage_warned', memory: command.memory }];
  }
}

/** The file named at start must not undo at a restart what somebody has applied since. */
function isApplied(
  { hash, once = false }: Extract<WorkspaceCommand, { type: 'apply_catalog' }>,
  { catalogHashes }: WorkspaceState,
): boolean {
  return once ? catalogHashes.includes(hash) : catalogHashes.at(-1) === hash;
}

export function evolveWorkspace(state: WorkspaceState, recorded: Recorded<WorkspaceEvent>): WorkspaceState {
  const { event, sequence: version } = recorded;
  switch (event.type) {
    case 'catalog_applied':
      return {
        ...state,
        version,
        catalog: withPast(state.catalog, event.catalog, recorded.recordedAt),
        catalogHashes: [...state.catalogHashes.filter((hash) => hash !== event.hash), event.hash],
      };
    case 'digest_posted':
      return { ...state, version, digestedWeek: event.week };
    case 'home_opened':
      return { ...state, version, homes: [...state.homes, event.person] };
    case 'coverage_warned':
      return { ...state, version, coverageTold: event.memory };
  }
}

export function reactWorkspace(
  recorded: Recorded<WorkspaceEvent>,
  state: WorkspaceState,
): readonly Planned<WorkspaceEffect | CoverageEffect | ScheduleEffect>[] {
  const zone = state.catalog?.workspace.timezone;
  if (zone === undefined || recorded.event.type === 'home_opened' || recorded.event.type === 'coverage_warned')
    return [];
  const due = nextDigestAt(recorded.recordedAt, zone);
  const digest = {
    effect: { kind: 'digest.post', due } as const,
    due,
    lane: 'digest',
    priority: priorities.channel,
    coalesce: `digest:${due}`,
  };
  if (recorded.event.type === 'digest_posted') return [digest];
  const now = recorded.recordedAt;
  return [
    digest,
    {
      effect: { kind: 'reassess.all' },
      due: now,
      lane: 'reassess',
      priority: priorities.page,
      coalesce: 'reassess:all',
    },
    ...changedSchedules(state.catalog, now).map((schedule) => plannedReassessment(schedule, now)),
    plannedCoverageLook(nextCoverageLookAt(now, zone)),
    { effect: { kind: 'slack.refresh_homes' }, due: now, lane: 'homes', priority: priorities.edit, coalesce: 'homes' },
  ];
}

/** Where somebody else may be on duty than a moment ago: what was in force on them until now has just become the past. */
function changedSchedules(catalog: Catalog | undefined, now: EpochMs): readonly ScheduleId[] {
  return Object.entries(catalog?.past?.schedules ?? {}).flatMap(([id, eras]) =>
    eras.at(-1)?.until === now ? [id] : [],
  );
}

import { z } from 'zod';
import type { StreamKind, Streams } from '../../engine/streams.ts';
import type { WorkspaceEvent } from '../../figures/workspace.ts';
import type { PersonEvent } from '../../oncall/person.ts';
import type { Actor } from '../../oncall/recorded.ts';
import type { AvailabilityWindow } from '../../oncall/windows.ts';
import { catalog } from './catalog.ts';
import { incidentEvent } from './incident-events.ts';
import { actor, severity } from './parts.ts';
import { scheduleEvent } from './schedule-events.ts';
import { everyOne, read } from './read.ts';

const window = z.object({
  id: z.string(),
  person: z.string(),
  effect: z.enum(['hard', 'soft', 'free']),
  certain: z.boolean(),
  from: z.number(),
  to: z.number().nullable(),
  carves: z.string().exactOptional(),
  supersedes: z.string().exactOptional(),
  cancelled: z.boolean(),
  letsThrough: z.array(severity).exactOptional(),
  yieldsToDuty: z.literal(true).exactOptional(),
  easeBackMs: z.number().exactOptional(),
  source: z.enum(['self', 'teammate', 'delegate', 'file', 'calendar', 'company', 'personal']),
}) satisfies z.ZodType<AvailabilityWindow>;

const personEvent = everyOne<PersonEvent, 'type'>()(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('window_added'), window }),
    z.object({ type: z.literal('window_cancelled'), window: z.string() }),
    z.object({ type: z.literal('delegate_named'), delegate: z.string().nullable() }),
    z.object({ type: z.literal('windows_forgotten'), windows: z.array(z.string()) }),
    z.object({ type: z.literal('window_forgotten') }),
  ]),
);

const toldConcern = z.object({
  level: z.enum(['uncovered', 'last_person', 'thin']),
  schedules: z.array(z.string()),
  from: z.number(),
  to: z.number(),
  isOpen: z.boolean(),
  told: z.number().nullable(),
});

const workspaceEvent = everyOne<WorkspaceEvent, 'type'>()(
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('catalog_applied'), hash: z.string(), catalog }),
    z.object({ type: z.literal('digest_posted'), week: z.number(), channel: z.string(), ts: z.string() }),
    z.object({ type: z.literal('home_opened'), person: z.string() }),
    z.object({ type: z.literal('coverage_warned'), memory: z.object({ told: z.array(toldConcern) }) }),
  ]),
);

const eventOf: { readonly [Kind in StreamKind]: z.ZodType<Streams[Kind]['event']> } = {
  incident: incidentEvent,
  person: personEvent,
  schedule: scheduleEvent,
  workspace: workspaceEvent,
};

export interface StoredEvent {
  readonly stream: string;
  readonly sequence: number;
  readonly type: string;
  readonly happenedAt: number;
  readonly recordedAt: number;
  readonly actor: unknown;
  readonly body: unknown;
}

/** Throws `Unreadable` for an event that this version of Toran does not know. */
export function readEvent<Kind extends StreamKind>(kind: Kind, row: StoredEvent) {
  const what = `event ${row.sequence} ("${row.type}") of ${row.stream}`;
  return {
    sequence: row.sequence,
    happenedAt: row.happenedAt,
    recordedAt: row.recordedAt,
    actor: read<Actor>(actor, row.actor, what),
    event: read(eventOf[kind], row.body, what),
  };
}

import type { IncidentCommand } from '../incident/commands.ts';
import type { IncidentEffect } from '../incident/effects.ts';
import type { IncidentEvent } from '../incident/events.ts';
import type { Incident } from '../incident/incident.ts';
import type { IncidentId } from '../incident/ids.ts';
import type { DutyEffect } from '../oncall/duty-effects.ts';
import type { HandOverEffect } from '../oncall/hand-over-effects.ts';
import type { AvailabilityEffect } from '../oncall/person-effects.ts';
import type { PersonCommand, PersonEffect, PersonEvent, PersonState } from '../oncall/person.ts';
import type { AwayNoticeEffect } from '../oncall/away-notice.ts';
import type { HomeEffect } from '../oncall/home.ts';
import type { PublishEffect } from '../oncall/published.ts';
import type { ScheduleCommand, ScheduleEffect, ScheduleEvent, ScheduleState } from '../oncall/schedule.ts';
import type { CoverageEffect } from '../figures/coverage-look.ts';
import type { WorkspaceCommand, WorkspaceEffect, WorkspaceEvent, WorkspaceState } from '../figures/workspace.ts';

/** A consistency boundary: its events have one order, and one command decides on one stream. */
export type StreamId = IncidentId | `person:${string}` | `schedule:${string}` | 'workspace';

/** The kinds of streams, and what belongs to each. */
export interface Streams {
  readonly incident: {
    readonly id: IncidentId;
    readonly state: Incident;
    readonly command: IncidentCommand;
    readonly event: IncidentEvent;
  };
  readonly person: {
    readonly id: `person:${string}`;
    readonly state: PersonState;
    readonly command: PersonCommand;
    readonly event: PersonEvent;
  };
  readonly schedule: {
    readonly id: `schedule:${string}`;
    readonly state: ScheduleState;
    readonly command: ScheduleCommand;
    readonly event: ScheduleEvent;
  };
  readonly workspace: {
    readonly id: 'workspace';
    readonly state: WorkspaceState;
    readonly command: WorkspaceCommand;
    readonly event: WorkspaceEvent;
  };
}

export type StreamKind = keyof Streams;
export type AnyEvent = Streams[StreamKind]['event'];
export type AnyState = Streams[StreamKind]['state'];

/** Everything that the outbox can hold. `main.ts` merges one handler for each, or does not compile. */
export type Effect =
  | IncidentEffect
  | PersonEffect
  | ScheduleEffect
  | DutyEffect
  | HandOverEffect
  | PublishEffect
  | WorkspaceEffect
  | HomeEffect
  | AwayNoticeEffect
  | AvailabilityEffect
  | CoverageEffect;
export type EffectKind = Effect['kind'];

export function personStream(person: string): `person:${string}` {
  return `person:${person}`;
}

export function scheduleStream(schedule: string): `schedule:${string}` {
  return `schedule:${schedule}`;
}

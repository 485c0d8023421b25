import { decide } from '../incident/decide.ts';
import type { IncidentFacts, NewText } from '../incident/draft.ts';
import { evolve } from '../incident/evolve.ts';
import { isOpen, type Incident } from '../incident/incident.ts';
import { react } from '../incident/react.ts';
import type { Refusal } from '../incident/refusal.ts';
import { lookAfter } from '../figures/coverage-look.ts';
import { decideWorkspace, evolveWorkspace, noWorkspace, reactWorkspace } from '../figures/workspace.ts';
import { noticeOfMark } from '../oncall/away-notice.ts';
import { refreshHome, refreshHomesOfSchedule } from '../oncall/home.ts';
import { lookAtRulesAgain } from '../oncall/person-effects.ts';
import type { PersonRefusal, PersonState } from '../oncall/person.ts';
import { lookAtAllDuty, reactDuty } from '../oncall/duty-effects.ts';
import { reactHandOver, reactOffer } from '../oncall/hand-over-effects.ts';
import { decidePerson, evolvePerson, newPerson, reactPerson } from '../oncall/person-rules.ts';
import { publishCatalog, publishChange } from '../oncall/published.ts';
import type { Planned, Recorded } from '../oncall/recorded.ts';
import { decideSchedule } from '../oncall/schedule-decide.ts';
import { reactSchedule } from '../oncall/schedule-effects.ts';
import { evolveSchedule } from '../oncall/schedule-evolve.ts';
import { newSchedule, type ScheduleRefusal } from '../oncall/schedule.ts';
import type { EpochMs } from '../oncall/time.ts';
import { incidentRow } from './incident-row.ts';
import type { Order } from './orders.ts';
import type { Batch, IncidentRow, StoredStream } from './ports.ts';
import type { Effect, StreamKind, Streams } from './streams.ts';

export interface RuleContext {
  readonly now: EpochMs;
  readonly facts: IncidentFacts;
}

export type RuleDecision<Event> =
  | { readonly accepted: true; readonly events: readonly Recorded<Event>[]; readonly texts: readonly NewText[] }
  | { readonly accepted: false; readonly refusal: Refusal | PersonRefusal | ScheduleRefusal };

/** What the engine needs of a kind of stream; the rules themselves live in the pure rooms. */
export interface Rules<Kind extends StreamKind> {
  decide(
    order: Order<Kind>,
    stream: StoredStream<Streams[Kind]['state']>,
    context: RuleContext,
  ): RuleDecision<Streams[Kind]['event']>;
  /** What a stream is before its first event; undefined when it then is nothing at all. */
  start(stream: Streams[Kind]['id']): Streams[Kind]['state'] | undefined;
  evolve(
    stream: Streams[Kind]['id'],
    state: Streams[Kind]['state'] | undefined,
    recorded: Recorded<Streams[Kind]['event']>,
  ): Streams[Kind]['state'] | undefined;
  react(recorded: Recorded<Streams[Kind]['event']>, state: Streams[Kind]['state']): readonly Planned<Effect>[];
  row(state: Streams[Kind]['state']): IncidentRow | undefined;
  openGroup(after: Streams[Kind]['state'], before: Streams[Kind]['state'] | undefined): Batch['openGroup'];
}

const noGroup: Batch['openGroup'] = { take: undefined, release: undefined };

const incidentRules: Rules<'incident'> = {
  decide: (order, { state }, { now, facts }) =>
    decide(order.command, state, {
      id: order.stream,
      actor: order.actor,
      now,
      happenedAt: order.happenedAt,
      facts,
      groupTaken: order.groupTaken ?? false,
    }),
  start: () => undefined,
  evolve: (_stream, state, recorded) => evolve(state, recorded),
  react,
  row: incidentRow,
  openGroup: groupOf,
};

/** An incident holds its key for as long as it is open: taken by the declaration or a reopening, given back at the end. */
function groupOf(after: Incident, before: Incident | undefined): Batch['openGroup'] {
  const [held, holds] = [heldGroup(before), heldGroup(after)];
  return held === holds ? noGroup : { take: holds, release: held };
}

function heldGroup(incident: Incident | undefined): string | undefined {
  return incident !== undefined && isOpen(incident) ? incident.groupKey : undefined;
}

const personRules: Rules<'person'> = {
  decide(order, { state, version }, { now }) {
    const decision = decidePerson(order.command, state ?? startOf(order.stream), now, order.actor);
    if (!decision.accepted) return decision;
    return {
      accepted: true,
      events: decision.events.map((event, index) => record(event, version + index + 1, order, now)),
      texts: [],
    };
  },
  start: startOf,
  evolve: (stream, state, recorded) => evolvePerson(state ?? startOf(stream), recorded),
  react: (recorded, state) => [
    ...reactPerson(recorded, state),
    ...lookAtRulesAgain(recorded, state.person),
    ...reactHandOver(recorded, state),
    lookAtAllDuty(recorded),
    ...refreshHome(recorded, state.person),
    ...noticeOfMark(recorded, state),
    ...lookAfter(recorded),
  ],
  row: () => undefined,
  openGroup: () => noGroup,
};

function startOf(stream: `person:${string}`): PersonState {
  return newPerson(stream.slice('person:'.length));
}

const scheduleRules: Rules<'schedule'> = {
  decide(order, { state, version }, { now, facts }) {
    const before = state ?? emptySchedule(order.stream);
    const decision = decideSchedule(order.command, before, { now, actor: order.actor, facts: facts.onCall });
    if (!decision.accepted) return decision;
    return {
      accepted: true,
      events: decision.events.map((event, index) => record(event, version + index + 1, order, now)),
      texts: [],
    };
  },
  start: emptySchedule,
  evolve: (stream, state, recorded) => evolveSchedule(state ?? emptySchedule(stream), recorded),
  react: (recorded, state) => [
    ...reactSchedule(recorded, state),
    ...reactOffer(recorded, state),
    ...reactDuty(recorded, state),
    ...publishChange(recorded, state),
    ...refreshHomesOfSchedule(recorded, state),
  ],
  row: () => undefined,
  openGroup: () => noGroup,
};

function emptySchedule(stream: `schedule:${string}`) {
  return newSchedule(stream.slice('schedule:'.length));
}

const workspaceRules: Rules<'workspace'> = {
  decide(order, { state, version }, { now }) {
    const events = decideWorkspace(order.command, state ?? noWorkspace, now);
    return {
      accepted: true,
      events: events.map((event, index) => record(event, version + index + 1, order, now)),
      texts: [],
    };
  },
  start: () => noWorkspace,
  evolve: (_stream, state, recorded) => evolveWorkspace(state ?? noWorkspace, recorded),
  react: (recorded, state) => [
    ...reactWorkspace(recorded, state),
    ...(recorded.event.type === 'catalog_applied'
      ? [lookAtAllDuty(recorded), ...publishCatalog(recorded, recorded.event.catalog)]
      : []),
  ],
  row: () => undefined,
  openGroup: () => noGroup,
};

function record<Event>(
  event: Event,
  sequence: number,
  order: { readonly actor: Recorded<Event>['actor']; readonly happenedAt?: EpochMs },
  now: EpochMs,
): Recorded<Event> {
  return { sequence, happenedAt: Math.min(order.happenedAt ?? now, now), recordedAt: now, actor: order.actor, event };
}

export const rules: { readonly [Kind in StreamKind]: Rules<Kind> } = {
  incident: incidentRules,
  person: personRules,
  schedule: scheduleRules,
  workspace: workspaceRules,
};

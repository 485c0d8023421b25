import type { Catalog, Override } from '../../src/oncall/catalog.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { automation, type Actor, type Recorded } from '../../src/oncall/recorded.ts';
import type { OnCallFacts } from '../../src/oncall/resolver.ts';
import { decideSchedule } from '../../src/oncall/schedule-decide.ts';
import { evolveSchedule, overridesInForce } from '../../src/oncall/schedule-evolve.ts';
import { newSchedule, type ScheduleCommand, type ScheduleEvent } from '../../src/oncall/schedule.ts';
import type { AvailabilityWindow } from '../../src/oncall/windows.ts';
import { at, crew, facts, layer, schedule } from './world.ts';

/** A week each: alma from Sunday 1 November 09:00, then beni, then carmel. */
export const monday = at('2026-11-02T10:00+02:00');
export const weekEnd = at('2026-11-08T09:00+02:00');
export const nextWeekEnd = at('2026-11-15T09:00+02:00');

export const by = (person: string): Actor => ({ kind: 'person', person });

/** Carmel leads Alma and Beni, Eitan is in another team, Dana is an admin. */
export function scheduleWorld(windows: readonly AvailabilityWindow[] = [], declared: readonly Override[] = []) {
  const base = facts({
    people: crew,
    schedules: [schedule('s', [layer(['alma', 'beni', 'carmel'])], { overrides: declared })],
    teams: [
      { id: 'payments', members: ['alma', 'beni', 'carmel'], lead: 'carmel' },
      { id: 'data', members: ['eitan'], lead: 'eitan' },
    ],
    windows,
  });
  const catalog: Catalog = { ...base.catalog, workspace: { ...base.catalog.workspace, admins: ['dana'] } };
  let state = newSchedule('s');
  const history: Recorded<ScheduleEvent>[] = [];
  const now = (): OnCallFacts => ({ ...base, catalog, overrides: overridesInForce(state) });
  return {
    facts: now,
    state: () => state,
    history,
    /** The refusal's code, or the types of the events. */
    does(command: ScheduleCommand, atMs: number, actor: Actor = automation): string | readonly string[] {
      const decision = decideSchedule(command, state, { now: atMs, actor, facts: now() });
      if (!decision.accepted) return decision.refusal.code;
      for (const event of decision.events) {
        const recorded = { sequence: state.version + 1, happenedAt: atMs, recordedAt: atMs, actor, event };
        state = evolveSchedule(state, recorded);
        history.push(recorded);
      }
      return decision.events.map(({ type }) => type);
    },
    who(atMs: number): string {
      return onDuty(now(), 's', atMs, 'sev1')
        .map(({ person }) => person ?? 'nobody')
        .join();
    },
  };
}

export type Make = Extract<ScheduleCommand, { type: 'make_override' }>;
export type MakeOffer = Extract<ScheduleCommand, { type: 'offer' }>;

export function replace(id: string, person: string, insteadOf: string, more: Partial<Make> = {}): Make {
  const override: Override = { kind: 'replace', from: monday, to: weekEnd, person, insteadOf };
  return { type: 'make_override', id, override, origin: 'cover', ...more };
}

export function offer(more: Partial<MakeOffer> = {}): MakeOffer {
  return {
    type: 'offer',
    id: 'f',
    kind: 'cover',
    from: monday,
    to: weekEnd,
    insteadOf: 'alma',
    asked: ['beni', 'carmel'],
    assignAt: null,
    ...more,
  };
}

export const accept = (person: string): ScheduleCommand => ({ type: 'accept_offer', offer: 'f', person });
export const decline = (person: string): ScheduleCommand => ({ type: 'decline_offer', offer: 'f', person });

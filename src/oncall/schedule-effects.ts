import type { ScheduleId } from './catalog.ts';
import { priorities, type Planned, type Recorded } from './recorded.ts';
import type { ScheduleEffect, ScheduleEvent, ScheduleState } from './schedule.ts';
import type { EpochMs } from './time.ts';

/** What follows from an event of a schedule's stream. */
export function reactSchedule(
  recorded: Recorded<ScheduleEvent>,
  state: ScheduleState,
): readonly Planned<ScheduleEffect>[] {
  const { event, recordedAt } = recorded;
  switch (event.type) {
    case 'override_made':
      return lookAgain(state, recordedAt, [event.made.override.from, event.made.override.to]);
    case 'override_cancelled':
      return lookAgain(state, recordedAt, [event.at]);
    case 'offer_made':
    case 'offer_declined':
    case 'offer_taken':
    case 'offer_ended':
    case 'offer_sent':
    case 'duty_noted':
    case 'overrides_published':
      return [];
  }
}

/** When somebody else comes on duty: at once, so that running pages move, and again where that ends. */
function lookAgain(
  { schedule }: ScheduleState,
  now: EpochMs,
  borders: readonly EpochMs[],
): readonly Planned<ScheduleEffect>[] {
  const dues = new Set(borders.map((border) => Math.max(border, now)));
  return [...dues].map((due) => plannedReassessment(schedule, due));
}

export function plannedReassessment(schedule: ScheduleId, due: EpochMs): Planned<ScheduleEffect> {
  const key = `reassess:schedule:${schedule}:${due}`;
  return { effect: { kind: 'reassess.schedule', schedule }, due, lane: key, priority: priorities.page, coalesce: key };
}

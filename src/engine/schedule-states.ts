import type { ScheduleId } from '../oncall/catalog.ts';
import { newSchedule, type ScheduleState } from '../oncall/schedule.ts';
import type { Store } from './ports.ts';
import { scheduleStream } from './streams.ts';

/** What people have decided about these schedules; nothing yet, where there is no stream. */
export async function scheduleStates(
  store: Pick<Store, 'load'>,
  schedules: readonly ScheduleId[],
): Promise<ReadonlyMap<ScheduleId, ScheduleState>> {
  const loaded = await store.load('schedule', schedules.map(scheduleStream));
  return new Map(
    schedules.map((schedule) => [schedule, loaded.get(scheduleStream(schedule))?.state ?? newSchedule(schedule)]),
  );
}

import type { Catalog, ScheduleId } from './catalog.ts';
import { priorities, type Planned, type Recorded } from './recorded.ts';
import type { ScheduleEvent, ScheduleState } from './schedule.ts';
import { secondMs, type EpochMs } from './time.ts';

/**
 * An override that Toran has written into the schedule of PagerDuty that follows one of its own. Kept because PagerDuty's
 * overrides have no field for a mark: this list tells Toran's own from those that people made there.
 */
export interface PublishedOverride {
  /** PagerDuty's id; undefined while it is not known whether it was written: then one with the same values is it. */
  readonly id: string | undefined;
  /** PagerDuty's id of the schedule: the catalog may name another one later. */
  readonly schedule: string;
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** PagerDuty's id of whoever it puts on. */
  readonly user: string;
}

export type PublishEffect =
  /** Compares PagerDuty's schedule with who is on duty here in the next two weeks, and writes what differs. */
  | { readonly kind: 'pagerduty.sync_overrides'; readonly schedule: ScheduleId }
  /** The same for every schedule that has opted in. */
  | { readonly kind: 'pagerduty.sync_all_overrides' };

/** What changes together is written together. */
const gatherMs = 3 * secondMs;

export function syncOverrides(schedule: ScheduleId, now: EpochMs): Planned<PublishEffect> {
  const key = `pagerduty:overrides:${schedule}`;
  const effect = { kind: 'pagerduty.sync_overrides', schedule } as const;
  return { effect, due: now + gatherMs, lane: key, priority: priorities.channel, coalesce: key };
}

/** The catalog says which schedules publish, and where; one in which none ever did has nothing to tell. */
export function publishCatalog(
  { recordedAt }: Pick<Recorded<unknown>, 'recordedAt'>,
  { schedules }: Catalog,
): readonly Planned<PublishEffect>[] {
  if (Object.values(schedules).every(({ pagerduty }) => pagerduty === undefined)) return [];
  const key = 'pagerduty:overrides';
  const effect = { kind: 'pagerduty.sync_all_overrides' } as const;
  return [{ effect, due: recordedAt + gatherMs, lane: key, priority: priorities.channel, coalesce: key }];
}

/**
 * Who is on duty, or will be, has changed: PagerDuty is told. A look at duty that found anything new counts, and there is one
 * a day at least, so that what comes into reach is written too.
 */
export function publishChange(
  { event, recordedAt }: Recorded<ScheduleEvent>,
  { schedule }: ScheduleState,
): readonly Planned<PublishEffect>[] {
  switch (event.type) {
    case 'override_made':
    case 'override_cancelled':
    case 'duty_noted':
      return [syncOverrides(schedule, recordedAt)];
    default:
      return [];
  }
}

export function isSamePublished(some: readonly PublishedOverride[], others: readonly PublishedOverride[]): boolean {
  return (
    some.length === others.length &&
    some.every((one, index) => {
      const other = others[index];
      const isSame = one.id === other?.id && one.schedule === other?.schedule && one.user === other.user;
      return isSame && one.from === other.from && one.to === other.to;
    })
  );
}

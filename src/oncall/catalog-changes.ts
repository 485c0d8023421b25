import type { PersonId, ScheduleId } from './catalog.ts';
import { answersAlike } from './continuity.ts';
import { entry } from './lookup.ts';
import { scheduleIds } from './past.ts';
import type { OnCallFacts } from './resolver.ts';
import { shifts } from './shifts.ts';
import { dayMs, type EpochMs } from './time.ts';

/** What another catalog does to one schedule, as seen at the instant at which it is applied. */
export interface ScheduleChange {
  readonly schedule: ScheduleId;
  readonly change: 'new' | 'changed' | 'removed';
  /** Who was on duty until now; nobody when empty. */
  readonly before: readonly PersonId[];
  readonly onDuty: readonly PersonId[];
  /** The next hand-offs, at most six, and to whom; those of half a year, which shows how months clamp. */
  readonly handOffs: readonly { readonly at: EpochMs; readonly to: readonly PersonId[] }[];
}

const lookAheadMs = 184 * dayMs;
const mostHandOffs = 6;

/** Every schedule that the catalog of `after` makes another one than that of `before`; in the order of the file. */
export function scheduleChanges(before: OnCallFacts, after: OnCallFacts, now: EpochMs): readonly ScheduleChange[] {
  const ids = scheduleIds({ ...after.catalog, past: undefined });
  const gone = Object.keys(before.catalog.schedules).filter((id) => !ids.includes(id));
  return [...ids, ...gone].flatMap((schedule) => {
    const [was, is] = [before, after].map(({ catalog }) => entry(catalog.schedules, schedule));
    if (answersAlike(was, is, Infinity)) return [];
    const change = was === undefined ? 'new' : is === undefined ? 'removed' : 'changed';
    return [{ schedule, change, before: dutyFrom(before, schedule, now).onDuty, ...dutyFrom(after, schedule, now) }];
  });
}

function dutyFrom(facts: OnCallFacts, schedule: ScheduleId, now: EpochMs): Pick<ScheduleChange, 'onDuty' | 'handOffs'> {
  const ahead = shifts(facts, schedule, now, now + lookAheadMs);
  const at = (instant: EpochMs) =>
    ahead.flatMap(({ person, start, end }) => (person !== null && start <= instant && instant < end ? [person] : []));
  const onDuty = at(now);
  const handOffs: { at: EpochMs; to: readonly PersonId[] }[] = [];
  const borders = new Set(
    ahead.flatMap(({ start, end }) => [start, end]).filter((border) => border < now + lookAheadMs),
  );
  for (const start of [...borders].toSorted((a, b) => a - b)) {
    if (handOffs.length === mostHandOffs) break;
    if (start > now && !isSame(at(start), handOffs.at(-1)?.to ?? onDuty)) handOffs.push({ at: start, to: at(start) });
  }
  return { onDuty, handOffs };
}

function isSame(one: readonly PersonId[], other: readonly PersonId[]): boolean {
  return one.length === other.length && one.every((person) => other.includes(person));
}

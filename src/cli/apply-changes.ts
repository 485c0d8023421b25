import { applyCliWords } from '../messages/apply-cli.ts';
import type { Catalog, PersonId } from '../oncall/catalog.ts';
import type { ScheduleChange } from '../oncall/catalog-changes.ts';
import { toIsoInZone } from '../oncall/time.ts';
import { clock, zoneOf } from './oncall-table.ts';
import { nameOf } from './people.ts';

/** For each schedule that a catalog changes: who hands over to whom, who is on duty until when, and who is next. */
export function changeLines(changes: readonly ScheduleChange[], catalog: Catalog): readonly string[] {
  const words = applyCliWords[catalog.workspace.locale];
  const names = (people: readonly PersonId[]) =>
    people.length === 0 ? words.nobody : people.map((person) => nameOf(catalog, person)).join(', ');
  if (changes.length === 0) return [words.unchanged];
  return changes.map((change) => {
    const { schedule, before, onDuty, until, next } = change;
    const title = `${schedule} (${words.changes[change.change]}):`;
    if (change.change === 'removed') return `${title} ${words.ended(names(before))}`;
    const now =
      until === undefined
        ? words.onDuty(names(onDuty))
        : words.onDutyUntil(names(onDuty), clock(catalog, until, zoneOf(catalog, schedule)), names(next));
    return [title, ...(handsOver(change) ? [words.handsOver(names(before), names(onDuty))] : []), now].join(' ');
  });
}

export function changesAsJson(changes: readonly ScheduleChange[], catalog: Catalog): readonly unknown[] {
  return changes.map((change) => ({
    schedule: change.schedule,
    change: change.change,
    hands_over_now: handsOver(change),
    before: change.before,
    on_duty: change.onDuty,
    until: change.until === undefined ? null : toIsoInZone(change.until, zoneOf(catalog, change.schedule)),
    next: change.next,
  }));
}

function handsOver({ change, before, onDuty }: ScheduleChange): boolean {
  return change === 'changed' && before.toSorted(inOrder).join() !== onDuty.toSorted(inOrder).join();
}

function inOrder(a: PersonId, b: PersonId): number {
  return a < b ? -1 : Number(a > b);
}

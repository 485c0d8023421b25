import { applyCliWords } from '../messages/apply-cli.ts';
import type { Catalog, PersonId } from '../oncall/catalog.ts';
import type { ScheduleChange } from '../oncall/catalog-changes.ts';
import { type EpochMs, toIsoInZone } from '../oncall/time.ts';
import { clock, zoneOf } from './oncall-table.ts';
import { nameOf } from './people.ts';

/** For each schedule that a catalog changes: who hands over to whom, who is on duty until when, and who comes after. */
export function changeLines(changes: readonly ScheduleChange[], catalog: Catalog): readonly string[] {
  const words = applyCliWords[catalog.workspace.locale];
  const names = (people: readonly PersonId[]) =>
    people.length === 0 ? words.nobody : people.map((person) => nameOf(catalog, person)).join(', ');
  if (changes.length === 0) return [words.unchanged];
  return changes.flatMap((change) => {
    const { schedule, before, onDuty } = change;
    const title = `${schedule} (${words.changes[change.change]}):`;
    if (change.change === 'removed') return [`${title} ${words.ended(names(before))}`];
    const time = (at: EpochMs) => clock(catalog, at, zoneOf(catalog, schedule));
    const [next, ...later] = change.handOffs;
    const now =
      next === undefined
        ? words.onDuty(names(onDuty))
        : words.onDutyUntil(names(onDuty), time(next.at), names(next.to));
    const handed = handsOver(change) ? [words.handsOver(names(before), names(onDuty))] : [];
    const after = later.map(({ at, to }) => `${time(at)} ${names(to)}`).join(', ');
    return [[title, ...handed, now].join(' '), ...(after === '' ? [] : [`  ${words.after(after)}`])];
  });
}

export function changesAsJson(changes: readonly ScheduleChange[], catalog: Catalog): readonly unknown[] {
  return changes.map((change) => ({
    schedule: change.schedule,
    change: change.change,
    hands_over_now: handsOver(change),
    before: change.before,
    on_duty: change.onDuty,
    hand_offs: change.handOffs.map(({ at, to }) => ({ at: toIsoInZone(at, zoneOf(catalog, change.schedule)), to })),
  }));
}

function handsOver({ change, before, onDuty }: ScheduleChange): boolean {
  return change === 'changed' && before.toSorted(inOrder).join() !== onDuty.toSorted(inOrder).join();
}

function inOrder(a: PersonId, b: PersonId): number {
  return a < b ? -1 : Number(a > b);
}

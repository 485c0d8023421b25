import { z } from 'zod';
import type { Layer, LayerWindow, Override, Schedule, Weekday } from '../../src/oncall/catalog.ts';
import { weekdays } from '../../src/oncall/catalog.ts';
import { onDuty } from '../../src/oncall/duty.ts';
import { type Shift, shifts } from '../../src/oncall/shifts.ts';
import type { EpochMs } from '../../src/oncall/time.ts';
import { instant } from './vectors.ts';
import { remember } from './vectors-cli.ts';
import { facts } from './world.ts';

/** What the cases of other engines look like in Toran's terms. */

const people = [
  'u1',
  'u2',
  'u3',
  'A',
  'B',
  'C',
  'X',
  'Y',
  'user',
  'benefactor',
  'foobar',
  'binbaz',
  'baz',
  'bin',
  'bar',
];

export function world(...schedules: readonly Schedule[]) {
  const named = schedules.flatMap(({ layers }) => layers.flatMap(({ participants }) => participants));
  return facts({ people: [...new Set([...people, ...named])], schedules });
}

/** Who is on duty at an instant for any of these schedules: what other engines call a union of rules. */
export function unionAt(given: readonly Schedule[], atMs: EpochMs): string[] {
  const rows = given.flatMap(({ id }) => onDuty(world(...given), id, atMs, 'sev1'));
  const users = [...new Set(rows.flatMap(({ person }) => (person === null ? [] : [person])))].toSorted();
  remember({ kind: 'at', schedules: given, at: atMs, users });
  return users;
}

export function shiftsOf(given: Schedule, from: EpochMs, to: EpochMs): Shift[] {
  const found = shifts(world(given), given.id, from, to);
  remember({ kind: 'span', schedules: [given], from, to, shifts: found });
  return found;
}

export const staffed = (found: readonly Shift[]) => found.filter(({ person }) => person !== null);
export const brief = (found: readonly Shift[]) => found.map(({ person, start, end }) => ({ user: person, start, end }));

export function always(who: string, windows: readonly LayerWindow[], start = '2016-01-03T00:00'): Layer {
  return { start, every: { unit: 'weeks', count: 1 }, participants: [who], windows };
}

/** A window each day from one instant's time of day, for some hours, in UTC. */
export function daily(from: EpochMs, to: EpochMs, days: readonly Weekday[] = weekdays): LayerWindow {
  const [start, end] = [from, to].map((atMs) => new Date(atMs).toISOString().slice(11, 16));
  return { days, from: start ?? '', to: end === '00:00' ? '24:00' : (end ?? '') };
}

export const goOverride = z.object({
  add: z.string().optional(),
  remove: z.string().optional(),
  start: instant,
  end: instant,
});

export function overrideOf({ add, remove, start, end }: z.output<typeof goOverride>): Override {
  const span = { from: start, to: end };
  if (add !== undefined && remove !== undefined) return { ...span, kind: 'replace', person: add, insteadOf: remove };
  if (add !== undefined) return { ...span, kind: 'add', person: add };
  return { ...span, kind: 'remove', insteadOf: remove ?? '' };
}

import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { type Layer, type LayerWindow, type Step, type Weekday, weekdays } from '../../src/oncall/catalog.ts';
import { zoned } from '../../src/oncall/time.ts';
import { at } from './world.ts';

/** Cases from the tests of other on-call engines (test/fixtures/oncall/oncall-vectors.json). */
const fixture = z
  .object({ cases: z.array(z.object({ id: z.string(), kind: z.string(), input: z.unknown(), expected: z.unknown() })) })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/oncall/oncall-vectors.json', import.meta.url), 'utf8')));

export const vectorIds: readonly string[] = fixture.cases.map(({ id }) => id);

/** Where Toran decides otherwise, or has no such thing. Each is explained in docs/oncall-vectors.md. */
export const leftOut = new Set([
  'GA-258',
  'GO-003',
  'GO-025',
  'GO-043',
  'GO-049',
  'GO-055',
  'GO-056',
  'GO-069',
  'GO-075',
  'OU-012',
  'OU-015',
]);

/** The cases of one kind that are run, in the shape that they are said to have. */
export function cases<Input extends z.ZodType, Expected extends z.ZodType>(
  kind: string,
  input: Input,
  expected: Expected,
): { readonly id: string; readonly input: z.output<Input>; readonly expected: z.output<Expected> }[] {
  const found = fixture.cases.filter((one) => one.kind === kind && !leftOut.has(one.id));
  if (found.length === 0) throw new Error(`no case of kind ${kind}`);
  return found.map((one) => ({ id: one.id, input: input.parse(one.input), expected: expected.parse(one.expected) }));
}

export const instant = z.string().transform((text) => at(text.replace(/(\.\d{3})\d+/, '$1')));
export const flags = z
  .array(z.number())
  .length(7)
  .transform((given): Weekday[] => weekdays.filter((_, index) => given[index] === 1));

export const rule = z.object({ start: z.string(), end: z.string(), days_sun_to_sat: flags });
export const rotation = z.object({
  type: z.enum(['hourly', 'daily', 'weekly', 'monthly', 'yearly']),
  shift_length: z.int(),
  start: instant,
  participants: z.array(z.string()).default(['someone']),
});
export const rotationIn = z.object({ time_zone: z.string(), rotation });

const units = { hourly: 'hours', daily: 'days', weekly: 'weeks', monthly: 'months', yearly: 'months' } as const;

export function layerOf(
  { type, shift_length, start, participants }: z.output<typeof rotation>,
  zone: string,
  windows: readonly LayerWindow[] = [],
): Layer {
  const every: Step = { unit: units[type], count: type === 'yearly' ? 12 * shift_length : shift_length };
  return { start: zoned(start, zone).toPlainDateTime().toString(), every, participants, windows };
}

/** A rule of GoAlert as windows. Equal ends mean a whole day there; Toran refuses that form and wants it in two windows. */
export function windowsOf({ start, end, days_sun_to_sat: days }: z.output<typeof rule>): LayerWindow[] {
  if (start !== end) return [{ days, from: start, to: end }];
  const next = days.map((day): Weekday => weekdays[(weekdays.indexOf(day) + 1) % 7] ?? 'sun');
  const whole: LayerWindow = { days, from: start, to: '24:00' };
  return start === '00:00' ? [whole] : [whole, { days: next, from: '00:00', to: end }];
}

/** Windows from a time of one weekday to a time of another, as `Friday 20:00`, a day at a time. */
export function weekWindows(from: string, to: string): LayerWindow[] {
  const [[firstDay, first], [lastDay, last]] = [dayAndClock(from), dayAndClock(to)];
  const length = (lastDay - firstDay + 7) % 7;
  return Array.from({ length: length + 1 }, (_, index) => ({
    days: [weekdays[(firstDay + index) % 7] ?? 'sun'],
    from: index === 0 ? first : '00:00',
    to: index === length ? last : '24:00',
  }));
}

export function dayAndClock(text: string): [number, string] {
  const [day = '', clock = ''] = text.split(' ');
  return [weekdays.findIndex((known) => day.toLowerCase().startsWith(known)), clock];
}

import { z } from 'zod';
import { severities, weekdays } from '../oncall/catalog.ts';
import { isCity } from '../oncall/cities.ts';
import type { PersonalRule } from '../oncall/personal-rules.ts';
import { isDate, isTimeZone } from './times.ts';

/** How a person's rules are stored, sealed: as JSON of this shape. What is typed in a modal is held against it too. */

const id = z.string().regex(/^[\w-]{6,64}$/, 'use 6 to 64 letters, digits, dashes and underscores');
const zone = z.string().refine(isTimeZone, 'no such time zone; use an IANA name such as Asia/Jerusalem');
const date = z.string().refine(isDate, 'write a date like 2026-10-27');
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day like 14:00');
const endClock = z.string().regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, 'write a time of day like 17:00, or 24:00');
const times = { days: z.array(z.enum(weekdays)).min(1, 'give at least one day').readonly(), from: clock, to: endClock };
const letsThrough = z.array(z.enum(severities)).readonly().optional();
const effects = [{ effect: z.literal('hard') }, { effect: z.literal('soft'), letsThrough }] as const;

const minutes = z.int('use whole minutes').min(0, 'use 0 to 120 minutes').max(120, 'use 0 to 120 minutes');
const place = z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180), zone });
const city = z.string().refine(isCity, 'is not among the cities; give coordinates and a zone instead');

const weekly = { kind: z.literal('weekly'), id, ...times, zone, since: date.optional(), until: date.optional() };
const observance = {
  kind: z.literal('observance'),
  id,
  where: z.union([z.strictObject({ city }), z.strictObject({ place })]),
  shabbat: z.boolean(),
  festivals: z.boolean(),
  minutesBeforeSunset: minutes.optional(),
  custom: z.enum(['israel', 'abroad']).optional(),
};
const quietHours = z.strictObject({ kind: z.literal('quiet_hours'), id, ...times, zone, letsThrough });

const days = z.int().min(1, 'use 1 to 60 days').max(60, 'use 1 to 60 days');
const pattern = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('cycle'), start: date, awayDays: days, homeDays: days, at: clock }),
  z.strictObject({ kind: z.literal('weekly'), ...times }),
]);
const homeLeave = z.strictObject({
  kind: z.literal('home_leave'),
  id,
  carves: z.string().min(1),
  zone,
  pattern,
  asked: z.enum(['last', 'in_order']),
});

export const personalRuleSchema = z
  .discriminatedUnion('kind', [
    z.discriminatedUnion('effect', [
      z.strictObject({ ...weekly, ...effects[0] }),
      z.strictObject({ ...weekly, ...effects[1] }),
    ]),
    quietHours,
    z.discriminatedUnion('effect', [
      z.strictObject({ ...observance, ...effects[0] }),
      z.strictObject({ ...observance, ...effects[1] }),
    ]),
    homeLeave,
  ])
  .refine((rule) => rule.kind !== 'observance' || rule.shabbat || rule.festivals, {
    message: 'keeps neither Shabbat nor festivals; remove the rule instead',
  })
  .refine((rule) => !('from' in rule) || rule.from !== rule.to, {
    message: 'begins and ends at the same time; for a whole day write 00:00 to 24:00',
  })
  .refine((rule) => rule.kind !== 'weekly' || (rule.since ?? '') <= (rule.until ?? '9999'), {
    message: 'ends before it begins',
  }) satisfies z.ZodType<PersonalRule>;

/**
 * A rule as it was stored. What does not fit is refused without a word of what is in it: the fault may be logged, and what
 * somebody's rules are about is theirs.
 */
export function readPersonalRule(stored: unknown): PersonalRule {
  const parsed = personalRuleSchema.safeParse(stored);
  if (parsed.success) return parsed.data;
  throw new Error('a personal rule cannot be read; it was probably written by a newer version of Toran');
}

import { z } from 'zod';
import { severities, weekdays } from '../oncall/catalog.ts';
import { durationAdvice, durationMs, isDate, isTime, isTimeZone, timeAdvice } from './times.ts';

/** The shape of catalog.yaml (DESIGN §7). What refers to something else is checked after, in catalog.ts. */

/** `#name` or a Slack id; Slack's own rule for names is stricter and may change. */
const channelSource = '(?:#[^\\s#@,:]{1,80}|[CG][A-Z0-9]{2,})';

const name = text('a name').max(200, 'use at most 200 characters');
/** Ids are written after a colon (`person:noa`) and in commands, so that they hold no space and no colon. */
const id = text('an id').regex(
  /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u,
  'use letters, digits, dots, dashes and underscores, at most 64',
);
const zone = text('a time zone').refine(isTimeZone, 'no such time zone; use an IANA name such as Asia/Jerusalem');
const time = text('a time').refine(isTime, timeAdvice);
const duration = z.string({ error: durationAdvice }).refine((value) => durationMs(value) !== undefined, durationAdvice);
const externalId = text('an id').regex(/^\S+$/, 'an id has no spaces').max(100, 'use at most 100 characters');
const channel = text('a channel').regex(
  new RegExp(`^${channelSource}$`, 'u'),
  'write a channel like "#incidents", in quotes, or its id',
);
const language = z.enum(['en', 'he'], { error: 'use en or he' });
const severity = z.enum(severities, { error: `use one of ${severities.join(', ')}` });
const days = z.array(z.enum(weekdays, { error: `use days like ${weekdays.join(', ')}` }), {
  error: 'give a list of days',
});
const target = text('a target').regex(
  new RegExp(`^(?:(?:person|schedule|team):[^:\\s]+|channel:${channelSource})$`, 'u'),
  'write person:ID, schedule:ID, team:ID or "channel:#name" (in quotes)',
);
const targets = listOf(target, 'targets');
const count = z
  .int({ error: 'use a whole number from 1 to 9000' })
  .min(1, 'use a whole number from 1 to 9000')
  .max(9000, 'use a whole number from 1 to 9000');

const companyDay = table({
  date: text('a date').refine(isDate, 'write a date like "2026-10-27", in quotes'),
  name,
  off: z.enum(['day', 'half'], { error: 'use day or half' }).default('day'),
});

const workspace = table({
  timezone: zone,
  work_week: days.min(1, 'give at least one day').default(['sun', 'mon', 'tue', 'wed', 'thu']),
  locale: language.default('en'),
  admins: z.array(id, { error: 'give a list of people' }).default([]),
  announce: channel.optional(),
  default_policy: id.optional(),
  last_resort: targets.optional(),
  coverage_target: z
    .int({ error: 'use a whole number from 1 to 20' })
    .min(1, 'use a whole number from 1 to 20')
    .max(20, 'use a whole number from 1 to 20')
    .optional(),
  company_days: z.array(companyDay, { error: 'give a list of days' }).optional(),
  burden: table({ night: weight(1.5), weekend: weight(1.5), festival: weight(2), eve: weight(1.25) }).optional(),
});

const person = table({
  name,
  slack: externalId.optional(),
  pagerduty: externalId.optional(),
  email: text('an address')
    .regex(/^[^\s@]+@[^\s@]+$/, 'write an address like noa@example.com')
    .optional(),
  timezone: zone.optional(),
  language: language.optional(),
  work_week: days.min(1, 'give at least one day').optional(),
});

const team = table({ members: listOf(id, 'people'), lead: id.optional() });

const every = table({
  hours: count.optional(),
  days: count.optional(),
  weeks: count.optional(),
  months: count.optional(),
}).refine(
  (step) => Object.keys(step).length === 1,
  'give one step, like { weeks: 1 }, in hours, days, weeks or months',
);

const window = table({
  days: days.min(1, 'give at least one day'),
  from: text('a time of day').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day like 09:00'),
  to: text('a time of day').regex(
    /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/,
    'write a time of day like 18:00, or 24:00 for its end',
  ),
}).refine(({ from, to }) => from !== to, {
  path: ['to'],
  message: 'is the same as from, which could mean no time or a whole day; for a whole day write from 00:00 to 24:00',
});

const layer = table({
  start: time,
  every,
  participants: listOf(id, 'people'),
  windows: z.array(window, { error: 'give a list of windows' }).default([]),
});

const override = table({
  from: time,
  to: time,
  person: id.nullable(),
  instead_of: id.optional(),
  add: z.boolean({ error: 'use true or false' }).optional(),
})
  .refine(({ person, instead_of }) => person !== null || instead_of !== undefined, {
    path: ['person'],
    message: 'null takes somebody off duty; say whom with instead_of',
  })
  .refine(({ add, instead_of }) => add !== true || instead_of === undefined, {
    path: ['add'],
    message: 'cannot go with instead_of; an override adds a person or replaces one',
  })
  .refine(({ person, instead_of }) => person === null || person !== instead_of, {
    path: ['instead_of'],
    message: 'nobody can stand in for themselves; name two people or remove the override',
  });

const schedule = table({
  timezone: zone.optional(),
  layers: listOf(layer, 'layers'),
  overrides: z.array(override, { error: 'give a list of overrides' }).default([]),
  needed: z
    .int({ error: 'use a whole number from 1 to 20' })
    .min(1, 'use a whole number from 1 to 20')
    .max(20, 'use a whole number from 1 to 20')
    .optional(),
  user_group: text('a user group')
    .regex(/^[^\s@]{1,80}$/, 'write the handle without @, or its id')
    .optional(),
  pagerduty: table({
    schedule: externalId,
    publish_absences: z.boolean({ error: 'use true or false' }).default(false),
  }).optional(),
});

const policy = table({
  pages: listOf(severity, 'severities').default(['sev1', 'sev2']),
  ack_timeout: duration.default('30m'),
  repeat: z
    .int({ error: 'use a whole number from 0 to 100' })
    .min(0, 'use 0 or more')
    .max(100, 'use at most 100')
    .default(2),
  steps: listOf(table({ notify: targets, wait: duration.default('5m') }), 'steps'),
  last_resort: targets.optional(),
});

const amount = z.number({ error: 'use a number' }).min(0, 'use 0 or more');

const service = table({
  name: name.optional(),
  team: id.optional(),
  policy: id.optional(),
  pagerduty: externalId.optional(),
  slo: table({ availability: amount.max(100, 'is a percentage; use at most 100') }).optional(),
  revenue_per_minute: amount.optional(),
  runbook: text('an address')
    .regex(/^https?:\/\/\S+$/, 'write an address that begins with https://')
    .optional(),
});

export const catalogSchema = table({
  workspace,
  people: recordOf(person, 'people'),
  teams: recordOf(team, 'teams').default({}),
  schedules: recordOf(schedule, 'schedules').default({}),
  policies: recordOf(policy, 'policies').default({}),
  services: recordOf(service, 'services').default({}),
});

export type CatalogText = z.output<typeof catalogSchema>;

export { id as idText, severity as severityText, time as timeText };

/** How many times as hard as an hour of a working day. */
function weight(usual: number) {
  return z
    .number({ error: 'use a number from 1 to 10' })
    .min(1, 'use a number from 1 to 10')
    .max(10, 'use a number from 1 to 10')
    .default(usual);
}

function text(what: string) {
  return z.string({ error: `give ${what}, as text` }).min(1, `give ${what}`);
}

function table<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'invalid_type' ? 'give keys and values' : undefined),
  });
}

function listOf<Item extends z.ZodType>(item: Item, what: string) {
  return z.array(item, { error: `give a list of ${what}` }).min(1, `give at least one of the ${what}`);
}

function recordOf<Value extends z.ZodType>(value: Value, what: string) {
  return z.record(id, value, {
    error: (issue) => (issue.code === 'invalid_type' ? `give the ${what}, each under an id` : undefined),
  });
}

import { z } from 'zod';
import type { Catalog, Layer, Override } from '../../oncall/catalog.ts';
import { maybe, policyStep, severity, target } from './parts.ts';

const weekday = z.enum(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']);
const language = z.enum(['en', 'he']);
const text = z.string();

const layer = z.object({
  start: text,
  every: z.object({ unit: z.enum(['hours', 'days', 'weeks', 'months']), count: z.number() }),
  participants: z.array(text),
  windows: z.array(z.object({ days: z.array(weekday), from: text, to: text })),
}) satisfies z.ZodType<Layer>;

const span = { from: z.number(), to: z.number() };
export const override = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('replace'), ...span, person: text, insteadOf: text }),
  z.object({ kind: z.literal('remove'), ...span, insteadOf: text }),
  z.object({ kind: z.literal('add'), ...span, person: text }),
  z.object({ kind: z.literal('only'), ...span, person: text }),
]) satisfies z.ZodType<Override>;

const person = z.object({
  id: text,
  name: text,
  slack: maybe(text),
  pagerduty: maybe(text),
  email: maybe(text),
  timezone: maybe(text),
  language: maybe(language),
  workWeek: z.array(weekday).optional(),
});

const burden = z.object({ night: z.number(), weekend: z.number(), festival: z.number(), eve: z.number() });
const companyDay = z.object({ date: text, name: text, off: z.enum(['day', 'half']) });

const schedule = z.object({
  id: text,
  timezone: text,
  layers: z.array(layer),
  overrides: z.array(override),
  needed: z.number().optional(),
  userGroup: text.optional(),
  pagerduty: z.object({ schedule: text, publishAbsences: z.boolean() }).optional(),
});

const policy = z.object({
  id: text,
  pages: z.array(severity),
  ackTimeoutMs: z.number(),
  repeat: z.number(),
  steps: z.array(policyStep),
  lastResort: z.array(target),
});

const service = z.object({
  id: text,
  name: text,
  team: maybe(text),
  policy: maybe(text),
  pagerduty: maybe(text),
  sloAvailability: maybe(z.number()),
  revenuePerMinute: maybe(z.number()),
  runbook: maybe(text),
});

/** The catalog as it was applied: every rule of the file was checked then, here only the shape is. */
export const catalog = z.object({
  workspace: z.object({
    timezone: text,
    workWeek: z.array(weekday),
    locale: language,
    admins: z.array(text),
    announce: maybe(text),
    defaultPolicy: maybe(text),
    lastResort: z.array(target),
    coverageTarget: z.number().optional(),
    companyDays: z.array(companyDay).optional(),
    burden: burden.optional(),
  }),
  people: z.record(text, person),
  teams: z.record(text, z.object({ id: text, members: z.array(text), lead: maybe(text) })),
  schedules: z.record(text, schedule),
  policies: z.record(text, policy),
  services: z.record(text, service),
}) satisfies z.ZodType<Catalog>;

import { z } from 'zod';
import type { IncidentId, DeliveryId, PageId, TextId } from '../../incident/ids.ts';
import type { Severity, Target } from '../../oncall/catalog.ts';
import type { Actor, OutsideSystem } from '../../oncall/recorded.ts';

/** A key that is always there and may be undefined; JSON leaves such keys out. */
export function maybe<Schema extends z.ZodType>(schema: Schema) {
  return schema.optional().transform((value): z.output<Schema> | undefined => value);
}

const ordinal = z.number();

export const incidentId = z.templateLiteral(['INC-', ordinal]) satisfies z.ZodType<IncidentId>;
export const pageId = z.templateLiteral(['INC-', ordinal, '/p', ordinal]) satisfies z.ZodType<PageId>;
export const deliveryId = z.templateLiteral([
  'INC-',
  ordinal,
  '/p',
  ordinal,
  '/d',
  ordinal,
]) satisfies z.ZodType<DeliveryId>;
export const textId = z.union([
  z.templateLiteral(['INC-', ordinal, '/t', ordinal]),
  z.templateLiteral(['INC-', ordinal, '/t', ordinal, '.', z.string()]),
]) satisfies z.ZodType<TextId>;

export const severity = z.enum(['sev1', 'sev2', 'sev3', 'sev4']) satisfies z.ZodType<Severity>;

export const target = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), person: z.string() }),
  z.object({ kind: z.literal('schedule'), schedule: z.string() }),
  z.object({ kind: z.literal('team'), team: z.string() }),
  z.object({ kind: z.literal('channel'), channel: z.string() }),
]) satisfies z.ZodType<Target>;

export const policyStep = z.object({ notify: z.array(target), waitMs: z.number() });

export const outsideSystem = z.enum(['pagerduty', 'alerts', 'changes', 'import']) satisfies z.ZodType<OutsideSystem>;

export const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person'), person: z.string() }),
  z.object({ kind: z.literal('automation') }),
  z.object({ kind: z.literal('outside'), system: outsideSystem }),
]) satisfies z.ZodType<Actor>;

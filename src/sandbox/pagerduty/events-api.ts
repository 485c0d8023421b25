import { z } from 'zod';
import { minuteMs, parseInstant, type EpochMs } from '../../oncall/time.ts';
import type { Service } from './model.ts';
import { acknowledgeAlert, recordChange, recoverAlert, triggerAlert } from './monitoring.ts';
import type { RestAnswer } from './route.ts';
import type { World } from './world.ts';

const payload = z.object({
  summary: z.string().min(1).max(1024),
  source: z.string().min(1),
  severity: z.enum(['critical', 'error', 'warning', 'info']),
  timestamp: z.string().optional(),
  custom_details: z.unknown().optional(),
});

const routingKey = z.string().length(32);
const dedupKey = z.string().min(1).max(255);

const eventBody = z.discriminatedUnion('event_action', [
  z.object({ event_action: z.literal('trigger'), routing_key: routingKey, dedup_key: dedupKey.optional(), payload }),
  z.object({ event_action: z.literal('acknowledge'), routing_key: routingKey, dedup_key: dedupKey }),
  z.object({ event_action: z.literal('resolve'), routing_key: routingKey, dedup_key: dedupKey }),
]);

const changeBody = z.object({
  routing_key: routingKey.refine((key) => !key.startsWith('R'), 'ruleset keys take no changes'),
  payload: z.object({
    summary: z.string().min(1).max(1024),
    source: z.string().optional(),
    timestamp: z.string().optional(),
    custom_details: z.unknown().optional(),
  }),
  links: z.array(z.object({ href: z.string(), text: z.string().optional() })).default([]),
});

/** Events API v2. No credentials but the integration key; 202 says only that the event was taken in. */
export interface EventsApi {
  answer(path: string, body: unknown, at: EpochMs): RestAnswer | undefined;
}

export function createEventsApi(world: World, perMinute: number): EventsApi {
  const recent = new Map<string, EpochMs[]>();

  /** The look-back is a minute; what is turned away with 429 is not taken in and does not count. */
  function withinLimit(key: string, at: EpochMs): boolean {
    const counted = (recent.get(key) ?? []).filter((one) => one > at - minuteMs);
    const within = counted.length < perMinute;
    if (within) counted.push(at);
    recent.set(key, counted);
    return within;
  }

  function serviceOf(key: string): Service | undefined {
    return world.state.services.find((one) => one.integrationKey === key);
  }

  function enqueue(body: unknown, at: EpochMs): RestAnswer {
    const parsed = eventBody.safeParse(body);
    if (!parsed.success) return unusable(parsed.error);
    const event = parsed.data;
    const service = serviceOf(event.routing_key);
    if (service === undefined) return badKey;
    if (!withinLimit(event.routing_key, at)) return { status: 429, body: { status: 'throttle exceeded' } };
    const key = event.dedup_key ?? world.newId('D');
    if (event.event_action === 'trigger') {
      const { summary, severity, custom_details: details } = event.payload;
      triggerAlert(world, service, { summary, dedupKey: key, severity, details }, at);
    } else if (event.event_action === 'acknowledge') acknowledgeAlert(world, service, key, at);
    else recoverAlert(world, service, key, at);
    return { status: 202, body: { status: 'success', message: 'Event processed', dedup_key: key } };
  }

  function enqueueChange(body: unknown, at: EpochMs): RestAnswer {
    const parsed = changeBody.safeParse(body);
    if (!parsed.success) return unusable(parsed.error);
    const { routing_key, payload: change, links } = parsed.data;
    const service = serviceOf(routing_key);
    if (service === undefined) return badKey;
    if (!withinLimit(routing_key, at)) return { status: 429, body: { status: 'throttle exceeded' } };
    recordChange(world, {
      serviceId: service.id,
      summary: change.summary,
      source: change.source ?? null,
      at: parseInstant(change.timestamp ?? '') ?? at,
      links: links.map(({ href, text }) => ({ href, text: text ?? null })),
      details: change.custom_details ?? {},
    });
    return { status: 202, body: { status: 'success', message: 'Change event processed' } };
  }

  return {
    answer(path, body, at) {
      if (path === '/v2/enqueue') return enqueue(body, at);
      if (path === '/v2/change/enqueue') return enqueueChange(body, at);
      return undefined;
    },
  };
}

const badKey: RestAnswer = {
  status: 400,
  body: { status: 'invalid event', message: 'Event object is invalid', errors: ['Invalid routing key'] },
};

function unusable(error: z.ZodError): RestAnswer {
  const errors = error.issues.map((issue) => `'${issue.path.join('.')}' ${issue.message}`);
  return { status: 400, body: { status: 'invalid event', message: 'Event object is invalid', errors } };
}

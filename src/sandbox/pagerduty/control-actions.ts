import { z } from 'zod';
import type { Actions } from './actions.ts';
import type { FaultRule } from './faults.ts';

const id = z.string().min(1);
const act = z.object({ incidentId: id, userId: id });

/** Each action's arguments by name, as JSON, and the call that they stand for. */
const actions = {
  trigger: on(
    z.object({
      serviceId: id,
      summary: id,
      dedupKey: id.exactOptional(),
      severity: z.enum(['critical', 'error', 'warning', 'info']).exactOptional(),
      details: z.unknown().exactOptional(),
    }),
    (on, alert) => on.trigger(alert),
  ),
  recover: on(z.object({ serviceId: id, dedupKey: id }), (on, alert) => on.recover(alert)),
  change: on(
    z.object({ serviceId: id, summary: id, source: id.exactOptional(), url: z.url().exactOptional() }),
    (on, change) => on.change(change),
  ),
  acknowledge: on(act, (on, { incidentId, userId }) => on.acknowledge(incidentId, userId)),
  unacknowledge: on(act, (on, { incidentId, userId }) => on.unacknowledge(incidentId, userId)),
  resolve: on(act.extend({ resolution: id.exactOptional() }), (on, { incidentId, userId, resolution }) =>
    on.resolve(incidentId, userId, resolution),
  ),
  reopen: on(act, (on, { incidentId, userId }) => on.reopen(incidentId, userId)),
  escalate: on(act.extend({ level: z.number().int().exactOptional() }), (on, { incidentId, userId, level }) =>
    on.escalate(incidentId, userId, level),
  ),
  reassign: on(
    act.extend({ to: z.union([z.object({ userIds: z.array(id).min(1) }), z.object({ escalationPolicyId: id })]) }),
    (on, { incidentId, userId, to }) => on.reassign(incidentId, userId, to),
  ),
  note: on(act.extend({ content: id }), (on, { incidentId, userId, content }) => on.note(incidentId, userId, content)),
  setPriority: on(act.extend({ priorityId: id.nullable() }), (on, { incidentId, userId, priorityId }) =>
    on.setPriority(incidentId, userId, priorityId),
  ),
  snooze: on(act.extend({ seconds: z.number() }), (on, { incidentId, userId, seconds }) =>
    on.snooze(incidentId, userId, seconds),
  ),
  merge: on(
    z.object({ targetId: id, sourceIds: z.array(id).min(1), userId: id }),
    (on, { targetId, sourceIds, userId }) => on.merge(targetId, sourceIds, userId),
  ),
  replyToRequest: on(act.extend({ answer: z.enum(['accepted', 'declined']) }), (on, { incidentId, userId, answer }) =>
    on.replyToRequest(incidentId, userId, answer),
  ),
  override: on(
    z.object({ scheduleId: id, start: z.number(), end: z.number(), userId: id }),
    (on, { scheduleId, ...override }) => on.override(scheduleId, override),
  ),
  ping: on(z.object({ subscriptionId: id }), (on, { subscriptionId }) => on.ping(subscriptionId)),
} satisfies Record<keyof Actions, (on: Actions, body: unknown) => unknown>;

function on<T>(body: z.ZodType<T>, call: (on: Actions, body: T) => unknown): (on: Actions, body: unknown) => unknown {
  return (target, given) => call(target, body.parse(given));
}

/** Does the named action; undefined when there is none of that name. Throws ZodError for wrong arguments. */
export function performAction(target: Actions, name: string, body: unknown): { done: unknown } | undefined {
  const action = new Map<string, (on: Actions, body: unknown) => unknown>(Object.entries(actions)).get(name);
  return action === undefined ? undefined : { done: action(target, body) ?? null };
}

const fault = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rate_limited'),
    resetSeconds: z.number().exactOptional(),
    bare: z.boolean().exactOptional(),
  }),
  z.object({ kind: z.literal('error_before'), status: z.number().int().min(400).max(599) }),
  z.object({ kind: z.literal('error_after'), status: z.number().int().min(400).max(599) }),
  z.object({ kind: z.literal('lost_answer') }),
  z.object({ kind: z.literal('cut_before') }),
  z.object({ kind: z.literal('html_502') }),
  z.object({ kind: z.literal('delay'), ms: z.number().min(0).max(600_000) }),
  z.object({ kind: z.literal('hang') }),
]);

export const faultRule: z.ZodType<FaultRule> = z.object({
  method: z.string().exactOptional(),
  path: z.string().exactOptional(),
  times: z.number().int().min(1).exactOptional(),
  fault,
});

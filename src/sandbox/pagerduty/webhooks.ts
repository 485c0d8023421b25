import { randomUUID } from 'node:crypto';
import type { Subscription } from './model.ts';
import { serviceReference, userReference } from './references.ts';
import type { DeliveryRecord } from './record.ts';
import type { Timing } from './timing.ts';
import { post, type Webhook } from './webhook-post.ts';
import type { PublishedEvent, World } from './world.ts';

/**
 * Delivers as PagerDuty does: in order for one subscription and incident (the head of the queue blocks what is behind it),
 * again after 5xx, 429, time-outs and network errors, never again after another 4xx. Three dropped in a row switch the
 * subscription off for a day, and what was queued and what happens meanwhile is lost.
 */
export interface Webhooks {
  publish: (event: PublishedEvent) => void;
  /** Sends what is due and switches subscriptions on again whose day is over. */
  tick: () => void;
  enable: (subscription: Subscription) => void;
  forget: (subscription: Subscription) => void;
  idle: () => boolean;
}

interface Courier {
  world: Pick<World, 'state' | 'record' | 'now' | 'changed'>;
  timing: Timing;
  /** By subscription and incident. */
  queues: Map<string, Webhook[]>;
  underWay: Set<string>;
}

const mostAtOnce = 32;
const dropsUntilDisabled = 3;

export function createWebhooks(world: Courier['world'], timing: Timing): Webhooks {
  const courier: Courier = { world, timing, queues: new Map(), underWay: new Set() };
  return {
    publish: (event) => publish(courier, event),
    enable: (subscription) => enable(courier, subscription),
    forget: (subscription) => void forget(courier, subscription),
    tick() {
      for (const subscription of world.state.subscriptions) {
        const { disabledUntil } = subscription;
        if (disabledUntil !== null && disabledUntil <= world.now()) enable(courier, subscription);
      }
      startAll(courier);
    },
    idle() {
      const waiting = [...courier.queues.values()].some(([head]) => head !== undefined && head.dueAt <= world.now());
      return courier.underWay.size === 0 && !waiting;
    },
  };
}

function publish(courier: Courier, event: PublishedEvent): void {
  const { world } = courier;
  const body = Buffer.from(JSON.stringify(envelopeOf(world, event)));
  for (const subscription of world.state.subscriptions) {
    if (!wants(subscription, event)) continue;
    const { eventType, incidentId } = event;
    const publishedAt = world.now();
    const webhook: Webhook = {
      webhookId: randomUUID(),
      subscription,
      body,
      eventType,
      incidentId,
      publishedAt,
      attempt: 0,
      dueAt: publishedAt,
    };
    if (subscription.disabledUntil !== null) {
      note(courier, webhook, 'dropped', null, 'the subscription is temporarily disabled');
      continue;
    }
    const key = `${subscription.id} ${incidentId ?? event.serviceId ?? 'pagey'}`;
    const queue = courier.queues.get(key);
    if (queue === undefined) courier.queues.set(key, [webhook]);
    else queue.push(webhook);
    start(courier, key);
  }
}

function start(courier: Courier, key: string): void {
  const { queues, underWay, world } = courier;
  const queue = queues.get(key);
  const head = queue?.[0];
  if (queue === undefined || head === undefined || head.dueAt > world.now()) return;
  if (underWay.has(key) || underWay.size >= mostAtOnce) return;
  underWay.add(key);
  void attempt(courier, head).then((settled) => {
    underWay.delete(key);
    if (settled && queue[0] === head) queue.shift();
    if (queue.length === 0 && queues.get(key) === queue) queues.delete(key);
    startAll(courier);
    world.changed();
  });
}

function startAll(courier: Courier): void {
  for (const key of courier.queues.keys()) {
    if (courier.underWay.size >= mostAtOnce) return;
    start(courier, key);
  }
}

/** Whether the webhook is done with, delivered or dropped. */
async function attempt(courier: Courier, webhook: Webhook): Promise<boolean> {
  const { world, timing } = courier;
  webhook.attempt += 1;
  const answer = await post(webhook, timing.webhookTimeoutMs);
  if (answer.status !== null && answer.status >= 200 && answer.status < 300) {
    webhook.subscription.droppedInARow = 0;
    note(courier, webhook, 'delivered', answer.status, 'ok');
    return true;
  }
  const again = answer.status === null ? answer.again : answer.status === 429 || answer.status >= 500;
  const inTime = world.now() - webhook.publishedAt < timing.webhookGiveUpAfterMs;
  if (again && inTime) {
    webhook.dueAt = world.now() + timing.webhookRetryAfterMs(webhook.attempt);
    note(courier, webhook, 'will_retry', answer.status, answer.reason);
    return false;
  }
  note(courier, webhook, 'dropped', answer.status, answer.reason);
  drop(courier, webhook.subscription);
  return true;
}

function drop(courier: Courier, subscription: Subscription): void {
  subscription.droppedInARow += 1;
  if (subscription.droppedInARow < dropsUntilDisabled) return;
  subscription.disabledUntil = courier.world.now() + courier.timing.disabledForMs;
  for (const webhook of forget(courier, subscription)) {
    note(courier, webhook, 'dropped', null, 'the queue was thrown away');
  }
}

/** Empties the subscription's queues; what is under way still gets its answer. */
function forget({ queues, underWay }: Courier, subscription: Subscription): Webhook[] {
  const lost: Webhook[] = [];
  for (const [key, queue] of queues) {
    if (queue[0]?.subscription !== subscription) continue;
    lost.push(...queue.slice(underWay.has(key) ? 1 : 0));
    queues.delete(key);
  }
  return lost;
}

function enable({ world }: Courier, subscription: Subscription): void {
  subscription.disabledUntil = null;
  subscription.droppedInARow = 0;
  world.changed();
}

function note(
  { world }: Courier,
  webhook: Webhook,
  outcome: DeliveryRecord['outcome'],
  status: number | null,
  reason: string,
): void {
  const { webhookId, eventType, incidentId, attempt } = webhook;
  const subscriptionId = webhook.subscription.id;
  const at = world.now();
  world.record.deliveries.push({
    at,
    subscriptionId,
    webhookId,
    eventType,
    incidentId,
    attempt,
    outcome,
    status,
    reason,
  });
}

function wants(subscription: Subscription, event: PublishedEvent): boolean {
  if (!subscription.active) return false;
  // A ping is for one subscription, whatever it listens to.
  if (event.eventType === 'pagey.ping') return event.serviceId === subscription.id;
  if (!subscription.events.includes(event.eventType)) return false;
  return subscription.filter.type === 'account' || subscription.filter.serviceId === event.serviceId;
}

function envelopeOf(world: Pick<World, 'state'>, event: PublishedEvent) {
  const { agentUserId, eventType, incidentId, serviceId } = event;
  const agent =
    agentUserId !== null
      ? userReference(world.state, agentUserId)
      : incidentId !== null && serviceId !== null
        ? serviceReference(world.state, serviceId)
        : null;
  return {
    event: {
      id: randomUUID().replaceAll('-', '').slice(0, 26).toUpperCase(),
      event_type: eventType,
      resource_type: eventType.split('.')[0],
      occurred_at: new Date(event.at).toISOString(),
      agent,
      client: null,
      data: event.data,
    },
  };
}

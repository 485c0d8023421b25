import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Subscription } from './model.ts';
import { bodyOf, ok, pageOf, paramOf, type RestAnswer, type RestRequest, type Route } from './route.ts';
import { notFound, PagerDutyRefusal, type World } from './world.ts';

export const webhookSubscriptionRoutes: Route[] = [
  { method: 'GET', path: '/webhook_subscriptions', answer: list },
  { method: 'POST', path: '/webhook_subscriptions', answer: create },
  { method: 'GET', path: '/webhook_subscriptions/*', answer: (request) => answerWith(subscriptionOf(request)) },
  { method: 'PUT', path: '/webhook_subscriptions/*', answer: change },
  { method: 'DELETE', path: '/webhook_subscriptions/*', answer: remove },
  { method: 'POST', path: '/webhook_subscriptions/*/enable', answer: enable },
  { method: 'POST', path: '/webhook_subscriptions/*/ping', answer: ping },
];

function subscriptionOf(request: RestRequest): Subscription {
  const found = request.world.state.subscriptions.find((one) => one.id === paramOf(request, 0));
  if (found === undefined) throw notFound();
  return found;
}

/** The secret is shown once, in the answer to the creation. */
function subscriptionJson(subscription: Subscription, secret: string | null = null) {
  const { id, url, events, filter, description, active } = subscription;
  return {
    id,
    type: 'webhook_subscription',
    active,
    description,
    events,
    filter:
      filter.type === 'account' ? { type: 'account_reference' } : { type: 'service_reference', id: filter.serviceId },
    delivery_method: {
      id: `${id}D`,
      type: 'http_delivery_method',
      url,
      secret,
      temporarily_disabled: subscription.disabledUntil !== null,
      custom_headers: subscription.customHeaders.map(({ name }) => ({ name, value: '-- redacted --' })),
    },
  };
}

function answerWith(subscription: Subscription, secret: string | null = null): RestAnswer {
  return ok({ webhook_subscription: subscriptionJson(subscription, secret) });
}

function list(request: RestRequest): RestAnswer {
  const { subscriptions } = request.world.state;
  return pageOf(request, 'webhook_subscriptions', subscriptions, (one) => subscriptionJson(one));
}

const filterBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('account_reference') }).transform(() => ({ type: 'account' as const })),
  z
    .object({ type: z.literal('service_reference'), id: z.string() })
    .transform(({ id }) => ({ type: 'service' as const, serviceId: id })),
]);

const newBody = z.object({
  webhook_subscription: z.object({
    type: z.literal('webhook_subscription'),
    delivery_method: z.object({
      type: z.literal('http_delivery_method'),
      url: z.url(),
      custom_headers: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
    }),
    description: z.string().default(''),
    events: z.array(z.string()).min(1),
    filter: filterBody,
  }),
});

const mostForEach = 10;

function create(request: RestRequest): RestAnswer {
  const { state } = request.world;
  const { webhook_subscription: wanted } = bodyOf(request, newBody);
  const alike = state.subscriptions.filter((one) => JSON.stringify(one.filter) === JSON.stringify(wanted.filter));
  if (alike.length >= mostForEach) throw new PagerDutyRefusal(400, 2019, 'Product Limit Reached');
  const secret = randomBytes(48).toString('base64');
  const subscription: Subscription = {
    id: request.world.newId('W'),
    url: wanted.delivery_method.url,
    secrets: [secret],
    events: wanted.events,
    filter: wanted.filter,
    description: wanted.description,
    customHeaders: wanted.delivery_method.custom_headers,
    active: true,
    disabledUntil: null,
    droppedInARow: 0,
  };
  state.subscriptions.push(subscription);
  request.world.changed();
  return answerWith(subscription, secret);
}

const changeBody = z.object({
  webhook_subscription: z.object({
    description: z.string().optional(),
    events: z.array(z.string()).min(1).optional(),
    filter: filterBody.optional(),
    active: z.boolean().optional(),
  }),
});

/** Everything but the delivery method: a new address or secret means a new subscription. */
function change(request: RestRequest): RestAnswer {
  const subscription = subscriptionOf(request);
  Object.assign(subscription, bodyOf(request, changeBody).webhook_subscription);
  request.world.changed();
  return answerWith(subscription);
}

function remove(request: RestRequest): RestAnswer {
  const subscription = subscriptionOf(request);
  const { subscriptions } = request.world.state;
  subscriptions.splice(subscriptions.indexOf(subscription), 1);
  request.subscriptions.forget(subscription);
  request.world.changed();
  return { status: 204 };
}

function enable(request: RestRequest): RestAnswer {
  const subscription = subscriptionOf(request);
  request.subscriptions.enable(subscription);
  return answerWith(subscription);
}

/** 202 without a body; the ping comes when it comes. */
function ping(request: RestRequest): RestAnswer {
  sendPing(request.world, subscriptionOf(request));
  return { status: 202 };
}

export function sendPing(world: World, subscription: Subscription): void {
  world.publish({
    eventType: 'pagey.ping',
    at: world.now(),
    agentUserId: null,
    incidentId: null,
    serviceId: subscription.id,
    data: { message: 'Hello from your friend Pagey!', type: 'ping' },
  });
}

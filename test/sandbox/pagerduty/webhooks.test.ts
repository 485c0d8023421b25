import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { at, hourMs, local, minuteMs, read, receiver, webhookSecret } from './support.ts';

async function listening(change: { secret?: string[] } = {}) {
  const target = await receiver();
  const subscription = { ...target.subscription, ...change };
  const timing = { webhookRetryAfterMs: () => minuteMs, webhookTimeoutMs: 100 };
  const world = await local({ webhooks: [subscription], timing });
  const trigger = () => world.pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'latency' }).incident?.id ?? '';
  const outcomes = () => world.pagerDuty.log.deliveries.map((one) => one.outcome);
  return { ...target, ...world, trigger, outcomes, idle: () => world.pagerDuty.deliveriesIdle() };
}

describe('a delivery', () => {
  it('is signed over its raw bytes with every secret of the subscription', async () => {
    const { trigger, idle, deliveries } = await listening({ secret: [webhookSecret, 'the next one'] });
    trigger();
    await idle();
    const [first] = deliveries;
    const signatures = [webhookSecret, 'the next one'].map(
      (secret) =>
        `v1=${createHmac('sha256', secret)
          .update(first?.body ?? '')
          .digest('hex')}`,
    );
    expect(first?.headers['x-pagerduty-signature']).toBe(signatures.join(','));
    expect(first?.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': 'PagerDuty-Webhook/V3.0',
      'x-webhook-subscription': 'WTORAN',
    });
  });

  it('carries one event in the shape of PagerDuty, without acknowledgements or pending actions', async () => {
    const { trigger, idle, deliveries, pagerDuty } = await listening();
    const id = trigger();
    pagerDuty.actions.acknowledge(id, 'PNOA');
    await idle();
    const event = deliveries[1]?.event;
    expect(event).toMatchObject({ event_type: 'incident.acknowledged', resource_type: 'incident', client: null });
    expect(at(event, 'agent')).toMatchObject({ id: 'PNOA', type: 'user_reference' });
    expect(at(event, 'data')).toMatchObject({
      id,
      type: 'incident',
      status: 'acknowledged',
      assignees: [{ id: 'PNOA', type: 'user_reference' }],
    });
    expect(at(event, 'data.acknowledgements')).toBeUndefined();
    expect(at(event, 'data.pending_actions')).toBeUndefined();
  });

  it('tells of resolving with a note in two: resolved, then annotated', async () => {
    const { trigger, idle, pagerDuty, types, deliveries } = await listening();
    pagerDuty.actions.resolve(trigger(), 'PNOA', 'rolled back');
    await idle();
    expect(types()).toEqual(['incident.triggered', 'incident.resolved', 'incident.annotated']);
    expect(at(deliveries[2]?.event, 'data.content')).toBe('Resolution Note: rolled back');
  });

  it('tells of whatever people and the clock do', async () => {
    const { trigger, idle, pagerDuty, advance, types } = await listening();
    const id = trigger();
    advance(5 * minuteMs);
    pagerDuty.actions.acknowledge(id, 'PDANA');
    advance(30 * minuteMs);
    pagerDuty.actions.reassign(id, 'PNOA', { userIds: ['POMER'] });
    pagerDuty.actions.reassign(id, 'PNOA', { escalationPolicyId: 'EBACK' });
    pagerDuty.actions.setPriority(id, 'PNOA', 'PRIORP1');
    pagerDuty.actions.resolve(id, 'PNOA');
    pagerDuty.actions.reopen(id, 'PNOA');
    await idle();
    expect(types()).toEqual(
      'triggered escalated acknowledged unacknowledged reassigned delegated priority_updated resolved reopened'
        .split(' ')
        .map((name) => `incident.${name}`),
    );
  });
});

describe('retrying', () => {
  it('repeats after 5xx, 429 and silence with the same id and bytes, and holds back what is behind it', async () => {
    const { trigger, idle, advance, answers, deliveries, pagerDuty, types } = await listening();
    answers.push(503, 429, 'never');
    const id = trigger();
    pagerDuty.actions.acknowledge(id, 'PNOA');
    for (let round = 0; round < 4; round += 1) {
      await idle();
      advance(minuteMs);
    }
    await idle();
    expect(types()).toEqual([...Array.from({ length: 4 }, () => 'incident.triggered'), 'incident.acknowledged']);
    const attempts = deliveries.slice(0, 4);
    expect(new Set(attempts.map((one) => one.headers['x-webhook-id'])).size).toBe(1);
    expect(new Set(attempts.map((one) => one.body.toString())).size).toBe(1);
    expect(pagerDuty.log.deliveries.map((one) => one.attempt)).toEqual([1, 2, 3, 4, 1]);
  });

  it('does not hold back other incidents', async () => {
    const { trigger, idle, answers, outcomes } = await listening();
    answers.push(503);
    trigger();
    await idle();
    trigger();
    await idle();
    expect(outcomes()).toEqual(['will_retry', 'delivered']);
  });

  it('never repeats after another 4xx', async () => {
    const { pagerDuty, idle, advance, answers, outcomes } = await listening();
    answers.push(400);
    pagerDuty.actions.ping('WTORAN');
    await idle();
    advance(hourMs);
    await idle();
    expect(outcomes()).toEqual(['dropped']);
  });

  it('gives up after 48 hours', async () => {
    const { pagerDuty, idle, advance, answers, outcomes } = await listening();
    answers.push(500, 500);
    pagerDuty.actions.ping('WTORAN');
    await idle();
    advance(48 * hourMs);
    await idle();
    expect(outcomes()).toEqual(['will_retry', 'dropped']);
  });
});

describe('three dropped deliveries in a row', () => {
  async function disabled() {
    const world = await listening();
    for (let count = 0; count < 3; count += 1) {
      world.answers.push(401);
      world.trigger();
      await world.idle();
    }
    return world;
  }
  const isOff = (world: Awaited<ReturnType<typeof listening>>) =>
    world.pagerDuty.state.subscriptions[0]?.disabledUntil !== null;

  it('switch the subscription off for a day, and what happens meanwhile is lost', async () => {
    const world = await disabled();
    expect(isOff(world)).toBe(true);
    world.trigger();
    world.advance(24 * hourMs);
    await world.idle();
    expect(isOff(world)).toBe(false);
    expect(world.deliveries).toHaveLength(3);
  });

  it('show as temporarily_disabled, and end with enable', async () => {
    const world = await disabled();
    const shown = async () =>
      read(await world.call('GET', '/webhook_subscriptions'), 'webhook_subscriptions.0.delivery_method');
    expect(await shown()).toMatchObject({ temporarily_disabled: true, secret: null });
    expect((await world.call('POST', '/webhook_subscriptions/WTORAN/enable', { body: {} })).status).toBe(200);
    expect(await shown()).toMatchObject({ temporarily_disabled: false });
    world.trigger();
    await world.idle();
    expect(world.deliveries).toHaveLength(4);
  });

  it('need to be in a row', async () => {
    const world = await listening();
    for (const answer of [401, 401, 202, 401, 401]) {
      world.answers.push(answer);
      world.trigger();
      await world.idle();
    }
    expect(isOff(world)).toBe(false);
  });
});

describe('subscriptions', () => {
  it('are pinged on request, with 202 and no body', async () => {
    const { call, idle, types } = await listening();
    const answer = await call('POST', '/webhook_subscriptions/WTORAN/ping', { body: {} });
    expect([answer.status, answer.text]).toEqual([202, '']);
    await idle();
    expect(types()).toEqual(['pagey.ping']);
  });

  it('tell their secret only to whoever creates them, and keep their address', async () => {
    const { call, subscription } = await listening();
    const webhook_subscription = {
      type: 'webhook_subscription',
      delivery_method: { type: 'http_delivery_method', url: subscription.url },
      description: 'Toran',
      events: ['incident.triggered'],
      filter: { type: 'service_reference', id: 'VPAY' },
    };
    const created = await call('POST', '/webhook_subscriptions', { body: { webhook_subscription } });
    expect(read(created, 'webhook_subscription.delivery_method.secret')).toEqual(expect.any(String));
    const path = `/webhook_subscriptions/${String(read(created, 'webhook_subscription.id'))}`;
    const change = { delivery_method: { url: 'https://elsewhere.example' }, events: ['incident.resolved'] };
    const changed = await call('PUT', path, { body: { webhook_subscription: change } });
    expect(read(changed, 'webhook_subscription')).toMatchObject({
      events: ['incident.resolved'],
      delivery_method: { url: subscription.url, secret: null },
    });
  });

  it('get only what they listen to', async () => {
    const { trigger, idle, pagerDuty, types, call } = await listening();
    await call('PUT', '/webhook_subscriptions/WTORAN', {
      body: { webhook_subscription: { events: ['incident.resolved'] } },
    });
    pagerDuty.actions.resolve(trigger(), 'PNOA');
    await idle();
    expect(types()).toEqual(['incident.resolved']);
  });
});

import { describe, expect, it } from 'vitest';
import { local, minuteMs, read } from './support.ts';

const routing_key = 'vpay'.padEnd(32, '0');
const payload = { summary: 'latency', source: 'prometheus', severity: 'critical' };
const trigger = (fields: object = {}) => ({ routing_key, event_action: 'trigger', payload, ...fields });

async function events() {
  const world = await local();
  return {
    ...world,
    enqueue: (body: unknown) => world.call('POST', '/v2/enqueue', { body, headers: { authorization: '' } }),
  };
}

describe('Events API v2', () => {
  it('takes an event with 202 and no credentials but the integration key, and opens an incident', async () => {
    const { enqueue, pagerDuty } = await events();
    const answer = await enqueue(trigger({ dedup_key: 'k' }));
    expect(answer.status).toBe(202);
    expect(answer.json).toEqual({ status: 'success', message: 'Event processed', dedup_key: 'k' });
    expect(pagerDuty.state.incidents).toHaveLength(1);
  });

  it('makes up a key, so that a trigger without one always opens another', async () => {
    const { enqueue, pagerDuty } = await events();
    const keys = [await enqueue(trigger()), await enqueue(trigger())].map((answer) => read(answer, 'dedup_key'));
    expect(new Set(keys).size).toBe(2);
    expect(pagerDuty.state.incidents).toHaveLength(2);
  });

  it('deduplicates while the alert is open; afterwards drops ack and resolve silently, and opens a new one', async () => {
    const { enqueue, pagerDuty } = await events();
    const keyed = { routing_key, dedup_key: 'k' };
    await enqueue(trigger(keyed));
    await enqueue(trigger(keyed));
    expect(pagerDuty.state.incidents).toHaveLength(1);
    await enqueue({ ...keyed, event_action: 'acknowledge' });
    expect(pagerDuty.state.incidents[0]).toMatchObject({ status: 'acknowledged', acknowledgements: [] });
    await enqueue({ ...keyed, event_action: 'resolve' });
    expect(pagerDuty.state.incidents[0]?.status).toBe('resolved');
    expect((await enqueue({ ...keyed, event_action: 'acknowledge' })).status).toBe(202);
    expect(pagerDuty.state.incidents[0]?.status).toBe('resolved');
    await enqueue(trigger(keyed));
    expect(pagerDuty.state.incidents).toHaveLength(2);
  });

  it('answers 202 and makes nothing when nobody is on call', async () => {
    const { enqueue, pagerDuty } = await events();
    expect((await enqueue(trigger({ routing_key: 'vnight'.padEnd(32, '0') }))).status).toBe(202);
    expect(pagerDuty.state.incidents).toEqual([]);
  });

  it('refuses what is malformed with 400', async () => {
    const { enqueue } = await events();
    const bad = [
      trigger({ routing_key: 'short' }),
      trigger({ routing_key: 'x'.repeat(32) }),
      trigger({ payload: { ...payload, severity: 'bad' } }),
      trigger({ payload: { ...payload, summary: 'x'.repeat(1025) } }),
      trigger({ dedup_key: 'x'.repeat(256) }),
      { routing_key, event_action: 'resolve' },
      'text',
    ];
    for (const body of bad) expect((await enqueue(body)).status).toBe(400);
  });

  it('turns away more than 120 a minute for each key', async () => {
    const { enqueue, clock } = await events();
    for (let count = 0; count < 120; count += 1) await enqueue(trigger({ dedup_key: 'k' }));
    expect((await enqueue(trigger({ dedup_key: 'k' }))).status).toBe(429);
    clock.advance(minuteMs);
    expect((await enqueue(trigger({ dedup_key: 'k' }))).status).toBe(202);
  });
});

describe('change events', () => {
  it('are kept and listed newest first, in UTC only', async () => {
    const { call } = await local();
    for (const summary of ['first', 'second']) {
      const body = { routing_key, payload: { summary, source: 'ci' }, links: [{ href: 'https://ci.example/1' }] };
      expect((await call('POST', '/v2/change/enqueue', { body })).status).toBe(202);
    }
    const listed = await call('GET', '/services/VPAY/change_events?since=2026-11-22T00:00:00Z');
    expect(read(listed, 'change_events.0.summary')).toBe('second');
    expect((await call('GET', '/change_events?since=2026-11-22T00:00:00%2B02:00')).status).toBe(400);
    expect((await call('POST', '/change_events', { body: {} })).status).toBe(400);
  });
});

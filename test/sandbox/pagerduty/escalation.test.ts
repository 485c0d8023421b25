import { describe, expect, it } from 'vitest';
import { at, hourMs, local, minuteMs, read, start } from './support.ts';

async function open(serviceId = 'VPAY') {
  const world = await local();
  const { incident } = world.pagerDuty.actions.trigger({ serviceId, summary: 'latency', dedupKey: 'k' });
  const rung = () => world.pagerDuty.log.rung.map((one) => [one.userId, one.level, (one.at - start) / minuteMs]);
  return { ...world, incident, rung };
}

describe('the escalation engine', () => {
  it('rings the first level at once, then level by level, then again as often as the policy says, then nobody', async () => {
    const { rung, advance, incident } = await open();
    for (let minute = 0; minute < 60; minute += 1) advance(minuteMs);
    expect(rung()).toEqual([
      ['PNOA', 1, 0],
      ['PDANA', 2, 5],
      ['PNOA', 1, 15],
      ['PDANA', 2, 20],
    ]);
    expect(incident?.logEntries.at(-1)?.kind).toBe('exhaust_escalation_path');
  });

  it('makes up for a long pause in order, each with the time at which it was due', async () => {
    const { rung, advance } = await open();
    advance(hourMs);
    expect(rung().map(([, , minute]) => minute)).toEqual([0, 5, 15, 20]);
  });

  it('stops at an acknowledgement, and goes on when the service takes it back after its time-out', async () => {
    const { pagerDuty, advance, incident, rung } = await open();
    pagerDuty.actions.acknowledge(incident?.id ?? '', 'PNOA');
    advance(29 * minuteMs);
    expect(rung()).toHaveLength(1);
    advance(minuteMs);
    expect(incident?.status).toBe('triggered');
    expect(rung().at(-1)).toEqual(['PNOA', 1, 30]);
    advance(5 * minuteMs);
    expect(rung().at(-1)).toEqual(['PDANA', 2, 35]);
  });

  it('rings whoever is on duty at that moment, not whoever was when it began', async () => {
    const { clock, pagerDuty } = await open();
    clock.advance(24 * hourMs);
    pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'the next day' });
    expect(pagerDuty.log.rung.at(-1)?.userId).toBe('POMER');
  });

  it('never escalates what has low urgency', async () => {
    const { pagerDuty, advance } = await local();
    const [service] = pagerDuty.state.services;
    if (service !== undefined) service.urgency = 'low';
    pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'x' });
    advance(hourMs);
    expect(pagerDuty.log.rung.map((one) => one.userId)).toEqual(['PNOA']);
  });

  it('makes no incident and says nothing when nobody is on call, or the service is off or in maintenance', async () => {
    const { pagerDuty } = await local();
    const [service] = pagerDuty.state.services;
    if (service !== undefined) service.status = 'maintenance';
    expect(pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'x' }).incident).toBeNull();
    expect(pagerDuty.actions.trigger({ serviceId: 'VNIGHT', summary: 'x' }).incident).toBeNull();
    expect(pagerDuty.actions.trigger({ serviceId: 'VOFF', summary: 'x' }).incident).toBeNull();
    expect(pagerDuty.log.rung).toEqual([]);
  });

  it('skips a level that has nobody', async () => {
    const { pagerDuty } = await local();
    const policy = pagerDuty.state.escalationPolicies.find((one) => one.id === 'ENIGHT');
    policy?.rules.push({ delayMinutes: 5, targets: [{ type: 'user', id: 'PDANA' }] });
    const { incident } = pagerDuty.actions.trigger({ serviceId: 'VNIGHT', summary: 'x' });
    expect(incident?.level).toBe(2);
    expect(pagerDuty.log.rung.map((one) => one.userId)).toEqual(['PDANA']);
  });

  it('rings a person who was named and nobody after them', async () => {
    const { pagerDuty, incident, advance, rung } = await open();
    pagerDuty.actions.reassign(incident?.id ?? '', 'PDANA', { userIds: ['POMER'] });
    advance(hourMs);
    expect(rung().slice(1)).toEqual([['POMER', null, 0]]);
  });

  it('shows on the pending actions what it will do next', async () => {
    const { call, incident, pagerDuty } = await open();
    const path = `/incidents/${incident?.id ?? ''}`;
    const next = async () => at(read(await call('GET', path), 'incident.pending_actions.0'), 'type');
    expect(await next()).toBe('escalate');
    pagerDuty.actions.acknowledge(incident?.id ?? '', 'PNOA');
    expect(await next()).toBe('unacknowledge');
  });
});

describe('alerts', () => {
  it('join their open alert by key, and open a new incident after it recovered', async () => {
    const { pagerDuty, incident } = await open();
    const again = pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'latency', dedupKey: 'k' });
    expect(again.incident?.id).toBe(incident?.id);
    pagerDuty.actions.recover({ serviceId: 'VPAY', dedupKey: 'k' });
    expect(incident?.status).toBe('resolved');
    const later = pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'latency', dedupKey: 'k' });
    expect(later.incident?.id).not.toBe(incident?.id);
  });

  it('resolve their incident with the last of them, and cannot be acknowledged', async () => {
    const { pagerDuty, call, incident } = await open();
    const other = pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'errors', dedupKey: 'other' }).incident;
    pagerDuty.actions.merge(incident?.id ?? '', [other?.id ?? ''], 'PNOA');
    const path = `/incidents/${incident?.id ?? ''}/alerts`;
    const ids = incident?.alerts.map((one) => one.id) ?? [];
    const change = (id: string, status: string) =>
      call('PUT', path, { from: 'noa@example.com', body: { alerts: [{ id, type: 'alert', status }] } });
    expect((await change(ids[0] ?? '', 'acknowledged')).status).toBe(400);
    await change(ids[0] ?? '', 'resolved');
    expect(incident?.status).toBe('triggered');
    await change(ids[1] ?? '', 'resolved');
    expect(incident?.status).toBe('resolved');
  });

  it('give their incident no incident_key, yet are found by their own key', async () => {
    const { call, incident } = await open();
    const found = await call('GET', '/incidents?incident_key=k');
    expect([read(found, 'incidents.0.id'), read(found, 'incidents.0.incident_key')]).toEqual([incident?.id, null]);
  });
});

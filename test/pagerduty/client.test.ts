import { describe, expect, it } from 'vitest';
import { createPagerDutyClient } from '../../src/pagerduty/client.ts';
import type { TransportOptions } from '../../src/pagerduty/client-transport.ts';
import type { PagerDutyResult } from '../../src/pagerduty/client-result.ts';
import { secondMs } from '../../src/oncall/time.ts';
import type { Fault } from '../../src/sandbox/pagerduty/faults.ts';
import { accountToken, local, minuteMs, noaToken, start } from '../sandbox/pagerduty/support.ts';

const noa = 'noa@example.com';
const omer = 'omer@example.com';

/** The real pdjs against the local PagerDuty over real sockets. */
async function connected(options: Partial<TransportOptions> = {}) {
  const world = await local();
  const client = createPagerDutyClient({
    token: accountToken,
    apiServer: world.pagerDuty.server,
    eventsServer: world.pagerDuty.eventsServer,
    agent: world.agent,
    now: world.clock.now,
    timeoutMs: 500,
    retryTimeoutMs: 1,
    ...options,
  });
  const trigger = () => world.pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'latency' }).incident?.id ?? '';
  const fail = (fault: Fault, method?: string) =>
    world.pagerDuty.faults.add({ fault, times: 1, ...(method === undefined ? {} : { method }) });
  return { ...world, client, trigger, fail };
}

function valueOf<T>(result: PagerDutyResult<T>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.error)}`);
}

const newIncident = {
  title: 'Checkout is down',
  serviceId: 'VPAY',
  urgency: 'high' as const,
  ring: { by: 'policy' as const, escalationPolicyId: 'EBACK' },
  incidentKey: 'toran-INC-42-1',
  details: 'see #inc-42',
  fromEmail: noa,
};

describe('acknowledging', () => {
  it('acknowledges as the person who did it', async () => {
    const { client, trigger } = await connected();
    const incident = valueOf(await client.acknowledge(trigger(), omer));
    expect(incident).toMatchObject({ status: 'acknowledged', assigneeIds: ['POMER'], acknowledgerIds: ['POMER'] });
  });

  it('never reopens what is resolved: a stale button looks first', async () => {
    const { client, trigger, pagerDuty } = await connected();
    const id = trigger();
    pagerDuty.actions.resolve(id, 'PNOA');
    expect(valueOf(await client.acknowledgeIfTriggered(id, omer)).outcome).toBe('already_resolved');
    expect(pagerDuty.state.incidents[0]?.status).toBe('resolved');
    expect(pagerDuty.log.calls.every((call) => call.method === 'GET')).toBe(true);
  });

  it('counts what somebody has acknowledged as done, and leaves it with them', async () => {
    const { client, trigger, pagerDuty } = await connected();
    const id = trigger();
    expect(valueOf(await client.acknowledgeIfTriggered(id, noa)).outcome).toBe('acknowledged');
    expect(valueOf(await client.acknowledgeIfTriggered(id, omer)).outcome).toBe('already_acknowledged');
    expect(pagerDuty.state.incidents[0]?.acknowledgements.map((one) => one.userId)).toEqual(['PNOA']);
  });

  it("and resolving are idempotent: PagerDuty's 1001 and 1002 are success", async () => {
    const { client, trigger } = await connected();
    const id = trigger();
    await client.acknowledge(id, noa);
    expect(valueOf(await client.acknowledge(id, noa)).status).toBe('acknowledged');
    await client.resolve(id, noa, 'rolled back');
    expect(valueOf(await client.resolve(id, omer)).status).toBe('resolved');
  });

  it("is refused, with PagerDuty's code, for somebody whom PagerDuty does not know", async () => {
    const { client, trigger } = await connected();
    const result = await client.acknowledgeIfTriggered(trigger(), 'stranger@example.com');
    expect(result).toMatchObject({ ok: false, error: { kind: 'refused', status: 400, code: 1008 } });
  });
});

describe('creating an incident', () => {
  it('rings by the policy it names, and the page can be read back', async () => {
    const { client } = await connected();
    const { incident, created } = valueOf(await client.createIncident(newIncident));
    expect(created).toBe(true);
    const page = valueOf(await client.readPage(incident.id));
    expect(page.incident).toMatchObject({ status: 'triggered', escalationPolicyId: 'EBACK', assigneeIds: ['PDANA'] });
    expect(page.notified).toEqual([{ userId: 'PDANA', atMs: start }]);
  });

  it('finds its own incident again when the answer was lost', async () => {
    const { client, fail, pagerDuty } = await connected();
    fail({ kind: 'lost_answer' }, 'POST');
    const lost = await client.createIncident(newIncident);
    expect(lost).toMatchObject({ ok: false, error: { kind: 'unavailable', unknownOutcome: true } });
    const again = valueOf(await client.createIncident(newIncident));
    expect(again).toMatchObject({ created: false, incident: { incidentKey: newIncident.incidentKey } });
    expect(pagerDuty.state.incidents).toHaveLength(1);
  });

  it('is found by its key while it is open, and not by the keys of alerts', async () => {
    const { client, pagerDuty } = await connected();
    pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'x', dedupKey: newIncident.incidentKey });
    expect(valueOf(await client.findOpenIncident(newIncident.incidentKey))).toBeUndefined();
    const { incident } = valueOf(await client.createIncident(newIncident));
    expect(valueOf(await client.findOpenIncident(newIncident.incidentKey))?.id).toBe(incident.id);
    await client.resolve(incident.id, noa);
    expect(valueOf(await client.findOpenIncident(newIncident.incidentKey))).toBeUndefined();
  });

  it('rings a person, or leaves it to the service', async () => {
    const { client, pagerDuty } = await connected();
    const byPerson = { ...newIncident, ring: { by: 'person' as const, userId: 'POMER' } };
    expect(valueOf(await client.createIncident(byPerson)).incident.assigneeIds).toEqual(['POMER']);
    const byService = { ...newIncident, incidentKey: 'other', ring: { by: 'service' as const } };
    expect(valueOf(await client.createIncident(byService)).incident.escalationPolicyId).toBe('EMAIN');
    expect(pagerDuty.log.rung.map((one) => one.userId)).toEqual(['POMER', 'PNOA']);
  });

  it('says that nobody is on call (1015)', async () => {
    const { client } = await connected();
    const result = await client.createIncident({
      ...newIncident,
      ring: { by: 'policy', escalationPolicyId: 'ENIGHT' },
    });
    expect(result).toMatchObject({ ok: false, error: { kind: 'refused', code: 1015 } });
  });
});

describe('an incident', () => {
  it('is moved on: to a level, to another policy, to more people', async () => {
    const { client, trigger, pagerDuty } = await connected();
    const id = trigger();
    expect(valueOf(await client.escalate(id, 2, noa)).assigneeIds).toEqual(['PDANA']);
    expect(valueOf(await client.delegate(id, 'EBACK', noa)).escalationPolicyId).toBe('EBACK');
    const request = { incidentId: id, requesterId: 'PNOA', message: 'please help', userIds: ['POMER'] };
    valueOf(await client.requestResponders(request));
    const page = valueOf(await client.readPage(id));
    expect(page.incident.responders).toEqual([{ userId: 'POMER', state: 'pending' }]);
    expect(new Set(page.notified.map((one) => one.userId))).toEqual(new Set(['PNOA', 'PDANA', 'POMER']));
    expect(pagerDuty.log.rung.at(-1)?.userId).toBe('POMER');
  });

  it('gets a note once, also when the answer to the first attempt was lost', async () => {
    const { client, trigger, fail, pagerDuty } = await connected();
    const note = { incidentId: trigger(), content: 'restarted the pool', fromEmail: noa };
    fail({ kind: 'lost_answer' }, 'POST');
    await client.addNote(note);
    const { noteId } = valueOf(await client.addNote({ ...note, mayExist: true }));
    expect(pagerDuty.state.incidents[0]?.notes.map((one) => one.id)).toEqual([noteId]);
  });

  it('tells when its acknowledgement runs out and into what it was merged', async () => {
    const { client, trigger, pagerDuty } = await connected();
    const [target, source] = [trigger(), trigger()];
    const acknowledged = valueOf(await client.acknowledge(target, noa));
    expect(acknowledged.unacknowledgeAtMs).toBe(start + 30 * minuteMs);
    pagerDuty.actions.merge(target, [source], 'PNOA');
    expect(valueOf(await client.getIncident(source))).toMatchObject({ status: 'resolved', mergedIntoId: target });
  });
});

describe('lists', () => {
  it('are read over all pages, open incidents oldest first', async () => {
    const { client, pagerDuty, trigger } = await connected();
    const ids = Array.from({ length: 230 }, trigger);
    pagerDuty.actions.resolve(ids[0] ?? '', 'PNOA');
    const open = valueOf(await client.listOpenIncidents({ serviceIds: ['VPAY'] }));
    expect(open.incidents.map((one) => one.id)).toEqual(ids.slice(1));
    expect(open.complete).toBe(true);
    expect(valueOf(await client.listOpenIncidents({ serviceIds: ['VNIGHT'] })).incidents).toEqual([]);
    expect(valueOf(await client.listOpenIncidents({ sinceMs: start + 1 })).incidents).toEqual([]);
  });

  it('fail as a whole when one page fails', async () => {
    const { client, trigger, pagerDuty } = await connected();
    Array.from({ length: 130 }, trigger);
    const second = { method: 'GET', path: '/incidents' };
    pagerDuty.faults.add({ ...second, fault: { kind: 'delay', ms: 0 }, times: 1 });
    pagerDuty.faults.add({ ...second, fault: { kind: 'error_before', status: 503 }, times: 1 });
    expect(await client.listOpenIncidents({})).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });

  it('tell who is on call in both schedule systems', async () => {
    const { client } = await connected();
    const rows = valueOf(await client.oncalls({ fromMs: start, toMs: start + secondMs }));
    expect(rows.map((row) => [row.userId, row.scheduleId, row.scheduleSystem, row.level])).toEqual([
      ['PNOA', 'SMAIN', 'layers', 1],
      ['PDANA', null, null, 2],
      ['PDANA', null, null, 1],
      ['PNOA', 'SSHIFTS', 'shifts', 1],
      ['PDANA', 'SSHIFTS', 'shifts', 1],
    ]);
    expect(rows[0]).toMatchObject({ userName: 'Noa Levi', fromMs: start, toMs: start + 24 * 60 * minuteMs });
  });

  it('give what the doctor and the import need', async () => {
    const { client } = await connected({ token: noaToken });
    expect(valueOf(await client.currentUser())).toMatchObject({ id: 'PNOA', email: noa, timeZone: 'Etc/UTC' });
    expect(valueOf(await client.abilities())).toContain('coordinated_responding');
    expect(valueOf(await client.listServices())[0]).toEqual({
      id: 'VPAY',
      name: 'Checkout',
      status: 'active',
      escalationPolicyId: 'EMAIN',
      acknowledgementTimeoutSeconds: 1800,
    });
    expect(valueOf(await client.listUsers())).toHaveLength(4);
    expect(valueOf(await client.listEscalationPolicies()).map((one) => one.name)).toContain('Fallback');
    expect(valueOf(await client.listPriorities()).map((one) => one.name)).toEqual(['P1', 'P2', 'P3', 'P4', 'P5']);
  });
});

describe('webhook subscriptions', () => {
  it('are watched, switched on again, and pinged although the answer has no body', async () => {
    const { client, pagerDuty } = await connected();
    pagerDuty.state.subscriptions.push({
      id: 'W1',
      url: 'http://127.0.0.1:9/',
      secrets: ['s'],
      events: ['incident.triggered'],
      filter: { type: 'account' },
      description: '',
      customHeaders: [],
      active: true,
      disabledUntil: start + minuteMs,
      droppedInARow: 3,
    });
    expect(valueOf(await client.getWebhookSubscriptions())).toEqual([
      { id: 'W1', url: 'http://127.0.0.1:9/', active: true, temporarilyDisabled: true, events: ['incident.triggered'] },
    ]);
    valueOf(await client.enableWebhookSubscription('W1'));
    expect(valueOf(await client.getWebhookSubscriptions())[0]?.temporarilyDisabled).toBe(false);
    valueOf(await client.pingWebhookSubscription('W1'));
  });
});

describe('monitor events', () => {
  const keyed = { routingKey: 'vpay'.padEnd(32, '0'), dedupKey: 'k' };

  it('trigger, acknowledge and resolve by key', async () => {
    const { client, pagerDuty } = await connected();
    const trigger = { ...keyed, action: 'trigger', summary: 's', source: 'toran', severity: 'critical' } as const;
    expect(valueOf(await client.sendEvent(trigger))).toEqual({ dedupKey: 'k' });
    valueOf(await client.sendEvent({ ...keyed, action: 'acknowledge' }));
    expect(pagerDuty.state.incidents[0]?.status).toBe('acknowledged');
    valueOf(await client.sendEvent({ ...keyed, action: 'resolve' }));
    expect(pagerDuty.state.incidents[0]?.status).toBe('resolved');
  });
});

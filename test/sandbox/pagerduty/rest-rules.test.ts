import { describe, expect, it } from 'vitest';
import { local, minuteMs, noaToken, read, readEach } from './support.ts';

const manual = (fields: object = {}) => ({
  incident: {
    type: 'incident',
    title: 'Checkout is down',
    service: { id: 'VPAY', type: 'service_reference' },
    ...fields,
  },
});
const status = (value: string) => ({ incident: { type: 'incident_reference', status: value } });
const noa = { from: 'noa@example.com' };

describe('every REST call', () => {
  it('needs a known token (401, 2006)', async () => {
    const { call } = await local();
    const answer = await call('GET', '/incidents', { token: 'wrong' });
    expect([answer.status, read(answer, 'error.code')]).toEqual([401, 2006]);
  });

  it('needs the vendor media type in Accept', async () => {
    const { call } = await local();
    expect((await call('GET', '/incidents', { headers: { accept: 'application/json' } })).status).toBe(406);
  });

  it('needs a JSON content type when it carries a body', async () => {
    const { call } = await local();
    const answer = await call('POST', '/incidents', {
      ...noa,
      body: manual(),
      headers: { 'content-type': 'text/plain' },
    });
    expect(answer.status).toBe(400);
  });

  it('tells the rate limit, and turns away with 429 and 2020 beyond it', async () => {
    const { call, clock } = await local({ timing: { restPerMinute: 2 } });
    const first = await call('GET', '/abilities');
    expect(first.headers).toMatchObject({
      'ratelimit-limit': '2',
      'ratelimit-remaining': '1',
      'ratelimit-reset': '60',
    });
    await call('GET', '/abilities');
    const third = await call('GET', '/abilities');
    expect([third.status, read(third, 'error.code')]).toEqual([429, 2020]);
    clock.advance(minuteMs);
    expect((await call('GET', '/abilities')).status).toBe(200);
  });

  it('answers 404 with 2100 for what does not exist', async () => {
    const { call } = await local();
    expect(read(await call('GET', '/incidents/QNONE'), 'error.code')).toBe(2100);
    expect((await call('GET', '/nothing')).status).toBe(404);
  });

  it('pages by offset, and refuses to page past 10,000', async () => {
    const { call } = await local();
    const page = await call('GET', '/users?limit=2&offset=1&total=true');
    expect(page.json).toMatchObject({ limit: 2, offset: 1, more: true, total: 4 });
    expect(readEach(page, 'users', 'id')).toEqual(['POMER', 'PDANA']);
    expect((await call('GET', '/users?limit=100&offset=9950')).status).toBe(400);
    expect((await call('GET', '/users?limit=101')).status).toBe(400);
  });
});

describe('From', () => {
  it('is needed for incident writes with an account key (2016)', async () => {
    const { call } = await local();
    expect(read(await call('POST', '/incidents', { body: manual() }), 'error.code')).toBe(2016);
  });

  it('must be a user of the account (1008) who may write (403)', async () => {
    const { call } = await local();
    const stranger = await call('POST', '/incidents', { body: manual(), from: 'stranger@example.com' });
    expect(read(stranger, 'error.code')).toBe(1008);
    expect((await call('POST', '/incidents', { body: manual(), from: 'wanda@example.com' })).status).toBe(403);
  });

  it('is not needed with a key that belongs to a person', async () => {
    const { call } = await local();
    const answer = await call('POST', '/incidents', { body: manual(), token: noaToken });
    expect(answer.status).toBe(201);
    expect(read(answer, 'incident.last_status_change_by.id')).toBe('PNOA');
  });
});

describe('creating an incident', () => {
  it('refuses a second open one with the same key on the same service, and takes the key again once it is resolved', async () => {
    const { call } = await local();
    const first = await call('POST', '/incidents', { ...noa, body: manual({ incident_key: 'k' }) });
    const second = await call('POST', '/incidents', { ...noa, body: manual({ incident_key: 'k' }) });
    expect([first.status, second.status]).toEqual([201, 400]);
    await call('PUT', `/incidents/${String(read(first, 'incident.id'))}`, { ...noa, body: status('resolved') });
    expect((await call('POST', '/incidents', { ...noa, body: manual({ incident_key: 'k' }) })).status).toBe(201);
  });

  it('makes none when nobody is on call (1015)', async () => {
    const { call, pagerDuty } = await local();
    const body = manual({ service: { id: 'VNIGHT', type: 'service_reference' } });
    expect(read(await call('POST', '/incidents', { ...noa, body }), 'error.code')).toBe(1015);
    expect(pagerDuty.state.incidents).toEqual([]);
    expect(pagerDuty.log.rung).toEqual([]);
  });

  it('is acknowledged at once, and rings nobody, when one assigns it to oneself', async () => {
    const { call, pagerDuty } = await local();
    const body = manual({ assignments: [{ assignee: { id: 'PNOA', type: 'user_reference' } }] });
    const answer = await call('POST', '/incidents', { ...noa, body });
    expect(read(answer, 'incident')).toMatchObject({ status: 'acknowledged', assigned_via: 'direct_assignment' });
    expect(pagerDuty.log.rung).toEqual([]);
  });

  it('needs details to be a string, and not both a person and a policy', async () => {
    const { call } = await local();
    const object = manual({ body: { type: 'incident_body', details: { a: 1 } } });
    expect((await call('POST', '/incidents', { ...noa, body: object })).status).toBe(400);
    const both = manual({
      assignments: [{ assignee: { id: 'PNOA', type: 'user_reference' } }],
      escalation_policy: { id: 'EMAIN', type: 'escalation_policy_reference' },
    });
    expect((await call('POST', '/incidents', { ...noa, body: both })).status).toBe(400);
  });
});

describe('changing the status', () => {
  async function open() {
    const world = await local();
    const created = await world.call('POST', '/incidents', { ...noa, body: manual() });
    const path = `/incidents/${String(read(created, 'incident.id'))}`;
    const put = (value: string, from = 'noa@example.com') => world.call('PUT', path, { from, body: status(value) });
    return { ...world, path, put };
  }

  it('makes whoever acknowledges the assignee', async () => {
    const { put } = await open();
    const answer = await put('acknowledged', 'omer@example.com');
    expect(read(answer, 'incident.status')).toBe('acknowledged');
    expect(read(answer, 'incident.assignments.0.assignee.id')).toBe('POMER');
    expect(read(answer, 'incident.acknowledgements.0.acknowledger.id')).toBe('POMER');
  });

  it('refuses a second acknowledgement by the same person (1002) and a second resolve (1001)', async () => {
    const { put } = await open();
    await put('acknowledged');
    expect(read(await put('acknowledged'), 'error.code')).toBe(1002);
    await put('resolved');
    expect(read(await put('resolved'), 'error.code')).toBe(1001);
  });

  it('reopens a resolved incident when it is acknowledged late, and gives it to that person', async () => {
    const { put } = await open();
    await put('resolved');
    const answer = await put('acknowledged', 'omer@example.com');
    expect(read(answer, 'incident')).toMatchObject({ status: 'acknowledged', resolved_at: null });
    expect(read(answer, 'incident.assignments.0.assignee.id')).toBe('POMER');
  });

  it('refuses to take back what nobody acknowledged (1012)', async () => {
    const { put } = await open();
    expect(read(await put('triggered'), 'error.code')).toBe(1012);
  });

  it("drops PagerDuty's own escalation when it is reassigned to a person, and keeps it with a policy", async () => {
    const { call, path } = await open();
    const toPerson = { incident: { type: 'incident_reference', assignments: [{ assignee: { id: 'POMER' } }] } };
    const person = await call('PUT', path, { ...noa, body: toPerson });
    expect(read(person, 'incident.pending_actions')).toEqual([]);
    const toPolicy = { incident: { type: 'incident_reference', escalation_policy: { id: 'EBACK' } } };
    const policy = await call('PUT', path, { ...noa, body: toPolicy });
    expect(read(policy, 'incident.pending_actions')).toMatchObject([{ type: 'escalate' }]);
  });

  it('refuses to escalate what has low urgency (1006)', async () => {
    const { call, path } = await open();
    await call('PUT', path, { ...noa, body: { incident: { type: 'incident_reference', urgency: 'low' } } });
    const answer = await call('PUT', path, {
      ...noa,
      body: { incident: { type: 'incident_reference', escalation_level: 2 } },
    });
    expect(read(answer, 'error.code')).toBe(1006);
  });

  it('changes all of several incidents or none', async () => {
    const { call, path, pagerDuty } = await open();
    const other = await call('POST', '/incidents', { ...noa, body: manual() });
    await call('PUT', path, { ...noa, body: status('resolved') });
    const ids = pagerDuty.state.incidents.map((one) => one.id);
    const incidents = ids.toReversed().map((id) => ({ id, type: 'incident_reference', status: 'resolved' }));
    expect((await call('PUT', '/incidents', { ...noa, body: { incidents } })).status).toBe(400);
    expect(read(await call('GET', `/incidents/${String(read(other, 'incident.id'))}`), 'incident.status')).toBe(
      'triggered',
    );
  });
});

describe('the parts of an incident', () => {
  async function open() {
    const world = await local();
    const created = await world.call('POST', '/incidents', { ...noa, body: manual() });
    return { ...world, path: `/incidents/${String(read(created, 'incident.id'))}` };
  }

  it('takes notes, answering 200', async () => {
    const { call, path } = await open();
    const answer = await call('POST', `${path}/notes`, { ...noa, body: { note: { content: 'restarted' } } });
    expect([answer.status, read(answer, 'note.content'), read(answer, 'note.user.id')]).toEqual([
      200,
      'restarted',
      'PNOA',
    ]);
    expect(read(await call('GET', `${path}/notes`), 'notes')).toHaveLength(1);
  });

  it('snoozes for 1 second to 7 days, answering 201', async () => {
    const { call, path } = await open();
    expect(read(await call('POST', `${path}/snooze`, { ...noa, body: { duration: 604_801 } }), 'error.code')).toBe(
      1013,
    );
    const answer = await call('POST', `${path}/snooze`, { ...noa, body: { duration: 60 } });
    expect([answer.status, read(answer, 'incident.status')]).toEqual([201, 'acknowledged']);
  });

  it('merges with a reason that is no fix, once', async () => {
    const { call, path } = await open();
    const source = await call('POST', '/incidents', { ...noa, body: manual() });
    const sourceId = String(read(source, 'incident.id'));
    const body = { source_incidents: [{ id: sourceId, type: 'incident_reference' }] };
    expect((await call('PUT', `${path}/merge`, { ...noa, body })).status).toBe(200);
    const merged = await call('GET', `/incidents/${sourceId}`);
    expect(read(merged, 'incident')).toMatchObject({
      status: 'resolved',
      resolve_reason: { type: 'merge_resolve_reason', incident: { id: path.split('/')[2] } },
    });
    expect(read(await call('PUT', `${path}/merge`, { ...noa, body }), 'error.code')).toBe(1019);
  });

  it('rings requested responders, and needs the ability for it (402)', async () => {
    const { call, path, pagerDuty } = await open();
    const body = {
      requester_id: 'PNOA',
      message: 'please help',
      responder_request_targets: [{ responder_request_target: { id: 'PDANA', type: 'user_reference' } }],
    };
    expect((await call('POST', `${path}/responder_requests`, { body })).status).toBe(200);
    expect(pagerDuty.log.rung.at(-1)).toMatchObject({ userId: 'PDANA', why: 'responder_request' });
    expect(read(await call('GET', path), 'incident.incidents_responders.0.state')).toBe('pending');
    pagerDuty.state.abilities.splice(0);
    const refused = await call('POST', `${path}/responder_requests`, { body });
    expect([refused.status, read(refused, 'error.code')]).toEqual([402, 2014]);
  });

  it('accepts a request by acknowledging, which REST calls joined', async () => {
    const { call, path } = await open();
    const responder_request_targets = [{ responder_request_target: { id: 'PDANA', type: 'user_reference' } }];
    await call('POST', `${path}/responder_requests`, {
      body: { requester_id: 'PNOA', message: 'm', responder_request_targets },
    });
    await call('PUT', path, { from: 'dana@example.com', body: status('acknowledged') });
    expect(read(await call('GET', path), 'incident.incidents_responders.0.state')).toBe('joined');
    const cancel = { requester_id: 'PNOA', responder_request_targets: [{ id: 'PDANA', type: 'user_reference' }] };
    const answer = await call('PUT', `${path}/responder_requests/cancel`, { body: cancel });
    expect(read(answer, 'responder_request_targets.0.result')).toBe('joined');
  });

  it('lists notifications in the log, newest first, unless an overview is asked for', async () => {
    const { call, path } = await open();
    const all = await call('GET', `${path}/log_entries`);
    expect(readEach(all, 'log_entries', 'type')).toEqual(['notify_log_entry', 'trigger_log_entry']);
    expect(read(all, 'log_entries.0.user.id')).toBe('PNOA');
    const overview = await call('GET', `${path}/log_entries?is_overview=true`);
    expect(read(overview, 'log_entries')).toHaveLength(1);
  });
});

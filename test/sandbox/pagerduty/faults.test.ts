import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { local, read } from './support.ts';

const create = {
  from: 'noa@example.com',
  body: { incident: { type: 'incident', title: 'x', service: { id: 'VPAY', type: 'service_reference' } } },
};

describe('faults on request', () => {
  it('answer with an error before or after the change is made, and say in the record which it was', async () => {
    const { pagerDuty, call } = await local();
    pagerDuty.faults.add({ fault: { kind: 'error_before', status: 500 }, times: 1 });
    pagerDuty.faults.add({ fault: { kind: 'error_after', status: 503 }, times: 1 });
    expect((await call('POST', '/incidents', create)).status).toBe(500);
    expect(pagerDuty.state.incidents).toHaveLength(0);
    expect((await call('POST', '/incidents', create)).status).toBe(503);
    expect(pagerDuty.state.incidents).toHaveLength(1);
    expect(pagerDuty.log.calls.map((one) => [one.status, one.applied, one.fault])).toEqual([
      [500, false, 'error_before'],
      [503, true, 'error_after'],
    ]);
  });

  it('cut the connection with the change made, or not made', async () => {
    const { pagerDuty, call } = await local();
    pagerDuty.faults.add({ fault: { kind: 'lost_answer' }, times: 1 });
    pagerDuty.faults.add({ fault: { kind: 'cut_before' }, times: 1 });
    await expect(call('POST', '/incidents', create)).rejects.toThrow('hang up');
    expect(pagerDuty.state.incidents).toHaveLength(1);
    await expect(call('POST', '/incidents', create)).rejects.toThrow('hang up');
    expect(pagerDuty.state.incidents).toHaveLength(1);
  });

  it("limit the rate, with or without the headers, and show a gateway's page", async () => {
    const { pagerDuty, call } = await local();
    pagerDuty.faults.add({ fault: { kind: 'rate_limited', resetSeconds: 7 }, times: 1 });
    pagerDuty.faults.add({ fault: { kind: 'rate_limited', bare: true }, times: 1 });
    pagerDuty.faults.add({ fault: { kind: 'html_502' }, times: 1 });
    const limited = await call('GET', '/users');
    expect([limited.status, limited.headers['ratelimit-reset']]).toEqual([429, '7']);
    const bare = await call('GET', '/users');
    expect([bare.status, bare.headers['ratelimit-reset'], bare.text]).toEqual([429, undefined, '']);
    const gateway = await call('GET', '/users');
    expect([gateway.status, gateway.headers['content-type']]).toEqual([502, 'text/html']);
  });

  it('strike only where they are told to, until they are cleared', async () => {
    const { pagerDuty, call } = await local();
    pagerDuty.faults.add({ method: 'POST', path: '/incidents', fault: { kind: 'error_before', status: 500 } });
    expect((await call('GET', '/incidents')).status).toBe(200);
    expect((await call('POST', '/incidents', create)).status).toBe(500);
    expect((await call('POST', '/incidents', create)).status).toBe(500);
    pagerDuty.faults.clear();
    expect((await call('POST', '/incidents', create)).status).toBe(201);
  });

  it('refuse connections, and take them again on the same port', async () => {
    const { pagerDuty, call } = await local();
    await pagerDuty.faults.refuseConnections();
    await expect(call('GET', '/users')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await pagerDuty.faults.acceptConnections();
    expect((await call('GET', '/users')).status).toBe(200);
  });
});

describe('the certificate', () => {
  it('is trusted by pdjs in another process through NODE_EXTRA_CA_CERTS and nothing else', async () => {
    const { pagerDuty } = await local();
    const script = `import { api } from '@pagerduty/pdjs';
      const answer = await api({ token: 'account-token', server: process.env.SERVER, endpoint: '/abilities', requestTimeout: 0 });
      console.log(answer.status);`;
    const env = { ...process.env, SERVER: pagerDuty.server, NODE_EXTRA_CA_CERTS: pagerDuty.caFile };
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env });
    expect(stdout.trim()).toBe('200');
  });
});

describe('the control interface', () => {
  async function control() {
    const { pagerDuty } = await local();
    const send = async (method: string, path: string, body?: object) => {
      const headers = { 'content-type': 'application/json' };
      const sent = body === undefined ? {} : { body: JSON.stringify(body), headers };
      const response = await fetch(`${pagerDuty.controlUrl}${path}`, { method, ...sent });
      const text = await response.text();
      const json: unknown = JSON.parse(text);
      return { status: response.status, text, json, headers: {} };
    };
    return { pagerDuty, send };
  }

  it('acts as monitors and people, and shows what came of it', async () => {
    const { send, pagerDuty } = await control();
    const made = await send('POST', '/actions/trigger', { serviceId: 'VPAY', summary: 'latency' });
    const incidentId = String(read(made, 'incident.id'));
    const done = await send('POST', '/actions/acknowledge', { incidentId, userId: 'PNOA' });
    expect(read(done, 'incident.status')).toBe('acknowledged');
    expect(read(await send('GET', '/state'), 'incidents.0.acknowledgements.0.userId')).toBe('PNOA');
    expect(read(await send('GET', '/log'), 'rung.0.name')).toBe('Noa Levi');
    const again = await send('POST', '/actions/acknowledge', { incidentId, userId: 'PNOA' });
    expect(again.json).toMatchObject({ ok: false, code: 1002 });
    expect(pagerDuty.state.incidents).toHaveLength(1);
  });

  it('never shows tokens or secrets', async () => {
    const { send } = await control();
    expect((await send('GET', '/state')).text).not.toContain('account-token');
  });

  it('sets faults, and keeps answering while the API refuses connections', async () => {
    const { send } = await control();
    await send('POST', '/faults', { fault: { kind: 'lost_answer' }, times: 2 });
    expect(read(await send('GET', '/faults'), '0.times')).toBe(2);
    await send('DELETE', '/faults');
    expect((await send('GET', '/faults')).json).toEqual([]);
    await send('POST', '/connections', { accept: false });
    expect((await send('POST', '/connections', { accept: true })).status).toBe(200);
  });

  it('names what is wrong with a request', async () => {
    const { send, pagerDuty } = await control();
    expect((await send('POST', '/actions/acknowledge', { incidentId: 'x' })).status).toBe(400);
    expect((await send('POST', '/actions/dance', {})).status).toBe(404);
    expect((await send('POST', '/actions/trigger', { serviceId: 'VNONE', summary: 'x' })).status).toBe(400);
    const plain = await fetch(`${pagerDuty.controlUrl}/tick`, { method: 'POST', body: '{}' });
    expect(plain.status).toBe(415);
  });
});

describe('waiting', () => {
  it('ends as soon as the condition holds, and fails by naming it when it never does', async () => {
    const { pagerDuty } = await local();
    const waiting = pagerDuty.until(() => pagerDuty.state.incidents.length === 1);
    pagerDuty.actions.trigger({ serviceId: 'VPAY', summary: 'x' });
    await waiting;
    await expect(pagerDuty.until(() => pagerDuty.state.incidents.length === 2, 10)).rejects.toThrow('incidents.length');
  });
});

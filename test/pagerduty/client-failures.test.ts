import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createPagerDutyClient } from '../../src/pagerduty/client.ts';
import { minuteMs, secondMs } from '../../src/oncall/time.ts';
import type { Fault } from '../../src/sandbox/pagerduty/faults.ts';
import { accountToken, local } from '../sandbox/pagerduty/support.ts';

async function connected() {
  const world = await local();
  const { server: apiServer, eventsServer, actions, faults } = world.pagerDuty;
  const settings = {
    token: accountToken,
    apiServer,
    eventsServer,
    now: world.clock.now,
    timeoutMs: 200,
    retryTimeoutMs: 1,
  };
  const client = createPagerDutyClient({ ...settings, agent: world.agent });
  const id = actions.trigger({ serviceId: 'VPAY', summary: 'latency' }).incident?.id ?? '';
  const fail = (fault: Fault, times = 1) => faults.add({ fault, times });
  return {
    ...world,
    client,
    settings,
    id,
    fail,
    read: () => client.getIncident(id),
    write: () => client.acknowledge(id, 'noa@example.com'),
  };
}

describe('a write whose outcome is unknown', () => {
  const unknown: [string, Fault, string][] = [
    ['an error answer', { kind: 'error_after', status: 500 }, 'HTTP 500'],
    ["a gateway's page", { kind: 'html_502' }, 'HTTP 502'],
    ['a lost answer', { kind: 'lost_answer' }, 'ECONNRESET'],
    ['no answer in time', { kind: 'hang' }, 'request-timeout'],
    ["PagerDuty's own time-out", { kind: 'error_before', status: 408 }, 'HTTP 408'],
  ];

  it.each(unknown)('is said to be unknown: %s', async (_, fault, reason) => {
    const { write, fail } = await connected();
    fail(fault);
    expect(await write()).toEqual({ ok: false, error: { kind: 'unavailable', unknownOutcome: true, reason } });
  });

  it.each(unknown)('is never what a read has: %s', async (_, fault) => {
    const { read, fail } = await connected();
    fail(fault);
    expect(await read()).toMatchObject({ ok: false, error: { kind: 'unavailable', unknownOutcome: false } });
  });
});

describe('a write that cannot have arrived', () => {
  it('is said not to have been made when nobody listens', async () => {
    const { write, pagerDuty } = await connected();
    await pagerDuty.faults.refuseConnections();
    const error = { kind: 'unavailable', unknownOutcome: false, reason: 'ECONNREFUSED' };
    expect(await write()).toEqual({ ok: false, error });
  });

  it('is said not to have been made when the certificate is not trusted', async () => {
    const { settings, id } = await connected();
    const result = await createPagerDutyClient(settings).acknowledge(id, 'noa@example.com');
    expect(result).toMatchObject({ ok: false, error: { kind: 'unavailable', unknownOutcome: false } });
  });
});

describe('the rate limit', () => {
  it('comes back with the time until it is over, after the four requests that pdjs makes', async () => {
    const { read, fail, pagerDuty } = await connected();
    fail({ kind: 'rate_limited', resetSeconds: 20 }, 4);
    expect(await read()).toEqual({ ok: false, error: { kind: 'rate_limited', retryAfterMs: 20 * secondMs } });
    expect(pagerDuty.log.calls).toHaveLength(4);
  });

  it('is waited out without asking again', async () => {
    const { read, fail, pagerDuty, clock } = await connected();
    fail({ kind: 'rate_limited', resetSeconds: 20 }, 4);
    await read();
    clock.advance(5 * secondMs);
    expect(await read()).toEqual({ ok: false, error: { kind: 'rate_limited', retryAfterMs: 15 * secondMs } });
    expect(pagerDuty.log.calls).toHaveLength(4);
    clock.advance(15 * secondMs);
    expect(await read()).toMatchObject({ ok: true });
  });

  it("is also understood without PagerDuty's headers and body", async () => {
    const { read, fail } = await connected();
    fail({ kind: 'rate_limited', bare: true }, 4);
    expect(await read()).toEqual({ ok: false, error: { kind: 'rate_limited', retryAfterMs: minuteMs / 2 } });
  });

  it('that passes while pdjs tries again is no failure', async () => {
    const { read, fail } = await connected();
    fail({ kind: 'rate_limited', resetSeconds: 1 }, 3);
    expect(await read()).toMatchObject({ ok: true });
  });
});

describe('a refusal', () => {
  it("is permanent, and carries PagerDuty's code and words", async () => {
    const { client, settings, agent, id } = await connected();
    const stranger = createPagerDutyClient({ ...settings, token: 'wrong', agent });
    expect(await stranger.getIncident(id)).toMatchObject({
      ok: false,
      error: { kind: 'refused', status: 401, code: 2006 },
    });
    expect(await client.getIncident('QNONE')).toMatchObject({
      ok: false,
      error: { kind: 'refused', status: 404, code: 2100 },
    });
    const account = await client.currentUser();
    expect(account).toMatchObject({ ok: false, error: { message: expect.stringContaining('user-level token') } });
  });

  it('never shows the token', async () => {
    const { settings, agent, id } = await connected();
    const result = await createPagerDutyClient({ ...settings, token: 'very-secret', agent }).getIncident(id);
    expect(JSON.stringify(result)).not.toContain('very-secret');
  });
});

describe('a process that has talked to PagerDuty', () => {
  it('ends at once: no timer of pdjs keeps it alive', async () => {
    const { pagerDuty, id } = await connected();
    pagerDuty.faults.add({ fault: { kind: 'lost_answer' }, times: 1 });
    const script = `import { createPagerDutyClient } from './src/pagerduty/client.ts';
      const client = createPagerDutyClient({ token: 'account-token', apiServer: '${pagerDuty.server}', eventsServer: '', now: Date.now });
      const results = [await client.getIncident('${id}'), await client.getIncident('${id}')];
      console.log(results.map((result) => result.ok).join());`;
    const env = { ...process.env, NODE_EXTRA_CA_CERTS: pagerDuty.caFile };
    const node = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env, timeout: 10_000 });
    expect((await node).stdout.trim()).toBe('false,true');
  });
});

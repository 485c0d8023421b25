import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EffectOutcome } from '../../src/engine/effects.ts';
import { createEngine } from '../../src/engine/executor.ts';
import type { Engine } from '../../src/engine/orders.ts';
import type { Store } from '../../src/engine/ports.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { openStore } from '../../src/store/open.ts';
import { pageWebhook } from '../../src/web/page-webhook.ts';
import { away, company, sundayMorning } from '../support/company.ts';
import { by, declareSev1 } from '../support/story.ts';

const clock = { now: () => sundayMorning };
const secret = 'gateway-secret';
let store: Store;
let engine: Engine;
let gateway: Server;
let url: string;
let status: number;
let requests: { readonly headers: IncomingHttpHeaders; readonly body: string }[];

beforeEach(async () => {
  status = 200;
  requests = [];
  gateway = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('utf8')));
    request.on('end', () => {
      requests.push({ headers: request.headers, body });
      response.writeHead(status).end();
    });
  });
  url = await new Promise<string>((resolve) => {
    gateway.listen(0, '127.0.0.1', () => {
      const address = gateway.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/page`);
    });
  });
  store = await openStore(':memory:', { role: 'tool' });
  engine = createEngine({ store, clock, ways: ['webhook'], onCommitted: () => undefined });
  const command = { type: 'apply_catalog', hash: 'test', catalog: company() } as const;
  await engine.execute({ kind: 'workspace', stream: 'workspace', command, actor: automation });
  await engine.execute({ kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') });
});

afterEach(async () => {
  gateway.closeAllConnections();
  gateway.close();
  await store.close();
});

async function page(): Promise<EffectOutcome> {
  const handlers = pageWebhook({ url, secret, store, engine, clock, timeoutMs: 2_000 });
  const jobs = await store.claim(sundayMorning, sundayMorning + 1_000, 'token', 100);
  const job = jobs.find((one) => one.effect.kind === 'webhook.page');
  if (job?.effect.kind !== 'webhook.page') throw new Error('no page waits');
  return handlers['webhook.page'](job.effect, job);
}

async function outcomeOfPage() {
  return (await store.incident('INC-1'))?.pages[0]?.deliveries[0]?.outcome.kind;
}

describe('a page through a gateway', () => {
  it('is signed over its time and body, has a key for repetitions, and counts as delivered once it is taken', async () => {
    expect(await page()).toEqual({ kind: 'done' });
    const [request] = requests;
    const [, seconds = '', signature] = /^t=(\d+),v1=(\w+)$/.exec(String(request?.headers['x-toran-signature'])) ?? [];
    expect(signature).toBe(createHmac('sha256', secret).update(`${seconds}.${request?.body}`).digest('hex'));
    expect(request?.headers['idempotency-key']).toBe('INC-1/p1/d1');
    expect(await outcomeOfPage()).toBe('delivered');
  });

  it.each([401, 403, 404, 408, 429, 500, 503])(
    'that answers %i is tried again: the person is still to be asked',
    async (answer) => {
      status = answer;
      expect((await page()).kind).toBe('retry');
      expect(await outcomeOfPage()).toBe('queued');
    },
  );

  it('is not sent to somebody who has become unavailable since it was decided, and the page moves on', async () => {
    const command = { type: 'apply_file', windows: [away('alma', sundayMorning)] } as const;
    await engine.execute({ kind: 'person', stream: 'person:alma', command, actor: automation });
    expect(await page()).toEqual({ kind: 'done' });
    expect(requests).toEqual([]);
    const deliveries = (await store.incident('INC-1'))?.pages[0]?.deliveries;
    expect(deliveries).toMatchObject([
      { to: { person: 'alma' }, outcome: { kind: 'failed', because: 'unavailable' } },
      { to: { person: 'beni' }, outcome: { kind: 'queued' } },
    ]);
  });

  it('says as of when it is known who can answer, when that could not be read', async () => {
    await page();
    expect(requests[0]?.body).not.toContain('availability_as_of');
    await engine.execute({
      kind: 'incident',
      stream: 'INC-1',
      command: { type: 'escalate', page: undefined },
      actor: by('noa'),
    });
    const asOf = sundayMorning - 60_000;
    const facts = await store.onCallFacts();
    store = { ...store, onCallFacts: () => Promise.resolve({ ...facts, asOf }) };
    await page();
    expect(JSON.parse(requests[1]?.body ?? '')).toMatchObject({ availability_as_of: new Date(asOf).toISOString() });
  });

  it('that refuses this person moves on', async () => {
    status = 422;
    expect((await page()).kind).toBe('failed');
    expect(await outcomeOfPage()).toBe('failed');
  });
});

import { once } from 'node:events';
import { connect } from 'node:net';
import pino from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import type { HttpRoute } from '../../src/engine/http-route.ts';
import { callerOf } from '../../src/web/bearer.ts';
import { healthRoutes, type HealthCheck } from '../../src/web/health.ts';
import { startWebServer, type WebServer } from '../../src/web/server.ts';

let server: WebServer | undefined;
afterEach(async () => {
  await server?.stop(100);
  server = undefined;
});

async function serve(...routes: readonly HttpRoute[]): Promise<string> {
  server = await startWebServer({ port: 0, host: '127.0.0.1', routes, log: pino({ level: 'silent' }) });
  return `http://127.0.0.1:${server.port}`;
}

function route(handle: HttpRoute['handle'], more: Partial<HttpRoute> = {}): HttpRoute {
  return { method: 'POST', path: '/hook', maxBodyBytes: 100, deadlineMs: 1_000, handle, ...more };
}

/** Says something over a bare socket; with `leave`, goes away at once. */
async function spoken(port: number, text: string, leave = false): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text, () => leave && socket.destroy());
  let answer = '';
  socket.on('data', (part: Buffer) => (answer += part.toString('utf8')));
  await once(socket, 'close');
  return answer;
}

describe('the web server', () => {
  it('hands over the raw bytes, since signatures are over bytes', async () => {
    const base = await serve(
      route(({ body }) => Promise.resolve({ status: 200, body: Buffer.from(body).toString('hex') })),
    );
    const answer = await fetch(`${base}/hook`, { method: 'POST', body: Uint8Array.from([0xff, 0x00, 0x20]) });
    expect(await answer.text()).toBe('ff0020');
  });

  it('answers HEAD as it answers GET, since load balancers look that way, and says which method a path takes', async () => {
    const base = await serve(...healthRoutes([]));
    const looked = await fetch(`${base}/readyz`, { method: 'HEAD' });
    expect([looked.status, await looked.text()]).toEqual([200, '']);
    const posted = await fetch(`${base}/healthz`, { method: 'POST', body: 'x' });
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('answers 503 when the handler fails, so that the sender repeats', async () => {
    const base = await serve(route(() => Promise.reject(new Error('disk full'))));
    const answer = await fetch(`${base}/hook`, { method: 'POST', body: 'x' });
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('disk full');
  });

  it('answers 503 when nothing was committed in time', async () => {
    const base = await serve(route(() => new Promise(() => undefined), { deadlineMs: 20 }));
    expect((await fetch(`${base}/hook`, { method: 'POST', body: 'x' })).status).toBe(503);
  });

  it('refuses a body over the limit, announced or not', async () => {
    const base = await serve(route(() => Promise.resolve({ status: 200 })));
    expect((await fetch(`${base}/hook`, { method: 'POST', body: 'x'.repeat(101) })).status).toBe(413);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new Uint8Array(200));
        controller.close();
      },
    });
    expect((await fetch(`${base}/hook`, { method: 'POST', body: stream, duplex: 'half' })).status).toBe(413);
  });

  it('outlives requests for what is no path, and senders that go away', async () => {
    const base = await serve(route(() => Promise.resolve({ status: 200 })));
    const port = Number(new URL(base).port);
    expect(await spoken(port, 'GET // HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
    expect(await spoken(port, 'POST /hook HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf', true)).toBe('');
    expect((await fetch(`${base}/hook`, { method: 'POST', body: 'x' })).status).toBe(200);
  });

  it('knows its paths and their methods', async () => {
    const base = await serve(route(() => Promise.resolve({ status: 200 })));
    expect((await fetch(`${base}/hook`)).status).toBe(405);
    expect((await fetch(`${base}/other`)).status).toBe(404);
  });
});

describe('readiness', () => {
  const check = (name: string, required: boolean, ok: boolean): HealthCheck => ({
    name,
    required,
    check: () => Promise.resolve(ok ? { ok } : { ok, detail: 'down' }),
  });

  it('goes red when a required part is down, and only reports the others', async () => {
    const base = await serve(...healthRoutes([check('database', true, true), check('slack', false, false)]));
    const answer = await fetch(`${base}/readyz`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({
      ready: true,
      checks: { database: { ok: true }, slack: { ok: false, detail: 'down' } },
    });
  });

  it('counts a check that throws as down', async () => {
    const base = await serve(
      ...healthRoutes([{ name: 'database', required: true, check: () => Promise.reject(new Error('locked')) }]),
    );
    expect((await fetch(`${base}/readyz`)).status).toBe(503);
  });
});

describe('hook tokens', () => {
  const tokens = [
    { name: 'grafana', token: 'a-token-of-grafana' },
    { name: 'github', token: 'a-token-of-github!' },
  ];

  it('tell who calls, and nobody else', () => {
    expect(callerOf('Bearer a-token-of-github!', tokens)).toBe('github');
    expect(callerOf('bearer a-token-of-grafana', tokens)).toBe('grafana');
    for (const wrong of [undefined, '', 'Bearer', 'Bearer x', 'Basic a-token-of-grafana'])
      expect(callerOf(wrong, tokens)).toBeUndefined();
    expect(callerOf('Bearer anything', [])).toBeUndefined();
  });
});

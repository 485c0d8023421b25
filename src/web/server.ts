import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { HttpRequest, HttpResponse, HttpRoute } from '../engine/http-route.ts';

export interface WebServer {
  /** The port that was bound, also when 0 was asked for. */
  readonly port: number;
  /** Takes no new connection and waits for answers under way, at most `withinMs`. */
  stop(withinMs: number): Promise<void>;
}

export interface WebServerOptions {
  readonly port: number;
  readonly host?: string;
  readonly routes: readonly HttpRoute[];
  readonly log: Logger;
}

/** The one HTTP server of a process: plain node:http, since five paths need no framework and every byte is verified. */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const routes = new Map(options.routes.map((route) => [`${route.method} ${route.path}`, route]));
  const server = createServer(
    { requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 60_000 },
    (request, response) => {
      void answer(request, response);
    },
  );

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '/', 'http://localhost');
    if (url === null) {
      request.resume();
      send(response, { status: 400, body: 'not a path\n' });
      return;
    }
    // Load balancers look with HEAD; node:http leaves the body of the answer out by itself.
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = routes.get(`${method} ${url.pathname}`);
    if (route === undefined) {
      request.resume();
      send(response, unknown(url.pathname, options.routes));
      return;
    }
    try {
      send(response, await respond(request, url, route));
    } catch (error) {
      options.log.error({ err: error, path: route.path }, 'request could not be answered');
      send(response, { status: 503, headers: { 'retry-after': '1' }, body: 'try again\n' });
    }
  }

  await listen(server, options.port, options.host);
  return { port: portOf(server), stop: (withinMs) => close(server, withinMs) };
}

function unknown(path: string, routes: readonly HttpRoute[]): HttpResponse {
  const allowed = routes.filter((route) => route.path === path).map((route) => route.method);
  if (allowed.length === 0) return { status: 404, body: 'not found\n' };
  return { status: 405, headers: { allow: allowed.join(', ') }, body: `use ${allowed.join(' or ')}\n` };
}

async function respond(request: IncomingMessage, url: URL, route: HttpRoute): Promise<HttpResponse> {
  const body = await readBody(request, route.maxBodyBytes);
  if (body === undefined)
    return {
      status: 413,
      headers: { connection: 'close' },
      body: `a body may have ${route.maxBodyBytes} bytes at most\n`,
    };
  const asked: HttpRequest = {
    method: route.method,
    path: route.path,
    query: url.searchParams,
    headers: firstValues(request),
    body,
  };
  return withDeadline(route.handle(asked), route.deadlineMs);
}

async function withDeadline(answer: Promise<HttpResponse>, deadlineMs: number): Promise<HttpResponse> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<HttpResponse>((resolve) => {
    timer = setTimeout(
      () => resolve({ status: 503, headers: { 'retry-after': '1' }, body: 'not committed in time; try again\n' }),
      deadlineMs,
    );
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
    // The race may be over before the answer fails; its failure was answered with 503 already.
    answer.catch(() => undefined);
  }
}

/** Undefined when the body is larger than allowed; the rest is not read. */
function readBody(request: IncomingMessage, maxBytes: number): Promise<Uint8Array | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      parts.push(part);
      if (size <= maxBytes) return;
      request.pause();
      resolve(undefined);
    });
    request.once('end', () => {
      const [only] = parts;
      resolve(parts.length === 1 && only !== undefined ? only : Buffer.concat(parts));
    });
    // Also when the sender went away before the end.
    request.once('error', reject);
  });
}

function firstValues(request: IncomingMessage): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(request.headers)) headers[name] = Array.isArray(value) ? value[0] : value;
  return headers;
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': body === undefined ? 0 : Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

function listen(server: Server, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function close(server: Server, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), withinMs);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}

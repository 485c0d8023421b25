import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventsApi } from './events-api.ts';
import type { FaultRules } from './fault-rules.ts';
import type { Fault } from './faults.ts';
import type { CallRecord } from './record.ts';
import type { HttpCall, RestApi } from './rest.ts';
import type { World } from './world.ts';

export interface ApiServer {
  server: Server;
  /** Handles one request; the port may be closed and opened again around it. */
  listen(port: number): Promise<number>;
  stop(): Promise<void>;
}

export interface ApiServerParts {
  world: World;
  rest: RestApi;
  events: EventsApi;
  faults: FaultRules;
  certificate: { key: string; cert: string };
}

const largestBody = 1024 * 1024;

/** PagerDuty's two APIs on one https server, with the faults that were asked for. */
export function createApiServer(parts: ApiServerParts): ApiServer {
  const server = createServer(parts.certificate, (request, response) => {
    void answer(parts, request, response).catch(() => response.destroy());
  });
  return {
    server,
    async listen(port) {
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      return typeof address === 'object' && address !== null ? address.port : port;
    },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(parts: ApiServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const call = await callOf(request);
  const fault = parts.faults.strike(call.method, call.path);
  if (fault?.kind === 'delay') await pause(fault.ms);
  const record = recordOf(parts.world, call, fault);
  parts.world.record.calls.push(record);
  const sent = fault === null ? null : instead(fault, response);
  if (sent === null) {
    const done = perform(parts, call);
    record.applied = call.method !== 'GET' && done.status < 300;
    record.status = fault?.kind === 'error_after' ? fault.status : fault?.kind === 'lost_answer' ? null : done.status;
    if (fault?.kind === 'lost_answer') response.destroy();
    else if (fault?.kind === 'error_after') send(response, fault.status, {}, serverError);
    else send(response, done.status, done.headers, done.body);
  } else record.status = sent.status;
  parts.world.changed();
}

async function callOf(request: IncomingMessage): Promise<HttpCall> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    size += chunk.length;
    if (size > largestBody) throw new Error('request too large');
    chunks.push(chunk);
  }
  const url = new URL(request.url ?? '/', 'https://localhost');
  const header = (name: string) => {
    const value = request.headers[name];
    return typeof value === 'string' ? value : null;
  };
  const body = size === 0 ? undefined : jsonOf(Buffer.concat(chunks).toString('utf8'));
  return { method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, header, body };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function recordOf(world: World, call: HttpCall, fault: Fault | null): CallRecord {
  const { method, path, query, body, header } = call;
  return {
    at: world.now(),
    method,
    path,
    query: query.toString(),
    from: header('from'),
    body: body ?? null,
    status: null,
    applied: false,
    fault: fault?.kind ?? null,
  };
}

const serverError = { error: { message: 'Internal Server Error', code: 2000 } };

/** What a fault answers in place of PagerDuty; null when the request is to be carried out all the same. */
function instead(fault: Fault, response: ServerResponse): { status: number | null } | null {
  if (fault.kind === 'rate_limited') return turnAway(fault, response);
  if (fault.kind === 'error_before') {
    send(response, fault.status, {}, serverError);
    return { status: fault.status };
  }
  if (fault.kind === 'html_502') {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1></html>');
    return { status: 502 };
  }
  // A hanging request is held open until the caller gives up or the server stops.
  if (fault.kind === 'cut_before') response.destroy();
  return fault.kind === 'cut_before' || fault.kind === 'hang' ? { status: null } : null;
}

function turnAway(fault: Extract<Fault, { kind: 'rate_limited' }>, response: ServerResponse): { status: number } {
  const reset = String(fault.resetSeconds ?? 1);
  const headers = { 'ratelimit-limit': '960', 'ratelimit-remaining': '0', 'ratelimit-reset': reset };
  if (fault.bare === true) send(response, 429, {}, undefined);
  else send(response, 429, headers, { error: { message: 'Rate Limit Exceeded', code: 2020 } });
  return { status: 429 };
}

function perform(parts: ApiServerParts, call: HttpCall): ReturnType<RestApi['answer']> {
  const event = call.method === 'POST' ? parts.events.answer(call.path, call.body, parts.world.now()) : undefined;
  return event === undefined ? parts.rest.answer(call) : { ...event, headers: {} };
}

function send(response: ServerResponse, status: number, headers: Record<string, string>, body: unknown): void {
  if (body === undefined) response.writeHead(status, headers).end();
  else response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

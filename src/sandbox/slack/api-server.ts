import type { IncomingMessage, ServerResponse } from 'node:http';
import { ApiFailure, requireScope } from './api-call.ts';
import type { Call, Method } from './api-call.ts';
import type { FaultBoard, MethodFault } from './faults.ts';
import { readBody } from './http-body.ts';
import type { ApiCall, Fields } from './model.ts';
import type { RateLimits } from './rate-limits.ts';
import { appendKept } from './recording.ts';
import type { Triggers } from './triggers.ts';
import { isFields, parseJson, present, textOf } from './values.ts';
import type { Workspace } from './workspace.ts';

export interface ApiServer {
  handle(request: IncomingMessage, response: ServerResponse, method: string): Promise<void>;
  readonly log: readonly ApiCall[];
}

export interface ApiParts {
  workspace: Workspace;
  triggers: Triggers;
  faults: FaultBoard;
  limits: RateLimits | undefined;
  methods: ReadonlyMap<string, Method>;
}

interface Answer {
  status: number;
  body: Fields | string;
  headers?: Record<string, string>;
  applied: boolean;
}

/** The Web API: token, scope, limit and method in Slack's order, with the planned faults around it. */
export function createApiServer(parts: ApiParts): ApiServer {
  const log: ApiCall[] = [];
  let count = 0;

  async function handle(request: IncomingMessage, response: ServerResponse, method: string): Promise<void> {
    const { args, token } = await decode(request);
    const begun = performance.now();
    count += 1;
    const record: ApiCall = {
      number: count,
      atMs: parts.workspace.now(),
      method,
      args,
      status: 0,
      ok: false,
      error: undefined,
      applied: false,
      fault: undefined,
      tookMs: 0,
    };
    appendKept(log, record);
    const answer = await play(parts, { method, args, token }, record);
    record.tookMs = Math.round(performance.now() - begun);
    parts.workspace.changed();
    if (answer === 'reset') return void request.socket.destroy();
    record.status = answer.status;
    write(response, parts, answer);
  }
  return { handle, log };
}

interface Incoming {
  method: string;
  args: Fields;
  token: string | undefined;
}

async function play(parts: ApiParts, incoming: Incoming, record: ApiCall): Promise<Answer | 'reset'> {
  const met = parts.faults.forCall(incoming.method, incoming.args);
  if (met.length > 0) record.fault = met.map((fault) => fault.kind).join('+');
  for (const fault of met)
    if (fault.kind === 'delay') await new Promise((resolve) => void setTimeout(resolve, fault.delayMs));
  const spoiling = met.find((fault) => fault.kind !== 'delay');
  const applies = spoiling === undefined || ('applied' in spoiling && spoiling.applied);
  const real = applies ? perform(parts, incoming) : undefined;
  record.applied = real?.applied ?? false;
  const answer = spoiling === undefined ? real : spoiled(spoiling);
  if (answer === undefined || answer === 'reset') return 'reset';
  record.ok = isFields(answer.body) && answer.body['ok'] === true;
  record.error = isFields(answer.body) ? textOf(answer.body['error']) : undefined;
  return answer;
}

function spoiled(fault: MethodFault): Answer | 'reset' {
  const base = { applied: false };
  switch (fault.kind) {
    case 'rate_limited':
      return rateLimited(fault.retryAfterSeconds);
    case 'http_error':
      return { ...base, status: fault.status, body: 'upstream error' };
    case 'html':
      return { ...base, status: 200, body: '<!DOCTYPE html><html><body>Service temporarily unavailable</body></html>' };
    case 'error':
      return { ...base, status: 200, body: { ok: false, error: fault.error } };
    case 'delay':
    case 'reset':
      return 'reset';
  }
}

function rateLimited(seconds: number): Answer {
  return {
    status: 429,
    body: { ok: false, error: 'ratelimited' },
    headers: { 'retry-after': String(seconds) },
    applied: false,
  };
}

function perform(parts: ApiParts, { method, args, token }: Incoming): Answer {
  const known = parts.methods.get(method);
  if (known === undefined) return failed('unknown_method', { req_method: method });
  const refused = tokenError(parts.workspace, known, token);
  if (refused !== undefined) return failed(refused);
  const call: Call = { method, args, workspace: parts.workspace, triggers: parts.triggers };
  try {
    const scopes = typeof known.scopes === 'function' ? known.scopes(call) : (known.scopes ?? []);
    requireScope(call, scopes);
    const wait = parts.limits?.refuse(method, textOf(args['channel']));
    if (wait !== undefined) return rateLimited(wait);
    return { status: 200, body: { ok: true, ...present(known.run(call)) }, applied: true };
  } catch (error) {
    if (error instanceof ApiFailure) return failed(error.code, error.details);
    throw error;
  }
}

function failed(error: string, details: Fields = {}): Answer {
  return { status: 200, body: { ok: false, error, ...details }, applied: false };
}

function tokenError({ app }: Workspace, method: Method, token: string | undefined): string | undefined {
  const wanted = method.token ?? 'bot';
  if (wanted === 'none') return undefined;
  if (token === undefined || token === '') return 'not_authed';
  if (token !== app.botToken && token !== app.appToken) return 'invalid_auth';
  if (!app.installed) return 'account_inactive';
  if (wanted === 'any') return undefined;
  return (token === app.appToken) === (wanted === 'app') ? undefined : 'not_allowed_token_type';
}

async function decode(request: IncomingMessage): Promise<{ args: Fields; token: string | undefined }> {
  const body = await readBody(request);
  const type = request.headers['content-type'] ?? '';
  const query = request.url?.split('?')[1];
  const fromQuery = query === undefined ? {} : Object.fromEntries(new URLSearchParams(query));
  const fromBody = type.includes('json')
    ? parseJson(body.toString())
    : Object.fromEntries(new URLSearchParams(body.toString()));
  const { token, ...args } = { ...fromQuery, ...(isFields(fromBody) ? fromBody : {}) };
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return { args, token: bearer ?? textOf(token) };
}

function write(response: ServerResponse, { workspace }: ApiParts, answer: Answer): void {
  const json = typeof answer.body !== 'string';
  const body = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    'content-type': json ? 'application/json; charset=utf-8' : 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'x-oauth-scopes': [...workspace.app.scopes].join(','),
    ...answer.headers,
  });
  response.end(body);
}

import { Agent } from 'node:https';
import { api, event } from '@pagerduty/pdjs';
import { z } from 'zod';
import type { EpochMs } from '../oncall/time.ts';
import { minuteMs, secondMs } from '../oncall/time.ts';
import { done, failed, type PagerDutyError, type PagerDutyResult } from './client-result.ts';

/** One REST call. `answer` parses the JSON that a 2xx carried (undefined when it had no body). */
export interface RestCall<T> {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Record<string, string | string[]>;
  body?: object;
  /** E-mail address of the PagerDuty user who does it; incident writes with an account key need one. */
  from?: string | undefined;
  answer: z.ZodType<T>;
}

export interface Transport {
  rest<T>(call: RestCall<T>): Promise<PagerDutyResult<T>>;
  /** Events API v2, keyed and therefore safe to repeat. */
  event(body: object): Promise<PagerDutyResult<{ dedupKey: string }>>;
}

export interface TransportOptions {
  token: string;
  /** Host, with a port where needed: `api.pagerduty.com`, `api.eu.pagerduty.com`. */
  apiServer: string;
  eventsServer: string;
  now: () => EpochMs;
  /** For a certificate authority or a proxy of one's own; absent: one kept-alive agent. */
  agent?: Agent;
  /** Patience with one request; PagerDuty answers in well under a second or not at all. */
  timeoutMs?: number;
  /** Pause between the four requests that pdjs makes of a 429 before it hands it over. */
  retryTimeoutMs?: number;
}

interface HttpAnswer {
  status: number;
  data: unknown;
  header: (name: string) => string | null;
}

/**
 * Connections that are kept, without a limit on how many are open: where requests wait for a socket, Node hands a freed one
 * over so soon that node-fetch, below pdjs, takes a complete chunked answer for one that broke off.
 */
export function keptAliveAgent(ca?: string): Agent {
  return new Agent({ keepAlive: true, maxFreeSockets: 8, ...(ca === undefined ? {} : { ca }) });
}

/**
 * A thin, predictable transport over pdjs, which by itself resolves on 4xx and 5xx, rejects with a Response on an empty
 * body, has a `requestTimeout` that does nothing but keep the process alive, and drops default headers when a call has its
 * own. One retry rule remains with pdjs: 429 three times, `retryTimeoutMs` apart. Every other repetition is the outbox's.
 */
export function createTransport(options: TransportOptions): Transport {
  const { token, apiServer, eventsServer, now, timeoutMs = 8 * secondMs, retryTimeoutMs = secondMs / 2 } = options;
  const agent = options.agent ?? keptAliveAgent();
  let closedUntil: EpochMs = 0;

  // `agent` is node-fetch's own option, which pdjs passes on but does not declare.
  const settings = () => ({
    agent,
    requestTimeout: 0,
    timeout: timeoutMs,
    retryTimeout: retryTimeoutMs,
    signal: AbortSignal.timeout(2 * timeoutMs),
  });

  async function rest<T>(call: RestCall<T>): Promise<PagerDutyResult<T>> {
    // Asking while the limit is known to be used up would only make the lock-out longer.
    if (closedUntil > now()) return failed({ kind: 'rate_limited', retryAfterMs: closedUntil - now() });
    const writes = call.method !== 'GET';
    const sent = await answerOf(() =>
      api({
        ...settings(),
        method: call.method,
        endpoint: call.path,
        token,
        server: apiServer,
        ...(call.query === undefined ? {} : { queryParameters: call.query }),
        ...(call.body === undefined ? {} : { data: call.body }),
        ...(call.from === undefined ? {} : { headers: { From: call.from } }),
      }),
    );
    if ('kind' in sent) return failed({ ...sent, unknownOutcome: sent.unknownOutcome && writes });
    const pauseMs = rateLimitPauseMs(sent);
    if (pauseMs > 0) closedUntil = now() + pauseMs;
    return understand(sent, call.answer, writes);
  }

  async function sendEvent(body: object): Promise<PagerDutyResult<{ dedupKey: string }>> {
    const parameters = { ...settings(), server: eventsServer, data: eventBody.parse(body) };
    const sent = await answerOf(() => event(parameters));
    if ('kind' in sent) return failed(sent);
    return understand(sent, eventAnswer, true);
  }

  return { rest, event: sendEvent };
}

// pdjs declares narrower bodies than the Events API takes (no acknowledge without payload, no client), so the check here is
// only that it is an event at all; the caller's types say the rest.
const eventBody = z.custom<Parameters<typeof event>[0]['data']>(
  (value) => typeof value === 'object' && value !== null && 'routing_key' in value && 'event_action' in value,
);
const eventAnswer = z.object({ dedup_key: z.string() }).transform((answer) => ({ dedupKey: answer.dedup_key }));

type Unavailable = Extract<PagerDutyError, { kind: 'unavailable' }>;

/** pdjs resolves or rejects with a Response, or rejects with a network error; both come out as values here. */
async function answerOf(send: () => Promise<unknown>): Promise<HttpAnswer | Unavailable> {
  let response: unknown;
  try {
    response = await send();
  } catch (error) {
    response = error;
  }
  const parsed = responseShape.safeParse(response);
  if (!parsed.success) return networkFailure(response);
  const { status, data, headers } = parsed.data;
  return { status, data, header: (name) => headers.get(name) };
}

const responseShape = z.object({
  status: z.number(),
  data: z.unknown().optional(),
  headers: z.custom<{ get(name: string): string | null }>(
    (value) => typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function',
  ),
});

const errorShape = z.object({ code: z.string().optional(), type: z.string().optional(), name: z.string().optional() });

/** Failures before the first byte of the request can leave: PagerDuty cannot have done anything. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EPROTO']);
const badCertificate = /CERT|UNABLE_TO_|ERR_TLS/;

function networkFailure(error: unknown): Unavailable {
  const parsed = errorShape.safeParse(error);
  const reason = (parsed.success ? (parsed.data.code ?? parsed.data.type ?? parsed.data.name) : undefined) ?? 'unknown';
  return { kind: 'unavailable', unknownOutcome: !neverSent.has(reason) && !badCertificate.test(reason), reason };
}

function understand<T>(answer: HttpAnswer, schema: z.ZodType<T>, writes: boolean): PagerDutyResult<T> {
  const { status } = answer;
  if (status === 429) return failed({ kind: 'rate_limited', retryAfterMs: rateLimitPauseMs(answer) });
  // 408 is PagerDuty's own "try again"; like a 5xx it does not say whether the change was made.
  if (status === 408 || status >= 500) {
    return failed({ kind: 'unavailable', unknownOutcome: writes, reason: `HTTP ${status}` });
  }
  if (status < 200 || status >= 300) return failed(refusal(answer));
  const parsed = schema.safeParse(answer.data);
  if (parsed.success) return done(parsed.data);
  const place = parsed.error.issues[0]?.path.join('.') ?? '';
  return failed({ kind: 'unavailable', unknownOutcome: writes, reason: `unreadable answer at "${place}"` });
}

const errorBody = z.object({
  error: z.object({
    message: z.string().catch(''),
    code: z.number().nullable().catch(null),
    errors: z.array(z.string()).catch([]),
  }),
});

function refusal(answer: HttpAnswer): PagerDutyError {
  const parsed = errorBody.safeParse(answer.data);
  if (!parsed.success) return { kind: 'refused', status: answer.status, code: null, message: `HTTP ${answer.status}` };
  const { message, code, errors } = parsed.data.error;
  return { kind: 'refused', status: answer.status, code, message: [message, ...errors].join('; ').slice(0, 500) };
}

/** How long to ask nothing more: until `ratelimit-reset` when the limit is used up, else not at all. */
function rateLimitPauseMs(answer: HttpAnswer): number {
  const limited = answer.status === 429;
  if (!limited && answer.header('ratelimit-remaining') !== '0') return 0;
  const resetSeconds = Number(answer.header('ratelimit-reset') ?? Number.NaN);
  // The front sometimes sends a 429 without any header; a minute is the window that PagerDuty counts in.
  const pauseMs = Number.isFinite(resetSeconds) ? resetSeconds * secondMs : limited ? minuteMs / 2 : 0;
  return Math.min(Math.max(pauseMs, limited ? secondMs : 0), minuteMs);
}

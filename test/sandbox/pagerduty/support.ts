import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import { hourMs, minuteMs, type EpochMs } from '../../../src/oncall/time.ts';
import { startLocalPagerDuty, type LocalPagerDutyOptions } from '../../../src/sandbox/pagerduty/local-pagerduty.ts';
import type { AccountSeed, WebhookSeed } from '../../../src/sandbox/pagerduty/seed.ts';

export const start: EpochMs = Date.UTC(2026, 10, 22, 7, 0, 0);
export const accountToken = 'account-token';
export const noaToken = 'noa-token';
export const webhookSecret = 'a secret/that+looks=like base64==';

/** Noa and Omer alternate daily from `start` on; Dana is second; the night policy has nobody on call at all. */
export function account(): AccountSeed {
  const dayMs = 24 * hourMs;
  return {
    apiTokens: [accountToken, { token: noaToken, kind: 'user', userId: 'PNOA' }],
    users: [
      { id: 'PNOA', name: 'Noa Levi', email: 'noa@example.com' },
      { id: 'POMER', name: 'Omer Bar', email: 'omer@example.com' },
      { id: 'PDANA', name: 'Dana Gal', email: 'dana@example.com' },
      { id: 'PWATCH', name: 'Wanda Watch', email: 'wanda@example.com', role: 'observer' },
    ],
    schedules: [
      { id: 'SMAIN', name: 'Payments', rotations: [{ start, turnMs: dayMs, userIds: ['PNOA', 'POMER'] }] },
      { id: 'SFUTURE', name: 'Not yet', rotations: [{ start: start + 365 * dayMs, turnMs: dayMs, userIds: ['PNOA'] }] },
      {
        id: 'SSHIFTS',
        name: 'Shifts',
        system: 'shifts',
        rotations: [
          { id: 'RONE', start, turnMs: dayMs, userIds: ['PNOA', 'POMER'] },
          { id: 'RTWO', start, turnMs: dayMs, userIds: ['PDANA'] },
        ],
      },
    ],
    escalationPolicies: [
      {
        id: 'EMAIN',
        name: 'Payments',
        loops: 1,
        rules: [
          { delayMinutes: 5, targets: [{ type: 'schedule', id: 'SMAIN' }] },
          { delayMinutes: 10, targets: [{ type: 'user', id: 'PDANA' }] },
        ],
      },
      { id: 'EBACK', name: 'Fallback', rules: [{ delayMinutes: 30, targets: [{ type: 'user', id: 'PDANA' }] }] },
      { id: 'ENIGHT', name: 'Night', rules: [{ delayMinutes: 5, targets: [{ type: 'schedule', id: 'SFUTURE' }] }] },
      { id: 'ESHIFT', name: 'Shifts', rules: [{ delayMinutes: 5, targets: [{ type: 'schedule', id: 'SSHIFTS' }] }] },
    ],
    services: [
      { id: 'VPAY', name: 'Checkout', escalationPolicyId: 'EMAIN', acknowledgementTimeoutSeconds: 1800 },
      { id: 'VNIGHT', name: 'Night', escalationPolicyId: 'ENIGHT' },
      { id: 'VOFF', name: 'Off', escalationPolicyId: 'EMAIN', status: 'disabled' },
    ],
  };
}

export function movableClock() {
  let at = start;
  return {
    now: () => at,
    advance: (ms: number) => {
      at += ms;
    },
  };
}

/** A local PagerDuty whose time only the test moves; closed when the test ends. */
export async function local(options: Partial<LocalPagerDutyOptions> = {}) {
  const clock = movableClock();
  const pagerDuty = await startLocalPagerDuty({
    now: clock.now,
    account: account(),
    ...options,
    timing: { tickEveryMs: 0, ...options.timing },
  });
  onTestFinished(() => pagerDuty.close());
  const agent = new Agent({ ca: pagerDuty.caPem });
  onTestFinished(() => agent.destroy());
  const advance = (ms: number) => {
    clock.advance(ms);
    pagerDuty.tick();
  };
  return { pagerDuty, agent, clock, advance, call: callerOf(pagerDuty.server, agent) };
}

export interface Answer {
  status: number;
  headers: IncomingMessage['headers'];
  text: string;
  /** Undefined when the answer had no body, or one that is no JSON. */
  json: unknown;
}

export interface CallOptions {
  body?: unknown;
  from?: string;
  token?: string;
  headers?: Record<string, string>;
}

function callerOf(server: string, agent: Agent) {
  const [hostname, port] = server.split(':');
  return (method: string, path: string, options: CallOptions = {}) =>
    new Promise<Answer>((resolve, reject) => {
      const body = options.body === undefined ? undefined : JSON.stringify(options.body);
      const headers = {
        authorization: `Token token=${options.token ?? accountToken}`,
        accept: 'application/vnd.pagerduty+json;version=2',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(options.from === undefined ? {} : { from: options.from }),
        ...options.headers,
      };
      const sent = httpsRequest({ hostname, port, path, method, headers, agent }, (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => {
          const isJson = response.headers['content-type']?.includes('json') === true;
          const json: unknown = isJson ? JSON.parse(text) : undefined;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json });
        });
        response.on('error', reject);
      });
      sent.on('error', reject);
      sent.end(body);
    });
}

export interface Delivery {
  headers: IncomingMessage['headers'];
  body: Buffer;
  event: unknown;
}

/** A receiver of webhooks over a real socket that answers as told: with the status of the next in line, else 202. */
export async function receiver() {
  const deliveries: Delivery[] = [];
  const answers: (number | 'never')[] = [];
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      deliveries.push({ headers: request.headers, body, event: at(JSON.parse(body.toString('utf8')), 'event') });
      const answer = answers.shift() ?? 202;
      if (answer !== 'never') response.writeHead(answer).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const subscription: WebhookSeed = {
    id: 'WTORAN',
    url: `http://127.0.0.1:${port}/hooks/pagerduty`,
    secret: webhookSecret,
  };
  return { deliveries, answers, subscription, types: () => deliveries.map((one) => at(one.event, 'event_type')) };
}

/** The value at a dotted path; undefined where the path ends early. */
export function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null ? new Map(Object.entries(inner)).get(key) : undefined,
      value,
    );
}

/** The value at a dotted path of the answer's JSON. */
export function read(answer: Answer, path: string): unknown {
  return at(answer.json, path);
}

/** The values at a path of each element of a list. */
export function readEach(answer: Answer, list: string, path: string): unknown[] {
  const elements = read(answer, list);
  return Array.isArray(elements) ? elements.map((element: unknown) => at(element, path)) : [];
}

export { hourMs, minuteMs };

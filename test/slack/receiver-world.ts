import { createHmac } from 'node:crypto';
import type { App } from '@slack/bolt';
import { pino } from 'pino';
import { vi } from 'vitest';
import type { HttpRequest } from '../../src/engine/http-route.ts';
import { createSlackApp, type SlackApp, type SlackTransport } from '../../src/slack/app.ts';
import { createSlackClient } from '../../src/slack/client.ts';
import { createIdentityReader } from '../../src/slack/identity.ts';
import { catalog } from './catalog.ts';
import type { ScriptedSlack } from './scripted-slack.ts';

export const now = 1_700_000_000_000;
export const signingSecret = 'a-signing-secret';

export interface Listening {
  readonly app: SlackApp;
  readonly lines: readonly string[];
}

/** A real Bolt app on Toran's receiver, with two sockets that start together, so that no test waits. */
export async function listen(
  slack: ScriptedSlack,
  register: (app: App) => void,
  options: { readonly transport?: SlackTransport; readonly commitWithinMs?: number; readonly start?: boolean } = {},
): Promise<Listening> {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const clock = { now: () => now };
  const client = createSlackClient({ token: 'xoxb-1', apiUrl: slack.apiUrl, clock, log });
  const app = createSlackApp({
    botToken: 'xoxb-1',
    apiUrl: slack.apiUrl,
    transport: options.transport ?? { kind: 'socket', appToken: 'xapp-1' },
    identity: createIdentityReader(client),
    store: { onCallFacts: () => Promise.resolve({ catalog, windows: [], overrides: [] }) },
    clock,
    log,
    random: () => 0.5,
    register,
    commitWithinMs: options.commitWithinMs ?? 2_000,
    socket: { staggerMs: 0, openWithinMs: 5_000, firstWaitMs: 10 },
  });
  if (options.start !== false) await app.start();
  return { app, lines };
}

/** Waits for a condition, never for a time. */
export function until<Value>(look: () => Value): Promise<Value> {
  return vi.waitFor(
    () => {
      const seen = look();
      if (!seen) throw new Error(`not yet: ${look.toString()}`);
      return seen;
    },
    { timeout: 8_000, interval: 5 },
  );
}

export interface Latch {
  readonly opened: Promise<void>;
  open(): void;
}

export function latch(): Latch {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

export function request(
  body: string,
  options: {
    readonly contentType?: string;
    readonly at?: number;
    readonly secret?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): HttpRequest {
  const timestamp = String(Math.floor((options.at ?? now) / 1_000));
  const signature = createHmac('sha256', options.secret ?? signingSecret)
    .update(`v0:${timestamp}:${body}`)
    .digest('hex');
  return {
    method: 'POST',
    path: '/slack/events',
    query: new URLSearchParams(),
    headers: {
      'content-type': options.contentType ?? 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
      ...options.headers,
    },
    body: Buffer.from(body),
  };
}

export function interaction(payload: unknown): HttpRequest {
  return request(new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), {
    contentType: 'application/x-www-form-urlencoded',
  });
}

export function commandRequest(fields: Readonly<Record<string, unknown>>): HttpRequest {
  const form = new URLSearchParams();
  for (const [key, value] of Object.entries(fields)) form.set(key, String(value));
  return request(form.toString(), { contentType: 'application/x-www-form-urlencoded' });
}

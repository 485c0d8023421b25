import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { z } from 'zod';

export interface ScriptedCall {
  readonly method: string;
  readonly args: Readonly<Record<string, string>>;
}

/** What the server answers: a body, also with another status and headers; `cut` closes the connection without one. */
export type Scripted =
  { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown } | 'cut';

export interface ScriptedSlack {
  readonly apiUrl: string;
  readonly calls: readonly ScriptedCall[];
  /** Frames that the app sent, oldest first. */
  readonly acknowledged: readonly { readonly id: string; readonly payload: unknown; readonly socket: number }[];
  readonly sockets: readonly WebSocket[];
  send(socket: number, frame: unknown): void;
  close(): Promise<void>;
}

export interface Script {
  /** Undefined falls back to an `ok: true` that suits the method. */
  readonly answer?: (call: ScriptedCall, earlier: number) => Scripted | undefined;
  readonly hello?: (socket: number) => boolean;
}

const frame = z.object({ envelope_id: z.string(), payload: z.unknown() });

/**
 * A server that says what a test tells it to: for what no sandbox of Slack would do, such as frames that cannot be read.
 * Real sockets, nothing else.
 */
export async function startScriptedSlack(script: Script = {}): Promise<ScriptedSlack> {
  const calls: ScriptedCall[] = [];
  const acknowledged: { id: string; payload: unknown; socket: number }[] = [];
  const sockets: WebSocket[] = [];
  const server = createServer((request, response) => {
    void readText(request).then((text) => {
      const call = {
        method: (request.url ?? '').replace('/api/', ''),
        args: Object.fromEntries(new URLSearchParams(text)),
      };
      const earlier = calls.filter(({ method }) => method === call.method).length;
      calls.push(call);
      const scripted = script.answer?.(call, earlier) ?? { body: usual(call.method, port) };
      if (scripted === 'cut') {
        request.socket.destroy();
        return;
      }
      response.writeHead(scripted.status ?? 200, { 'content-type': 'application/json', ...scripted.headers });
      response.end(typeof scripted.body === 'string' ? scripted.body : JSON.stringify(scripted.body));
    });
  });
  const hub = new WebSocketServer({ server });
  hub.on('connection', (socket) => {
    const index = sockets.push(socket) - 1;
    socket.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString('utf8') : '';
      const read = frame.safeParse(JSON.parse(text));
      if (read.success) acknowledged.push({ id: read.data.envelope_id, payload: read.data.payload, socket: index });
    });
    if (script.hello?.(index) ?? true) socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.length }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address: string | AddressInfo | null = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    calls,
    acknowledged,
    sockets,
    send: (socket, what) => sockets[socket]?.send(typeof what === 'string' ? what : JSON.stringify(what)),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.terminate();
        hub.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function usual(method: string, port: number): unknown {
  switch (method) {
    case 'auth.test':
      return { ok: true, url: 'https://acme.slack.com/', team_id: 'T1', user_id: 'UBOT', bot_id: 'BBOT' };
    case 'apps.connections.open':
      return { ok: true, url: `ws://127.0.0.1:${port}/link` };
    case 'chat.postMessage':
      return { ok: true, channel: 'C1', ts: '1700000000.000100' };
    default:
      return { ok: true };
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

export function eventEnvelope(id: string, retry = 0): unknown {
  return {
    type: 'events_api',
    envelope_id: `env-${id}-${retry}`,
    accepts_response_payload: false,
    retry_attempt: retry,
    retry_reason: retry === 0 ? '' : 'timeout',
    payload: event(id),
  };
}

export function event(id: string): Record<string, unknown> {
  return {
    type: 'event_callback',
    team_id: 'T1',
    event_id: id,
    authorizations: [{ team_id: 'T1', enterprise_id: null, user_id: 'UBOT', is_bot: true }],
    event: {
      type: 'reaction_added',
      user: 'U1',
      reaction: 'pushpin',
      item: { type: 'message', channel: 'C1', ts: '1.1' },
      event_ts: '1.2',
    },
  };
}

export function command(trigger: string): Record<string, unknown> {
  return {
    command: '/incident',
    text: 'declare Checkout is down',
    trigger_id: trigger,
    team_id: 'T1',
    channel_id: 'C1',
    user_id: 'U1',
  };
}

export function commandEnvelope(trigger: string): unknown {
  return {
    type: 'slash_commands',
    envelope_id: `env-${trigger}`,
    accepts_response_payload: true,
    payload: command(trigger),
  };
}

export function submission(trigger: string): Record<string, unknown> {
  return {
    type: 'view_submission',
    team: { id: 'T1' },
    user: { id: 'U1', team_id: 'T1' },
    trigger_id: trigger,
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: 'declare',
      blocks: [
        { type: 'section', block_id: 'words' },
        { type: 'input', block_id: 'title' },
      ],
      state: { values: {} },
    },
  };
}

export function click(trigger: string, responseUrl?: string): Record<string, unknown> {
  return {
    type: 'block_actions',
    team: { id: 'T1' },
    user: { id: 'U1', team_id: 'T1' },
    trigger_id: trigger,
    ...(responseUrl === undefined ? {} : { response_url: responseUrl }),
    actions: [{ type: 'button', action_id: 'toran_acknowledge', block_id: 'b', value: 'INC-1/p1' }],
  };
}

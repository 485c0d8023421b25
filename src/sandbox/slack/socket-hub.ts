import type { IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { RawData, WebSocket } from 'ws';
import { secondMs } from '../../oncall/time.ts';
import type { Answered, AppLink, Retry } from './delivery.ts';
import type { FaultBoard } from './faults.ts';
import type { DisconnectReason } from './local-slack.ts';
import type { DeliveryKind, Fields } from './model.ts';
import { isFields, parseJson, textOf } from './values.ts';
import type { Workspace } from './workspace.ts';

export interface SocketHub extends AppLink {
  /** A `ws:` URL that works once, as apps.connections.open answers it. */
  openUrl(): string;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  disconnect(reason: DisconnectReason): void;
  cut(): void;
  connections(): number;
  close(): Promise<void>;
}

interface Connection {
  readonly socket: WebSocket;
  /** No envelopes before `hello` nor after `disconnect`. */
  ready: boolean;
  /** Envelopes waiting for their acknowledgement, by envelope id. */
  readonly waiting: Map<string, (answered: Answered) => void>;
}

const mostConnections = 10;
const pingEveryMs = 10 * secondMs;
const warningBeforeMs = 10 * secondMs;
/** How long a connection that was told to go may stay, in real time. */
const lingerMs = 5 * secondMs;
const debugLifetimeMs = 360 * secondMs;

export interface SocketHubOptions {
  answerWithinMs: number;
  lifetimeMs: number | undefined;
}

/** Each envelope goes to one of up to ten connections, in turn. */
export function createSocketHub(workspace: Workspace, faults: FaultBoard, options: SocketHubOptions): SocketHub {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const connections = new Set<Connection>();
  let turn = 0;
  const pings = setInterval(() => {
    for (const { socket } of connections) socket.ping();
  }, pingEveryMs);
  pings.unref();

  function frame(connection: Connection, content: Fields): void {
    connection.socket.send(JSON.stringify(content));
  }

  function connected(socket: WebSocket, debugReconnects: boolean): void {
    const connection: Connection = { socket, ready: false, waiting: new Map() };
    socket.on('error', () => socket.terminate());
    if (connections.size >= mostConnections) {
      frame(connection, disconnectFrame(workspace, 'too_many_websockets', connections.size));
      return socket.close();
    }
    connections.add(connection);
    socket.on('message', (data) => acknowledged(connection, textOfFrame(data)));
    socket.on('close', () => {
      connections.delete(connection);
      for (const settle of connection.waiting.values()) settle({ ok: false, reason: 'connection_failed' });
      connection.waiting.clear();
      workspace.changed();
    });
    if (faults.forConnection().length === 0) {
      connection.ready = true;
      frame(connection, helloFrame(workspace, connections.size, options.lifetimeMs));
    }
    const lifetimeMs = debugReconnects ? debugLifetimeMs : options.lifetimeMs;
    if (lifetimeMs !== undefined) endLater(connection, workspace.now() + lifetimeMs);
    workspace.changed();
  }

  function endLater(connection: Connection, atMs: number): void {
    workspace.timers.at(atMs - warningBeforeMs, () => {
      if (connections.has(connection)) frame(connection, disconnectFrame(workspace, 'warning', connections.size));
    });
    workspace.timers.at(atMs, () => {
      if (connections.has(connection)) end(connection, 'refresh_requested');
    });
  }

  function end(connection: Connection, reason: DisconnectReason): void {
    frame(connection, disconnectFrame(workspace, reason, connections.size));
    if (reason === 'warning') return;
    connection.ready = false;
    // The client closes first; acknowledgements under way still count until then.
    setTimeout(() => connection.socket.close(1000), lingerMs).unref();
  }

  function acknowledged(connection: Connection, text: string): void {
    const answer = parseJson(text);
    if (!isFields(answer)) return;
    connection.waiting.get(textOf(answer['envelope_id']) ?? '')?.({ ok: true, body: answer['payload'] });
  }

  function send(kind: DeliveryKind, _id: string, payload: Fields, retry: Retry | undefined): Promise<Answered> {
    const open = [...connections].filter((one) => one.ready && one.socket.readyState === one.socket.OPEN);
    turn += 1;
    const connection = open[turn % open.length];
    if (connection === undefined) return Promise.resolve({ ok: false, reason: 'connection_failed', nobodyThere: true });
    const envelopeId = randomUUID();
    return new Promise<Answered>((resolve) => {
      const settle = (answered: Answered): void => {
        clearTimeout(timer);
        connection.waiting.delete(envelopeId);
        resolve(answered);
      };
      const timer = setTimeout(() => settle({ ok: false, reason: 'http_timeout' }), options.answerWithinMs);
      connection.waiting.set(envelopeId, settle);
      frame(connection, envelope(kind, envelopeId, payload, retry));
    });
  }

  return {
    send,
    openUrl() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return `${workspace.url.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${workspace.app.appId}`;
    },
    upgrade(request, socket, head) {
      const url = new URL(request.url ?? '/', workspace.url);
      if (url.pathname !== '/link/' || !tickets.delete(url.searchParams.get('ticket') ?? '')) {
        return void socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      }
      const debug = url.searchParams.get('debug_reconnects') === 'true';
      server.handleUpgrade(request, socket, head, (opened) => connected(opened, debug));
    },
    disconnect: (reason) => [...connections].forEach((connection) => end(connection, reason)),
    cut: () => [...connections].forEach(({ socket }) => socket.terminate()),
    connections: () => connections.size,
    async close() {
      clearInterval(pings);
      for (const { socket } of connections) socket.terminate();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function textOfFrame(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString();
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString();
}

function envelope(kind: DeliveryKind, envelopeId: string, payload: Fields, retry: Retry | undefined): Fields {
  const content = { envelope_id: envelopeId, payload, type: kind };
  if (kind === 'events_api') {
    return {
      ...content,
      accepts_response_payload: false,
      retry_attempt: retry?.attempt ?? 0,
      retry_reason: retryReason(retry),
    };
  }
  const answered =
    kind === 'slash_commands' || payload['type'] === 'view_submission' || payload['type'] === 'block_suggestion';
  return { ...content, accepts_response_payload: answered };
}

/** Socket Mode says `timeout` where HTTP says `http_timeout`. */
function retryReason(retry: Retry | undefined): string {
  if (retry === undefined) return '';
  return retry.reason === 'http_timeout' ? 'timeout' : retry.reason;
}

function helloFrame(workspace: Workspace, count: number, lifetimeMs: number | undefined): Fields {
  return {
    type: 'hello',
    num_connections: count,
    debug_info: {
      host: 'applink-sandbox',
      build_number: 10,
      approximate_connection_time: Math.round((lifetimeMs ?? 18_060 * secondMs) / secondMs),
    },
    connection_info: { app_id: workspace.app.appId },
  };
}

function disconnectFrame(workspace: Workspace, reason: DisconnectReason, count: number): Fields {
  return {
    type: 'disconnect',
    reason,
    num_connections: count,
    debug_info: { host: 'applink-sandbox' },
    connection_info: { app_id: workspace.app.appId },
  };
}

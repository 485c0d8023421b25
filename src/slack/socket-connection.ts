import { SocketModeClient } from '@slack/socket-mode';
import type { Logger } from 'pino';
import { z } from 'zod';
import { boltLogger } from './bolt-logger.ts';

/** One WebSocket to Slack, from `hello` to its end. */
export interface SocketConnection {
  /** Resolves when the connection is gone, for whatever reason. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

export interface Envelope {
  readonly id: string;
  readonly body: Record<string, unknown>;
  readonly retryNumber: number | undefined;
  readonly retryReason: string | undefined;
  acknowledge(payload: unknown): Promise<void>;
}

export interface ConnectionOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly log: Logger;
  /** From the request for an address to Slack's `hello`. */
  readonly openWithinMs: number;
  readonly onEnvelope: (envelope: Envelope) => void;
  /** Ends the opening at once. */
  readonly signal: AbortSignal;
}

const envelope = z.object({
  envelope_id: z.string(),
  body: z.record(z.string(), z.unknown()),
  retry_num: z.number().optional(),
  retry_reason: z.string().optional(),
});
const acknowledger = z.object({
  ack: z.custom<(payload?: unknown) => Promise<void>>((ack) => typeof ack === 'function'),
});

/** Slack did not open the connection in time. */
export class NoHello extends Error {
  override readonly name = 'NoHello';
}

/**
 * Opens one connection and rejects if that fails. The library's own reconnecting is switched off: it waits five seconds
 * before it even tries, and what fails in its timer ends the process.
 */
export async function openConnection(options: ConnectionOptions): Promise<SocketConnection> {
  const client = new SocketModeClient({
    appToken: options.appToken,
    autoReconnectEnabled: false,
    logger: boltLogger(options.log),
    clientOptions: {
      slackApiUrl: options.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
      timeout: options.openWithinMs,
    },
  });
  guardFrames(client, options.log);
  client.on('slack_event', (raw: unknown) => {
    const read = readEnvelope(raw);
    if (read === undefined) options.log.warn('socket envelope without an id or a body');
    else options.onEnvelope(read);
  });
  const closed = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
  await started(client, options);
  return { closed, close: () => client.disconnect() };
}

/** A frame that the library cannot read would otherwise become an unhandled rejection, and end the process. */
function guardFrames(client: SocketModeClient, log: Logger): void {
  const readers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (...frame: readonly unknown[]) => {
    for (const reader of readers) {
      Promise.resolve(Reflect.apply(reader, client, frame)).catch((error: unknown) =>
        log.warn({ error: error instanceof Error ? error.name : 'unknown' }, 'socket frame could not be read'),
      );
    }
  });
}

async function started(client: SocketModeClient, { openWithinMs, signal }: ConnectionOptions): Promise<void> {
  const given = new AbortController();
  const late = AbortSignal.any([signal, AbortSignal.timeout(openWithinMs)]);
  const ended = new Promise<never>((_, reject) => {
    const end = (): void => reject(new NoHello(signal.aborted ? 'stopped' : `no hello within ${openWithinMs} ms`));
    late.addEventListener('abort', end, { signal: given.signal });
  });
  const start = client.start().catch((error: unknown) => {
    // The library rejects with nothing when the socket closes before `hello`.
    throw error ?? new NoHello('the connection closed before hello');
  });
  try {
    await Promise.race([start, ended]);
  } catch (error) {
    // A start that is still under way ends by itself; should it succeed after all, it is closed again.
    client.once('connected', () => void client.disconnect());
    start.catch(() => undefined);
    void client.disconnect();
    throw error;
  } finally {
    given.abort();
  }
}

function readEnvelope(raw: unknown): Envelope | undefined {
  const parsed = envelope.safeParse(raw);
  const callable = acknowledger.safeParse(raw);
  if (!parsed.success || !callable.success) return undefined;
  const { envelope_id: id, body, retry_num: retryNumber, retry_reason: retryReason } = parsed.data;
  const { ack } = callable.data;
  return { id, body, retryNumber, retryReason, acknowledge: (payload) => ack(payload) };
}

import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import type { Logger } from 'pino';
import { secondMs } from '../oncall/time.ts';
import { readDelivery } from './delivery.ts';
import type { CommittingReceiver } from './receiver.ts';
import { openConnection, type ConnectionOptions, type Envelope, type SocketConnection } from './socket-connection.ts';

export interface SocketModeOptions {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly receiver: Pick<CommittingReceiver, 'receive'>;
  readonly log: Logger;
  /** Two, so that one that Slack refreshes leaves no gap. */
  readonly connections?: number;
  /** Between the starts of two connections, so that they are not refreshed together. */
  readonly staggerMs?: number;
  readonly openWithinMs?: number;
  /** After the first failure; doubles with each further one, up to half a minute. */
  readonly firstWaitMs?: number;
  /** In [0, 1): spreads reconnects of several replicas. */
  readonly random: () => number;
}

export interface SocketMode {
  /** Resolves when the first connection is open, or has failed for the first time; the others follow by themselves. */
  start(): Promise<void>;
  /** Closes all connections. What is still being handled loses its way to be acknowledged: drain before. */
  stop(): Promise<void>;
  open(): number;
  /** Why the latest attempt failed, in Slack's words; undefined once one has succeeded. */
  problem(): string | undefined;
}

const longestWaitMs = 30 * secondMs;

/** Keeps a number of Socket Mode connections open until it is stopped. */
export function createSocketMode(options: SocketModeOptions): SocketMode {
  const { log, receiver, connections = 2, staggerMs = 10 * secondMs, openWithinMs = 10 * secondMs } = options;
  const { firstWaitMs = secondMs } = options;
  const open = new Set<SocketConnection>();
  const stopping = new AbortController();
  const keepers: Promise<void>[] = [];
  let problem: string | undefined;

  const connection: ConnectionOptions = {
    appToken: options.appToken,
    apiUrl: options.apiUrl,
    log,
    openWithinMs,
    onEnvelope: (envelope) => void handle(envelope),
    signal: stopping.signal,
  };

  async function handle(envelope: Envelope): Promise<void> {
    const { number, reason } = { number: envelope.retryNumber, reason: envelope.retryReason };
    const answer = await receiver.receive(readDelivery(envelope.body, envelope.id, { number, reason }));
    if (answer.kind === 'repeat') return;
    try {
      await envelope.acknowledge(answer.payload);
    } catch {
      // The socket is gone: Slack repeats events, and the engine knows them again.
      log.warn('socket closed before an acknowledgement; slack repeats what it can');
    }
  }

  /** Opens, waits for the end, opens again. `onFirst` is told when the first attempt has succeeded or failed. */
  async function keep(index: number, onFirst: () => void): Promise<void> {
    let failures = 0;
    await pause(index * staggerMs, stopping.signal);
    while (!stopping.signal.aborted) {
      try {
        const opened = await openConnection(connection);
        open.add(opened);
        failures = 0;
        problem = undefined;
        onFirst();
        if (stopping.signal.aborted) await opened.close();
        await opened.closed;
        open.delete(opened);
        if (!stopping.signal.aborted) log.info({ connection: index }, 'socket closed, opening another');
        // Straight away, but not in a tight loop with a server that closes each at once.
        await pause(spread(firstWaitMs / 10), stopping.signal);
      } catch (error) {
        onFirst();
        if (stopping.signal.aborted) return;
        failures += 1;
        problem = words(error);
        log.error({ connection: index, problem, failures }, 'socket could not be opened, trying again');
        await pause(waitAfter(error, failures), stopping.signal);
      }
    }
  }

  function waitAfter(error: unknown, failures: number): number {
    const backoffMs = spread(Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 10)));
    return error instanceof WebAPIRateLimitedError ? Math.max(backoffMs, error.retryAfter * secondMs) : backoffMs;
  }

  function spread(ms: number): number {
    return ms * (0.8 + 0.4 * options.random());
  }

  return {
    start: () =>
      new Promise((resolve) => {
        for (let index = 0; index < connections; index += 1) {
          keepers.push(keep(index, index === 0 ? resolve : () => undefined));
        }
      }),
    async stop() {
      stopping.abort();
      await Promise.all([...open].map((one) => one.close()));
      await Promise.all(keepers);
    },
    open: () => open.size,
    problem: () => problem,
  };
}

/** Resolves after `ms`, or at once when `signal` is given. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted || ms <= 0) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end);
  });
}

function words(error: unknown): string {
  if (error instanceof WebAPIPlatformError)
    return /^[\w.:-]{1,60}$/.test(error.data.error) ? error.data.error : 'no JSON';
  return error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown';
}

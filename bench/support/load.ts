import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Traffic } from './requests.ts';
import type { Summary } from './statistics.ts';

export interface LoadPlan {
  readonly port: number;
  readonly traffic: Traffic;
  /** Number of the first request: runs that share a name must not repeat each other's ids. */
  readonly first: number;
  /** Kept-alive sockets; each has one request under way at most. */
  readonly connections: number;
  /** Requests are started on a timetable, whatever the answers do; undefined: as fast as answers come. */
  readonly ratePerSecond?: number;
  /** The run ends after so long, or after so many requests. */
  readonly until: { readonly ms: number } | { readonly requests: number };
}

export interface LoadResult {
  readonly requests: number;
  /** By `preciseNow`. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  /** In milliseconds; from when the request was due, so that waiting for a free socket counts. */
  readonly latency: Summary;
  readonly statuses: Readonly<Record<string, number>>;
}

export interface Load {
  readonly result: Promise<LoadResult>;
}

/** Runs a load in a process of its own, so that neither side's garbage collection is in the other's figures. */
export function startLoad(plan: LoadPlan): Load {
  const child = fork(join(import.meta.dirname, 'load-process.ts'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const result = new Promise<LoadResult>((resolve, reject) => {
    child.once('message', (message) => {
      // Sent by load-process.ts alone.
      resolve(message as LoadResult);
    });
    child.once('exit', (code) => reject(new Error(`the load generator ended with ${code} and without a result`)));
    child.once('error', reject);
  });
  child.send(plan);
  return { result };
}

export async function load(plan: LoadPlan): Promise<LoadResult> {
  return startLoad(plan).result;
}

/** Fails the run when anything was answered otherwise: figures of refusals are worth nothing. */
export function allAnswered(result: LoadResult, status: number): LoadResult {
  const others = Object.entries(result.statuses).filter(([code]) => code !== String(status));
  if (others.length > 0) throw new Error(`expected ${status} alone, got ${JSON.stringify(result.statuses)}`);
  return result;
}

export function rateOf({ requests, elapsedMs }: LoadResult): number {
  return (requests / elapsedMs) * 1_000;
}

/** Waits for a child's first message. */
export async function firstMessage(child: ReturnType<typeof fork>): Promise<unknown> {
  const [message]: unknown[] = await once(child, 'message');
  return message;
}

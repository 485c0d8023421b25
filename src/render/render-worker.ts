import { Worker } from 'node:worker_threads';
import type { JobAnswer, RenderJob } from './render-job.ts';

/** Runs render jobs in a thread of their own, one after the other. */
export interface RenderWorker {
  /** Never rejects: a job that takes too long, needs too much memory or throws is an answer. */
  run(job: RenderJob): Promise<WorkerAnswer>;
  /** Ends the thread; jobs that wait are answered as failed. */
  close(): Promise<void>;
}

export type WorkerAnswer =
  | Exclude<JobAnswer, { kind: 'failed' }>
  | {
      readonly kind: 'failed';
      readonly because: 'too_slow' | 'too_much' | 'error' | 'closed';
      readonly detail: string;
    };

export interface RenderWorkerOptions {
  /** A job that takes longer is ended, in milliseconds. Counts from its start, with the loading of libraries. */
  readonly longestJobMs?: number;
  /** The thread ends after so long without work, and gives its memory back. */
  readonly idleMs?: number;
  /** Heap of the thread, in MiB. */
  readonly heapMb?: number;
}

interface Waiting {
  readonly job: RenderJob;
  readonly resolve: (answer: WorkerAnswer) => void;
}

/**
 * The thread starts with the first job and ends when it is idle, so it costs a server that renders nothing nothing. It never
 * keeps the process alive by itself. A job that misbehaves ends the thread; the next one gets a new thread.
 */
export function createRenderWorker(options: RenderWorkerOptions = {}): RenderWorker {
  const { longestJobMs = 10_000, idleMs = 10_000, heapMb = 128 } = options;
  const waiting: Waiting[] = [];
  let worker: Worker | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let isBusy = false;
  let isClosed = false;
  let nextId = 1;

  function start(): Worker {
    const started = new Worker(workerAddress(import.meta.url), {
      // No secret of the process is within reach of a template.
      env: {},
      execArgv: [],
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 },
      name: 'toran-render',
    });
    // A thread that dies while idle is simply replaced; while busy, the job's own listeners answer it.
    started.on('error', () => undefined);
    started.once('exit', () => {
      if (worker === started) worker = undefined;
    });
    return started;
  }

  async function end(): Promise<void> {
    const ending = worker;
    worker = undefined;
    clearTimeout(idleTimer);
    if (ending !== undefined) await ending.terminate();
  }

  async function next(): Promise<void> {
    const task = waiting.shift();
    if (task === undefined || isBusy) {
      if (task !== undefined) waiting.unshift(task);
      return;
    }
    isBusy = true;
    clearTimeout(idleTimer);
    worker ??= start();
    const answer = await perform(worker, task.job, nextId++, longestJobMs);
    if (answer.kind === 'failed') await end();
    isBusy = false;
    task.resolve(answer);
    if (waiting.length > 0) return next();
    // The timer is no reason to keep running, either.
    idleTimer = setTimeout(() => void end(), idleMs);
    idleTimer.unref();
  }

  return {
    run(job) {
      if (isClosed) return Promise.resolve(failed('closed', 'the renderer has been closed'));
      return new Promise((resolve) => {
        waiting.push({ job, resolve });
        void next();
      });
    },
    async close() {
      isClosed = true;
      for (const task of waiting.splice(0)) task.resolve(failed('closed', 'the renderer has been closed'));
      await end();
    },
  };
}

function perform(worker: Worker, job: RenderJob, id: number, longestJobMs: number): Promise<WorkerAnswer> {
  return new Promise((resolve) => {
    const finish = (answer: WorkerAnswer): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      worker.unref();
      resolve(answer);
    };
    const onMessage = (answer: JobAnswer): void => {
      if (answer.id === id) finish(answer.kind === 'failed' ? failed('error', answer.detail) : answer);
    };
    const onError = (error: Error): void => finish(failed(isOutOfMemory(error) ? 'too_much' : 'error', error.message));
    const onExit = (): void => finish(failed('closed', 'the render thread ended'));
    const timer = setTimeout(() => finish(failed('too_slow', `no answer within ${longestJobMs} ms`)), longestJobMs);
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    // While someone waits for the answer the process stays.
    worker.ref();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage({ id, job });
  });
}

function failed(because: 'too_slow' | 'too_much' | 'error' | 'closed', detail: string): WorkerAnswer {
  return { kind: 'failed', because, detail };
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** From sources the worker is the file beside this one; in the bundle it is a bundle of its own beside it. */
function workerAddress(here: string): URL {
  return new URL(here.endsWith('.ts') ? './worker.ts' : './render-worker.mjs', here);
}

import { Worker } from 'node:worker_threads';
import type { CalendarQuestion } from '../engine/calendar-question.ts';
import type { CalendarReading } from './reading.ts';
import { mostBytes } from './reading.ts';

export type ThreadReading =
  | CalendarReading
  /** `too_slow` and `too_much`: it would have taken too long, or too much memory. `broken`: a fault of Toran's. */
  | { readonly kind: 'unusable'; readonly because: 'too_large' | 'too_slow' | 'too_much' | 'broken' };

export interface ThreadLimits {
  /** From the start of the thread, with the loading of its library. */
  readonly longestMs?: number;
  readonly heapMb?: number;
}

/**
 * `readCalendar` in a thread of its own that ends with the answer: a rule of repetition can keep the library busy for ever,
 * and a calendar is written by strangers. Never rejects.
 */
export function readInThread(
  bytes: Uint8Array,
  question: CalendarQuestion,
  { longestMs = 10_000, heapMb = 192 }: ThreadLimits = {},
): Promise<ThreadReading> {
  if (bytes.length > mostBytes) return Promise.resolve({ kind: 'unusable', because: 'too_large' });
  return new Promise((resolve) => {
    const worker = new Worker(workerAddress(import.meta.url), {
      // No secret of the process is within reach of a calendar.
      env: {},
      execArgv: [],
      stdin: false,
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
      name: 'toran-calendar',
    });
    const finish = (reading: ThreadReading): void => {
      clearTimeout(timer);
      worker.removeAllListeners('exit');
      void worker.terminate().then(() => resolve(reading));
    };
    const timer = setTimeout(() => finish({ kind: 'unusable', because: 'too_slow' }), longestMs);
    worker.once('message', (reading: CalendarReading) => finish(reading));
    worker.once('error', (error) =>
      finish({ kind: 'unusable', because: isOutOfMemory(error) ? 'too_much' : 'broken' }),
    );
    worker.once('exit', () => finish({ kind: 'unusable', because: 'broken' }));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage({ bytes, question });
  });
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** From sources the worker is the file beside this one; in the bundle it is a bundle of its own beside it. */
function workerAddress(here: string): URL {
  return new URL(here.endsWith('.ts') ? './worker.ts' : './calendar-worker.mjs', here);
}

import type { EpochMs } from '../../oncall/time.ts';
import type { Schedule } from './options.ts';

export interface Timers {
  at: Schedule;
  /** Runs everything that `now` has made due, oldest first. */
  tick(): void;
  close(): void;
}

interface Entry {
  atMs: EpochMs;
  run: () => void;
}

/** No real timer sleeps longer, so that a clock moved by someone else is noticed soon even without `tick()`. */
const longestSleepMs = 1_000;

/**
 * Work due at instants of a clock that may be moved. With `outside`, someone else's scheduler does the waiting and
 * `tick` has nothing to do.
 */
export function createTimers(now: () => EpochMs, outside?: Schedule): Timers {
  const entries = new Set<Entry>();
  let sleeping: NodeJS.Timeout | undefined;
  let wakeAtMs: EpochMs = Infinity;
  let closed = false;

  function tick(): void {
    clearTimeout(sleeping);
    sleeping = undefined;
    const due = [...entries].filter((entry) => entry.atMs <= now()).sort((a, b) => a.atMs - b.atMs);
    for (const entry of due) if (entries.delete(entry)) entry.run();
    let earliestMs = Infinity;
    for (const entry of entries) earliestMs = Math.min(earliestMs, entry.atMs);
    sleepUntil(earliestMs);
  }

  /** Wakes at the earlier of what was planned and `atMs`. */
  function sleepUntil(atMs: EpochMs): void {
    if (closed || atMs === Infinity || (sleeping !== undefined && wakeAtMs <= atMs)) return;
    clearTimeout(sleeping);
    wakeAtMs = atMs;
    sleeping = setTimeout(tick, Math.min(Math.max(atMs - now(), 0), longestSleepMs));
    sleeping.unref();
  }

  function at(atMs: EpochMs, run: () => void): () => void {
    if (closed) return () => undefined;
    if (outside !== undefined) return outside(atMs, run);
    const entry: Entry = { atMs, run };
    entries.add(entry);
    sleepUntil(atMs);
    return () => void entries.delete(entry);
  }

  function close(): void {
    closed = true;
    entries.clear();
    clearTimeout(sleeping);
  }
  return { at, tick, close };
}

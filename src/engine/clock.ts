import type { EpochMs } from '../oncall/time.ts';
import type { Clock } from './ports.ts';

/** The clock of a process that serves: the host's, corrected by what the database says the time is. */
export interface ServerClock extends Clock {
  /** Called with the database's time; returns how far the host was off before, in milliseconds. */
  follow(databaseNow: EpochMs, hostNow: EpochMs): number;
}

export function createServerClock(hostNow: () => EpochMs): ServerClock {
  let offsetMs = 0;
  return {
    now: () => hostNow() + offsetMs,
    follow(databaseNow, measuredAt) {
      offsetMs = databaseNow - measuredAt;
      return offsetMs;
    },
  };
}

/** A clock that runs with the host's and can be put forward: for the sandbox and for tests that live through days. */
export interface MovableClock extends Clock {
  advance(byMs: number): void;
  /** Called after every move; returns how to stop. */
  onMove(listener: () => void): () => void;
}

/** `hostNow` may stand still (a constant): then time passes only by `advance`. */
export function createMovableClock(hostNow: () => EpochMs): MovableClock {
  let offsetMs = 0;
  const listeners = new Set<() => void>();
  return {
    now: () => hostNow() + offsetMs,
    advance(byMs) {
      offsetMs += byMs;
      for (const listener of listeners) listener();
    },
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

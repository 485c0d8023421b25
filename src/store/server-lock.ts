import Database from 'better-sqlite3';
import { StoreUnavailable } from './store-unavailable.ts';

/** How long a start waits for another process that is just about to go, or to finish its migrations. */
const patienceMs = 2_000;

/**
 * Held by the one server of a SQLite file: an exclusive transaction on a file beside it, which the operating system
 * releases when the process ends in whatever way. Returns how to release it.
 */
export function acquireServerLock(file: string): () => void {
  const lock = new Database(`${file}.lock`, { timeout: patienceMs });
  try {
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    if (!(cause instanceof Database.SqliteError) || cause.code !== 'SQLITE_BUSY') throw cause;
    throw new StoreUnavailable(
      `${file} is in use by another Toran server. Stop that one first, or use PostgreSQL to run several.`,
      { cause },
    );
  }
  return () => lock.close();
}

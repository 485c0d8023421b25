import { existsSync } from 'node:fs';
import Client from 'better-sqlite3';
import { isPostgres, sqliteFile } from './address.ts';
import { StoreUnavailable } from './store-unavailable.ts';

export interface BackupProgress {
  readonly copiedPages: number;
  readonly totalPages: number;
}

const pagesAtOnce = 500;

/**
 * Copies a SQLite database while its server goes on: what was committed when the copy ends is in it. The copy is checked
 * before this resolves. Throws `StoreUnavailable` when there is nothing to copy, when the target exists, or for a database
 * that has a tool of its own.
 */
export async function backUp(
  url: string,
  target: string,
  onProgress: (progress: BackupProgress) => void,
): Promise<void> {
  if (isPostgres(url))
    throw new StoreUnavailable(
      'DATABASE_URL is a PostgreSQL database; back it up with: pg_dump --format=custom --file=toran.dump "$DATABASE_URL"',
    );
  const file = sqliteFile(url);
  if (file === ':memory:' || !existsSync(file))
    throw new StoreUnavailable(`${file} does not exist; check DATABASE_URL`);
  if (existsSync(target)) throw new StoreUnavailable(`${target} exists already; name a file that does not`);
  const client = new Client(file, { readonly: true, fileMustExist: true });
  try {
    await client.backup(target, {
      progress({ totalPages, remainingPages }) {
        onProgress({ copiedPages: totalPages - remainingPages, totalPages });
        return pagesAtOnce;
      },
    });
  } finally {
    client.close();
  }
  requireWhole(target);
}

/** Throws `StoreUnavailable` unless the file is a whole database of Toran. */
export function requireWhole(file: string): void {
  if (!existsSync(file)) throw new StoreUnavailable(`${file} does not exist; check the path`);
  let client: Client.Database | undefined;
  try {
    client = new Client(file, { readonly: true, fileMustExist: true });
    const verdict: unknown = client.pragma('integrity_check', { simple: true });
    const isToran = client.prepare(`select 1 from sqlite_master where name = 'streams'`).get() !== undefined;
    if (!isToran) throw new StoreUnavailable(`${file} is no database of Toran`);
    if (verdict !== 'ok') throw new StoreUnavailable(`${file} is damaged: ${String(verdict).split('\n')[0]}`);
  } catch (cause) {
    if (cause instanceof StoreUnavailable) throw cause;
    throw new StoreUnavailable(`${file} is no database: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    });
  } finally {
    client?.close();
  }
}

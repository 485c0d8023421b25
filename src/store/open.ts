import { fileURLToPath } from 'node:url';
import type { Store } from '../engine/ports.ts';
import type { Database } from './database.ts';
import { freeLeases } from './outbox.ts';
import { createStore } from './store.ts';
import { StoreUnavailable } from './store-unavailable.ts';

export interface OpenOptions {
  /** A `server` is alone on its SQLite file; a `tool` reads and writes beside it. */
  readonly role: 'server' | 'tool';
  /** Folder that holds `sqlite/` and `postgres/`; found beside the program when left out. */
  readonly migrations?: string;
  /** Connections to PostgreSQL. */
  readonly poolSize?: number;
}

/**
 * Opens the database behind DATABASE_URL (`file:data/toran.db`, `:memory:` or `postgres://…`), creating and migrating it
 * where needed. Throws `StoreUnavailable`, with one line for whoever started Toran, when it cannot be used.
 */
export async function openStore(url: string, options: OpenOptions): Promise<Store> {
  const database = await openDatabase(url, options);
  // Whoever had effects in hand on this file is dead: the lock of the server that opens it says so.
  if (options.role === 'server' && !isPostgres(url)) await freeLeases(database);
  return createStore(database);
}

export async function openDatabase(url: string, { role, migrations, poolSize }: OpenOptions): Promise<Database> {
  // Each dialect is loaded only where it is used: drizzle is large.
  if (isPostgres(url)) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(url, { migrations, poolSize });
  }
  const { openSqlite } = await import('./sqlite.ts');
  return openSqlite(sqliteFile(url), { role, migrations });
}

function isPostgres(url: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(url);
}

function sqliteFile(url: string): string {
  if (url === ':memory:' || url === 'file::memory:') return ':memory:';
  if (url.startsWith('file://')) return fileURLToPath(url);
  if (url.startsWith('file:') && url.length > 'file:'.length) return url.slice('file:'.length);
  const scheme = /^[a-z]+:/i.exec(url)?.[0] ?? 'nothing known';
  throw new StoreUnavailable(
    `The database address begins with ${scheme}: use file:PATH for SQLite or postgres://USER@HOST/NAME for PostgreSQL.`,
  );
}

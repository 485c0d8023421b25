import type { Store } from '../engine/ports.ts';
import { isPostgres, sqliteFile } from './address.ts';
import type { Database } from './database.ts';
import { requireFilled } from './filling.ts';
import { freeLeases } from './outbox.ts';
import { createStore } from './store.ts';

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
  await requireFilled(database).catch(async (cause: unknown) => {
    await database.close();
    throw cause;
  });
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

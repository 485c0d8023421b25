import { chmodSync, existsSync } from 'node:fs';
import type { PrivateStore } from '../../engine/private-ports.ts';
import { isPostgres, sqliteFile } from '../address.ts';
import type { Database } from '../database.ts';
import { createPrivateStore } from './private-store.ts';
import { createSealer } from './sealing.ts';
import type { PrivateTables } from './tables.ts';

export interface PrivateOptions {
  /** The first seals, all open; never empty. */
  readonly secrets: readonly string[];
  readonly migrations?: string;
}

/** Where the tables lie on PostgreSQL, whatever the database. */
export const privateSchema = 'toran_private';

/**
 * Opens the database of what is private, creating and migrating it where needed. Throws `StoreUnavailable`, with one line
 * for whoever started Toran, when it cannot be used.
 */
export async function openPrivateStore(url: string, { secrets, migrations }: PrivateOptions): Promise<PrivateStore> {
  return createPrivateStore(await openPrivateDatabase(url, migrations), createSealer(secrets));
}

export async function openPrivateDatabase(url: string, migrations?: string): Promise<Database<PrivateTables>> {
  if (isPostgres(url)) {
    const { openPostgresOf } = await import('../postgres.ts');
    const { privatePostgresTables: tables } = await import('./tables.postgres.ts');
    const schema = { tables, migrations: 'private-postgres', schema: privateSchema } as const;
    return openPostgresOf(schema, url, { migrations, poolSize: 2 });
  }
  const { openSqliteOf } = await import('../sqlite.ts');
  const { privateSqliteTables: tables } = await import('./tables.sqlite.ts');
  const file = sqliteFile(url);
  // No write-ahead log, in which what was deleted would live on for a while.
  const schema = { tables, migrations: 'private-sqlite', journal: 'DELETE', overwritesDeleted: true } as const;
  const database = openSqliteOf(schema, file, { role: 'tool', migrations });
  if (existsSync(file)) chmodSync(file, 0o600);
  return database;
}

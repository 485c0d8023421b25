import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Client from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { drizzle, type BetterSQLite3Database } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Database, Preparable, Refused, Schema, Statement, Unit, Values, Verbs } from './database.ts';
import { groupCommit } from './group-commit.ts';
import { migrationsFolder, newestMigration } from './migrations.ts';
import { acquireServerLock } from './server-lock.ts';
import { StoreUnavailable } from './store-unavailable.ts';
import { sqliteTables } from './tables.sqlite.ts';
import type { Tables } from './tables.ts';

export interface SqliteOptions {
  readonly role: 'server' | 'tool';
  readonly migrations: string | undefined;
}

const inMemory = ':memory:';
/** A tool beside a server waits for the server's transactions, which are short, and the other way round. */
const busyTimeoutMs = 5_000;

export interface SqliteSchema<Has> extends Schema<Has> {
  readonly journal: 'WAL' | 'DELETE';
  /** What is deleted is overwritten, wherever it lay. */
  readonly overwritesDeleted: boolean;
}

const mainSchema: SqliteSchema<Tables> = {
  tables: sqliteTables,
  migrations: 'sqlite',
  journal: 'WAL',
  overwritesDeleted: false,
};

export function openSqlite(file: string, options: SqliteOptions): Database {
  return openSqliteOf(mainSchema, file, options);
}

export function openSqliteOf<Has>(schema: SqliteSchema<Has>, file: string, options: SqliteOptions): Database<Has> {
  let client: Client.Database | undefined;
  let release: () => void = () => undefined;
  try {
    // One level: a deeper path that is not there is rather mistyped.
    if (file !== inMemory && !existsSync(dirname(file))) mkdirSync(dirname(file));
    if (file !== inMemory && options.role === 'server') release = acquireServerLock(file);
    client = connect(file, schema);
    const db = drizzle(client);
    migrateUp(client, db, file, { ...options, folder: migrationsFolder(schema.migrations, options.migrations) });
    return database(client, db, release, schema.tables);
  } catch (error) {
    client?.close();
    release();
    if (error instanceof StoreUnavailable) throw error;
    throw new StoreUnavailable(`${file} cannot be used as a database: ${messageOf(error)}`, { cause: error });
  }
}

function connect(file: string, schema: SqliteSchema<unknown>): Client.Database {
  const client = new Client(file, { timeout: busyTimeoutMs });
  client.pragma(`journal_mode = ${schema.journal}`);
  if (schema.overwritesDeleted) client.pragma('secure_delete = ON');
  // The default in WAL mode may lose the last commits when the power fails.
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  return client;
}

/** A tool may be first, but never changes the tables under a running server. */
function migrateUp(
  client: Client.Database,
  db: BetterSQLite3Database,
  file: string,
  { role, folder }: { readonly role: SqliteOptions['role']; readonly folder: string },
): void {
  if (appliedMigration(client) >= newestMigration(folder)) return;
  const release = role === 'tool' && file !== inMemory ? acquireServerLock(file) : () => undefined;
  try {
    migrate(db, { migrationsFolder: folder });
  } finally {
    release();
  }
}

function appliedMigration(client: Client.Database): number {
  const table = client.prepare(`select 1 from sqlite_master where name = '__drizzle_migrations'`).get();
  if (table === undefined) return 0;
  return Number(client.prepare('select max(created_at) from __drizzle_migrations').pluck().get());
}

function database<Has>(
  client: Client.Database,
  db: BetterSQLite3Database,
  release: () => void,
  tables: Has,
): Database<Has> {
  let prepared = 0;
  const inSavepoint = client.transaction((unit: Unit) => {
    for (const { statement, values } of unit.writes) runNow(statement, values);
  });
  // A transaction within a transaction is a savepoint: each unit keeps a verdict of its own, all share one fsync.
  const inTransaction = client.transaction((units: readonly Unit[]) => units.map((unit) => attempt(inSavepoint, unit)));
  const group = groupCommit((units) => inTransaction.immediate(units));
  return {
    // The seam: SQLite's builders under PostgreSQL's types, see columns.sqlite.ts.
    query: db as unknown as Verbs,
    tables,
    prepare<Rows>(query: Preparable<Rows>): Statement<Rows> {
      const name = `q${++prepared}`;
      const statement = query.prepare(name);
      const made: SyncStatement<Rows> = {
        name,
        query: statement.getQuery(),
        run: async (values) => statement.execute({ ...values }),
        runNow: (values) => syncOf(statement).execute(values).sync(),
      };
      return made;
    },
    rowsPerInsert: 1,
    atomically: group.write,
    lockClause: sql``,
    oneOf: (column, name) => sql`${column} in (select value from json_each(${sql.placeholder(name)}))`,
    list: (values) => JSON.stringify(values),
    greater: 'max',
    // Nobody else serves this file; what a tool commits is found by the worker's sweep.
    onWakeUp: async () => async () => undefined,
    now: async () => Date.now(),
    close: async () => {
      group.flush();
      client.close();
      release();
    },
  };
}

interface SyncStatement<Rows> extends Statement<Rows> {
  runNow(values: Values): Rows;
}

/** Drizzle's prepared statements on better-sqlite3 are done when they return; their type as PostgreSQL's hides it. */
function syncOf<Rows>(statement: { execute(values?: Record<string, unknown>): PromiseLike<Rows> }) {
  return statement as unknown as { execute(values: Values): { sync(): Rows } };
}

function runNow(statement: Statement<unknown>, values: Values): void {
  // Every statement of this database was made by its own `prepare`.
  (statement as SyncStatement<unknown>).runNow(values);
}

function attempt(run: (unit: Unit) => void, unit: Unit): Refused | undefined {
  try {
    run(unit);
    return undefined;
  } catch (error) {
    const table = refusingTable(error);
    if (table === undefined) throw error;
    return { table, error };
  }
}

/** Of `UNIQUE constraint failed: events.stream, events.sequence`: events. */
function refusingTable(error: unknown): string | undefined {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    const isDuplicate =
      'code' in cause && (cause.code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || cause.code === 'SQLITE_CONSTRAINT_UNIQUE');
    if (isDuplicate) return /failed: (?:index ')?(\w+)\./.exec(cause.message)?.[1] ?? 'unknown';
  }
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

import { fillPlaceholders, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, DatabaseError, Pool, type QueryConfig } from 'pg';
import type { Database, Preparable, Refused, Schema, Statement, Unit, Write } from './database.ts';
import { migrationsFolder } from './migrations.ts';
import { statementCombiner } from './postgres-combine.ts';
import { listenFor } from './postgres-listen.ts';
import { StoreUnavailable } from './store-unavailable.ts';
import { postgresTables } from './tables.postgres.ts';
import type { Tables } from './tables.ts';

export interface PostgresOptions {
  readonly migrations: string | undefined;
  readonly poolSize: number | undefined;
}

/** Any number, the same in every version: replicas that start together migrate one after the other. */
const migrationLock = 7_081_726;
const wakeChannel = 'toran_effects';
const connectWithinMs = 5_000;
/** Whoever waits for an answer has given up long before. */
const statementTimeoutMs = 15_000;
/** The protocol counts parameters in 16 bits; what is larger becomes a transaction of several statements. */
const mostParameters = 30_000;
const mostDeadlocks = 5;

const mainSchema: PostgresSchema<Tables> = { tables: postgresTables, migrations: 'postgres', schema: undefined };

export function openPostgres(url: string, options: PostgresOptions): Promise<Database> {
  return openPostgresOf(mainSchema, url, options);
}

/** `schema`: where the tables and the list of their migrations lie, when not where PostgreSQL and drizzle put them. */
export interface PostgresSchema<Has> extends Schema<Has> {
  readonly schema: string | undefined;
}

export async function openPostgresOf<Has>(
  { tables, migrations, schema }: PostgresSchema<Has>,
  url: string,
  options: PostgresOptions,
): Promise<Database<Has>> {
  try {
    await migrateUp(url, migrationsFolder(migrations, options.migrations), schema);
  } catch (cause) {
    if (cause instanceof StoreUnavailable) throw cause;
    throw new StoreUnavailable(`PostgreSQL cannot be used: ${messageOf(cause)}`, { cause });
  }
  const pool = new Pool({
    connectionString: url,
    max: options.poolSize ?? 10,
    application_name: 'toran',
    connectionTimeoutMillis: connectWithinMs,
    statement_timeout: statementTimeoutMs,
    keepAlive: true,
    ...searchPath(schema),
  });
  // An idle connection that breaks is replaced by the pool; a query that meets a broken one throws by itself.
  pool.on('error', () => undefined);
  return database(url, pool, tables);
}

/** Tables without a schema of their own in their names are made in, and looked up in, the first one of this path. */
function searchPath(schema: string | undefined): { readonly options?: string } {
  return schema === undefined ? {} : { options: `-c search_path=${schema}` };
}

async function migrateUp(url: string, folder: string, schema: string | undefined): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectWithinMs, ...searchPath(schema) });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const list = schema === undefined ? {} : { migrationsSchema: schema };
    await migrate(drizzle(client), { migrationsFolder: folder, ...list });
  } finally {
    // The lock goes with the connection.
    await client.end();
  }
}

function database<Has>(url: string, pool: Pool, tables: Has): Database<Has> {
  const db = drizzle(pool);
  const combine = statementCombiner();
  const notify = notifier(pool);
  let prepared = 0;

  async function write(unit: Unit): Promise<Refused | undefined> {
    for (let deadlocks = 0; ; deadlocks++) {
      try {
        const parameters = unit.writes.reduce((sum, { statement }) => sum + statement.query.params.length, 0);
        await (parameters > mostParameters ? inTransaction(pool, unit.writes) : pool.query(combine(unit.writes)));
        if (unit.wakes) notify();
        return undefined;
      } catch (error) {
        const table = refusingTable(error);
        if (table !== undefined) return { table, error };
        if (!isDeadlock(error) || deadlocks >= mostDeadlocks) throw error;
      }
    }
  }

  return {
    query: db,
    tables,
    prepare<Rows>(query: Preparable<Rows>): Statement<Rows> {
      const name = `q${++prepared}`;
      const statement = query.prepare(name);
      return { name, query: statement.getQuery(), run: async (values) => statement.execute({ ...values }) };
    },
    rowsPerInsert: 50,
    async atomically(units) {
      const written = await Promise.allSettled(units.map(write));
      return written.map((one) => {
        if (one.status === 'rejected') throw one.reason;
        return one.value;
      });
    },
    lockClause: sql`for update skip locked`,
    oneOf: (column, name) => sql`${column} = any(${sql.placeholder(name)}::text[])`,
    list: (values) => values,
    greater: 'greatest',
    onWakeUp: (wake) => listenFor(url, wakeChannel, wake),
    async now() {
      const { rows } = await pool.query<{ now: string }>('select extract(epoch from clock_timestamp()) * 1000 as now');
      return Math.round(Number(rows[0]?.now));
    },
    close: () => pool.end(),
  };
}

async function inTransaction(pool: Pool, writes: readonly Write[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    for (const write of writes) await client.query(alone(write));
    await client.query('commit');
    client.release();
  } catch (error) {
    // A connection in an unknown state is not used again; closing it rolls back.
    client.release(true);
    throw error;
  }
}

/**
 * Wakes the other replicas after a commit, not with it: a transaction that notifies holds a lock of the whole server until
 * its disk has answered, so that commits would go one by one. What a crash in between leaves unsaid the sweep finds.
 */
function notifier(pool: Pool): () => void {
  let isUnderWay = false;
  let again = false;
  async function notify(): Promise<void> {
    isUnderWay = true;
    do {
      again = false;
      // A connection that fails here will fail where it matters, too.
      await pool.query(`select pg_notify('${wakeChannel}', '')`).catch(() => undefined);
    } while (again);
    isUnderWay = false;
  }
  return () => {
    again = true;
    if (!isUnderWay) void notify();
  };
}

function alone({ statement, values }: Write): QueryConfig {
  return { text: statement.query.sql, values: fillPlaceholders(statement.query.params, { ...values }) };
}

function refusingTable(error: unknown): string | undefined {
  if (!(error instanceof DatabaseError) || error.code !== '23505') return undefined;
  return error.table ?? 'unknown';
}

/** Deadlock, or a serialisation failure: nothing was written, and it may be tried at once. */
function isDeadlock(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '40P01' || error.code === '40001');
}

function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

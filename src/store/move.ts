import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import { isPostgres, sqliteFile } from './address.ts';
import { insertInto, writeAll, type Database } from './database.ts';
import { beingFilled } from './filling.ts';
import { freeLeases } from './outbox.ts';
import { StoreUnavailable } from './store-unavailable.ts';
import type { Tables } from './tables.ts';

export interface MoveProgress {
  readonly table: string;
  readonly copied: number;
  readonly total: number;
}

export interface Moved {
  readonly rows: Readonly<Record<string, number>>;
}

const rowsAtOnce = 1_000;

/**
 * Copies a whole installation from SQLite to an empty PostgreSQL database, and counts both sides. The source stays as it
 * is and is locked against a server meanwhile. A target whose copy was interrupted is marked: no server starts on it, and
 * the next move goes on where this one ended. Throws `StoreUnavailable` when either side cannot be used for it.
 */
export async function moveToPostgres(
  sourceUrl: string,
  targetUrl: string,
  onProgress: (progress: MoveProgress) => void,
): Promise<Moved> {
  if (isPostgres(sourceUrl)) throw new StoreUnavailable('DATABASE_URL is a PostgreSQL database already');
  if (!isPostgres(targetUrl)) throw new StoreUnavailable('the target begins with postgres:// when it is PostgreSQL');
  const { openSqlite } = await import('./sqlite.ts');
  const { openPostgres } = await import('./postgres.ts');
  const source = openSqlite(sqliteFile(sourceUrl), { role: 'server', migrations: undefined });
  try {
    const target = await openPostgres(targetUrl, { migrations: undefined, poolSize: 2 });
    try {
      return await move(source, target, onProgress);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function move(source: Database, target: Database, onProgress: (progress: MoveProgress) => void): Promise<Moved> {
  await markAsBeingFilled(target);
  // Whoever had effects in hand is not running: the lock of the source says so.
  await freeLeases(source);
  const rows: Record<string, number> = {};
  for (const name of tableNames(source.tables)) {
    const total = await countOf(source, source.tables[name]);
    await copyTable(source, target, name, (copied) => onProgress({ table: name, copied, total }));
    rows[name] = total;
  }
  for (const name of tableNames(source.tables)) {
    const there = (await countOf(target, target.tables[name])) - (name === 'counters' ? 1 : 0);
    if (there !== rows[name])
      throw new StoreUnavailable(
        `the target holds ${there} rows of ${name} and the source ${rows[name]}; empty the target and begin again`,
      );
  }
  const { counters } = target.tables;
  const unmark = target.prepare(target.query.delete(counters).where(eq(counters.name, beingFilled)));
  await writeAll(target, [{ statement: unmark, values: {} }]);
  return { rows };
}

/** Refuses a database that somebody lives in: only an empty one is filled, or one that an earlier move left half full. */
async function markAsBeingFilled(target: Database): Promise<void> {
  const { counters } = target.tables;
  const marked = await target
    .prepare(target.query.select().from(counters).where(eq(counters.name, beingFilled)))
    .run({});
  if (marked.length > 0) return;
  for (const name of tableNames(target.tables)) {
    if ((await countOf(target, target.tables[name])) > 0)
      throw new StoreUnavailable(`the target is not empty (it has ${name}); name a new database`);
  }
  await writeAll(target, insertInto(target, counters)([{ name: beingFilled, value: 1 }]));
}

async function copyTable(
  source: Database,
  target: Database,
  name: keyof Tables,
  onCopied: (copied: number) => void,
): Promise<void> {
  const table: PgTable = source.tables[name];
  // Of SQLite alone: every table has it, and reading in its order costs the same at the end as at the beginning.
  const rowid = sql<number>`rowid`;
  const page = source.prepare(
    source.query
      .select({ rowid, ...getTableColumns(table) })
      .from(table)
      .where(sql`rowid > ${sql.placeholder('after')}`)
      .orderBy(rowid)
      .limit(rowsAtOnce),
  );
  const insert = insertInto<PgTable>(target, target.tables[name], (statement) => statement.onConflictDoNothing());
  let copied = 0;
  for (let after = 0; ;) {
    const rows = await page.run({ after });
    const last = rows.at(-1);
    if (last === undefined) return;
    await writeAll(target, insert(rows));
    after = last.rowid;
    copied += rows.length;
    onCopied(copied);
  }
}

async function countOf(database: Database, table: PgTable): Promise<number> {
  const [row] = await database.prepare(database.query.select({ rows: sql<string>`count(*)` }).from(table)).run({});
  return Number(row?.rows);
}

function tableNames(tables: Tables): readonly (keyof Tables)[] {
  return [
    'streams',
    'events',
    'texts',
    'incidents',
    'importedRecords',
    'openGroups',
    'counters',
    'inbound',
    'alerts',
    'setAside',
    // Last: what a server would begin to do.
    'effects',
  ] satisfies readonly (keyof typeof tables)[];
}

import type { PgTable } from 'drizzle-orm/pg-core';
import { insertInto, type Database, type Write } from '../database.ts';
import { StoreUnavailable } from '../store-unavailable.ts';
import { openPrivateDatabase } from './open.ts';
import type { PrivateTables } from './tables.ts';

/**
 * Copies everything private into an empty database of either dialect, still sealed: no secret is needed, and the one that
 * sealed it opens it there. All of it or nothing; the source stays as it is. Resolves to the number of rows.
 */
export async function movePrivate(sourceUrl: string, targetUrl: string): Promise<number> {
  const source = await openPrivateDatabase(sourceUrl);
  try {
    const target = await openPrivateDatabase(targetUrl);
    try {
      return await copyAll(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

async function copyAll(source: Database<PrivateTables>, target: Database<PrivateTables>): Promise<number> {
  for (const table of Object.values(target.tables))
    if ((await rowsOf(target, table)).length > 0)
      throw new StoreUnavailable('the target holds private data already; name an empty database');
  const { personKeys, reasons, rules, feeds, looks } = source.tables;
  const to = target.tables;
  const writes: Write[] = [
    ...insertInto(target, to.personKeys)(await rowsOf(source, personKeys)),
    ...insertInto(target, to.reasons)(await rowsOf(source, reasons)),
    ...insertInto(target, to.rules)(await rowsOf(source, rules)),
    ...insertInto(target, to.feeds)(await rowsOf(source, feeds)),
    ...insertInto(
      target,
      to.looks,
    )((await rowsOf(source, looks)).map(({ person, by, what, at }) => ({ person, by, what, at }))),
  ];
  const [refused] = await target.atomically([{ writes, wakes: false }]);
  if (refused !== undefined) throw refused.error;
  return (await Promise.all(Object.values(to).map(async (table) => (await rowsOf(target, table)).length))).reduce(
    (sum, count) => sum + count,
    0,
  );
}

function rowsOf<Table extends PgTable>(database: Database<unknown>, table: Table): Promise<Table['$inferSelect'][]> {
  return database.prepare(database.query.select().from(table as PgTable)).run({});
}

import { and, eq, sql } from 'drizzle-orm';
import { SealedShut, type PrivateStore } from '../../engine/private-ports.ts';
import { writeAll, type Database, type Statement } from '../database.ts';
import type { SealedRows } from './sealed-rows.ts';
import type { Sealer } from './sealing.ts';
import type { PrivateTables } from './tables.ts';

/** A sealed text, where it lies, and how another takes its place. */
interface SealedPlace {
  readonly person: string;
  readonly place: string;
  readonly sealed: string;
  replace(sealed: string): Promise<void>;
}

export function erasing(
  database: Database<PrivateTables>,
  sealer: Sealer,
  rows: SealedRows,
): Pick<PrivateStore, 'erasePerson' | 'sealAnew' | 'seals'> {
  const { personKeys, reasons, rules, feeds, looks } = database.tables;
  // The key first: once it is gone, what is left of the others opens no more.
  const deletions = [personKeys, reasons, rules, feeds, looks].map((table) =>
    database.prepare(database.query.delete(table).where(eq(table.person, sql.placeholder('person')))),
  );
  const places = everythingSealed(database);

  async function inspect(onOutdated: (place: SealedPlace, value: unknown) => Promise<void>) {
    const count = { outdated: 0, shut: 0 };
    for (const place of await places()) {
      try {
        const value = await rows.open(place.person, place.place, place.sealed);
        if (!sealer.isOutdated(place.sealed)) continue;
        await onOutdated(place, value);
        count.outdated += 1;
      } catch (error) {
        if (!(error instanceof SealedShut)) throw error;
        count.shut += 1;
      }
    }
    return count;
  }

  return {
    erasePerson: (person) =>
      writeAll(
        database,
        deletions.map((statement) => ({ statement, values: { person } })),
      ),
    async sealAnew() {
      const { outdated, shut } = await inspect(async ({ person, place, replace }, value) =>
        replace((await rows.seal(person, place, value)).sealed),
      );
      return { resealed: outdated, shut };
    },
    seals: () => inspect(async () => undefined),
  };
}

function everythingSealed(database: Database<PrivateTables>): () => Promise<readonly SealedPlace[]> {
  const { reasons, rules, feeds } = database.tables;
  const { query } = database;
  const values = { sealed: sql`${sql.placeholder('sealed')}` };
  const was = sql.placeholder('was');
  const allReasons = database.prepare(query.select().from(reasons));
  const allRules = database.prepare(query.select().from(rules));
  const allFeeds = database.prepare(query.select().from(feeds));
  const id = sql.placeholder('id');
  const setReason = database.prepare(
    query
      .update(reasons)
      .set(values)
      .where(and(eq(reasons.window, id), eq(reasons.sealed, was))),
  );
  const setRule = database.prepare(
    query
      .update(rules)
      .set(values)
      .where(and(eq(rules.id, id), eq(rules.sealed, was))),
  );
  const setFeed = database.prepare(
    query
      .update(feeds)
      .set(values)
      .where(and(eq(feeds.id, id), eq(feeds.sealed, was))),
  );
  const setMemory = database.prepare(
    query
      .update(feeds)
      .set({ memory: values.sealed })
      .where(and(eq(feeds.id, id), eq(feeds.memory, was))),
  );
  // Only over what was read: what was saved meanwhile is newer, and sealed by the present secret.
  const replacing =
    (statement: Statement<unknown>, row: string, old: string) =>
    (sealed: string): Promise<void> =>
      writeAll(database, [{ statement, values: { id: row, was: old, sealed } }]);

  return async () => [
    ...(await allReasons.run({})).map(({ window, person, sealed }) => ({
      person,
      place: `reason:${window}`,
      sealed,
      replace: replacing(setReason, window, sealed),
    })),
    ...(await allRules.run({})).map((row) => ({
      person: row.person,
      place: `rule:${row.id}`,
      sealed: row.sealed,
      replace: replacing(setRule, row.id, row.sealed),
    })),
    ...(await allFeeds.run({})).flatMap((row) => [
      {
        person: row.person,
        place: `feed:${row.id}`,
        sealed: row.sealed,
        replace: replacing(setFeed, row.id, row.sealed),
      },
      ...(row.memory === null
        ? []
        : [
            {
              person: row.person,
              place: `feed-memory:${row.id}`,
              sealed: row.memory,
              replace: replacing(setMemory, row.id, row.memory),
            },
          ]),
    ]),
  ];
}

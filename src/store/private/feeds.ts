import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { CalendarFeed, CalendarMemory, CalendarSettings, PrivateStore } from '../../engine/private-ports.ts';
import { maybe, severity } from '../codec/parts.ts';
import { read } from '../codec/read.ts';
import { excluded, insertInto, writeAll, type Database } from '../database.ts';
import type { SealedRows } from './sealed-rows.ts';
import type { PrivateTables } from './tables.ts';

const settings = z.object({
  effect: z.enum(['hard', 'soft']),
  letsThrough: z.array(severity).optional(),
  floatingZone: z.string().optional(),
  countsTransparent: z.boolean().optional(),
  daysAwayOnly: z.boolean().optional(),
}) satisfies z.ZodType<CalendarSettings>;
const content = z.object({ address: z.string(), settings });
const memorySchema = z.object({
  goodAt: maybe(z.number()),
  staleSince: maybe(z.number()),
  because: maybe(z.string()),
  isOwnerTold: z.boolean(),
  isConfirmed: z.boolean(),
}) satisfies z.ZodType<CalendarMemory>;

type Feeds = Pick<PrivateStore, 'saveFeed' | 'rememberOfFeed' | 'feed' | 'feeds' | 'dropFeed' | 'feedIds'>;

export function feeds(database: Database<PrivateTables>, rows: SealedRows): Feeds {
  const { feeds: table } = database.tables;
  const { query } = database;
  const save = insertInto(database, table, (insert) =>
    insert.onConflictDoUpdate({
      target: table.id,
      set: { sealed: excluded(table.sealed), memory: excluded(table.memory) },
      // Nobody writes into another's calendar, whatever id they bring.
      setWhere: sql`${table.person} = ${excluded(table.person)}`,
    }),
  );
  const byId = database.prepare(
    query
      .select()
      .from(table)
      .where(eq(table.id, sql.placeholder('id'))),
  );
  const ofPerson = database.prepare(
    query
      .select()
      .from(table)
      .where(eq(table.person, sql.placeholder('person')))
      .orderBy(table.id),
  );
  const remember = database.prepare(
    query
      .update(table)
      .set({ memory: sql`${sql.placeholder('memory')}` })
      .where(eq(table.id, sql.placeholder('id'))),
  );
  const drop = database.prepare(
    query
      .delete(table)
      .where(sql`${table.id} = ${sql.placeholder('id')} and ${table.person} = ${sql.placeholder('person')}`)
      .returning({ id: table.id }),
  );
  const ids = database.prepare(query.select({ id: table.id, person: table.person }).from(table));

  async function opened(row: PrivateTables['feeds']['$inferSelect']): Promise<CalendarFeed> {
    const { id, person } = row;
    const { address, settings } = read(content, await rows.open(person, `feed:${id}`, row.sealed), `calendar ${id}`);
    const place = `feed-memory:${id}`;
    const memory =
      row.memory === null
        ? undefined
        : read(memorySchema, await rows.open(person, place, row.memory), `memory of calendar ${id}`);
    return { id, person, address, settings, memory };
  }

  return {
    async saveFeed({ id, person, address, settings, memory }) {
      const { sealed, key } = await rows.seal(person, `feed:${id}`, { address, settings });
      const kept = memory === undefined ? null : (await rows.seal(person, `feed-memory:${id}`, memory)).sealed;
      await writeAll(database, [...key, ...save([{ id, person, sealed, memory: kept }])]);
    },
    async rememberOfFeed(id, memory) {
      const [row] = await byId.run({ id });
      if (row === undefined) return;
      const { sealed } = await rows.seal(row.person, `feed-memory:${id}`, memory);
      await writeAll(database, [{ statement: remember, values: { id, memory: sealed } }]);
    },
    async feed(id) {
      const [row] = await byId.run({ id });
      return row === undefined ? undefined : opened(row);
    },
    feeds: async (person) => Promise.all((await ofPerson.run({ person })).map(opened)),
    dropFeed: async (person, id) => (await drop.run({ person, id })).length > 0,
    feedIds: () => ids.run({}),
  };
}

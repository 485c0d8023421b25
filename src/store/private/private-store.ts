import { desc, eq, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Look, PrivateStore } from '../../engine/private-ports.ts';
import { absenceKinds } from '../../oncall/absence-kind.ts';
import { read } from '../codec/read.ts';
import { bound, excluded, insertInto, writeAll, type Database } from '../database.ts';
import { erasing } from './erasing.ts';
import { feeds } from './feeds.ts';
import { sealedRows, type SealedRows } from './sealed-rows.ts';
import type { Sealer } from './sealing.ts';
import type { PrivateTables } from './tables.ts';

const kinds = z.enum(absenceKinds);
const lookedAt = z.enum(['reasons', 'rules', 'calendars', 'everything']) satisfies z.ZodType<Look['what']>;

/** The private store on a database of either dialect. */
export function createPrivateStore(database: Database<PrivateTables>, sealer: Sealer): PrivateStore {
  const rows = sealedRows(database, sealer);
  return {
    ...reasons(database, rows),
    ...rules(database, rows),
    ...feeds(database, rows),
    ...looks(database),
    ...erasing(database, sealer, rows),
    async ping() {
      await database.prepare(database.query.select().from(database.tables.personKeys).limit(1)).run({});
    },
    close: () => database.close(),
  };
}

type Reasons = Pick<PrivateStore, 'saveReason' | 'reasons' | 'windowsWithReasons' | 'eraseReasons'>;

function reasons(database: Database<PrivateTables>, rows: SealedRows): Reasons {
  const { reasons: table } = database.tables;
  const { query } = database;
  const save = insertInto(database, table, (insert) =>
    insert.onConflictDoUpdate({
      target: table.window,
      set: { person: excluded(table.person), sealed: excluded(table.sealed) },
    }),
  );
  const all = database.prepare(query.select().from(table));
  const ofPerson = database.prepare(
    query
      .select()
      .from(table)
      .where(eq(table.person, sql.placeholder('person'))),
  );
  const owners = database.prepare(query.select({ window: table.window, person: table.person }).from(table));
  const erase = database.prepare(query.delete(table).where(database.oneOf(table.window, 'windows')));

  return {
    async saveReason({ window, person, kind }) {
      const { sealed, key } = await rows.seal(person, `reason:${window}`, kind);
      await writeAll(database, [...key, ...save([{ window, person, sealed }])]);
    },
    async reasons(person) {
      const found = await (person === undefined ? all.run({}) : ofPerson.run({ person }));
      return Promise.all(
        found.map(async ({ window, person: owner, sealed }) => ({
          window,
          person: owner,
          kind: read(kinds, await rows.open(owner, `reason:${window}`, sealed), `reason of window ${window}`),
        })),
      );
    },
    windowsWithReasons: () => owners.run({}),
    async eraseReasons(windows) {
      if (windows.length > 0)
        await writeAll(database, [{ statement: erase, values: { windows: database.list(windows) } }]);
    },
  };
}

type Rules = Pick<PrivateStore, 'saveRule' | 'rules' | 'dropRule' | 'peopleWithRules'>;

function rules(database: Database<PrivateTables>, rows: SealedRows): Rules {
  const { rules: table } = database.tables;
  const { query } = database;
  const save = insertInto(database, table, (insert) =>
    insert.onConflictDoUpdate({
      target: table.id,
      set: { sealed: excluded(table.sealed) },
      // Nobody writes into another's rule, whatever id they bring.
      setWhere: sql`${table.person} = ${excluded(table.person)}`,
    }),
  );
  const ofPerson = database.prepare(
    query
      .select()
      .from(table)
      .where(eq(table.person, sql.placeholder('person')))
      .orderBy(table.id),
  );
  const drop = database.prepare(
    query
      .delete(table)
      .where(sql`${table.id} = ${sql.placeholder('id')} and ${table.person} = ${sql.placeholder('person')}`)
      .returning({ id: table.id }),
  );
  const people = database.prepare(query.select({ person: table.person }).from(table));

  return {
    async saveRule({ id, person, rule }) {
      const { sealed, key } = await rows.seal(person, `rule:${id}`, rule);
      await writeAll(database, [...key, ...save([{ id, person, sealed }])]);
    },
    async rules(person) {
      const found = await ofPerson.run({ person });
      return Promise.all(
        found.map(async ({ id, sealed }) => ({ id, person, rule: await rows.open(person, `rule:${id}`, sealed) })),
      );
    },
    dropRule: async (person, id) => (await drop.run({ person, id })).length > 0,
    peopleWithRules: async () => [...new Set((await people.run({})).map(({ person }) => person))],
  };
}

type Looks = Pick<PrivateStore, 'recordLook' | 'looksAt' | 'forgetLooks'>;

function looks(database: Database<PrivateTables>): Looks {
  const { looks: table } = database.tables;
  const { query } = database;
  const add = insertInto(database, table);
  const ofPerson = database.prepare(
    query
      .select()
      .from(table)
      .where(eq(table.person, sql.placeholder('person')))
      .orderBy(desc(table.at), desc(table.seq)),
  );
  const forget = database.prepare(query.delete(table).where(lt(table.at, bound(table.at, 'before'))));
  return {
    recordLook: ({ of, by, at, what }) => writeAll(database, add([{ person: of, by, at, what }])),
    async looksAt(person) {
      const found = await ofPerson.run({ person });
      return found.map(({ by, at, what }) => ({ of: person, by, at, what: read(lookedAt, what, 'access log') }));
    },
    forgetLooks: (before) => writeAll(database, [{ statement: forget, values: { before } }]),
  };
}

import { getTableColumns, sql, type Column, type Query, type SQL } from 'drizzle-orm';
import type { PgDatabase, PgQueryResultHKT, PgTable } from 'drizzle-orm/pg-core';
import type { EpochMs } from '../oncall/time.ts';
import type { MigrationsFolder } from './migrations.ts';
import type { Tables } from './tables.ts';

/** What both dialects can describe; nothing of it is run but through `prepare` and `atomically`. */
export type Verbs = Pick<PgDatabase<PgQueryResultHKT>, 'select' | 'insert' | 'update' | 'delete'>;

export type Values = Readonly<Record<string, unknown>>;

/** A query of drizzle that can be prepared: built once, since building costs more than two fdatasyncs. */
export interface Preparable<Rows> {
  prepare(name: string): { execute(values?: Record<string, unknown>): PromiseLike<Rows>; getQuery(): Query };
}

/** A prepared query. */
export interface Statement<Rows> {
  readonly name: string;
  readonly query: Query;
  run(values: Values): Promise<Rows>;
}

/** A write that is decided but not yet done. A transaction is a list of these: data, not a callback. */
export interface Write {
  readonly statement: Statement<unknown>;
  readonly values: Values;
}

/** Written wholly or not at all. `wakes`: others who wait for effects are told once it is committed. */
export interface Unit {
  readonly writes: readonly Write[];
  readonly wakes: boolean;
}

/** A table, by its name in the database, that already had one of the rows. */
export interface Refused {
  readonly table: string;
  readonly error: unknown;
}

/** The tables of a database, and the folder below `migrations/` that makes them. */
export interface Schema<Has> {
  readonly tables: Has;
  readonly migrations: MigrationsFolder;
}

/** What differs between the dialects. Everything else is written once, against this. */
export interface Database<Has = Tables> {
  readonly query: Verbs;
  readonly tables: Has;
  prepare<Rows>(query: Preparable<Rows>): Statement<Rows>;
  /** Most rows that one insert takes. */
  readonly rowsPerInsert: number;
  /** One answer per unit: undefined when it was written. Throws on any fault but a row that is already there. */
  atomically(units: readonly Unit[]): Promise<readonly (Refused | undefined)[]>;
  /** Appended to a select of rows that are about to be claimed. */
  readonly lockClause: SQL;
  /** `column` is one of the values that are bound to the placeholder as `list(values)`. */
  oneOf(column: Column, placeholder: string): SQL;
  list(values: readonly string[]): unknown;
  /** The greater of two values of which none is null. */
  readonly greater: 'max' | 'greatest';
  /** Called when another process has committed a unit that wakes. */
  onWakeUp(wake: () => void): Promise<() => Promise<void>>;
  now(): Promise<EpochMs>;
  close(): Promise<void>;
}

/** A placeholder whose value is written as values of `column` are. */
export function bound(column: Column, name: string): SQL {
  return sql`${sql.param(sql.placeholder(name), column)}`;
}

/** The value that an insert would have written, for `on conflict do update`. */
export function excluded(column: Column): SQL {
  return sql.raw(`excluded."${column.name}"`);
}

type Insert = ReturnType<ReturnType<Verbs['insert']>['values']>;

/**
 * Prepares an insert of any number of rows into a table, all columns given; `finish` adds what happens on a conflict.
 * Statements for the same number of rows are prepared once.
 */
export function insertInto<Table extends PgTable>(
  database: Database<unknown>,
  table: Table,
  finish: (insert: Insert) => Preparable<unknown> = (insert) => insert,
): (rows: readonly Table['$inferInsert'][]) => readonly Write[] {
  const keys = Object.entries(getTableColumns(table)).flatMap(([key, column]) => (column.hasDefault ? [] : key));
  const prepared = new Map<number, Statement<unknown>>();

  function statementFor(count: number): Statement<unknown> {
    const known = prepared.get(count);
    if (known !== undefined) return known;
    const rows = Array.from({ length: count }, (_, row) =>
      Object.fromEntries(keys.map((key) => [key, sql.placeholder(`${key}${row}`)])),
    );
    // The rows hold a placeholder for every column; drizzle cannot know that from a list that is computed.
    const statement = database.prepare(finish(database.query.insert(table).values(rows as Table['$inferInsert'][])));
    prepared.set(count, statement);
    return statement;
  }

  return (rows) => {
    const writes: Write[] = [];
    for (let from = 0; from < rows.length; from += database.rowsPerInsert) {
      const some: readonly Values[] = rows.slice(from, from + database.rowsPerInsert);
      const values: Record<string, unknown> = {};
      for (const [index, row] of some.entries()) for (const key of keys) values[`${key}${index}`] = row[key] ?? null;
      writes.push({ statement: statementFor(some.length), values });
    }
    return writes;
  };
}

/** For writes that cannot clash with rows that are there. */
export async function writeAll(database: Database<unknown>, writes: readonly Write[], wakes = false): Promise<void> {
  if (writes.length === 0) return;
  const [refused] = await database.atomically([{ writes, wakes }]);
  if (refused !== undefined) throw refused.error;
}

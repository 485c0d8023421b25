import * as pg from 'drizzle-orm/pg-core';
import type { EpochMs } from '../oncall/time.ts';

const instant = pg.customType<{ data: EpochMs; driverData: string | null }>({
  dataType: () => 'timestamp (3) with time zone',
  // Null comes here too when it is the value of a placeholder, whatever the type says; as a number it would be 1970.
  toDriver: (atMs: EpochMs | null) => (atMs === null ? null : new Date(atMs).toISOString()),
  fromDriver: (text) => Date.parse(text ?? ''),
});

/**
 * The only words in which tables are written. PostgreSQL's kit is the canonical type: what its builders do not offer
 * does not compile, and what SQLite cannot do fails at once in the tests that everybody runs.
 */
export const postgresKit = {
  table: pg.pgTable,
  primaryKey: pg.primaryKey,
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  /** Grows with every row; the primary key. */
  serial: (name: string) => pg.bigserial(name, { mode: 'number' }).primaryKey(),
  text: (name: string) => pg.text(name),
  int: (name: string) => pg.integer(name),
  bool: (name: string) => pg.boolean(name),
  instant: (name: string) => instant(name),
  /** `json`, not `jsonb`: it gives back what was written, and nothing is ever looked up inside. */
  json: (name: string) => pg.json(name),
};

export type Kit = typeof postgresKit;

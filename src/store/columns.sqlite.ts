import * as lite from 'drizzle-orm/sqlite-core';
import type { Kit } from './columns.postgres.ts';

const kit = {
  table: lite.sqliteTable,
  primaryKey: lite.primaryKey,
  index: lite.index,
  uniqueIndex: lite.uniqueIndex,
  serial: (name: string) => lite.integer(name).primaryKey({ autoIncrement: true }),
  text: (name: string) => lite.text(name),
  int: (name: string) => lite.integer(name),
  bool: (name: string) => lite.integer(name, { mode: 'boolean' }),
  /** Milliseconds since 1970. */
  instant: (name: string) => lite.integer(name),
  json: (name: string) => lite.text(name, { mode: 'json' }),
} satisfies Record<keyof Kit, unknown>;

// The seam of the dialects: the builders do the same under another class name, and the contract tests run on both.
export const sqliteKit = kit as unknown as Kit;

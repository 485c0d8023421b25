import { sqliteKit } from './columns.sqlite.ts';
import { defineTables } from './tables.ts';

// drizzle-kit reads the exports of this file; Sqlite's adapter reads `sqliteTables`.
export const sqliteTables = defineTables(sqliteKit);
export const {
  streams,
  events,
  texts,
  incidents,
  importedRecords,
  openGroups,
  counters,
  effects,
  inbound,
  alerts,
  setAside,
} = sqliteTables;

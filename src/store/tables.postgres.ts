import { postgresKit } from './columns.postgres.ts';
import { defineTables } from './tables.ts';

// drizzle-kit reads the exports of this file; Postgres's adapter reads `postgresTables`.
export const postgresTables = defineTables(postgresKit);
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
} = postgresTables;

import { postgresKit } from '../columns.postgres.ts';
import { definePrivateTables } from './tables.ts';

// drizzle-kit reads the exports of this file; the store reads `privatePostgresTables`. Which schema they lie in is a matter
// of the connection.
export const privatePostgresTables = definePrivateTables(postgresKit);
export const { personKeys, reasons, rules, feeds, looks } = privatePostgresTables;

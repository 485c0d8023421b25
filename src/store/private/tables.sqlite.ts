import { sqliteKit } from '../columns.sqlite.ts';
import { definePrivateTables } from './tables.ts';

// drizzle-kit reads the exports of this file; the store reads `privateSqliteTables`.
export const privateSqliteTables = definePrivateTables(sqliteKit);
export const { personKeys, reasons, rules, feeds, looks } = privateSqliteTables;

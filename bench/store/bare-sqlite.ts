import Database from 'better-sqlite3';
import type { Batch } from '../../src/engine/ports.ts';
import { bareNames, bareRows, bareTables } from './bare-rows.ts';

/** better-sqlite3 alone: the same durability, prepared statements, one transaction for each call. */
export function bareSqlite(file: string): { commit(batches: readonly Batch[]): void; close(): void } {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  for (const name of bareNames) db.exec(`create table ${name} (${bareTables[name]})`);
  const inserts = new Map(
    bareNames.map((name) => {
      const columns = db.pragma(`table_info(${name})`);
      const count = Array.isArray(columns) ? columns.length : 0;
      return [name, db.prepare(`insert into ${name} values (${Array.from({ length: count }, () => '?').join()})`)];
    }),
  );
  const write = db.transaction((batches: readonly Batch[]) => {
    for (const batch of batches) {
      const rows = bareRows(batch);
      for (const name of bareNames) inserts.get(name)?.run(...rows[name]);
    }
  });
  return { commit: (batches) => write.immediate(batches), close: () => db.close() };
}

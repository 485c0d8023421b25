import { Pool } from 'pg';
import type { Batch } from '../../src/engine/ports.ts';
import { bareNames, bareRows, bareTables } from './bare-rows.ts';

/** pg alone: one prepared statement that writes all rows of a batch. */
export async function barePostgres(
  url: string,
  connections: number,
): Promise<{ commit(batches: readonly Batch[]): Promise<void>; close(): Promise<void> }> {
  const pool = new Pool({ connectionString: url, max: connections });
  for (const name of bareNames) await pool.query(`create table ${name} (${bareTables[name]})`);
  let parameters = 0;
  const inserts = bareNames.map((name) => {
    const count =
      bareTables[name].split(' not null').length - 1 + (bareTables[name].includes('text primary key') ? 1 : 0);
    const values = Array.from({ length: count }, () => `$${(parameters += 1)}`);
    return `${name}_row as (insert into ${name} values (${values.join()}))`;
  });
  const text = `with ${inserts.join()} select 1`;
  return {
    async commit(batches) {
      for (const batch of batches) {
        const rows = bareRows(batch);
        await pool.query({ name: 'bare', text, values: bareNames.flatMap((name) => [...rows[name]]) });
      }
    },
    close: () => pool.end(),
  };
}

import { Client } from 'pg';
import { privateSchema } from './open.ts';

const connectWithinMs = 5_000;

/** Whether whoever opens this PostgreSQL address may look into the schema of what is private; false where there is none. */
export async function canLookIntoPrivate(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectWithinMs });
  await client.connect();
  try {
    const { rows } = await client.query<{ allowed: boolean | null }>(
      `select bool_or(has_schema_privilege(oid, 'usage')) as allowed from pg_namespace where nspname = $1`,
      [privateSchema],
    );
    return rows[0]?.allowed ?? false;
  } finally {
    await client.end();
  }
}

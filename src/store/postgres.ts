import type { Database } from './database.ts';
export async function openPostgres(
  _url: string,
  _options: { migrations: string | undefined; poolSize: number | undefined },
): Promise<Database> {
  throw new Error('x');
}

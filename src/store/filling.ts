import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { StoreUnavailable } from './store-unavailable.ts';

/** The counter that stands in a database while `toran migrate --to` fills it. */
export const beingFilled = 'being filled';

/** Throws `StoreUnavailable` for a database that holds only a part of another one. */
export async function requireFilled(database: Database): Promise<void> {
  const { counters } = database.tables;
  const marked = await database
    .prepare(database.query.select().from(counters).where(eq(counters.name, beingFilled)))
    .run({});
  if (marked.length > 0)
    throw new StoreUnavailable(
      'this database was filled in part by "toran migrate --to" and is not complete; run that command again',
    );
}

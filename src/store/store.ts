import { eq, sql } from 'drizzle-orm';
import type { Store } from '../engine/ports.ts';
import { arrivals, signalCounts } from './arrivals.ts';
import { commits } from './commit.ts';
import type { Database } from './database.ts';
import { deadLetters } from './dead-letters.ts';
import { facts } from './facts.ts';
import { incidentLists } from './incidents.ts';
import { outbox } from './outbox.ts';
import { records } from './records.ts';
import { retention } from './retention.ts';
import { streamReads } from './streams.ts';

/** The engine's store on a database of either dialect. */
export function createStore(database: Database): Store {
  const cameIn = arrivals(database);
  return {
    ...cameIn,
    ...signalCounts(database),
    ...commits(database, cameIn),
    ...streamReads(database),
    ...facts(database),
    ...outbox(database),
    ...deadLetters(database),
    ...incidentLists(database),
    ...records(database),
    ...retention(database),
    ping: ping(database),
    onEffects: (wake) => database.onWakeUp(wake),
    close: () => database.close(),
  };
}

function ping(database: Database): Store['ping'] {
  const { counters } = database.tables;
  const name = 'ping';
  const write = database.prepare(
    database.query
      .insert(counters)
      .values({ name, value: 1 })
      .onConflictDoUpdate({ target: counters.name, set: { value: sql`1 - ${counters.value}` } })
      .returning({ value: counters.value }),
  );
  const forget = database.prepare(database.query.delete(counters).where(eq(counters.name, name)));
  return async () => {
    const rows = await write.run({});
    if (rows.length !== 1) throw new Error('the database did not give back what was written');
    await forget.run({});
    return database.now();
  };
}

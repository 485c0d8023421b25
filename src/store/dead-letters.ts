import { and, asc, eq, sql } from 'drizzle-orm';
import type { Store } from '../engine/ports.ts';
import { bound, type Database } from './database.ts';

/** Effects that were given up: people retry or drop them. */
export function deadLetters(database: Database): Pick<Store, 'deadLetters' | 'retryDeadLetter' | 'dropDeadLetter'> {
  const { query } = database;
  const { effects } = database.tables;
  const isDead = sql`${effects.state} = 'dead'`;
  const dead = database.prepare(query.select().from(effects).where(isDead).orderBy(asc(effects.seq)));
  const one = and(eq(effects.id, sql.placeholder('id')), isDead);
  const now = bound(effects.due, 'now');
  const retry = database.prepare(
    query
      .update(effects)
      .set({ state: 'waiting', attempts: 0, due: sql`${now}`, readyAt: sql`${now}`, error: null, diedAt: null })
      .where(one)
      .returning({ id: effects.id }),
  );
  const drop = database.prepare(query.delete(effects).where(one).returning({ id: effects.id }));
  return {
    async deadLetters() {
      const rows = await dead.run({});
      return rows.map(({ id, kind, lane, attempts, error, diedAt, due }) => ({
        id,
        kind,
        lane,
        attempts,
        error: error ?? '',
        at: diedAt ?? due,
      }));
    },
    async retryDeadLetter(id, at) {
      return (await retry.run({ id, now: at })).length > 0;
    },
    async dropDeadLetter(id) {
      return (await drop.run({ id })).length > 0;
    },
  };
}

import { sql, type SQL } from 'drizzle-orm';
import type { EpochMs } from '../oncall/time.ts';
import { priorities } from '../oncall/recorded.ts';
import { bound, type Database } from './database.ts';
import type { Tables } from './tables.ts';

type EffectRow = Tables['effects']['$inferSelect'];

/** No effect of the same lane waits that was planned earlier. */
export function noneBefore(effect: string): SQL {
  const row = sql.raw(effect);
  return sql`not exists (
    select 1 from effects earlier
    where earlier.state = 'waiting' and earlier.lane = ${row}.lane and earlier.seq < ${row}.seq)`;
}

/**
 * Takes the most urgent effects that are due and stand first in their lanes. The index leads with the priority, so each
 * priority is looked up by itself: otherwise every timer that waits for tomorrow would be passed over at every look.
 */
export function claiming(database: Database) {
  const { effects } = database.tables;
  const urgent = ranges().map((range, index) => {
    const rows = sql.raw(`rows${index}`);
    return sql`select seq, priority, ready_at from (
      select seq, priority, ready_at from effects e
      where state = 'waiting' and ${range} and ready_at <= ${bound(effects.readyAt, 'now')} and ${noneBefore('e')}
      order by priority, ready_at, seq limit ${sql.placeholder('limit')} ${database.lockClause}
    ) ${rows}`;
  });
  const chosen = sql`with urgent as materialized (${sql.join(urgent, sql` union all `)})
    select seq from urgent order by priority, ready_at, seq limit ${sql.placeholder('limit')}`;
  const statement = database.prepare(
    database.query
      .update(effects)
      .set({
        token: sql`${bound(effects.token, 'token')}`,
        readyAt: sql`${bound(effects.readyAt, 'leaseUntil')}`,
        attempts: sql`${effects.attempts} + 1`,
        // From here on a newer edit may queue behind this one.
        coalesce: null,
      })
      .where(sql`seq in (${chosen})`)
      .returning(),
  );
  return async (now: EpochMs, leaseUntil: EpochMs, token: string, limit: number): Promise<readonly EffectRow[]> => {
    const rows = await statement.run({ now, leaseUntil, token, limit });
    return rows.toSorted((a, b) => a.priority - b.priority || a.due - b.due || a.seq - b.seq);
  };
}

/** Each known priority, and whatever lies between, before and behind them. */
function ranges(): readonly SQL[] {
  const known = Object.values(priorities).toSorted((a, b) => a - b);
  return known.flatMap((priority, index) => {
    const before = known[index - 1];
    const next = known[index + 1];
    const exactly = sql.raw(`priority = ${priority}`);
    const below = before === undefined ? [sql.raw(`priority < ${priority}`)] : [];
    const above =
      next === undefined
        ? [sql.raw(`priority > ${priority}`)]
        : next > priority + 1
          ? [sql.raw(`priority > ${priority} and priority < ${next}`)]
          : [];
    return [...below, exactly, ...above];
  });
}

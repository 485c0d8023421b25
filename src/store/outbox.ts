import { and, asc, count, eq, lte, sql } from 'drizzle-orm';
import type { Job, Store } from '../engine/ports.ts';
import { claiming, noneBefore } from './claim.ts';
import { readEffect } from './codec/effects.ts';
import { Unreadable } from './codec/read.ts';
import { bound, writeAll, type Database } from './database.ts';

const longestError = 2_000;

/** Effects in the hands of workers: claimed, settled, given back, given up. */
export function outbox(
  database: Database,
): Pick<Store, 'claim' | 'renew' | 'settle' | 'postpone' | 'bury' | 'nextDue' | 'outboxDepth'> {
  const claim = claiming(database);
  const { renew, settle, holdLane, giveBack, bury, next, depth, overdue } = statements(database);

  async function buried(job: { readonly id: string; readonly token: string }, error: string, now: number) {
    const values = { ...job, error: error.slice(0, longestError), now };
    await writeAll(database, [{ statement: bury, values }], true);
  }

  function byToken(jobs: readonly { readonly id: string; readonly token: string }[]) {
    return [...Map.groupBy(jobs, (job) => job.token)].map(([token, some]) => ({
      token,
      ids: database.list(some.map(({ id }) => id)),
    }));
  }

  return {
    async claim(now, leaseUntil, token, limit) {
      const rows = await claim(now, leaseUntil, token, limit);
      const jobs: Job[] = [];
      for (const { id, body, lane, due: dueAt, createdAt, attempts } of rows) {
        try {
          jobs.push({ id, effect: readEffect(id, body), lane, due: dueAt, createdAt, attempt: attempts, token });
        } catch (error) {
          if (!(error instanceof Unreadable)) throw error;
          // Nobody here can do it, and it must not keep the others from being done.
          await buried({ id, token }, error.message, now);
        }
      }
      return jobs;
    },
    async renew(jobs, leaseUntil) {
      await writeAll(
        database,
        byToken(jobs).map((values) => ({ statement: renew, values: { ...values, leaseUntil } })),
      );
    },
    async settle(jobs) {
      await writeAll(
        database,
        byToken(jobs).map((values) => ({ statement: settle, values })),
      );
    },
    async postpone({ id, token }, dueAt, countAttempt) {
      const values = { id, token, due: dueAt, untried: countAttempt ? 0 : 1 };
      await writeAll(database, [
        { statement: holdLane, values },
        { statement: giveBack, values },
      ]);
    },
    bury: buried,
    async nextDue() {
      return (await next.run({}))[0]?.at;
    },
    async outboxDepth(now) {
      const rows = await depth.run({});
      const of = (state: string) => rows.find((row) => row.state === state)?.count ?? 0;
      return { waiting: of('waiting'), overdue: (await overdue.run({ now }))[0]?.count ?? 0, dead: of('dead') };
    },
  };
}

/** Gives back everything that a worker has in hand, as if the leases had run out; the attempts stay counted. */
export async function freeLeases(database: Database): Promise<void> {
  const { effects } = database.tables;
  const free = database.prepare(
    database.query
      .update(effects)
      .set({ token: null, readyAt: sql`${effects.due}` })
      .where(sql`state = 'waiting' and token is not null`),
  );
  await writeAll(database, [{ statement: free, values: {} }]);
}

function statements(database: Database) {
  const { query } = database;
  const { effects } = database.tables;
  const held = and(eq(effects.id, sql.placeholder('id')), eq(effects.token, sql.placeholder('token')));
  const heldTogether = and(
    database.oneOf(effects.id, 'ids'),
    eq(effects.token, sql.placeholder('token')),
    sql`${effects.state} = 'waiting'`,
  );
  const renew = database.prepare(
    query
      .update(effects)
      .set({ readyAt: sql`${bound(effects.readyAt, 'leaseUntil')}` })
      .where(heldTogether),
  );
  const settle = database.prepare(query.delete(effects).where(heldTogether));
  const due = bound(effects.due, 'due');
  const giveBack = database.prepare(
    query
      .update(effects)
      .set({
        due: sql`${due}`,
        readyAt: sql`${due}`,
        attempts: sql`${effects.attempts} - ${bound(effects.attempts, 'untried')}`,
        token: null,
      })
      .where(held),
  );
  // The lane cannot move before its head: who looks for work need not look at the rest of it until then.
  const holdLane = database.prepare(
    query
      .update(effects)
      .set({ readyAt: sql`${due}` })
      .where(
        sql`state = 'waiting' and ready_at < ${due} and lane = (select lane from effects where ${held})
          and seq > (select seq from effects where ${held})`,
      ),
  );
  const bury = database.prepare(
    query
      .update(effects)
      .set({
        state: 'dead',
        token: null,
        error: sql`${bound(effects.error, 'error')}`,
        diedAt: sql`${bound(effects.diedAt, 'now')}`,
      })
      .where(held),
  );
  const next = database.prepare(
    query
      .select({ at: effects.readyAt })
      .from(effects)
      .where(sql`state = 'waiting' and ${noneBefore('effects')}`)
      .orderBy(asc(effects.readyAt))
      .limit(1),
  );
  const depth = database.prepare(
    query.select({ state: effects.state, count: count() }).from(effects).groupBy(effects.state),
  );
  const overdue = database.prepare(
    query
      .select({ count: count() })
      .from(effects)
      .where(and(sql`state = 'waiting'`, lte(effects.due, bound(effects.due, 'now')))),
  );
  return { renew, settle, holdLane, giveBack, bury, next, depth, overdue };
}

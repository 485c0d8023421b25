import { randomUUID } from 'node:crypto';
import { and, count, eq, lt, sql, sum } from 'drizzle-orm';
import { z } from 'zod';
import { inboundKey, type AlertRow, type Inbound, type Store, type Verdict } from '../engine/ports.ts';
import type { IncidentId } from '../incident/ids.ts';
import { effectRows, insertEffects, upsertAlerts } from './batch-writes.ts';
import { incidentId, maybe } from './codec/parts.ts';
import { read } from './codec/read.ts';
import { bound, insertInto, writeAll, type Database } from './database.ts';

const verdict = z.object({ incident: maybe(incidentId) }) satisfies z.ZodType<Verdict>;

/** Rows that one statement forgets: a pause after each keeps what is urgent from waiting. */
const forgetAtOnce = 1_000;

/** What came in from outside: ids that were seen, groups that are open, alerts and how often they spoke. */
export function arrivals(
  database: Database,
): Pick<
  Store,
  'seen' | 'openGroups' | 'alerts' | 'signalTotal' | 'unresolvedAlerts' | 'prune' | 'setAside' | 'setAsideCount'
> {
  const { tables: t, query } = database;
  const seen = seenIds(database);
  const groups = database.prepare(query.select().from(t.openGroups).where(database.oneOf(t.openGroups.key, 'keys')));
  const alerts = database.prepare(query.select().from(t.alerts).where(database.oneOf(t.alerts.key, 'keys')));
  const ofIncident = eq(t.alerts.incident, sql.placeholder('incident'));
  const total = database.prepare(
    query
      .select({ total: sum(t.alerts.count) })
      .from(t.alerts)
      .where(ofIncident),
  );
  const unresolved = database.prepare(
    query
      .select({ count: count() })
      .from(t.alerts)
      .where(and(ofIncident, sql`not ${t.alerts.resolved}`)),
  );
  const setAside = insertInto(database, t.setAside, (insert) => insert.onConflictDoNothing());
  const setAsideCount = database.prepare(query.select({ count: count() }).from(t.setAside));
  const { source, id, at } = t.inbound;
  const oldest = query
    .select({ source, id })
    .from(t.inbound)
    .where(lt(at, bound(at, 'before')))
    .limit(forgetAtOnce);
  const forget = database.prepare(
    query
      .delete(t.inbound)
      .where(sql`(${source}, ${id}) in ${oldest}`)
      .returning({ id }),
  );

  return {
    seen,
    async openGroups(keys) {
      if (keys.length === 0) return new Map();
      const rows = await groups.run({ keys: database.list(keys) });
      return new Map(rows.map((row) => [row.key, idOf(row.incident)]));
    },
    async alerts(keys) {
      if (keys.length === 0) return new Map();
      const rows = await alerts.run({ keys: database.list(keys) });
      return new Map(rows.map((row): [string, AlertRow] => [row.key, { ...row, incident: idOf(row.incident) }]));
    },
    async signalTotal(incident) {
      return Number((await total.run({ incident }))[0]?.total ?? 0);
    },
    async unresolvedAlerts(incident) {
      return (await unresolved.run({ incident }))[0]?.count ?? 0;
    },
    async prune(before) {
      for (;;) {
        const forgotten = await forget.run({ before });
        if (forgotten.length < forgetAtOnce) return;
        await new Promise(setImmediate);
      }
    },
    async setAside(source, id, reason, body, now) {
      await writeAll(database, setAside([{ source, id, reason, body, at: now }]));
    },
    async setAsideCount() {
      return (await setAsideCount.run({}))[0]?.count ?? 0;
    },
  };
}

function seenIds(database: Database): Store['seen'] {
  const { inbound } = database.tables;
  const statement = database.prepare(
    database.query
      .select({ id: inbound.id, verdict: inbound.verdict })
      .from(inbound)
      .where(and(eq(inbound.source, sql.placeholder('source')), database.oneOf(inbound.id, 'ids'))),
  );
  return async (keys) => {
    const seen = new Map<string, Verdict>();
    for (const [source, some] of Map.groupBy(keys, (key) => key.source)) {
      const ids = database.list(some.map(({ id }) => id));
      for (const row of await statement.run({ source, ids })) {
        const key = inboundKey({ source, id: row.id });
        seen.set(key, read(verdict, row.verdict, `verdict of ${key}`));
      }
    }
    return seen;
  };
}

/** Repeats: counted in the alerts' rows, decided by nobody. */
export function signalCounts(database: Database): Pick<Store, 'countSignals'> {
  const { tables: t } = database;
  const remember = insertInto(database, t.inbound, (insert) => insert.onConflictDoNothing());
  const alerts = upsertAlerts(database);
  const effects = insertEffects(database);
  const nothing: Verdict = { incident: undefined };
  return {
    async countSignals(counts, inbound, planned, now) {
      const rows = counts.map(({ alert, incident, add, at }) => ({
        key: alert,
        incident,
        count: add,
        firstAt: at,
        lastAt: at,
        resolved: false,
      }));
      const ids = new Map(inbound.map((key): [string, Inbound] => [inboundKey(key), key]));
      const writes = [
        ...remember([...ids.values()].map((key) => ({ ...key, verdict: nothing, at: now }))),
        ...alerts(rows.toSorted((a, b) => (a.key < b.key ? -1 : 1))),
        ...effects(effectRows(planned, now, () => randomUUID())),
      ];
      await writeAll(database, writes, planned.length > 0);
    },
  };
}

function idOf(stored: string): IncidentId {
  return read<IncidentId>(incidentId, stored, `incident id ${stored}`);
}

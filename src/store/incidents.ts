import { and, desc, eq, sql, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import type { IncidentFilter, IncidentRow, Store } from '../engine/ports.ts';
import type { Milestones } from '../figures/record.ts';
import type { IncidentId } from '../incident/ids.ts';
import { incidentId, severity, textId } from './codec/parts.ts';
import { read } from './codec/read.ts';
import type { Database, Statement } from './database.ts';
import type { Tables } from './tables.ts';

type StoredRow = Tables['incidents']['$inferSelect'];

/** Lists of incidents, from the rows that were written with their events. */
export function incidentLists(
  database: Database,
): Pick<Store, 'incidents' | 'incidentByChannel' | 'nextIncidentNumber'> {
  const { incidents } = database.tables;
  const lists = new Map<string, Statement<StoredRow[]>>();
  const byChannel = database.prepare(
    database.query
      .select({ id: incidents.id })
      .from(incidents)
      .where(eq(incidents.channel, sql.placeholder('channel')))
      .orderBy(desc(incidents.number))
      .limit(1),
  );

  function listFor({ open, includePrivate = false }: IncidentFilter): Statement<StoredRow[]> {
    const name = `${open}/${includePrivate}`;
    const known = lists.get(name);
    if (known !== undefined) return known;
    const conditions: SQL[] = [];
    if (open !== undefined) conditions.push(open ? sql`${incidents.isOpen}` : sql`not ${incidents.isOpen}`);
    if (!includePrivate) conditions.push(sql`not ${incidents.isPrivate}`);
    const list = database.prepare(
      database.query
        .select()
        .from(incidents)
        .where(and(...conditions))
        .orderBy(desc(incidents.number))
        .limit(sql.placeholder('limit')),
    );
    lists.set(name, list);
    return list;
  }

  return {
    async incidents(filter) {
      return (await listFor(filter).run({ limit: filter.limit })).map(incidentRow);
    },
    async incidentByChannel(channel) {
      const [row] = await byChannel.run({ channel });
      return row === undefined ? undefined : read<IncidentId>(incidentId, row.id, `incident id ${row.id}`);
    },
    nextIncidentNumber: numbers(database),
  };
}

/** Numbers asked for in one turn of the event loop are taken in one write. */
function numbers(database: Database): () => Promise<number> {
  const { counters } = database.tables;
  const take = database.prepare(
    database.query
      .insert(counters)
      .values({ name: 'incident', value: sql`${sql.param(sql.placeholder('add'), counters.value)}` })
      .onConflictDoUpdate({ target: counters.name, set: { value: sql`${counters.value} + excluded.value` } })
      .returning({ last: counters.value }),
  );
  let asking: PromiseWithResolvers<number>[] = [];

  async function takeAll(): Promise<void> {
    const all = asking;
    asking = [];
    try {
      const [row] = await take.run({ add: all.length });
      if (row === undefined) throw new Error('the counter of incidents gave no number');
      const first = row.last - all.length + 1;
      for (const [index, one] of all.entries()) one.resolve(first + index);
    } catch (error) {
      for (const one of all) one.reject(error);
    }
  }

  return () => {
    const one = Promise.withResolvers<number>();
    asking.push(one);
    if (asking.length === 1) setImmediate(() => void takeAll());
    return one.promise;
  };
}

const words = z.object({
  id: incidentId,
  status: z.enum(['triage', 'investigating', 'fixing', 'monitoring', 'resolved', 'closed', 'cancelled']),
  kind: z.enum(['incident', 'drill']),
  severity,
  title: textId,
  outcome: z.enum(['resolved', 'open', 'cancelled', 'merged']),
});

function incidentRow(row: StoredRow): IncidentRow {
  return {
    number: row.number,
    isOpen: row.isOpen,
    isPrivate: row.isPrivate,
    openedAt: row.openedAt,
    hasPostmortem: row.hasPostmortem,
    ...read(words, row, `row of ${row.id}`),
    service: row.service ?? undefined,
    channel: row.channel ?? undefined,
    endedAt: row.endedAt ?? undefined,
    milestones: milestonesOf(row),
  };
}

/** Columns say null, the rules say undefined. */
export function milestonesOf(columns: Readonly<Record<keyof Milestones, number | null>>): Milestones {
  return {
    impactStart: columns.impactStart ?? undefined,
    detected: columns.detected ?? undefined,
    declared: columns.declared ?? undefined,
    acked: columns.acked ?? undefined,
    paged: columns.paged ?? undefined,
    mitigated: columns.mitigated ?? undefined,
    resolved: columns.resolved ?? undefined,
  };
}

import { and, asc, desc, eq, gt, gte, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Store } from '../engine/ports.ts';
import type { IncidentRecord } from '../figures/record.ts';
import { readEvent } from './codec/events.ts';
import { maybe, severity } from './codec/parts.ts';
import { read } from './codec/read.ts';
import { bound, insertInto, writeAll, type Database } from './database.ts';
import { milestonesOf } from './incidents.ts';

const words = z.object({
  kind: z.enum(['incident', 'drill']),
  outcome: z.enum(['resolved', 'open', 'cancelled', 'merged']),
  severity: z.preprocess((value) => value ?? undefined, maybe(severity)),
});

/** History grows for years: it is read in pieces, so that pages and acknowledgements never wait for a digest. */
const rowsAtOnce = 2_000;
const highestNumber = 2 ** 31 - 1;

function pause(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** What figures are computed from: incidents of Toran's own, and history that was imported. */
export function records(database: Database): Pick<Store, 'records' | 'importRecords' | 'deliveredPages'> {
  const { tables: t, query } = database;
  const own = database.prepare(
    query
      .select({ row: t.incidents, title: t.texts.body })
      .from(t.incidents)
      .leftJoin(t.texts, eq(t.texts.id, t.incidents.title))
      .where(lt(t.incidents.number, sql.placeholder('before')))
      .orderBy(desc(t.incidents.number))
      .limit(rowsAtOnce),
  );
  const imported = database.prepare(
    query
      .select()
      .from(t.importedRecords)
      .where(gt(t.importedRecords.id, sql.placeholder('after')))
      .orderBy(asc(t.importedRecords.id))
      .limit(rowsAtOnce),
  );
  const ids = database.prepare(
    query
      .select({ id: t.importedRecords.id })
      .from(t.importedRecords)
      .where(database.oneOf(t.importedRecords.id, 'ids')),
  );
  const insert = insertInto(database, t.importedRecords, (rows) => rows.onConflictDoNothing());

  return {
    async records() {
      const found: IncidentRecord[] = [];
      for (let before: number | undefined = highestNumber; before !== undefined; await pause()) {
        const rows = await own.run({ before });
        // An erased title leaves the number to go by.
        for (const { row, title } of rows) found.push(record({ ...row, title: title ?? row.id }));
        before = rows.length < rowsAtOnce ? undefined : rows.at(-1)?.row.number;
      }
      for (let after: string | undefined = ''; after !== undefined; await pause()) {
        const rows = await imported.run({ after });
        for (const row of rows) found.push(record(row));
        after = rows.length < rowsAtOnce ? undefined : rows.at(-1)?.id;
      }
      return found;
    },
    async importRecords(wanted) {
      const byId = new Map(wanted.map((one) => [one.id, one]));
      const there = await ids.run({ ids: database.list([...byId.keys()]) });
      for (const { id } of there) byId.delete(id);
      const rows = [...byId.values()].map(({ milestones, ...columns }) => ({ ...columns, ...milestones }));
      await writeAll(database, insert(rows));
      return rows.length;
    },
    deliveredPages: deliveredPages(database),
  };
}

interface StoredRecord extends Record<keyof IncidentRecord['milestones'], number | null> {
  readonly id: string;
  readonly title: string;
  readonly severity: string | null;
  readonly service: string | null;
  readonly kind: string;
  readonly outcome: string;
  readonly isPrivate: boolean;
}

function record(row: StoredRecord): IncidentRecord {
  return {
    id: row.id,
    title: row.title,
    service: row.service ?? undefined,
    isPrivate: row.isPrivate,
    ...read(words, row, `record ${row.id}`),
    milestones: milestonesOf(row),
  };
}

/** From the events: a delivery that arrived, and who it was sent to. Drills are practice and count as nobody's load. */
function deliveredPages(database: Database): Store['deliveredPages'] {
  const { events, incidents } = database.tables;
  const from = bound(events.happenedAt, 'from');
  const delivered = database.prepare(
    database.query
      .select({ event: events })
      .from(events)
      .innerJoin(
        incidents,
        and(eq(incidents.id, events.stream), eq(incidents.kind, 'incident'), eq(incidents.isPrivate, false)),
      )
      .where(
        and(
          eq(events.type, 'page_delivered'),
          // Nothing is recorded before it happened, and this is what the index knows.
          gte(events.recordedAt, from),
          gte(events.happenedAt, from),
          lt(events.happenedAt, bound(events.happenedAt, 'to')),
        ),
      ),
  );
  const sent = database.prepare(
    database.query
      .select()
      .from(events)
      .where(and(database.oneOf(events.stream, 'streams'), sql`${events.type} = 'page_sent'`)),
  );

  return async (fromMs, toMs) => {
    const arrived = await delivered.run({ from: fromMs, to: toMs });
    const streams = [...new Set(arrived.map(({ event }) => event.stream))];
    if (streams.length === 0) return [];
    // One question to one person is one page, by however many ways it came.
    const asked = new Map<string, { readonly person: string; readonly question: string }>();
    for (const row of await sent.run({ streams: database.list(streams) })) {
      const { event } = readEvent('incident', row);
      if (event.type !== 'page_sent' || event.to.kind !== 'person') continue;
      const { person } = event.to;
      asked.set(event.delivery, { person, question: `${event.page} ${event.at.round} ${event.at.step} ${person}` });
    }
    const first = new Map<string, { readonly person: string; readonly at: number }>();
    for (const { event: row } of arrived) {
      const { event, happenedAt } = readEvent('incident', row);
      const page = event.type === 'page_delivered' ? asked.get(event.delivery) : undefined;
      if (page === undefined || (first.get(page.question)?.at ?? Infinity) <= happenedAt) continue;
      first.set(page.question, { person: page.person, at: happenedAt });
    }
    return [...first.values()].toSorted((a, b) => a.at - b.at);
  };
}

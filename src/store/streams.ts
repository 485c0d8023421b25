import { asc, eq, sql } from 'drizzle-orm';
import type { Store, StoredStream } from '../engine/ports.ts';
import type { StreamId, StreamKind, Streams } from '../engine/streams.ts';
import type { TextId } from '../incident/ids.ts';
import { readEvent } from './codec/events.ts';
import { textId } from './codec/parts.ts';
import { read } from './codec/read.ts';
import { foldAgain, readSnapshot, snapshotFormat } from './codec/snapshot.ts';
import { writeAll, type Database } from './database.ts';

export interface StreamRow {
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly format: number;
  readonly snapshot: unknown;
}

/** What is known of streams: their folds, their events, the texts beside them. */
export function streamReads(database: Database): Pick<Store, 'load' | 'events' | 'texts' | 'eraseTexts' | 'incident'> {
  const { tables: t, query } = database;
  const byId = database.prepare(query.select().from(t.streams).where(database.oneOf(t.streams.id, 'ids')));
  const textsOf = database.prepare(
    query
      .select()
      .from(t.texts)
      .where(eq(t.texts.incident, sql.placeholder('incident'))),
  );
  const erase = database.prepare(query.delete(t.texts).where(database.oneOf(t.texts.id, 'ids')));
  const historyOf = history(database);
  const stateOf = folding(database);

  async function load<Kind extends StreamKind>(
    kind: Kind,
    ids: readonly Streams[Kind]['id'][],
  ): Promise<ReadonlyMap<StreamId, StoredStream<Streams[Kind]['state']>>> {
    const streams = new Map<StreamId, StoredStream<Streams[Kind]['state']>>();
    if (ids.length === 0) return streams;
    const rows = new Map((await byId.run({ ids: database.list(ids) })).map((row) => [row.id, row]));
    for (const id of ids) {
      const row = rows.get(id);
      if (row !== undefined) streams.set(id, { version: row.version, state: await stateOf(kind, id, row) });
    }
    return streams;
  }

  return {
    load,
    async incident(id) {
      return (await load('incident', [id])).get(id)?.state;
    },
    async events(incident) {
      return (await historyOf(incident)).map((row) => readEvent('incident', row));
    },
    async texts(incident) {
      const texts = new Map<TextId, string>();
      for (const { id, body } of await textsOf.run({ incident })) texts.set(read(textId, id, `id of text ${id}`), body);
      return texts;
    },
    async eraseTexts(ids) {
      if (ids.length > 0) await writeAll(database, [{ statement: erase, values: { ids: database.list(ids) } }]);
    },
  };
}

function history(database: Database) {
  const { events } = database.tables;
  const statement = database.prepare(
    database.query
      .select()
      .from(events)
      .where(eq(events.stream, sql.placeholder('stream')))
      .orderBy(asc(events.sequence)),
  );
  return (stream: string) => statement.run({ stream });
}

/** The fold of a stream: as stored, or from its events when it was stored by code that folds differently. */
export function folding(database: Database) {
  const historyOf = history(database);
  return async <Kind extends StreamKind>(
    kind: Kind,
    id: Streams[Kind]['id'],
    row: StreamRow,
  ): Promise<Streams[Kind]['state'] | undefined> => {
    if (row.format === snapshotFormat[kind]) return readSnapshot(kind, row.snapshot);
    const events = await historyOf(id);
    return foldAgain(
      kind,
      id,
      events.filter((event) => event.sequence <= row.version),
    );
  };
}

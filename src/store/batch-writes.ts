import { randomUUID } from 'node:crypto';
import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { AlertRow, Batch, IncidentRow } from '../engine/ports.ts';
import type { Effect } from '../engine/streams.ts';
import type { Planned } from '../oncall/recorded.ts';
import type { EpochMs } from '../oncall/time.ts';
import { snapshotFormat } from './codec/snapshot.ts';
import { excluded, insertInto, type Database, type Write } from './database.ts';
import type { Tables } from './tables.ts';

/**
 * Everything that a batch writes, in the order in which a clash says most: an id seen before, a group that is taken, a
 * version that is gone.
 */
export function batchWrites(database: Database): (batch: Batch, now: EpochMs) => readonly Write[] {
  const { tables: t, query } = database;
  const inbound = insertInto(database, t.inbound);
  const openGroups = insertInto(database, t.openGroups);
  const freeGroup = database.prepare(query.delete(t.openGroups).where(eq(t.openGroups.key, sql.placeholder('key'))));
  const events = insertInto(database, t.events);
  const streams = upsertStreams(database);
  const incidents = upsertIncidents(database);
  const texts = insertInto(database, t.texts);
  const effects = insertEffects(database);
  const alerts = upsertAlerts(database);

  return (batch, now) => {
    const { stream, kind } = batch;
    const { take, release } = groupChange(batch);
    const version = batch.expectedVersion + batch.events.length;
    const isNews = batch.events.length > 0;
    const snapshot = { id: stream, kind, version, format: snapshotFormat[kind], snapshot: batch.state };
    return [
      ...inbound(batch.inbound.map(({ key, verdict }) => ({ ...key, verdict, at: now }))),
      ...openGroups(take === undefined ? [] : [{ key: take, incident: stream }]),
      ...events(batch.events.map(({ event, ...recorded }) => ({ ...recorded, stream, type: event.type, body: event }))),
      ...streams(isNews ? [snapshot] : []),
      ...incidents(isNews && batch.row !== undefined ? [incidentColumns(batch.row)] : []),
      ...texts(batch.texts.map(({ id, body }) => ({ id, incident: stream, body }))),
      ...effects(effectRows(batch.effects, now, (n) => (isNews ? `${stream}:${version}:${n}` : randomUUID()))),
      ...alerts(onePerKey(batch.alerts)),
      ...(release === undefined ? [] : [{ statement: freeGroup, values: { key: release } }]),
    ];
  };
}

/** Taken and given back in one batch: nobody else can have seen it. */
function groupChange({ openGroup }: Batch): Batch['openGroup'] {
  return openGroup.take === openGroup.release ? { take: undefined, release: undefined } : openGroup;
}

function upsertStreams(database: Database) {
  const { streams } = database.tables;
  return insertInto(database, streams, (insert) =>
    insert.onConflictDoUpdate({
      target: streams.id,
      set: {
        version: excluded(streams.version),
        format: excluded(streams.format),
        snapshot: excluded(streams.snapshot),
      },
    }),
  );
}

function upsertIncidents(database: Database) {
  const { id, number: _, ...changing } = getTableColumns(database.tables.incidents);
  const set = Object.fromEntries(Object.entries(changing).map(([key, column]) => [key, excluded(column)]));
  return insertInto(database, database.tables.incidents, (insert) => insert.onConflictDoUpdate({ target: id, set }));
}

function incidentColumns({ milestones, ...row }: IncidentRow): Tables['incidents']['$inferInsert'] {
  return { ...row, ...milestones };
}

/** An effect whose key already waits is not planned again: the waiting one will show what is true then. */
export function insertEffects(database: Database) {
  const { effects } = database.tables;
  return insertInto(database, effects, (insert) => insert.onConflictDoNothing({ target: effects.coalesce }));
}

export function effectRows(
  planned: readonly Planned<Effect>[],
  now: EpochMs,
  newId: (n: number) => string,
): Tables['effects']['$inferInsert'][] {
  return planned.map(({ effect, due, lane, priority, coalesce }, n) => ({
    id: newId(n),
    kind: effect.kind,
    lane,
    priority,
    due,
    readyAt: due,
    attempts: 0,
    coalesce,
    createdAt: now,
    body: effect,
    state: 'waiting',
  }));
}

/**
 * A signal that fires counts on top of what is known of the same alert in the same incident; a resolution counts
 * nothing. In another incident the alert begins a new life.
 */
export function upsertAlerts(database: Database) {
  const { alerts } = database.tables;
  const same = sql`${alerts.incident} = ${excluded(alerts.incident)}`;
  const greater = sql.raw(database.greater);
  const firing = sql`case when ${excluded(alerts.resolved)} then 0 else ${excluded(alerts.count)} end`;
  return insertInto(database, alerts, (insert) =>
    insert.onConflictDoUpdate({
      target: alerts.key,
      set: {
        incident: excluded(alerts.incident),
        count: sql`case when ${same} then ${alerts.count} + ${firing} else ${excluded(alerts.count)} end`,
        firstAt: sql`case when ${same} then ${alerts.firstAt} else ${excluded(alerts.firstAt)} end`,
        lastAt: sql`case when ${same} then ${greater}(${alerts.lastAt}, ${excluded(alerts.lastAt)}) else ${excluded(alerts.lastAt)} end`,
        resolved: excluded(alerts.resolved),
      },
    }),
  );
}

/** One row per key, as one statement needs it, in one order everywhere, so that two batches cannot wait for each other. */
function onePerKey(rows: readonly AlertRow[]): readonly AlertRow[] {
  const byKey = new Map<string, AlertRow>();
  for (const row of rows) {
    const before = byKey.get(row.key);
    const count = (before?.count ?? 0) + (row.resolved && before !== undefined ? 0 : row.count);
    byKey.set(row.key, before?.incident === row.incident ? { ...row, count, firstAt: before.firstAt } : row);
  }
  return [...byKey.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
}

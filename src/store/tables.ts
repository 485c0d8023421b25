import { sql } from 'drizzle-orm';
import type { Kit } from './columns.postgres.ts';

/** Every table, once for both dialects. Beside each table: what its rows are, and who may delete them. */
export function defineTables(c: Kit) {
  return { ...history(c), ...incidents(c), ...outbox(c), ...arrivals(c), ...upkeep(c) };
}

export type Tables = ReturnType<typeof defineTables>;

function history(c: Kit) {
  /** One row per stream: its version, and the fold of its events as it was after the last of them. */
  const streams = c.table(
    'streams',
    {
      id: c.text('id').primaryKey(),
      kind: c.text('kind').notNull(),
      version: c.int('version').notNull(),
      /** Of the snapshot; another number than the code's means: fold again. */
      format: c.int('format').notNull(),
      snapshot: c.json('snapshot').notNull(),
    },
    // Few rows, read before every decision: people and the workspace.
    (t) => [
      c
        .index('streams_facts')
        .on(t.kind, t.version)
        .where(sql`kind <> 'incident'`),
    ],
  );
  /** Append-only. The primary key is the guard of optimistic concurrency: of two writers one fails. */
  const events = c.table(
    'events',
    {
      stream: c.text('stream').notNull(),
      sequence: c.int('sequence').notNull(),
      type: c.text('type').notNull(),
      happenedAt: c.instant('happened_at').notNull(),
      recordedAt: c.instant('recorded_at').notNull(),
      actor: c.json('actor').notNull(),
      body: c.json('body').notNull(),
    },
    (t) => [
      c.primaryKey({ name: 'events_pk', columns: [t.stream, t.sequence] }),
      c.index('events_type').on(t.type, t.recordedAt),
    ],
  );
  /** What people wrote; events hold the id. Rows can be erased at any time. */
  const texts = c.table(
    'texts',
    { id: c.text('id').primaryKey(), incident: c.text('incident').notNull(), body: c.text('body').notNull() },
    (t) => [c.index('texts_incident').on(t.incident)],
  );
  return { streams, events, texts };
}

function milestones(c: Kit) {
  return {
    impactStart: c.instant('impact_start'),
    detected: c.instant('detected'),
    declared: c.instant('declared'),
    acked: c.instant('acked'),
    paged: c.instant('paged'),
    mitigated: c.instant('mitigated'),
    resolved: c.instant('resolved'),
  };
}

function incidents(c: Kit) {
  /** What lists and figures read, written with the events that it follows from. */
  const incidents = c.table(
    'incidents',
    {
      id: c.text('id').primaryKey(),
      number: c.int('number').notNull(),
      status: c.text('status').notNull(),
      isOpen: c.bool('is_open').notNull(),
      kind: c.text('kind').notNull(),
      severity: c.text('severity').notNull(),
      service: c.text('service'),
      title: c.text('title').notNull(),
      isPrivate: c.bool('is_private').notNull(),
      outcome: c.text('outcome').notNull(),
      channel: c.text('channel'),
      openedAt: c.instant('opened_at').notNull(),
      endedAt: c.instant('ended_at'),
      hasPostmortem: c.bool('has_postmortem').notNull(),
      ...milestones(c),
    },
    (t) => [
      c.uniqueIndex('incidents_number').on(t.number),
      c
        .index('incidents_open')
        .on(t.number)
        .where(sql`is_open`),
      c.index('incidents_channel').on(t.channel),
      c.index('incidents_ended').on(t.endedAt),
    ],
  );
  /** History from before Toran. */
  const importedRecords = c.table('imported_records', {
    id: c.text('id').primaryKey(),
    title: c.text('title').notNull(),
    severity: c.text('severity'),
    service: c.text('service'),
    kind: c.text('kind').notNull(),
    outcome: c.text('outcome').notNull(),
    isPrivate: c.bool('is_private').notNull(),
    ...milestones(c),
  });
  /** One row while an incident with that group key is open: of two declarations one fails. */
  const openGroups = c.table('open_groups', {
    key: c.text('key').primaryKey(),
    incident: c.text('incident').notNull(),
  });
  /** Numbers that are handed out once. */
  const counters = c.table('counters', { name: c.text('name').primaryKey(), value: c.int('value').notNull() });
  return { incidents, importedRecords, openGroups, counters };
}

function outbox(c: Kit) {
  /** What is to be done in the world, now or later. A row leaves when it is done; `dead` ones wait for people. */
  const effects = c.table(
    'effects',
    {
      seq: c.serial('seq'),
      /** Stable over retries. */
      id: c.text('id').notNull(),
      kind: c.text('kind').notNull(),
      lane: c.text('lane').notNull(),
      priority: c.int('priority').notNull(),
      due: c.instant('due').notNull(),
      /**
       * When looking at the row can pay: not before it is due, before its lease ends, or (known only when the head of
       * its lane was postponed) before the lane can move. Keeps what cannot be claimed out of the way of what can.
       */
      readyAt: c.instant('ready_at').notNull(),
      attempts: c.int('attempts').notNull(),
      token: c.text('token'),
      /** Set while the row waits untouched; a claim takes it off, so that a newer edit can queue behind. */
      coalesce: c.text('coalesce'),
      createdAt: c.instant('created_at').notNull(),
      body: c.json('body').notNull(),
      state: c.text('state').notNull(),
      /** Of a dead row: why, and since when. */
      error: c.text('error'),
      diedAt: c.instant('died_at'),
    },
    (t) => [
      c.uniqueIndex('effects_id').on(t.id),
      c.uniqueIndex('effects_coalesce').on(t.coalesce),
      c
        .index('effects_by_priority')
        .on(t.priority, t.readyAt, t.seq)
        .where(sql`state = 'waiting'`),
      c
        .index('effects_by_time')
        .on(t.readyAt)
        .where(sql`state = 'waiting'`),
      c
        .index('effects_lane')
        .on(t.lane, t.seq)
        .where(sql`state = 'waiting'`),
      c
        .index('effects_dead')
        .on(t.seq)
        .where(sql`state = 'dead'`),
    ],
  );
  return { effects };
}

function arrivals(c: Kit) {
  /** Ids of what was taken in, with what was answered; forgotten after a while. */
  const inbound = c.table(
    'inbound',
    {
      source: c.text('source').notNull(),
      id: c.text('id').notNull(),
      verdict: c.json('verdict').notNull(),
      at: c.instant('at').notNull(),
    },
    (t) => [c.primaryKey({ name: 'inbound_pk', columns: [t.source, t.id] }), c.index('inbound_at').on(t.at)],
  );
  /** The latest life of each alert: which incident it belongs to, and how often it spoke. */
  const alerts = c.table(
    'alerts',
    {
      key: c.text('key').primaryKey(),
      incident: c.text('incident').notNull(),
      count: c.int('count').notNull(),
      firstAt: c.instant('first_at').notNull(),
      lastAt: c.instant('last_at').notNull(),
      resolved: c.bool('resolved').notNull(),
    },
    (t) => [c.index('alerts_incident').on(t.incident)],
  );
  return { inbound, alerts };
}

function upkeep(c: Kit) {
  /** Authentic, but of no use to Toran: for people to look at. */
  const setAside = c.table(
    'set_aside',
    {
      source: c.text('source').notNull(),
      id: c.text('id').notNull(),
      reason: c.text('reason').notNull(),
      body: c.text('body').notNull(),
      at: c.instant('at').notNull(),
    },
    (t) => [c.primaryKey({ name: 'set_aside_pk', columns: [t.source, t.id] })],
  );
  return { setAside };
}

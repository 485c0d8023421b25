import type { Batch } from '../../src/engine/ports.ts';

/** Five tables as plain as they can be: what a program without a library would write for one batch. */
export const bareTables = {
  inbound:
    'source text not null, id text not null, verdict text not null, at bigint not null, primary key (source, id)',
  events:
    'stream text not null, sequence integer not null, type text not null, recorded_at bigint not null, actor text not null, body text not null, primary key (stream, sequence)',
  streams: 'id text primary key, version integer not null, snapshot text not null',
  incidents:
    'id text primary key, number integer not null, status text not null, severity text not null, body text not null',
  effects:
    'id text primary key, lane text not null, priority integer not null, due bigint not null, body text not null',
} as const;

export type BareTable = keyof typeof bareTables;

export function bareRows(batch: Batch): Readonly<Record<BareTable, readonly (string | number)[]>> {
  const [event] = batch.events;
  const [effect] = batch.effects;
  const [inbound] = batch.inbound;
  if (event === undefined || effect === undefined || inbound === undefined || batch.row === undefined)
    throw new Error('a batch of the benchmark has one of each');
  return {
    inbound: [inbound.key.source, inbound.key.id, JSON.stringify(inbound.verdict), event.recordedAt],
    events: [
      batch.stream,
      event.sequence,
      event.event.type,
      event.recordedAt,
      JSON.stringify(event.actor),
      JSON.stringify(event.event),
    ],
    streams: [batch.stream, event.sequence, JSON.stringify(batch.state)],
    incidents: [batch.row.id, batch.row.number, batch.row.status, batch.row.severity, JSON.stringify(batch.row)],
    effects: [`${batch.stream}:1:0`, effect.lane, effect.priority, effect.due, JSON.stringify(effect.effect)],
  };
}

export const bareNames = ['inbound', 'events', 'streams', 'incidents', 'effects'] as const satisfies BareTable[];

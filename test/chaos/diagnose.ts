import { openDatabase, openStore } from '../../src/store/open.ts';
import type { Kill } from './killer.ts';
import type { ChaosWorld } from './world.ts';

const newestCalls = 60;

/** Everything in the outbox, due now or later, dead letters included. */
export async function waitingEffects(databaseUrl: string) {
  const database = await openDatabase(databaseUrl, { role: 'tool' });
  try {
    return await database.prepare(database.query.select().from(database.tables.effects)).run({});
  } finally {
    await database.close();
  }
}

/** For whoever looks into a run that failed: what the store and the sandbox knew when people gave up. */
export async function diagnose(world: ChaosWorld, kills: readonly Kill[]): Promise<string> {
  const lines: string[] = [];
  const time = (at: number) => new Date(at).toISOString().slice(11, 23);
  const store = await openStore(world.databaseUrl, { role: 'tool' });
  try {
    for (const row of await store.incidents({ includePrivate: true, limit: 100 })) {
      lines.push(`${row.id} ${row.service ?? ''} ${row.status}`);
      for (const { sequence, recordedAt, event } of await store.events(row.id)) {
        const { type, ...rest } = event;
        lines.push(`  ${time(recordedAt)} ${sequence} ${type} ${JSON.stringify(rest).slice(0, 160)}`);
      }
    }
  } finally {
    await store.close();
  }
  for (const row of await waitingEffects(world.databaseUrl)) {
    lines.push(
      `effect ${row.seq} ${row.kind} ${row.lane} ${row.state} due ${time(row.due)} ready ${time(row.readyAt)} attempts ${row.attempts} ${row.token ?? '-'} ${row.error ?? ''}`,
    );
  }
  const calls = [
    ...world.slack.log.map((call) => ({
      at: call.atMs,
      text: `slack ${call.method} ${JSON.stringify(call.args).slice(0, 100)} → ${call.status} ${call.error ?? ''} ${call.fault ?? ''}`,
    })),
    ...world.pagerDuty.log.calls.map((call) => ({
      at: call.at,
      text: `pagerduty ${call.method} ${call.path} → ${call.status ?? 'cut'} ${call.fault ?? ''}`,
    })),
    ...world.pagerDuty.log.deliveries.map((one) => ({
      at: one.at,
      text: `webhook ${one.eventType} ${one.incidentId ?? ''} attempt ${one.attempt}: ${one.outcome} ${one.reason}`,
    })),
    ...world.pagerDuty.log.rung.map((one) => ({
      at: one.at,
      text: `rung ${one.userId} ${one.incidentTitle} (${one.why})`,
    })),
    ...kills.map((kill) => ({ at: kill.at, text: `KILL ${kill.where}` })),
  ];
  for (const { at, text } of calls.toSorted((a, b) => a.at - b.at).slice(-newestCalls))
    lines.push(`${time(at)} ${text}`);
  return lines.join('\n');
}

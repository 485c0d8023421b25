import { Client } from 'pg';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import type { Store } from '../../src/engine/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { createDatabase } from '../support/postgres.ts';
import { arrivalsContract } from './arrivals.contract.ts';
import { declared, plan, planned, start } from './batches.ts';
import type { Harness } from './harness.ts';
import { historyContract } from './history.contract.ts';
import { outboxContract } from './outbox.contract.ts';
import { retentionContract } from './retention.contract.ts';

let databases = 0;
const emptyDatabase = () => createDatabase(inject('postgresUrl'), `store_${process.pid}_${(databases += 1)}`);

interface PostgresHarness extends Harness {
  readonly url: string;
}

let contractUrl: Promise<string> | undefined;

/** One database serves one test after the other: making one costs more than most tests. */
async function emptied(): Promise<string> {
  contractUrl ??= emptyDatabase();
  const url = await contractUrl;
  await behind(url, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
    );
    if (rows.length > 0) {
      await client.query(`truncate ${rows.map((row) => row.name).join(', ')} restart identity`);
    }
  });
  return url;
}

async function open(): Promise<PostgresHarness> {
  const url = await emptied();
  const store = await openStore(url, { role: 'server', poolSize: 5 });
  const others: Store[] = [];
  return {
    url,
    store,
    async another() {
      const other = await openStore(url, { role: 'server', poolSize: 3 });
      others.push(other);
      return other;
    },
    run: (sql) => behind(url, async (client) => void (await client.query(sql))),
    async close() {
      for (const one of [store, ...others]) await one.close();
    },
  };
}

async function behind<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function opened(): Promise<PostgresHarness> {
  const harness = await open();
  onTestFinished(() => harness.close());
  return harness;
}

describe('the store on PostgreSQL', () => {
  historyContract(open);
  outboxContract(open);
  retentionContract(open);
  arrivalsContract(open);

  it('lets several replicas start at once on an empty database', async () => {
    const url = await emptyDatabase();
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(url, { role: 'server', poolSize: 1 })));
    const results = await Promise.all(stores.map((store, n) => store.commit([declared(n + 1)], start)));
    expect(results.flat()).toEqual(['committed', 'committed', 'committed', 'committed']);
    for (const store of stores) await store.close();
  });

  it('passes over what another claimer is just taking, and waits for nobody', async () => {
    const { store, url } = await opened();
    await plan(store, planned('held'), planned('free'));
    await behind(url, async (client) => {
      await client.query('begin');
      await client.query(`select 1 from effects where lane = 'held' for update`);
      const jobs = await store.claim(start, start + 1_000, 't', 10);
      expect(jobs.map((job) => job.lane)).toEqual(['free']);
      await client.query('rollback');
    });
  });

  it('wakes other processes with the commit, also after their connection broke', async () => {
    const { store, url, another } = await opened();
    const listener = await another();
    const wake = vi.fn<() => void>();
    const stop = await listener.onEffects(wake);
    const afterStart = wake.mock.calls.length;
    await store.commit([declared(1)], start);
    await vi.waitFor(() => expect(wake.mock.calls.length).toBeGreaterThan(afterStart));

    await behind(url, (client) =>
      client.query(`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'toran-listen'`),
    );
    const afterBreak = wake.mock.calls.length;
    await vi.waitFor(() => expect(wake.mock.calls.length).toBeGreaterThan(afterBreak), { timeout: 10_000 });
    const afterReconnect = wake.mock.calls.length;
    await plan(store, planned('x'));
    await vi.waitFor(() => expect(wake.mock.calls.length).toBeGreaterThan(afterReconnect));
    await stop();
  });

  it('says nothing to others about a commit that failed', async () => {
    const { store, another } = await opened();
    const wake = vi.fn<() => void>();
    const stop = await (await another()).onEffects(wake);
    const atFirst = wake.mock.calls.length;
    await store.commit([declared(1)], start);
    // What the first commit says comes after it: it must not be taken for a word about the second.
    await vi.waitFor(() => expect(wake.mock.calls.length).toBe(atFirst + 1));
    const before = wake.mock.calls.length;
    expect(await store.commit([declared(1)], start)).toEqual(['version_conflict']);
    // Notifications of one channel come in order: the second one would come after one for the conflict.
    await plan(store, planned('x'));
    await vi.waitFor(() => expect(wake.mock.calls.length).toBeGreaterThan(before));
    expect(wake.mock.calls.length).toBe(before + 1);
    await stop();
  });

  it('gets over deadlocks of commits that plan the same edits in other orders', async () => {
    const { store, another } = await opened();
    const other = await another();
    const keys = Array.from({ length: 8 }, (_, n) => `edit ${n}`);
    for (let round = 0; round < 10; round++) {
      const edits = keys.map((key) => planned(key, { coalesce: `${round} ${key}` }));
      await Promise.all([plan(store, ...edits), plan(other, ...edits.toReversed()), plan(store, ...edits)]);
    }
    expect((await store.outboxDepth(start)).waiting).toBe(80);
  });

  it('imports more rows than one statement can carry, all or none', async () => {
    const { store } = await opened();
    const milestones = {
      impactStart: undefined,
      detected: start,
      declared: undefined,
      acked: undefined,
      paged: undefined,
      mitigated: undefined,
      resolved: start,
    };
    const rows = Array.from({ length: 5_000 }, (_, n) => ({
      id: `import:${n}`,
      title: `row ${n}`,
      severity: undefined,
      service: undefined,
      kind: 'incident' as const,
      outcome: 'resolved' as const,
      isPrivate: false,
      milestones,
    }));
    const bad = rows.map((row, n) => (n === 4_999 ? { ...row, title: 'PostgreSQL keeps no \u0000' } : row));
    await expect(store.importRecords(bad)).rejects.toThrow();
    expect(await store.records()).toEqual([]);
    expect(await store.importRecords(rows)).toBe(5_000);
    expect(await store.importRecords(rows)).toBe(0);
    expect(await store.records()).toHaveLength(5_000);
  });

  it('says in one line that a server cannot be reached', async () => {
    await expect(openStore('postgres://nobody@127.0.0.1:1/toran', { role: 'server' })).rejects.toMatchObject({
      name: 'StoreUnavailable',
      message: expect.stringMatching(/^PostgreSQL cannot be used: [^\n]*ECONNREFUSED[^\n]*$/),
    });
  });
});

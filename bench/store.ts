import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Batch, Store } from '../src/engine/ports.ts';
import type { Effect } from '../src/engine/streams.ts';
import type { Planned } from '../src/oncall/recorded.ts';
import { openStore } from '../src/store/open.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { bareSqlite } from './store/bare-sqlite.ts';
import { barePostgres } from './store/bare-postgres.ts';
import { batchFor } from './store/batches.ts';
import type { Bench } from './support/context.ts';
import { ms, perSecond, times, type Report } from './support/report.ts';
import { median, summary } from './support/statistics.ts';

const rounds = 5;
const roundMs = 700;
const waiting = 100_000;
const claimAtOnce = 100;
const pageBytes = 16_384;

export const storeBench: Bench = {
  name: 'store',
  about: 'commits and claims on both databases, beside bare loops that write the same rows and the disk alone',
  async run({ report }) {
    const folder = mkdtempSync(join(tmpdir(), 'toran-bench-'));
    const postgres = await startPostgres({ durable: true });
    try {
      const sqlite = await openStore(`file:${join(folder, 'toran.db')}`, { role: 'server' });
      const server = await openStore(await postgres.createDatabase('toran'), { role: 'server', poolSize: 10 });
      const sqliteLoop = bareSqlite(join(folder, 'bare.db'));
      const postgresLoop = await barePostgres(await postgres.createDatabase('bare'), 10);
      await commits(report, [
        { name: `disk: ${pageBytes / 1024} KB + fdatasync`, group: 1, concurrent: 1, run: disk(folder) },
        { name: 'bare better-sqlite3, one transaction each', group: 1, concurrent: 1, run: sqliteLoop.commit },
        { name: 'SQLite, one at a time', group: 1, concurrent: 1, run: commitTo(sqlite) },
        { name: 'SQLite, 16 in one turn', group: 16, concurrent: 1, run: commitTo(sqlite) },
        { name: 'SQLite, 64 in one turn', group: 64, concurrent: 1, run: commitTo(sqlite) },
        { name: 'SQLite, 16 callers', group: 1, concurrent: 16, run: commitTo(sqlite) },
        { name: 'SQLite, 64 callers', group: 1, concurrent: 64, run: commitTo(sqlite) },
        { name: 'bare pg, one statement each', group: 1, concurrent: 1, run: postgresLoop.commit },
        { name: 'PostgreSQL, one at a time', group: 1, concurrent: 1, run: commitTo(server) },
        { name: 'bare pg, one statement each', group: 1, concurrent: 16, run: postgresLoop.commit },
        { name: 'PostgreSQL, 16 at once', group: 1, concurrent: 16, run: commitTo(server) },
        { name: 'bare pg, one statement each', group: 1, concurrent: 64, run: postgresLoop.commit },
        { name: 'PostgreSQL, 64 at once', group: 1, concurrent: 64, run: commitTo(server) },
        { name: 'PostgreSQL, 64 in one turn', group: 64, concurrent: 1, run: commitTo(server) },
      ]);
      await claims(report, [
        { name: 'SQLite', store: sqlite },
        { name: 'PostgreSQL', store: server },
      ]);
      sqliteLoop.close();
      await postgresLoop.close();
      await sqlite.close();
      await server.close();
    } finally {
      await postgres.stop();
      rmSync(folder, { recursive: true });
    }
  },
};

type Commit = (batches: readonly Batch[]) => Promise<void> | void;

interface Contender {
  readonly name: string;
  /** Batches that one call carries. */
  readonly group: number;
  /** Calls under way at once. */
  readonly concurrent: number;
  readonly run: Commit;
}

async function commits(report: Report, contenders: readonly Contender[]): Promise<void> {
  const rates = contenders.map((): number[] => []);
  const latencies = contenders.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const { rate, took } = await measure(contender);
      // The first round prepares statements and fills caches.
      if (round === 0) continue;
      rates[index]?.push(rate);
      latencies[index]?.push(...took);
    }
  }
  report.section(`Commits of 1 event, 1 fold, 1 row, 1 effect, 1 inbound id: ${rounds} rounds, interleaved; medians`);
  report.table(
    ['', 'at once', 'batches/s', '× bare', 'call p50', 'call p99'],
    contenders.map(({ name, concurrent }, index) => {
      const isSqlite = /sqlite/i.test(name);
      const bare = contenders.findIndex(
        (other) =>
          other.name.startsWith('bare') &&
          /sqlite/.test(other.name) === isSqlite &&
          // One connection is all that SQLite has.
          (isSqlite || other.concurrent === concurrent),
      );
      const ratio = median((rates[index] ?? []).map((rate, round) => rate / (rates[bare]?.[round] ?? Number.NaN)));
      const { p50, p99 } = summary(latencies[index] ?? []);
      const isFloor = name.startsWith('disk');
      return [
        name,
        String(concurrent),
        perSecond(median(rates[index] ?? [])),
        isFloor ? '' : times(ratio),
        ms(p50),
        ms(p99),
      ];
    }),
  );
}

async function measure({ group, concurrent, run }: Contender): Promise<{ rate: number; took: number[] }> {
  const began = performance.now();
  const took: number[] = [];
  const work = async () => {
    while (performance.now() - began < roundMs) {
      const batches = Array.from({ length: group }, batchFor);
      const from = performance.now();
      await run(batches);
      took.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: concurrent }, work));
  return { rate: (took.length * group * 1_000) / (performance.now() - began), took };
}

function commitTo(store: Store): Commit {
  return async (batches) => {
    const results = await store.commit(batches, Date.now());
    if (results.some((result) => result !== 'committed')) throw new Error(`not committed: ${results.join()}`);
  };
}

function disk(folder: string): Commit {
  const page = Buffer.alloc(pageBytes, 1);
  const file = openSync(join(folder, 'floor'), 'w');
  process.once('exit', () => closeSync(file));
  return () => {
    writeSync(file, page);
    fdatasyncSync(file);
  };
}

async function claims(report: Report, stores: readonly { name: string; store: Store }[]): Promise<void> {
  report.section(`Claims with ${waiting.toLocaleString('en')} effects waiting, ${claimAtOnce} at a time`);
  const rows: string[][] = [];
  for (const { name, store } of stores) {
    await emptyOutbox(store);
    const now = Date.now();
    await fill(store, waiting, (n) => ({ lane: `later ${n}`, due: now + 3_600_000 + n, priority: n % 2 }));
    const idle = await repeat(200, () => store.claim(now, now + 60_000, 'idle', claimAtOnce));
    const next = await repeat(200, () => store.nextDue());
    await fill(store, 20_000, (n) => ({ lane: `due ${n % 10_000}`, due: now, priority: [0, 1, 5, 8][n % 4] ?? 0 }));
    const began = performance.now();
    const claimed: number[] = [];
    let done = 0;
    for (;;) {
      const from = performance.now();
      const jobs = await store.claim(now, now + 60_000, `t${done}`, claimAtOnce);
      claimed.push(performance.now() - from);
      if (jobs.length === 0) break;
      await store.settle(jobs);
      done += jobs.length;
    }
    const rate = (done * 1_000) / (performance.now() - began);
    const { p50, p99 } = summary(claimed);
    rows.push([name, perSecond(rate), ms(p50), ms(p99), ms(median(idle)), ms(median(next)), ms(await blocked(store))]);
  }
  report.table(
    [
      '',
      'claimed and settled',
      'claim p50',
      'claim p99',
      'nothing due',
      'next due',
      'nothing due, 10,000 behind a postponed head',
    ],
    rows,
  );
}

async function blocked(store: Store): Promise<number> {
  const now = Date.now();
  await fill(store, 10_000, () => ({ lane: 'blocked', due: now, priority: 5 }));
  const [head] = await store.claim(now, now + 60_000, 'head', 1);
  if (head === undefined) throw new Error('the head of a lane can be claimed');
  await store.postpone(head, now + 600_000, true);
  return median(await repeat(100, () => store.claim(now, now + 60_000, 'idle', claimAtOnce)));
}

async function fill(
  store: Store,
  count: number,
  of: (n: number) => Pick<Planned<Effect>, 'lane' | 'due' | 'priority'>,
): Promise<void> {
  const atOnce = 500;
  for (let from = 0; from < count; from += atOnce) {
    const some = Array.from({ length: atOnce }, (_, n): Planned<Effect> => {
      return { ...of(from + n), effect: { kind: 'timer.count_alerts', incident: 'INC-1' }, coalesce: undefined };
    });
    await store.countSignals([], [], some, Date.now());
  }
}

async function emptyOutbox(store: Store): Promise<void> {
  const farAhead = Date.now() + 1e9;
  for (;;) {
    const jobs = await store.claim(farAhead, farAhead + 1_000, 'empty', 1_000);
    if (jobs.length === 0) return;
    await store.settle(jobs);
  }
}

async function repeat(times: number, run: () => Promise<unknown>): Promise<number[]> {
  const took: number[] = [];
  for (let n = 0; n < times; n += 1) {
    const from = performance.now();
    await run();
    took.push(performance.now() - from);
  }
  return took;
}

import { bareProgram, startBareServer } from './support/bare-server.ts';
import type { Bench } from './support/context.ts';
import { measureDisk } from './support/disk.ts';
import { processorMs, secrets, withToran } from './support/installation.ts';
import { allAnswered, load, rateOf, type LoadResult } from './support/load.ts';
import { ms, percentiles, perSecond, times } from './support/report.ts';
import type { Traffic } from './support/requests.ts';
import { median, type Summary } from './support/statistics.ts';

const rounds = 5;
const roundMs = 1_500;
const connectionCounts = [1, 16, 64] as const;
const freshIncidents = 2_000;

const repeating: Traffic = { kind: 'webhook', secret: secrets.webhook, incidents: 50, run: 'W' };

export const webhookBench: Bench = {
  name: 'webhooks',
  about: 'signed PagerDuty webhook → durable → 202, beside bare servers in the same run',
  async run({ report, entry }) {
    await withToran(entry, async ({ port }, toran) => {
      const program = bareProgram();
      const hello = await startBareServer(program, 'hello');
      const hmac = await startBareServer(program, 'hmac', secrets.webhook);
      try {
        const servers = [
          { name: 'Toran', port, status: 202, pid: toran.pid },
          { name: 'bare node:http, HMAC and JSON', port: hmac.port, status: 202, pid: hmac.pid },
          { name: 'bare node:http, hello', port: hello.port, status: 200, pid: hello.pid },
        ];
        let first = 0;
        const run = async (server: (typeof servers)[number], connections: number, forMs: number) => {
          const until = { ms: forMs };
          const before = processorMs(server.pid);
          const result = await load({ port: server.port, traffic: repeating, first, connections, until });
          const usedMs = processorMs(server.pid) - before;
          first += result.requests + connections;
          return { ...allAnswered(result, server.status), usedMs };
        };
        for (const server of servers) await run(server, 16, roundMs);

        report.section(
          `Webhooks about 50 open incidents: ${rounds} rounds of ${roundMs / 1_000} s, interleaved; median of rounds`,
        );
        const rows: string[][] = [];
        const disk: Summary[] = [];
        for (const connections of connectionCounts) {
          const results = new Map<string, Measured[]>(servers.map(({ name }) => [name, []]));
          for (let round = 0; round < rounds; round += 1) {
            disk.push(measureDisk(200));
            for (const server of round % 2 === 0 ? servers : servers.toReversed())
              results.get(server.name)?.push(await run(server, connections, roundMs));
          }
          const own = rates(results.get('Toran'));
          for (const [name, of] of results) {
            rows.push([
              String(connections),
              name,
              perSecond(median(rates(of))),
              times(median(own.map((rate, round) => rate / (rates(of)[round] ?? Number.NaN)))),
              ms(median(of.map((result) => result.latency.p50))),
              ms(median(of.map((result) => result.latency.p99))),
              `${Math.round(median(of.map((result) => (result.usedMs * 1_000) / result.requests)))} µs`,
            ]);
          }
        }
        report.table(['connections', 'server', 'requests', 'Toran is', 'p50', 'p99', 'CPU each'], rows);

        report.line(`The disk alone, in the same run: ${percentilesOf(disk)} for 16 KB that are safe.`);

        report.section('The same at a fixed rate, 16 connections, 10 s');
        const steady: (readonly string[])[] = [];
        for (const ratePerSecond of [500, 1_000, 2_000]) {
          const until = { ms: 10_000 };
          const plan = { port, traffic: repeating, first, connections: 16, ratePerSecond, until };
          const result = allAnswered(await load(plan), 202);
          first += result.requests + 16;
          steady.push([perSecond(ratePerSecond), ...percentiles(result.latency)]);
        }
        report.table(['rate', 'n', 'p50', 'p90', 'p99', 'max'], steady);

        report.section(
          `Every webhook a new incident: ${freshIncidents}, 16 connections, with all that follows from each`,
        );
        const traffic: Traffic = { ...repeating, incidents: 'fresh', run: 'F' };
        const until = { requests: freshIncidents };
        const fresh = allAnswered(await load({ port, traffic, first: 100, connections: 16, until }), 202);
        report.table(
          ['requests', 'n', 'p50', 'p90', 'p99', 'max'],
          [[perSecond(rateOf(fresh)), ...percentiles(fresh.latency)]],
        );
      } finally {
        hello.stop();
        hmac.stop();
        program.remove();
      }
    });
  },
};

function percentilesOf(disk: readonly Summary[]): string {
  return `p50 ${ms(median(disk.map(({ p50 }) => p50)))}, p99 ${ms(median(disk.map(({ p99 }) => p99)))}`;
}

interface Measured extends LoadResult {
  readonly usedMs: number;
}

function rates(results: readonly LoadResult[] | undefined): readonly number[] {
  return (results ?? []).map(rateOf);
}

import { cpus, loadavg, totalmem } from 'node:os';
import { buildBundle } from '../test/support/process-bundle.ts';
import { commandBench } from './command.ts';
import { coverageBench } from './coverage.ts';
import { digestBench } from './digest.ts';
import { firstPageBench } from './first-page.ts';
import { startBench } from './start.ts';
import { stormBench } from './storm.ts';
import { storeBench } from './store.ts';
import type { Bench } from './support/context.ts';
import { consoleReport, mb } from './support/report.ts';
import { timerBench } from './timers.ts';
import { webhookBench } from './webhooks.ts';

/**
 * `npm run bench [-- name …]`: measures, prints, and gates nothing. Figures drift with the machine; the ratios beside them
 * are against something bare in the same run.
 */
const benches: readonly Bench[] = [
  startBench,
  storeBench,
  webhookBench,
  firstPageBench,
  commandBench,
  timerBench,
  stormBench,
  digestBench,
  coverageBench,
];

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !benches.some((bench) => bench.name === name));
if (unknown.length > 0 || asked.includes('--help')) {
  console.error(`Usage: npm run bench [-- name …]\n`);
  for (const { name, about } of benches) console.error(`  ${name.padEnd(12)}${about}`);
  process.exitCode = asked.includes('--help') ? 0 : 2;
} else {
  const report = consoleReport();
  const [cpu] = cpus();
  report.line(
    `${new Date().toISOString()}: Node ${process.version}, ${cpus().length} × ${cpu?.model.trim()}, ${mb(totalmem())}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  const bundle = await buildBundle();
  try {
    for (const bench of benches.filter(({ name }) => asked.length === 0 || asked.includes(name)))
      await bench.run({ report, entry: bundle.entry });
  } finally {
    await bundle.remove();
  }
}

import { parseArgs } from 'node:util';
import { fuzz } from './fuzz.ts';

const usage = `node test/chaos/fuzz-run.ts [--inputs 100000] [--connections 16] [--seed N]

Sends damaged forms of real deliveries to every inbound route of a whole server, prints a JSON report, and exits 1 when one
was answered by a fault, by silence, or by the end of the server.`;

const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '100000' },
    connections: { type: 'string', default: '16' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  const report = await fuzz({
    inputs: Number(values.inputs),
    connections: Number(values.connections),
    seed: Number(values.seed),
    onProgress: (sent) => process.stderr.isTTY && process.stderr.write(`\r${sent}`),
  });
  console.log(JSON.stringify(report, null, 2));
  if (report.faults.length > 0 || report.unhandled.length > 0 || !report.isAliveAfter) process.exitCode = 1;
}

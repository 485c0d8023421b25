import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { get } from 'node:http';
import { bareProgram } from './support/bare-server.ts';
import type { Bench } from './support/context.ts';
import { freePort } from '../src/cli/demo/free-port.ts';
import { install, pause, residentBytes } from './support/installation.ts';
import { mb, ms, times } from './support/report.ts';
import { median } from './support/statistics.ts';

const rounds = 10;
/** After readiness, until memory is looked at. */
const settleMs = 1_500;

interface Start {
  readonly readyMs: number;
  readonly idleBytes: number;
}

export const startBench: Bench = {
  name: 'start',
  about: 'start to ready, and memory when idle, beside a bare node:http server',
  async run({ report, entry }) {
    const installation = await install(entry);
    const bareServer = bareProgram();
    const startToran = () => startOnce([entry, 'serve'], '/readyz', installation.port, installation.env);
    const startBare = async () => startOnce([bareServer.entry], '/', await freePort(), {});
    try {
      const toran: Start[] = [];
      const bare: Start[] = [];
      // The first start brings the database to its schema; it is not counted.
      await startToran();
      for (let round = 0; round < rounds; round += 1) {
        const both = [async () => toran.push(await startToran()), async () => bare.push(await startBare())];
        for (const one of round % 2 === 0 ? both : both.toReversed()) await one();
      }
      report.section(`Start: ${rounds} starts each, alternating; median (min–max)`);
      report.table(
        ['', 'start to ready', 'idle memory'],
        [
          [
            'Toran: bundle, existing database, /readyz 200',
            spread(toran, 'readyMs', ms),
            spread(toran, 'idleBytes', mb),
          ],
          ['bare node:http', spread(bare, 'readyMs', ms), spread(bare, 'idleBytes', mb)],
          ['ratio', ratio(toran, bare, 'readyMs'), ratio(toran, bare, 'idleBytes')],
        ],
      );
    } finally {
      bareServer.remove();
      await installation.remove();
    }
  },
};

async function startOnce(
  command: readonly string[],
  path: string,
  port: number,
  env: Readonly<Record<string, string>>,
): Promise<Start> {
  const begun = performance.now();
  const child = spawn(process.execPath, [...command], { env: { ...env, PORT: String(port) }, stdio: 'ignore' });
  const ended = once(child, 'exit');
  try {
    while (!(await answers(port, path))) {
      if (child.exitCode !== null) throw new Error(`${command.join(' ')} ended with ${child.exitCode}`);
      await pause(1);
    }
    const readyMs = performance.now() - begun;
    await pause(settleMs);
    return { readyMs, idleBytes: residentBytes(child.pid ?? 0) };
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

function answers(port: number, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', () => resolve(false));
  });
}

function spread(starts: readonly Start[], key: keyof Start, show: (value: number) => string): string {
  const values = starts.map((start) => start[key]);
  return `${show(median(values))} (${show(Math.min(...values))}–${show(Math.max(...values))})`;
}

function ratio(toran: readonly Start[], bare: readonly Start[], key: keyof Start): string {
  return times(median(toran.map((start) => start[key])) / median(bare.map((start) => start[key])));
}

import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { firstMessage } from './load.ts';

export interface BareServer {
  readonly port: number;
  readonly pid: number;
  stop(): void;
}

/** The bare servers as plain JavaScript: reading TypeScript would cost them 100 ms and 15 MB that nobody serves with. */
export interface BareProgram {
  readonly entry: string;
  remove(): void;
}

export function bareProgram(): BareProgram {
  const folder = mkdtempSync(join(tmpdir(), 'toran-bench-bare-'));
  const entry = join(folder, 'bare-server.mjs');
  const source = join(import.meta.dirname, 'bare-server-process.ts');
  buildSync({ entryPoints: [source], outfile: entry, platform: 'node', format: 'esm', target: 'node24' });
  return { entry, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** `hello` answers; `hmac` checks a PagerDuty signature and parses the JSON. Neither keeps anything. */
export async function startBareServer(program: BareProgram, kind: 'hello' | 'hmac', secret = ''): Promise<BareServer> {
  const child = fork(program.entry, [kind, secret]);
  // Sent by bare-server-process.ts alone.
  const ready = (await firstMessage(child)) as { readonly port: number };
  return { port: ready.port, pid: child.pid ?? 0, stop: () => void child.kill() };
}

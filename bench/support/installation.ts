import { freePort } from '../../src/cli/demo/free-port.ts';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToran, startToran, type ToranProcess } from '../../test/support/process.ts';
import { company } from './company.ts';
import { startFarSide, type FarSide } from './far-side.ts';

/** Toran as it serves: the bundle in a process of its own, a database with the catalog applied, Slack and PagerDuty. */
export interface Installation {
  readonly port: number;
  readonly far: FarSide;
  readonly env: Readonly<Record<string, string>>;
  /** Starts a server on the database; one at a time. */
  start(): Promise<ToranProcess>;
  remove(): Promise<void>;
}

export const secrets = {
  webhook: 'bench-webhook-secret',
  hookToken: 'bench-hook-token-0123456789',
  slackSigning: 'bench-slack-signing-secret',
} as const;

export async function install(entry: string, databaseUrl?: string): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'toran-bench-'));
  const far = await startFarSide();
  const port = await freePort();
  const env = {
    DATABASE_URL: databaseUrl ?? `file:${join(folder, 'toran.db')}`,
    SLACK_BOT_TOKEN: 'xoxb-bench',
    SLACK_SIGNING_SECRET: secrets.slackSigning,
    SLACK_API_URL: far.slackUrl,
    PAGERDUTY_API_TOKEN: 'bench-key',
    PAGERDUTY_WEBHOOK_SECRETS: secrets.webhook,
    PAGERDUTY_API_SERVER: far.pagerDutyServer,
    PAGERDUTY_EVENTS_SERVER: far.pagerDutyServer,
    NODE_EXTRA_CA_CERTS: far.caFile,
    TORAN_HOOK_TOKENS: `bench:${secrets.hookToken}`,
    TORAN_POSTMORTEMS: join(folder, 'postmortems'),
    PORT: String(port),
  };
  const catalog = join(folder, 'catalog.yaml');
  await writeFile(catalog, company.catalog);
  const applied = await runToran({ entry, args: ['apply', catalog], env });
  if (applied.code !== 0) throw new Error(`the catalog could not be applied: ${applied.stderr}`);
  return {
    port,
    far,
    env,
    async start() {
      const toran = startToran({ entry, args: ['serve'], env });
      await toran.ready;
      return toran;
    },
    async remove() {
      far.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs `work` against a fresh installation and takes it down again, whatever happens. */
export async function withToran<Result>(
  entry: string,
  work: (installation: Installation, toran: ToranProcess) => Promise<Result>,
  databaseUrl?: string,
): Promise<Result> {
  const installation = await install(entry, databaseUrl);
  try {
    const toran = await installation.start();
    try {
      return await work(installation, toran);
    } finally {
      toran.kill();
      await toran.ended;
    }
  } finally {
    await installation.remove();
  }
}

/** Resident memory of another process, in bytes. Reads Linux's /proc. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * 1024;
}

/** Processor time that another process has used so far, in milliseconds; unlike elapsed time, it hardly drifts with the load. */
export function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  // User and system time, in hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

export function pause(waitMs: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, waitMs);
  });
}

/** Waits until `look` gives something; asks every `everyMs`. */
export async function until<Found>(
  what: string,
  look: () => Found | undefined | Promise<Found | undefined>,
  { withinMs = 30_000, everyMs = 20 } = {},
): Promise<Found> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for ${what}`);
    await pause(everyMs);
  }
}

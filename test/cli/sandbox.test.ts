import { describe, expect, it } from 'vitest';
import type { CliIo } from '../../src/cli/command.ts';
import { dispatch } from '../../src/cli/run.ts';

describe('the sandbox, asked for what cannot be', () => {
  it.each([
    [['--story', 'maybe'], '--story: "maybe" is neither yes nor no; leave the option out, or say no'],
    [['--port', '99999'], '--port: "99999" is no port; use 0 to 65535'],
    [['--log', 'loud'], '--log: "loud" is no level; use fatal, error, warn, info, debug or trace'],
    [['--database', 'mysql://x'], 'DATABASE_URL: must be file:… for SQLite or postgres://… for PostgreSQL'],
  ])('says in one line what is wrong with %j, and leaves nothing running', async (args, line) => {
    const { io, out, err } = recorded();
    // Other tests of this process may still be closing servers of theirs.
    const before = openServers();
    expect(await dispatch(['sandbox', '--once', ...args], io)).toBe(2);
    expect(err).toEqual([line]);
    expect(out).toEqual([]);
    expect(openServers()).toBeLessThanOrEqual(before);
  });
});

function openServers(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap').length;
}

function recorded(): { io: CliIo; out: string[]; err: string[] } {
  const [out, err]: [string[], string[]] = [[], []];
  const io: CliIo = {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    env: {},
    isTerminal: false,
    now: () => Date.UTC(2026, 10, 24),
    signal: new AbortController().signal,
  };
  return { io, out, err };
}

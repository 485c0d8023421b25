import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dispatch } from '../../src/cli/run.ts';
import { openStore } from '../../src/store/open.ts';

let directory: string;
let other: Server;
let port: number;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'toran-serve-'));
  other = createServer();
  port = await new Promise<number>((resolve) => {
    other.listen(0, () => {
      const address = other.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
});
afterEach(async () => {
  other.close();
  await rm(directory, { recursive: true, force: true });
});

it('a server that cannot start says which setting is in the way and leaves nothing running', async () => {
  const url = `file:${join(directory, 'toran.db')}`;
  const said: string[] = [];
  const code = await dispatch(['serve'], {
    out: (line) => said.push(line),
    err: (line) => said.push(line),
    env: {
      DATABASE_URL: url,
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_SIGNING_SECRET: 'secret',
      SLACK_API_URL: 'http://127.0.0.1:9/',
      PORT: String(port),
      LOG_LEVEL: 'silent',
    },
    isTerminal: false,
    now: () => 0,
    signal: new AbortController().signal,
  });
  expect(code).toBe(2);
  expect(said).toEqual([`PORT: ${port} is taken by another process; set PORT to a free one`]);
  // The lock on the file is free again.
  const store = await openStore(url, { role: 'server' });
  await store.close();
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Client from 'better-sqlite3';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/engine/ports.ts';
import { openStore } from '../../src/store/open.ts';
import { arrivalsContract } from './arrivals.contract.ts';
import { declared, start } from './batches.ts';
import type { Harness } from './harness.ts';
import { historyContract } from './history.contract.ts';
import { outboxContract } from './outbox.contract.ts';
import { retentionContract } from './retention.contract.ts';

let template: string | undefined;
afterAll(() => {
  if (template !== undefined) rmSync(template, { force: true });
});

/** An empty database with all its tables; making them anew for each test would cost more than most tests. */
async function migrated(): Promise<string> {
  if (template !== undefined) return template;
  const file = join(tmpdir(), `toran-template-${process.pid}.db`);
  await (await openStore(`file:${file}`, { role: 'tool' })).close();
  rmSync(`${file}.lock`, { force: true });
  return (template = file);
}

async function open(): Promise<Harness> {
  const folder = mkdtempSync(join(tmpdir(), 'toran-store-'));
  const file = join(folder, 'toran.db');
  copyFileSync(await migrated(), file);
  const store = await openStore(`file:${file}`, { role: 'server' });
  const others: Store[] = [];
  return {
    store,
    async another() {
      const other = await openStore(`file:${file}`, { role: 'tool' });
      others.push(other);
      return other;
    },
    async run(sql) {
      const client = new Client(file);
      client.exec(sql);
      client.close();
    },
    async close() {
      for (const one of [store, ...others]) await one.close();
      rmSync(folder, { recursive: true });
    },
  };
}

describe('the store on SQLite', () => {
  historyContract(open);
  outboxContract(open);
  retentionContract(open);
  arrivalsContract(open);

  describe('its file', () => {
    let folder: string;
    let url: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'toran-store-'));
      url = `file:${join(folder, 'deep', 'toran.db')}`;
    });
    afterEach(() => rmSync(folder, { recursive: true, force: true }));

    it('is made with its folder, and keeps everything between starts', async () => {
      const first = await openStore(url, { role: 'server' });
      await first.commit([declared(1)], start);
      await first.close();
      const second = await openStore(url, { role: 'server' });
      expect((await second.incidents({ limit: 5 })).map((row) => row.id)).toEqual(['INC-1']);
      await second.close();
    });

    it('has one server: a second one is refused with one clear line, a tool is not', async () => {
      const server = await openStore(url, { role: 'server' });
      await expect(openStore(url, { role: 'server' })).rejects.toMatchObject({
        name: 'StoreUnavailable',
        message: expect.stringMatching(/^[^\n]*toran\.db is in use by another Toran server[^\n]*$/),
      });
      const tool = await openStore(url, { role: 'tool' });
      expect(await tool.nextIncidentNumber()).toBe(1);
      expect(await server.nextIncidentNumber()).toBe(2);
      await tool.close();
      await server.close();
      await (await openStore(url, { role: 'server' })).close();
    });

    it('is free again the moment its server was killed, with all that was committed', async () => {
      const program = `
        import { openStore } from ${JSON.stringify(join(import.meta.dirname, '../../src/store/open.ts'))};
        const store = await openStore(${JSON.stringify(url)}, { role: 'server' });
        await store.nextIncidentNumber();
        console.log('committed');
        setInterval(() => undefined, 1000);`;
      const server = spawn(process.execPath, ['--input-type=module', '-e', program], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(server.stdout, 'data');
      await expect(openStore(url, { role: 'server' })).rejects.toThrow('in use by another Toran server');
      server.kill('SIGKILL');
      await once(server, 'exit');
      const next = await openStore(url, { role: 'server' });
      expect(await next.nextIncidentNumber()).toBe(2);
      await next.close();
    });

    it('survives power cuts as far as SQLite can: write-ahead log, every commit synced', async () => {
      const store = await openStore(url, { role: 'server' });
      const client = new Client(url.slice('file:'.length));
      expect(client.pragma('journal_mode', { simple: true })).toBe('wal');
      client.close();
      await store.close();
    });
  });

  it('refuses an address that is no database, and says what one looks like', async () => {
    for (const url of ['mysql://root@localhost/toran', 'toran.db', 'file:', '']) {
      await expect(openStore(url, { role: 'tool' }), url).rejects.toMatchObject({
        name: 'StoreUnavailable',
        message: expect.stringContaining('use file:PATH for SQLite'),
      });
    }
    await expect(openStore('file:/etc/hostname/toran.db', { role: 'tool' })).rejects.toMatchObject({
      name: 'StoreUnavailable',
    });
  });
});

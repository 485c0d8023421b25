import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Client from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { PrivateStore } from '../../../src/engine/private-ports.ts';
import { openPrivateStore } from '../../../src/store/private/open.ts';
import { privateStoreContract, secrets, type PrivateHarness } from './private-store.contract.ts';

async function open(): Promise<PrivateHarness & { readonly file: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'toran-private-'));
  const file = join(folder, 'toran-private.db');
  const store = await openPrivateStore(`file:${file}`, { secrets });
  const others: PrivateStore[] = [];
  return {
    file,
    store,
    async another(theirs) {
      const other = await openPrivateStore(`file:${file}`, { secrets: theirs });
      others.push(other);
      return other;
    },
    dump: async () => readFileSync(file, 'latin1'),
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

describe('the private store on SQLite', () => {
  privateStoreContract(open);

  it('lies in a file that only its owner can read', async () => {
    const { file, close } = await open();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await close();
  });

  it('overwrites what it erases', async () => {
    const { file, store, close } = await open();
    await store.saveReason({ window: 'window-of-alma', person: 'alma', kind: 'leave' });
    const sealed = /[0-9a-f]{12}\.[\w-]{60,}/.exec(readFileSync(file, 'latin1'))?.[0] ?? '';
    expect(sealed).not.toBe('');
    await store.erasePerson('alma');
    expect(readFileSync(file, 'latin1')).not.toContain(sealed);
    expect(readFileSync(file, 'latin1')).not.toContain('window-of-alma');
    await close();
  });
});

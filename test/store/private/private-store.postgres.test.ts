import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type { PrivateStore } from '../../../src/engine/private-ports.ts';
import { openStore } from '../../../src/store/open.ts';
import { openPrivateStore } from '../../../src/store/private/open.ts';
import { createDatabase } from '../../support/postgres.ts';
import { declared, start } from '../batches.ts';
import { privateStoreContract, secrets, type PrivateHarness } from './private-store.contract.ts';

const pager = `toran_pager_${process.pid}`;
const keeper = `toran_keeper_${process.pid}`;
let database: string;

/** One database with the two roles of docs/privacy.md: the pager's, and the one that keeps what is private. */
beforeAll(async () => {
  database = await createDatabase(inject('postgresUrl'), `private_${process.pid}`);
  await behind(database, async (client) => {
    const name = `private_${process.pid}`;
    await client.query(`create role ${pager} login`);
    await client.query(`create role ${keeper} login`);
    await client.query(`grant create on database "${name}" to ${pager}, ${keeper}`);
    await client.query(`grant create on schema public to ${pager}`);
  });
});

afterAll(async () => {
  await behind(database, async (client) => {
    await client.query(`drop owned by ${pager}, ${keeper}`);
    await client.query(`drop role ${pager}`);
    await client.query(`drop role ${keeper}`);
  });
});

const as = (role: string) => database.replace('postgres://postgres@', `postgres://${role}@`);

async function behind<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function open(): Promise<PrivateHarness> {
  const store = await openPrivateStore(as(keeper), { secrets });
  const others: PrivateStore[] = [];
  const run = (sql: string) =>
    behind(database, async (client) => {
      await client.query(`set search_path = toran_private`);
      await client.query(sql);
    });
  await run(`truncate person_keys, reasons, personal_rules, calendar_feeds, access_log`);
  return {
    store,
    async another(theirs) {
      const other = await openPrivateStore(as(keeper), { secrets: theirs });
      others.push(other);
      return other;
    },
    dump: () =>
      behind(database, async (client) => {
        const tables = ['person_keys', 'reasons', 'personal_rules', 'calendar_feeds', 'access_log'];
        const rows: unknown[] = [];
        for (const table of tables) rows.push((await client.query(`select * from toran_private.${table}`)).rows);
        return JSON.stringify(rows);
      }),
    run,
    async close() {
      for (const one of [store, ...others]) await one.close();
    },
  };
}

describe('the private store on PostgreSQL', () => {
  privateStoreContract(open);

  it('is closed to the role of the pager, which pages without it', async () => {
    const harness = await open();
    await harness.store.saveReason({ window: 'w1', person: 'alma', kind: 'service' });
    await behind(as(pager), async (client) => {
      for (const table of ['reasons', 'person_keys', 'personal_rules', 'calendar_feeds', 'access_log'])
        await expect(client.query(`select * from toran_private.${table}`)).rejects.toThrow(
          'permission denied for schema toran_private',
        );
    });
    const store = await openStore(as(pager), { role: 'server', poolSize: 2 });
    expect(await store.commit([declared(1)], start)).toEqual(['committed']);
    const jobs = await store.claim(start, start + 5_000, 'worker', 50);
    expect(jobs.map(({ effect }) => effect.kind)).toContain('slack.page');
    expect(await store.ping()).toBeGreaterThan(0);
    await store.close();
    await harness.close();
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { examinePrivacy } from '../../src/cli/doctor-privacy.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { openPrivateStore } from '../../src/store/private/open.ts';
import { createDatabase } from '../support/postgres.ts';

const secret = 'a secret of at least thirty-two characters';
const newer = 'another secret of at least thirty-two characters';

async function codes(source: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { findings } = await examinePrivacy(readEnvironment(source));
  return findings.map(({ level, code }) => `${level} ${code}`);
}

async function sqlite(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'toran-doctor-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return `file:${join(folder, 'toran.db')}`;
}

describe('what the doctor says of private data', () => {
  it('is whether it is on, and how to turn it on', async () => {
    expect(await codes({})).toEqual(['ok private_off']);
    expect(await codes({ DATABASE_URL: 'postgres://db/toran', TORAN_SECRET: secret })).toEqual([
      'warn private_nowhere',
    ]);
    expect(await codes({ DATABASE_URL: await sqlite(), TORAN_SECRET: secret })).toEqual(['ok private_fine']);
    const nowhere = 'postgres://nobody@127.0.0.1:1/toran';
    expect(await codes({ TORAN_SECRET: secret, TORAN_PRIVATE_DATABASE_URL: nowhere })).toEqual(['fail private_down']);
  });

  it('is whether its seals open, and with which secret', async () => {
    const url = await sqlite();
    const store = await openPrivateStore(url.replace('.db', '-private.db'), { secrets: [secret] });
    await store.saveReason({ window: 'w', person: 'alma', kind: 'leave' });
    await store.close();
    expect(await codes({ DATABASE_URL: url, TORAN_SECRET: newer })).toEqual(['warn private_shut']);
    expect(await codes({ DATABASE_URL: url, TORAN_SECRET: `${newer},${secret}` })).toEqual(['warn private_outdated']);
    expect(await codes({ DATABASE_URL: url, TORAN_SECRET: secret })).toEqual(['ok private_fine']);
  });

  it('is whether the role of the pager can look into it', async () => {
    const name = `doctor_${process.pid}`;
    const url = await createDatabase(inject('postgresUrl'), name);
    const [pager, keeper] = [`doctor_pager_${process.pid}`, `doctor_keeper_${process.pid}`];
    const as = (role: string) => url.replace('postgres://postgres@', `postgres://${role}@`);
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const role of [pager, keeper]) await client.query(`create role ${role} login`);
    await client.query(`grant create on database "${name}" to ${keeper}`);
    const environment = { TORAN_SECRET: secret, TORAN_PRIVATE_DATABASE_URL: as(keeper) };
    expect(await codes({ ...environment, DATABASE_URL: as(pager) })).toEqual(['ok private_fine']);
    await client.query(`grant usage on schema toran_private to ${pager}`);
    expect(await codes({ ...environment, DATABASE_URL: as(pager) })).toEqual(['fail private_readable']);
    expect(await codes({ ...environment, DATABASE_URL: as(keeper) })).toEqual(['fail private_readable']);
    await client.query(`drop owned by ${pager}, ${keeper}`);
    for (const role of [pager, keeper]) await client.query(`drop role ${role}`);
    await client.end();
  });
});

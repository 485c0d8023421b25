import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Client from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Store } from '../../src/engine/ports.ts';
import { dispatch } from '../../src/cli/run.ts';
import { insertInto, writeAll } from '../../src/store/database.ts';
import { beingFilled } from '../../src/store/filling.ts';
import { openDatabase, openStore } from '../../src/store/open.ts';
import { createDatabase } from '../support/postgres.ts';
import { decided, declared, fired, leaves, plan, planned, start } from './batches.ts';

let folder: string;
let url: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'toran-move-'));
  url = `file:${join(folder, 'toran.db')}`;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function toran(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await dispatch(args, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { DATABASE_URL: url },
    isTerminal: false,
    now: () => start,
    signal: new AbortController().signal,
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** An installation in which something of everything lies. */
async function liveIn(store: Store): Promise<void> {
  await store.commit([declared(1, { groupKey: 'checkout', alert: fired('a', 'INC-1'), title: 'קופה נפלה 🔥' })], start);
  await store.commit([declared(2, { inbound: { source: 'slack', id: 'Ev1' } })], start);
  await store.commit([await decided(store, 'INC-1', { type: 'add_note', text: 'the pool is full' })], start);
  await store.commit([await leaves(store, 'alma', start)], start);
  await store.commit([await decided(store, 'INC-2', { type: 'resolve' }, { now: start + 1_000 })], start + 1_000);
  await plan(store, ...Array.from({ length: 2_500 }, (_, index) => planned(`lane-${index}`, { due: start + index })));
  await store.setAside('pagerduty', 'W1', 'unknown event', '{"a":1}', start);
  await store.nextIncidentNumber();
  const [job] = await store.claim(start, start + 5_000, 'token', 1);
  if (job !== undefined) await store.bury({ id: job.id, token: job.token }, 'channel is gone', start);
  await store.claim(start, start + 5_000, 'dies with its effects in hand', 3);
}

async function seenIn(store: Store) {
  const { catalog, windows, overrides } = await store.onCallFacts();
  const jobs = await store.claim(start + 10_000, start + 20_000, 'looking', 5_000);
  return {
    incidents: await store.incidents({ includePrivate: true, limit: 100 }),
    events: [await store.events('INC-1'), await store.events('INC-2')],
    texts: new Map(await store.texts('INC-1')),
    facts: { catalog, windows, overrides },
    groups: await store.openGroups(['checkout']),
    alerts: await store.alerts(['a']),
    seen: await store.seen([{ source: 'slack', id: 'Ev1' }]),
    records: await store.records(),
    dead: (await store.deadLetters()).map(({ id, kind, error, at }) => ({ id, kind, error, at })),
    aside: await store.setAsideCount(),
    jobs: jobs.map(({ id, effect, lane, due }) => ({ id, effect, lane, due })),
    number: await store.nextIncidentNumber(),
  };
}

let databases = 0;
const emptyDatabase = () => createDatabase(inject('postgresUrl'), `move_${process.pid}_${(databases += 1)}`);

describe('toran migrate --to', () => {
  it('moves everything: what the store says afterwards is what it said before', async () => {
    const before = await openStore(url, { role: 'server' });
    await liveIn(before);
    await before.close();
    const target = await emptyDatabase();
    expect(await toran('migrate', '--to', target, '--json')).toMatchObject({ code: 0, err: '' });
    const [old, moved] = [await openStore(url, { role: 'server' }), await openStore(target, { role: 'server' })];
    const [said, says] = [await seenIn(old), await seenIn(moved)];
    expect(said.jobs.length).toBeGreaterThan(2_500);
    expect(says).toEqual(said);
    await Promise.all([old.close(), moved.close()]);
  });

  it('goes on with a copy that was interrupted, on which no server starts meanwhile', async () => {
    const before = await openStore(url, { role: 'server' });
    await liveIn(before);
    await before.close();
    const target = await emptyDatabase();
    const half = await openDatabase(target, { role: 'tool' });
    await writeAll(half, insertInto(half, half.tables.counters)([{ name: beingFilled, value: 1 }]));
    await writeAll(half, insertInto(half, half.tables.openGroups)([{ key: 'checkout', incident: 'INC-1' }]));
    await half.close();
    await expect(openStore(target, { role: 'server' })).rejects.toThrow('run that command again');
    expect(await toran('migrate', '--to', target)).toMatchObject({ code: 0 });
    const moved = await openStore(target, { role: 'server' });
    expect(await moved.incidents({ limit: 5 })).toHaveLength(2);
    await moved.close();
  });

  it('touches no database that somebody lives in, and none while its server runs', async () => {
    const server = await openStore(url, { role: 'server' });
    await liveIn(server);
    const target = await emptyDatabase();
    expect(await toran('migrate', '--to', target)).toMatchObject({
      code: 2,
      err: expect.stringContaining('in use by'),
    });
    await server.close();
    const other = await openStore(target, { role: 'server' });
    await other.nextIncidentNumber();
    await other.close();
    const refused = await toran('migrate', '--to', target);
    expect(refused).toMatchObject({ code: 2, err: expect.stringMatching(/^migrate: the target is not empty[^\n]*$/) });
    expect(await toran('migrate', '--to', 'mysql://x')).toMatchObject({ code: 2 });
  });
});

describe('toran backup', () => {
  it('copies a database in use: restored, it says what was committed', async () => {
    const server = await openStore(url, { role: 'server' });
    await liveIn(server);
    const copy = join(folder, 'copy.db');
    expect(await toran('backup', copy)).toEqual({ code: 0, out: `${copy} is a whole copy of the database`, err: '' });
    await server.commit([declared(7)], start);
    await server.close();
    const restored = await openStore(`file:${copy}`, { role: 'server' });
    expect((await restored.incidents({ includePrivate: true, limit: 9 })).map(({ id }) => id)).toEqual([
      'INC-2',
      'INC-1',
    ]);
    await restored.close();
  });

  it('says whether a file is a whole database', async () => {
    await (await openStore(url, { role: 'server' })).close();
    const file = join(folder, 'toran.db');
    expect(await toran('backup', '--check', file)).toMatchObject({ code: 0 });
    expect(await toran('backup', '--check', join(folder, 'nothing.db'))).toMatchObject({ code: 2 });
    const other = join(folder, 'other.db');
    new Client(other).exec('create table t (a)').close();
    expect(await toran('backup', '--check', other)).toMatchObject({
      code: 2,
      err: expect.stringContaining('no database'),
    });
    copyFileSync(import.meta.filename, join(folder, 'text.db'));
    expect(await toran('backup', '--check', join(folder, 'text.db'))).toMatchObject({ code: 2 });
  });

  it('overwrites nothing, and points to pg_dump for PostgreSQL', async () => {
    await (await openStore(url, { role: 'server' })).close();
    const existing = join(folder, 'toran.db.lock');
    expect(existsSync(existing)).toBe(true);
    expect(await toran('backup', existing)).toMatchObject({ code: 2, err: expect.stringContaining('exists already') });
    url = 'postgres://toran@localhost/toran';
    expect(await toran('backup', join(folder, 'x'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('pg_dump'),
    });
  });
});

describe('toran dead-letters', () => {
  it('lists, retries and drops what was given up, and touches none when one id is wrong', async () => {
    const server = await openStore(url, { role: 'server' });
    await plan(server, planned('one'), planned('two'), planned('three'));
    for (const job of await server.claim(start, start + 5_000, 't', 3)) {
      await server.bury({ id: job.id, token: 't' }, 'channel is gone', start);
    }
    const ids = (await server.deadLetters()).map(({ id }) => id);
    expect((await toran('dead-letters')).out.split('\n')).toHaveLength(3);
    const wrong = await toran('dead-letters', 'drop', ids[0] ?? '', 'nonsense');
    expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('nonsense') });
    expect(await server.deadLetters()).toHaveLength(3);
    expect(await toran('dead-letters', 'retry', ids[0] ?? '')).toMatchObject({ code: 0 });
    expect(await server.claim(start, start + 5_000, 'again', 3)).toHaveLength(1);
    expect(JSON.parse((await toran('dead-letters', 'drop', '--all', '--json')).out)).toEqual({ dropped: ids.slice(1) });
    expect((await toran('dead-letters')).out).toBe('there are none');
    expect(await toran('dead-letters', 'drop')).toMatchObject({ code: 2 });
    expect(await toran('dead-letters', 'eat', 'x')).toMatchObject({ code: 2 });
    await server.close();
  });
});

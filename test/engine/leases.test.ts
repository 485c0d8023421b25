import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { createEngine } from '../../src/engine/executor.ts';
import type { Job, Store } from '../../src/engine/ports.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { minuteMs, secondMs } from '../../src/oncall/time.ts';
import { openStore } from '../../src/store/open.ts';
import { company, sundayMorning } from '../support/company.ts';
import { createDatabase } from '../support/postgres.ts';
import { by, declareSev1 } from '../support/story.ts';
import { engineWorld } from './world.ts';

const now = sundayMorning;
const leaseMs = 5 * secondMs;

let directory: string;
const open: Store[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'toran-leases-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((store) => store.close()));
  await rm(directory, { recursive: true, force: true });
});

async function opened(url: string, role: 'server' | 'tool' = 'server'): Promise<Store> {
  const store = await openStore(url, { role });
  open.push(store);
  return store;
}

async function closed(store: Store): Promise<void> {
  open.splice(open.indexOf(store), 1);
  await store.close();
}

async function declare(store: Store): Promise<void> {
  const engine = createEngine({ store, clock: { now: () => now }, ways: ['slack'], onCommitted: () => undefined });
  const command = { type: 'apply_catalog', hash: 'test', catalog: company() } as const;
  await engine.execute({ kind: 'workspace', stream: 'workspace', command, actor: automation });
  await engine.execute({ kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') });
}

function claim(store: Store, at: number, token: string): Promise<readonly Job[]> {
  return store.claim(at, at + leaseMs, token, 100);
}

const databases = {
  sqlite: () => Promise.resolve(`file:${join(directory, 'toran.db')}`),
  postgres: () => createDatabase(inject('postgresUrl'), `leases_${randomUUID().replaceAll('-', '')}`),
};

describe.each(['sqlite', 'postgres'] as const)('a lease on %s', (kind) => {
  it('is prolonged for whoever still has it, and for nobody else', async () => {
    const store = await opened(await databases[kind]());
    await declare(store);
    const mine = await claim(store, now, 'mine');
    expect(mine.length).toBeGreaterThan(1);
    await store.renew(mine, now + 2 * leaseMs);
    expect(await claim(store, now + leaseMs, 'theirs')).toEqual([]);

    const theirs = await claim(store, now + 2 * leaseMs, 'theirs');
    expect(theirs.map((job) => job.id).toSorted()).toEqual(mine.map((job) => job.id).toSorted());
    expect(theirs.every((job) => job.attempt === 2)).toBe(true);
    await store.renew(mine, now + 10 * leaseMs);
    expect(await claim(store, now + 3 * leaseMs, 'third')).toHaveLength(theirs.length);
  });
});

describe('a SQLite file', () => {
  it('gives the next server at once what the last one had in hand when it was killed, with the attempt counted', async () => {
    const url = await databases.sqlite();
    const killed = await opened(url);
    await declare(killed);
    const inHand = await claim(killed, now, 'killed');
    await closed(killed);

    const next = await opened(url);
    const again = await claim(next, now + 1, 'next');
    expect(again.map((job) => job.id)).toEqual(inHand.map((job) => job.id));
    expect(again.every((job) => job.attempt === 2)).toBe(true);
  });

  it('leaves a running server its work when a tool opens it', async () => {
    const url = await databases.sqlite();
    const server = await opened(url);
    await declare(server);
    await claim(server, now, 'server');
    const tool = await opened(url, 'tool');
    expect(await claim(tool, now + 1, 'tool')).toEqual([]);
  });
});

describe('a worker', () => {
  it('keeps what it is at work on past the lease, and lets go of what hangs', async () => {
    const w = await engineWorld();
    try {
      const pages = () => w.kinds().filter((kind) => kind === 'slack.page').length;
      let release: () => void = () => undefined;
      w.answers['slack.page'] = () =>
        new Promise((resolve) => {
          release = () => resolve({ kind: 'done' });
        });
      await w.engine.execute({ kind: 'incident', stream: 'INC-1', command: declareSev1, actor: by('noa') });
      w.worker.start();
      await vi.waitFor(() => expect(pages()).toBe(1));
      for (let turn = 0; turn < 3; turn += 1) {
        const seen = w.did.length;
        w.clock.advance(31 * secondMs);
        await w.engine.execute({
          kind: 'incident',
          stream: 'INC-1',
          command: { type: 'change_severity', to: turn % 2 === 0 ? 'sev2' : 'sev1' },
          actor: by('noa'),
        });
        // Something newer was claimed and done, so the page was looked at and left alone.
        await vi.waitFor(() => expect(w.did.length).toBeGreaterThan(seen));
      }
      expect(pages()).toBe(1);
      const letGo = release;
      w.clock.advance(2 * minuteMs);
      await vi.waitFor(() => expect(pages()).toBe(2));
      letGo();
      release();
    } finally {
      await w.close();
    }
  });
});

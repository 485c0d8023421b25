import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/executor.ts';
import type { Engine } from '../../src/engine/orders.ts';
import type { Job, Store } from '../../src/engine/ports.ts';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import { minuteMs, type EpochMs } from '../../src/oncall/time.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { postmortemFile } from '../../src/render/postmortem-file.ts';
import { createRenderWorker, type RenderWorker } from '../../src/render/render-worker.ts';
import { openStore } from '../../src/store/open.ts';
import { company, sundayMorning } from '../support/company.ts';
import { by, declareSev1 } from '../support/story.ts';

let store: Store;
let engine: Engine;
let worker: RenderWorker;
let directory: string;
let now: EpochMs;
beforeEach(async () => {
  now = sundayMorning;
  store = await openStore(':memory:', { role: 'tool' });
  engine = createEngine({ store, clock: { now: () => now }, ways: ['slack'], onCommitted: () => undefined });
  worker = createRenderWorker();
  directory = await mkdtemp(join(tmpdir(), 'toran-postmortems-'));
  const command = { type: 'apply_catalog', hash: 'test', catalog: company() } as const;
  await engine.execute({ kind: 'workspace', stream: 'workspace', command, actor: automation });
  await does(declareSev1);
});
afterEach(async () => {
  await worker.close();
  await store.close();
  await rm(directory, { recursive: true, force: true });
});

async function does(command: IncidentCommand): Promise<void> {
  now += minuteMs;
  await engine.execute({ kind: 'incident', stream: 'INC-1', command, actor: by('noa') });
}

/** Runs the effect as a worker does that took it up for the `attempt`-th time. */
async function draft(createdAt: EpochMs, attempt = 1): Promise<void> {
  const handlers = postmortemFile({
    store,
    engine,
    worker,
    directory,
    templates: undefined,
    log: pino({ level: 'silent' }),
  });
  const effect = { kind: 'postmortem.draft', incident: 'INC-1' } as const;
  const job: Job = { id: 'e1', effect, lane: 'postmortem:INC-1', due: createdAt, createdAt, attempt, token: 't' };
  expect(await handlers['postmortem.draft'](effect, job)).toEqual({ kind: 'done' });
}

async function drafted(): Promise<readonly string[]> {
  const events = await store.events('INC-1');
  return events.flatMap(({ event }) => (event.type === 'postmortem_drafted' ? [event.path] : []));
}

describe('the file of a post-mortem', () => {
  it('is written once, also when the process died between writing it down and leaving the outbox', async () => {
    await does({ type: 'resolve' });
    const planned = now;
    await draft(planned);
    now += minuteMs;
    await draft(planned, 2);
    expect(await readdir(directory)).toEqual(['INC-1.md']);
    expect(await drafted()).toHaveLength(1);
  });

  it('is another one when the incident was reopened and resolved again, or a new draft was asked for', async () => {
    await does({ type: 'resolve' });
    await draft(now);
    await does({ type: 'reopen', reason: 'It came back' });
    await does({ type: 'resolve' });
    await draft(now);
    now += minuteMs;
    await draft(now);
    expect((await readdir(directory)).toSorted()).toEqual(['INC-1-2.md', 'INC-1-3.md', 'INC-1.md']);
    expect(await drafted()).toHaveLength(3);
  });
});

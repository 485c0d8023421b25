import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Job } from '../../src/engine/ports.ts';
import {
  personalAvailability,
  planPersonalAvailability,
  type CalendarOutcome,
  type PersonalSources,
} from '../../src/engine/personal-availability.ts';
import type { PrivateStore } from '../../src/engine/private-ports.ts';
import { createPrivacy, type Privacy } from '../../src/engine/privacy.ts';
import { letGo } from '../../src/engine/retention.ts';
import { personStream, type Effect } from '../../src/engine/streams.ts';
import { automation } from '../../src/oncall/recorded.ts';
import type { PersonCommand } from '../../src/oncall/person.ts';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import { openPrivateStore } from '../../src/store/private/open.ts';
import { away, company, person } from '../support/company.ts';
import { engineWorld, type EngineWorld } from './world.ts';

const job: Job = {
  id: 'j',
  effect: { kind: 'availability.retention' },
  lane: 'l',
  due: 0,
  createdAt: 0,
  attempt: 1,
  token: 't',
};
const feed = {
  id: 'f1',
  person: 'alma',
  address: 'https://hr.example.com/secret-token',
  settings: {},
  memory: undefined,
};

let world: EngineWorld;
let privateStore: PrivateStore;
let privacy: Privacy;
let calendar: CalendarOutcome;
const sources: PersonalSources = {
  windowsOf: ({ id }, { id: owner }, _catalog, { from }) => [
    { ...away(owner, from + dayMs), id: `personal:${id}`, to: from + 2 * dayMs, source: 'personal' },
  ],
  readCalendar: async () => calendar,
};

beforeEach(async () => {
  world = await engineWorld();
  privateStore = await openPrivateStore(':memory:', { secrets: ['x'.repeat(32)] });
  privacy = createPrivacy({ ...world, privateStore });
  calendar = { kind: 'read', windows: [], memory: { read: 1 } };
});
afterEach(async () => {
  await privateStore.close();
  await world.close();
});

async function run(effect: Extract<Effect, { kind: `availability.${string}` }>, on = true): Promise<void> {
  const handlers = personalAvailability({
    ...world,
    privateStore: on ? privateStore : undefined,
    sources: on ? sources : undefined,
  });
  if (effect.kind === 'availability.materialise') await handlers[effect.kind](effect, job);
  else if (effect.kind === 'availability.sync_calendar') await handlers[effect.kind](effect, job);
  else await handlers[effect.kind](effect, job);
}

async function says(command: PersonCommand, by?: string): Promise<void> {
  const actor = by === undefined ? automation : ({ kind: 'person', person: by } as const);
  await world.engine.execute({ kind: 'person', stream: personStream('alma'), command, actor });
}

const windows = async () => (await world.store.onCallFacts()).windows;
const live = async () => (await windows()).filter(({ cancelled }) => !cancelled).map(({ id }) => id);
const marked = (window: string, from: number, to: number | null): PersonCommand => ({
  type: 'mark_unavailable',
  window,
  effect: 'hard',
  certain: true,
  from,
  to,
  source: 'self',
});

describe('rules that only their person knows', () => {
  it('become plain windows as soon as they are saved, and end with the rule', async () => {
    expect(await privacy.saveRule({ id: 'r1', person: 'alma', rule: { city: 'Haifa' } }, 'alma')).toBe('saved');
    const waiting = await world.store.claim(world.clock.now(), world.clock.now() + 1_000, 't', 50);
    expect(waiting.map(({ effect }) => effect)).toContainEqual({ kind: 'availability.materialise', person: 'alma' });
    await run({ kind: 'availability.materialise', person: 'alma' });
    expect(await live()).toEqual(['personal:r1']);
    expect(JSON.stringify(await windows())).not.toMatch(/Haifa|city/);
    await privacy.dropRule('alma', 'r1', 'alma');
    await run({ kind: 'availability.materialise', person: 'alma' });
    expect(await live()).toEqual([]);
  });

  it('change nothing while they cannot be opened, or while private data is off', async () => {
    await privacy.saveRule({ id: 'r1', person: 'alma', rule: 1 }, 'alma');
    await run({ kind: 'availability.materialise', person: 'alma' });
    const blind = personalAvailability({
      ...world,
      privateStore: { ...privateStore, rules: async () => Promise.reject(new Error('sealed shut')) },
      sources,
    });
    const effect = { kind: 'availability.materialise', person: 'alma' } as const;
    await expect(blind['availability.materialise'](effect, job)).rejects.toThrow('sealed shut');
    await run(effect, false);
    await run({ kind: 'availability.materialise', person: 'stranger' });
    expect(await live()).toEqual(['personal:r1']);
  });
});

describe('a calendar', () => {
  const window = () => ({
    ...away('alma', world.clock.now() + dayMs),
    id: 'calendar:f1:k',
    to: world.clock.now() + 2 * dayMs,
    source: 'calendar' as const,
  });

  it('becomes absences, keeps them while it cannot be read, and its owner is told', async () => {
    await privacy.saveCalendar(feed, 'alma');
    calendar = { kind: 'read', windows: [window()], memory: { events: 1 } };
    await run({ kind: 'availability.sync_calendar', feed: 'f1' });
    expect(await live()).toEqual(['calendar:f1:k']);
    calendar = { kind: 'stale', memory: { events: 1, toldAt: 5 }, tellOwner: true };
    await run({ kind: 'availability.sync_calendar', feed: 'f1' });
    expect(await live()).toEqual(['calendar:f1:k']);
    expect((await privateStore.feed('f1'))?.memory).toEqual({ events: 1, toldAt: 5 });
    const jobs = await world.store.claim(world.clock.now(), world.clock.now() + 1_000, 't', 50);
    expect(jobs.map(({ effect }) => effect)).toContainEqual({ kind: 'slack.stale_calendar', person: 'alma' });
  });

  it('takes its absences with it when it is disconnected, also while it is being read', async () => {
    await privacy.saveCalendar(feed, 'alma');
    calendar = { kind: 'read', windows: [window()], memory: 1 };
    await run({ kind: 'availability.sync_calendar', feed: 'f1' });
    expect(await privacy.dropCalendar('alma', 'f1', 'beni')).toBe('not_yours');
    expect(await privacy.dropCalendar('alma', 'f1', 'alma')).toBe('dropped');
    expect(await live()).toEqual([]);
    await privacy.saveCalendar(feed, 'alma');
    const reading = personalAvailability({
      ...world,
      privateStore,
      sources: {
        ...sources,
        async readCalendar() {
          await privacy.dropCalendar('alma', 'f1', 'alma');
          return calendar;
        },
      },
    });
    await reading['availability.sync_calendar']({ kind: 'availability.sync_calendar', feed: 'f1' }, job);
    expect(await live()).toEqual([]);
  });
});

describe('the company’s own days', () => {
  it('put everybody last who is not on duty, in their own zone', async () => {
    const companyDays = [
      { date: '2026-11-25', name: 'Election Day', off: 'day' as const },
      { date: '2026-11-26', name: 'Half', off: 'half' as const },
    ];
    const base = company({ people: { alma: person('alma', { timezone: 'America/New_York' }) } });
    const catalog = { ...base, workspace: { ...base.workspace, companyDays } };
    await world.engine.execute({
      kind: 'workspace',
      stream: 'workspace',
      command: { type: 'apply_catalog', hash: 'days', catalog },
      actor: automation,
    });
    await run({ kind: 'availability.materialise', person: 'alma' }, false);
    expect((await windows()).map(({ from, to, effect, yieldsToDuty }) => [from, to, effect, yieldsToDuty])).toEqual([
      [Date.UTC(2026, 10, 25, 5), Date.UTC(2026, 10, 26, 5), 'soft', true],
      [Date.UTC(2026, 10, 26, 17), Date.UTC(2026, 10, 27, 5), 'soft', true],
    ]);
    expect(JSON.stringify(await windows())).not.toContain('Election');
  });
});

describe('what waits in the outbox', () => {
  it('is planned once for each night and each reading, however often somebody looks', async () => {
    await privateStore.saveFeed(feed);
    const waiting = async () => (await world.store.outboxDepth(world.clock.now())).waiting;
    const before = await waiting();
    for (let times = 0; times < 3; times += 1) await planPersonalAvailability({ ...world, privateStore });
    world.clock.advance(25 * hourMs);
    const jobs = await world.store.claim(world.clock.now(), world.clock.now() + 1_000, 't', 500);
    const kinds = Map.groupBy(jobs, ({ effect }) => effect.kind);
    expect(kinds.get('availability.retention')).toHaveLength(1);
    const people = Object.keys((await world.store.onCallFacts()).catalog.people);
    expect(kinds.get('availability.materialise')).toHaveLength(people.length);
    // One lane, so one at a time: three wait.
    expect(kinds.get('availability.sync_calendar')).toHaveLength(1);
    expect(await waiting()).toBe(before + 1 + people.length + 3);
  });
});

describe('letting go', () => {
  it('erases a reason 30 days after the end, wherever the end was moved, and at once when nothing is known of it', async () => {
    const start = world.clock.now();
    await says(marked('w1', start, start + dayMs), 'alma');
    await says(marked('open', start, null), 'alma');
    await says(marked('back', start + dayMs, start + 2 * dayMs), 'alma');
    for (const window of ['w1', 'open', 'back'])
      expect(await privacy.tellReason('alma', window, 'service', 'alma')).toBe('told');
    await privateStore.saveReason({ window: 'unknown', person: 'alma', kind: 'leave' });
    await says({ type: 'change_window', window: 'w1', id: 'w1b', to: start + 10 * dayMs }, 'alma');
    await says({ type: 'withdraw', window: 'back' }, 'alma');
    const kept = async (now: number) => {
      await letGo({ ...world, now, privateStore });
      return (await privateStore.windowsWithReasons()).map(({ window }) => window).toSorted();
    };
    expect(await kept(start + 39 * dayMs)).toEqual(['open', 'w1']);
    expect(await kept(start + 40 * dayMs)).toEqual(['open']);
    expect(await kept(start + 4_000 * dayMs)).toEqual(['open']);
  });

  it('forgets who looked after a year', async () => {
    await privateStore.recordLook({ of: 'alma', by: 'operator', at: 0, what: 'everything' });
    await letGo({ ...world, now: 365 * dayMs, privateStore });
    expect(await privateStore.looksAt('alma')).toHaveLength(1);
    await letGo({ ...world, now: 365 * dayMs + 1, privateStore });
    expect(await privateStore.looksAt('alma')).toEqual([]);
  });
});

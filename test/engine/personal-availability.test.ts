import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Job } from '../../src/engine/ports.ts';
import {
  personalAvailability,
  planPersonalAvailability,
  type CalendarAnswer,
  type PersonalAvailabilityOptions,
} from '../../src/engine/personal-availability.ts';
import type { PrivateStore } from '../../src/engine/private-ports.ts';
import { createPrivacy, type Privacy } from '../../src/engine/privacy.ts';
import { letGo } from '../../src/engine/retention.ts';
import { readPersonalRule } from '../../src/config/personal-rules.ts';
import { personStream, type Effect } from '../../src/engine/streams.ts';
import { automation } from '../../src/oncall/recorded.ts';
import type { PersonCommand } from '../../src/oncall/person.ts';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import { openPrivateStore } from '../../src/store/private/open.ts';
import { company, person, sundayMorning } from '../support/company.ts';
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
  settings: { effect: 'hard' as const },
  memory: undefined,
};

let world: EngineWorld;
let privateStore: PrivateStore;
let privacy: Privacy;
let calendar: CalendarAnswer;

/** Tuesdays, from 14:00 to 17:00. */
const weekly = {
  kind: 'weekly',
  id: 'rule-1',
  days: ['tue'],
  from: '14:00',
  to: '17:00',
  zone: 'Asia/Jerusalem',
  effect: 'hard',
} as const;

beforeEach(async () => {
  world = await engineWorld();
  privateStore = await openPrivateStore(':memory:', { secrets: ['x'.repeat(32)] });
  privacy = createPrivacy({ ...world, privateStore, readRule: readPersonalRule });
  calendar = reading([]);
});
afterEach(async () => {
  await privateStore.close();
  await world.close();
});

function options(more: Partial<PersonalAvailabilityOptions> = {}): PersonalAvailabilityOptions {
  return { ...world, privateStore, readRule: readPersonalRule, readCalendar: async () => calendar, ...more };
}

/** A calendar with one day for each key, from the day after tomorrow. */
function reading(keys: readonly string[]): CalendarAnswer {
  const occurrences = keys.map((key, index) => {
    const from = sundayMorning + (index + 2) * dayMs;
    return { key, from, to: from + dayMs, busy: 'busy' as const };
  });
  return { kind: 'read', occurrences, cancelled: [], events: keys.length, isComplete: true };
}

async function run(effect: Extract<Effect, { kind: `availability.${string}` }>, given = options()): Promise<void> {
  const handlers = personalAvailability(given);
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
  const materialise = { kind: 'availability.materialise', person: 'alma' } as const;

  it('become plain windows as soon as they are saved, and end with the rule', async () => {
    expect(await privacy.saveRule('alma', weekly, 'alma')).toBe('saved');
    const waiting = await world.store.claim(world.clock.now(), world.clock.now() + 1_000, 't', 50);
    expect(waiting.map(({ effect }) => effect)).toContainEqual(materialise);
    await run(materialise);
    expect((await live()).length).toBeGreaterThan(12);
    expect(new Set((await windows()).map(({ source }) => source))).toEqual(new Set(['personal']));
    expect(JSON.stringify(await windows())).not.toMatch(/weekly|tue|Jerusalem/);
    expect(await privacy.rulesOf('alma', 'alma')).toEqual([weekly]);
    await privacy.dropRule('alma', 'rule-1', 'alma');
    await run(materialise);
    expect(await live()).toEqual([]);
  });

  it('count at once when they are saved, also while the work of the night waits', async () => {
    await privateStore.saveFeed(feed);
    await planPersonalAvailability(options());
    await privacy.saveRule('alma', weekly, 'alma');
    await privacy.confirmCalendar('alma', 'f1', 'alma');
    const due = await world.store.claim(world.clock.now(), world.clock.now() + 1_000, 't', 50);
    const effects = due.map(({ effect }) => effect);
    expect(effects).toContainEqual(materialise);
    expect(effects).toContainEqual({ kind: 'availability.sync_calendar', feed: 'f1' });
  });

  it('change nothing while they cannot be opened or read, or while private data is off', async () => {
    await privacy.saveRule('alma', weekly, 'alma');
    await run(materialise);
    const before = await live();
    const shut = { ...privateStore, rules: async () => Promise.reject(new Error('sealed shut')) };
    await expect(run(materialise, options({ privateStore: shut }))).rejects.toThrow('sealed shut');
    await privateStore.saveRule({ id: 'rule-2', person: 'alma', rule: { kind: 'of-tomorrow', city: 'Haifa' } });
    const told = await run(materialise).catch(String);
    expect(told).toMatch(/newer version/);
    expect(told).not.toMatch(/Haifa|of-tomorrow/);
    await run(materialise, options({ privateStore: undefined }));
    await run({ ...materialise, person: 'stranger' });
    expect(await live()).toEqual(before);
  });
});

describe('a calendar', () => {
  const sync = { kind: 'availability.sync_calendar', feed: 'f1' } as const;

  it('are read a few at a time, so that slow ones leave room for pages', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `f${index}`);
    for (const id of ids) await privateStore.saveFeed({ ...feed, id });
    const slow = Promise.withResolvers<CalendarAnswer>();
    let asked = 0;
    const handlers = personalAvailability(
      options({
        readCalendar: () => {
          asked += 1;
          return slow.promise;
        },
      }),
    );
    const outcomes = ids.map((id) => handlers[sync.kind]({ ...sync, feed: id }, job));
    const waiting = await Promise.all(outcomes.slice(4));
    expect(new Set(waiting.map(({ kind }) => kind))).toEqual(new Set(['later']));
    await vi.waitFor(() => expect(asked).toBe(4));
    slow.resolve(reading(['a']));
    expect(await Promise.all(outcomes.slice(0, 4))).toEqual(ids.slice(0, 4).map(() => ({ kind: 'done' })));
    expect(await handlers[sync.kind]({ ...sync, feed: 'f20' }, job)).toEqual({ kind: 'done' });
  });
  const told = async () => {
    const jobs = await world.store.claim(world.clock.now(), world.clock.now() + 1, 't', 50);
    return jobs.filter(({ effect }) => effect.kind === 'slack.stale_calendar').length;
  };

  it('becomes absences, and keeps them while it cannot be read; its owner is told once, when that lasts', async () => {
    await privacy.saveCalendar(feed, 'alma');
    calendar = reading(['a', 'b']);
    await run(sync);
    expect(await live()).toEqual(['calendar:f1:a', 'calendar:f1:b']);
    calendar = { kind: 'failed', because: 'unreachable' };
    await run(sync);
    expect(await told()).toBe(0);
    world.clock.advance(12 * hourMs);
    await run(sync);
    await run(sync);
    expect(await told()).toBe(1);
    expect(await live()).toEqual(['calendar:f1:a', 'calendar:f1:b']);
    expect((await privateStore.feed('f1'))?.memory).toMatchObject({ because: 'unreachable', isOwnerTold: true });
    calendar = reading(['a', 'b']);
    await run(sync);
    const memory = (await privateStore.feed('f1'))?.memory;
    expect([memory?.staleSince, memory?.isOwnerTold]).toEqual([undefined, false]);
  });

  it('that is suddenly empty ends nothing until its owner says that it is right', async () => {
    await privacy.saveCalendar(feed, 'alma');
    calendar = reading(['a', 'b']);
    await run(sync);
    calendar = reading([]);
    await run(sync);
    expect(await live()).toHaveLength(2);
    expect(await told()).toBe(1);
    expect(await privacy.confirmCalendar('alma', 'f1', 'beni')).toBe('not_yours');
    expect(await privacy.confirmCalendar('alma', 'f9', 'alma')).toBe('unknown');
    expect(await privacy.confirmCalendar('alma', 'f1', 'alma')).toBe('confirmed');
    await run(sync);
    expect(await live()).toEqual([]);
    expect((await privateStore.feed('f1'))?.memory?.isConfirmed).toBe(false);
  });

  it('takes its absences with it when it is disconnected, also while it is being read', async () => {
    await privacy.saveCalendar(feed, 'alma');
    calendar = reading(['a']);
    await run(sync);
    expect(await privacy.dropCalendar('alma', 'f1', 'beni')).toBe('not_yours');
    expect(await privacy.dropCalendar('alma', 'f1', 'alma')).toBe('dropped');
    expect(await live()).toEqual([]);
    await privacy.saveCalendar(feed, 'alma');
    const disconnecting = options({
      async readCalendar() {
        await privacy.dropCalendar('alma', 'f1', 'alma');
        return calendar;
      },
    });
    await run(sync, disconnecting);
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
    await run({ kind: 'availability.materialise', person: 'alma' }, options({ privateStore: undefined }));
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

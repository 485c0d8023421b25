import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PrivateStore } from '../../src/engine/private-ports.ts';
import { readPersonalRule } from '../../src/config/personal-rules.ts';
import { createPrivacy, type Privacy } from '../../src/engine/privacy.ts';
import { personStream } from '../../src/engine/streams.ts';
import type { PersonCommand } from '../../src/oncall/person.ts';
import { dayMs, hourMs, minuteMs } from '../../src/oncall/time.ts';
import { openPrivateStore } from '../../src/store/private/open.ts';
import { away } from '../support/company.ts';
import { engineWorld, type EngineWorld } from './world.ts';

const quiet = {
  kind: 'quiet_hours',
  id: 'rule-1',
  days: ['sun'],
  from: '22:00',
  to: '07:00',
  zone: 'Asia/Jerusalem',
} as const;
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

beforeEach(async () => {
  world = await engineWorld();
  privateStore = await openPrivateStore(':memory:', { secrets: ['x'.repeat(32)] });
  privacy = createPrivacy({ ...world, privateStore, readRule: readPersonalRule });
});
afterEach(async () => {
  await privateStore.close();
  await world.close();
});

async function says(command: PersonCommand, by: string): Promise<void> {
  const actor = { kind: 'person', person: by } as const;
  await world.engine.execute({ kind: 'person', stream: personStream('alma'), command, actor });
}

const windows = async () => (await world.store.onCallFacts()).windows;
const marked = (window: string, from: number, to: number | null) =>
  ({ type: 'mark_unavailable', window, effect: 'hard', certain: true, from, to, source: 'self' }) as const;

describe('what is private', () => {
  it('is told by the person or their delegate, and read by the person alone', async () => {
    const start = world.clock.now();
    await says(marked('w1', start, null), 'alma');
    await says({ type: 'name_delegate', delegate: 'beni' }, 'alma');
    expect(await privacy.tellReason('alma', 'w1', 'family', 'carmel')).toBe('not_yours');
    expect(await privacy.tellReason('alma', 'nothing', 'family', 'alma')).toBe('not_yours');
    expect(await privacy.tellReason('alma', 'w1', 'family', 'beni')).toBe('told');
    expect(await privacy.reasonsOf('alma', 'beni')).toBe('not_yours');
    expect(await privacy.reasonsOf('alma', 'alma')).toEqual(new Map([['w1', 'family']]));
    expect(await privacy.rulesOf('alma', 'beni')).toBe('not_yours');
    expect(await privacy.calendarsOf('alma', 'beni')).toBe('not_yours');
    expect(await privacy.saveRule('alma', quiet, 'beni')).toBe('not_yours');
    expect(await privacy.saveCalendar(feed, 'beni')).toBe('not_yours');
  });

  it('is off without a private store, and everything else works', async () => {
    const off = createPrivacy({ ...world, privateStore: undefined, readRule: readPersonalRule });
    expect(off.isOn).toBe(false);
    expect(await off.tellReason('alma', 'w', 'leave', 'alma')).toBe('off');
    expect(await off.saveRule('alma', quiet, 'alma')).toBe('off');
    expect(await off.calendarsOf('alma', 'alma')).toBe('off');
    expect((await off.exportOf('alma', 'alma')).absences).toEqual([]);
    expect(await off.erase('alma', 'operator', 'past')).toEqual({ windows: 0, left: 0 });
  });

  it('is exported whole to its person, and to an operator who is then seen to have looked', async () => {
    const start = world.clock.now();
    await says(marked('w1', start, null), 'alma');
    await says({ ...marked('w2', start, start + hourMs), source: 'teammate' }, 'beni');
    await privacy.tellReason('alma', 'w1', 'service', 'alma');
    await privacy.saveRule('alma', quiet, 'alma');
    await privacy.saveCalendar({ ...feed, settings: { effect: 'soft' } }, 'alma');
    const own = await privacy.exportOf('alma', 'alma');
    expect(own).toMatchObject({
      person: 'alma',
      absences: [
        { id: 'w1', kind: 'service', enteredBy: undefined },
        { id: 'w2', kind: undefined, enteredBy: 'beni' },
      ],
      rules: [quiet],
      calendars: [{ id: 'f1', address: 'https://hr.example.com/…', settings: { effect: 'soft' } }],
      looks: [],
    });
    expect(JSON.stringify(own)).not.toContain('secret-token');
    expect((await privacy.exportOf('alma', 'operator')).looks).toEqual([
      { of: 'alma', by: 'operator', at: start, what: 'everything' },
    ]);
    expect(JSON.stringify(await privacy.exportOf('beni', 'beni'))).not.toMatch(/service|quiet_hours|hr\.example|w1/);
  });

  it('is erased with all that is past, while what holds now and is to come keeps its person from being paged', async () => {
    const start = world.clock.now();
    await says(marked('past', start - 5 * dayMs, start - dayMs), 'alma');
    await says(marked('now', start - hourMs, null), 'alma');
    await says(marked('taken back', start + dayMs, start + 2 * dayMs), 'alma');
    await says({ type: 'withdraw', window: 'taken back' }, 'alma');
    await privacy.tellReason('alma', 'now', 'service', 'alma');
    await privacy.saveRule('alma', quiet, 'alma');
    const own = {
      ...away('alma', start + dayMs),
      id: 'personal:r1',
      to: start + 2 * dayMs,
      source: 'personal' as const,
    };
    await says({ type: 'apply_personal', windows: [own] }, 'alma');
    world.clock.advance(minuteMs);

    expect(await privacy.erase('alma', 'operator', 'past')).toEqual({ windows: 3, left: 1 });
    expect((await windows()).map(({ id }) => id)).toEqual(['now']);
    expect([await privateStore.reasons('alma'), await privateStore.rules('alma')]).toEqual([[], []]);
    const told = (await world.store.personEvents('alma')).filter(({ event }) => event.type === 'window_added');
    expect(told).toHaveLength(1);

    expect(await privacy.erase('alma', 'operator', 'everything')).toEqual({ windows: 1, left: 0 });
    expect(await windows()).toEqual([]);
    const events = await world.store.personEvents('alma');
    expect(new Set(events.map(({ event }) => event.type))).toEqual(new Set(['window_forgotten', 'windows_forgotten']));
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { scheduleStream } from '../../src/engine/streams.ts';
import { slackUncoveredWords } from '../../src/messages/slack-uncovered.ts';
import type { Catalog } from '../../src/oncall/catalog.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { dayMs, minuteMs } from '../../src/oncall/time.ts';
import { catalog as company } from './catalog.ts';
import { slackWorld, type SlackWorld } from './effects-world.ts';

let world: SlackWorld;
afterEach(() => world.close());

/** Omer is on duty for a year; Carmel, who reads Hebrew, and Noa lead the teams. */
function withLeads(...leads: readonly string[]): Catalog {
  const layer = {
    start: '2026-11-01T09:00',
    every: { unit: 'weeks', count: 52 },
    participants: ['omer', 'dana'],
    windows: [],
  } as const;
  return {
    ...company,
    teams: Object.fromEntries(leads.map((lead, n) => [`t${n}`, { id: `t${n}`, members: ['omer'], lead }])),
    schedules: { payments: { id: 'payments', timezone: 'Asia/Jerusalem', layers: [layer], overrides: [] } },
  };
}

async function uncovered(catalog: Catalog, beginsInMs = 0): Promise<void> {
  world = await slackWorld({ catalog });
  const now = world.clock.now() + beginsInMs;
  const outcome = await world.engine.execute({
    kind: 'schedule',
    stream: scheduleStream('payments'),
    command: {
      type: 'offer',
      id: 'o1',
      kind: 'hand_over',
      from: now,
      to: now + dayMs,
      insteadOf: 'omer',
      asked: [],
      assignAt: now + 3_600_000,
    },
    actor: automation,
  });
  expect(outcome.kind).toBe('accepted');
}

async function warn() {
  const now = world.clock.now();
  const effect = { kind: 'slack.warn_uncovered' as const, schedule: 'payments', offer: 'o1' };
  await world.store.countSignals([], [], [{ effect, due: now, lane: 'l', priority: 5, coalesce: undefined }], now);
  return world.drain();
}

/** In a channel, or in the direct messages of a person. */
function said(channel: string): string[] {
  return world.slack.state
    .messages(channel)
    .filter(({ byApp }) => byApp)
    .map(({ text }) => text);
}

describe('a shift that has found nobody', () => {
  it('is told to every lead, in their language, with who is paged meanwhile', async () => {
    await uncovered(withLeads('noa', 'carmel'));
    await warn();
    const [toNoa] = said('U0NOA');
    expect(toNoa).toContain(slackUncoveredWords.en.title('payments'));
    expect(toNoa).toContain('Omer Bar');
    expect(said('U0CARMEL')[0]).toContain('משמרת');
    expect(said('C0INCIDENTS')).toEqual([]);
  });

  it('goes to the channel where no lead can be asked, and never to one who is away', async () => {
    await uncovered(withLeads('noa'));
    await world.away('noa');
    await warn();
    expect(said('U0NOA')).toEqual([]);
    expect(said('C0INCIDENTS').join()).toContain(slackUncoveredWords.en.title('payments'));
  });

  it('is told to each lead once, also where Slack has the second one wait', async () => {
    await uncovered(withLeads('noa', 'carmel'));
    world.slack.faults.inject({
      kind: 'rate_limited',
      retryAfterSeconds: 5,
      method: 'chat.postMessage',
      after: 1,
      times: 1,
    });
    await warn();
    expect(said('U0NOA').length + said('U0CARMEL').length).toBe(1);
    await world.later(minuteMs);
    expect([said('U0NOA'), said('U0CARMEL')].map(({ length }) => length)).toEqual([1, 1]);
  });

  it('is said to be taken in a word only where that word takes it', async () => {
    await uncovered(withLeads('noa'));
    await warn();
    expect(said('U0NOA').join()).toContain('Whoever writes /incident take has it');
    await world.close();
    await uncovered(withLeads('noa'), dayMs);
    await warn();
    expect(said('U0NOA').join()).toContain('Once it has begun, whoever writes /incident take has it');
  });

  it('is not told any more once somebody has taken it', async () => {
    await uncovered(withLeads('noa'));
    world.clock.advance(3_600_000);
    await world.engine.execute({
      kind: 'schedule',
      stream: scheduleStream('payments'),
      command: { type: 'assign_offer', offer: 'o1', person: 'carmel' },
      actor: automation,
    });
    await warn();
    expect(said('U0NOA')).toEqual([]);
  });
});

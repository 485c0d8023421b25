import { afterEach, describe, expect, it } from 'vitest';
import type { Catalog, Language } from '../../src/oncall/catalog.ts';
import { automation, type Actor } from '../../src/oncall/recorded.ts';
import type { ScheduleCommand } from '../../src/oncall/schedule.ts';
import { hourMs, minuteMs } from '../../src/oncall/time.ts';
import { catalog as company } from './catalog.ts';
import { slackWorld, type SlackWorld } from './effects-world.ts';

const worlds: SlackWorld[] = [];
afterEach(async () => {
  for (const world of worlds.splice(0)) await world.close();
});

/** A week each; Ghost has left Slack. */
function catalog(language: Language = 'en'): Catalog {
  const layer = {
    start: '2026-11-22T09:00',
    every: { unit: 'weeks', count: 1 },
    participants: ['noa', 'omer', 'carmel', 'ghost'],
    windows: [],
  } as const;
  return {
    ...company,
    workspace: { ...company.workspace, locale: language },
    schedules: { payments: { id: 'payments', timezone: 'Asia/Jerusalem', layers: [layer], overrides: [] } },
  };
}

async function begin(): Promise<SlackWorld> {
  const world = await slackWorld({ catalog: catalog() });
  worlds.push(world);
  await world.drain();
  return world;
}

const person = (id: string): Actor => ({ kind: 'person', person: id });

function change(world: SlackWorld, command: ScheduleCommand, actor: Actor = automation) {
  return world.engine.execute({ kind: 'schedule', stream: 'schedule:payments', command, actor });
}

function offers(world: SlackWorld, more: { readonly asked?: readonly string[]; readonly assignAt?: number } = {}) {
  const now = world.clock.now();
  return change(
    world,
    {
      type: 'offer',
      id: 'f',
      kind: 'cover',
      from: now,
      to: now + 4 * hourMs,
      insteadOf: 'noa',
      asked: more.asked ?? ['omer', 'carmel'],
      assignAt: more.assignAt ?? null,
    },
    person('noa'),
  );
}

const texts = (world: SlackWorld, user: string) => world.slack.state.messages(user).map(({ text }) => text);
const blocks = (world: SlackWorld, user: string) => JSON.stringify(world.slack.state.messages(user).at(-1)?.blocks);

describe('offers in Slack', () => {
  it('reach everybody who was asked, each in their language, with buttons', async () => {
    const world = await begin();
    await offers(world);
    await world.drain();
    expect(texts(world, 'U0OMER')).toEqual(['Noa Levi asks for cover']);
    expect(texts(world, 'U0CARMEL')[0]).toContain('בקשת החלפה');
    expect(blocks(world, 'U0OMER')).toContain('toran_accept_offer');
  });

  it('are not sent twice where the answer was lost, and are found to be edited', async () => {
    const world = await begin();
    world.slack.faults.inject({ kind: 'reset', applied: true, method: 'chat.postMessage', times: 1 });
    await offers(world, { asked: ['omer'] });
    await world.drain();
    await world.later(minuteMs);
    expect(texts(world, 'U0OMER')).toHaveLength(1);
    await change(world, { type: 'withdraw_offer', offer: 'f' }, person('noa'));
    await world.later(minuteMs);
    expect(blocks(world, 'U0OMER')).toContain('It was withdrawn.');
    expect(blocks(world, 'U0OMER')).not.toContain('toran_accept_offer');
  });

  it('ask nobody who became unavailable on the way, and nobody for what somebody has taken meanwhile', async () => {
    const world = await begin();
    world.slack.faults.inject({
      kind: 'http_error',
      status: 503,
      applied: false,
      method: 'chat.postMessage',
      times: 2,
    });
    await offers(world);
    await world.drain();
    await world.away('omer');
    await change(world, { type: 'accept_offer', offer: 'f', person: 'carmel' }, person('carmel'));
    await world.later(minuteMs);
    expect(texts(world, 'U0OMER')).toEqual([]);
    expect(texts(world, 'U0CARMEL').join()).not.toContain('בקשת החלפה');
    expect(texts(world, 'U0NOA').join()).toContain('Carmel Or takes your shift');
  });

  it('leave out whoever cannot be reached in Slack, and go on with the others', async () => {
    const world = await begin();
    await offers(world, { asked: ['ghost', 'dana', 'omer'] });
    const ran = await world.drain();
    expect(texts(world, 'U0OMER')).toHaveLength(1);
    expect(ran.filter(({ outcome }) => outcome.kind === 'failed')).toEqual([]);
  });

  it('tell whoever it was given to once, also where Slack has the other one wait', async () => {
    const world = await begin();
    await offers(world, { assignAt: world.clock.now() + hourMs });
    await world.drain();
    world.clock.advance(hourMs);
    await change(world, { type: 'assign_offer', offer: 'f', person: 'omer' });
    world.slack.faults.inject({
      kind: 'rate_limited',
      retryAfterSeconds: 5,
      method: 'chat.postMessage',
      after: 1,
      times: 1,
    });
    await world.drain();
    await world.later(minuteMs);
    const told = texts(world, 'U0OMER').filter((text) => text.includes('A shift of Noa Levi was given to you'));
    expect(told).toHaveLength(1);
  });

  it('tell whoever it was given to, and whose it was, when it was assigned', async () => {
    const world = await begin();
    await offers(world, { assignAt: world.clock.now() + hourMs });
    await world.drain();
    world.clock.advance(hourMs);
    await change(world, { type: 'assign_offer', offer: 'f', person: 'omer' });
    await world.later(minuteMs);
    expect(texts(world, 'U0OMER').join()).toContain('A shift of Noa Levi was given to you');
    expect(JSON.stringify(world.slack.state.messages('U0OMER')[0]?.blocks)).toContain('so it was given to you');
    expect(texts(world, 'U0NOA').join()).toContain('Nobody accepted, so your shift was given to Omer Bar');
    expect(texts(world, 'U0OMER').join()).not.toContain('have changed');
  });

  it('say nothing to whoever is unavailable, whatever became of their shift', async () => {
    const world = await begin();
    await offers(world);
    await world.drain();
    await world.away('noa');
    const before = texts(world, 'U0NOA').length;
    await change(world, { type: 'accept_offer', offer: 'f', person: 'omer' }, person('omer'));
    await world.later(minuteMs);
    expect(texts(world, 'U0NOA')).toHaveLength(before);
  });

  it('put no name, reason or time of anybody into the log', async () => {
    const world = await begin();
    await offers(world, { asked: ['ghost', 'omer'] });
    await world.drain();
    expect(world.lines.join('\n')).not.toMatch(/Noa Levi|Omer Bar|asks for cover/);
  });
});

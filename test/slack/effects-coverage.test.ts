import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dayMs, hourMs } from '../../src/oncall/time.ts';
import { personStream } from '../../src/engine/streams.ts';
import { automation } from '../../src/oncall/recorded.ts';
import { catalog } from './catalog.ts';
import { slackWorld, type SlackWorld } from './effects-world.ts';

/** Noa leads payments, and Omer and Carmel take turns in it. */
const led = {
  ...catalog,
  workspace: { ...catalog.workspace, coverageTarget: 1 },
  schedules: {
    payments: {
      id: 'payments',
      timezone: 'Asia/Jerusalem',
      layers: [
        {
          start: '2026-11-01T09:00',
          every: { unit: 'weeks', count: 1 },
          participants: ['omer', 'carmel'],
          windows: [],
        } as const,
      ],
      overrides: [],
    },
  },
  teams: { payments: { id: 'payments', members: ['noa', 'omer', 'carmel'], lead: 'noa' } },
};
let world: SlackWorld;
beforeEach(async () => {
  world = await slackWorld({ catalog: led });
});
afterEach(() => world.close());

async function away(person: string, from: number, to: number | null, window = `w-${person}`) {
  await world.engine.execute({
    kind: 'person',
    stream: personStream(person),
    command: { type: 'mark_unavailable', window, effect: 'hard', certain: true, from, to, source: 'self' },
    actor: { kind: 'person', person },
  });
}

function told(user: string): string[] {
  return world.slack.state
    .messages(user)
    .filter(
      ({ blocks }) =>
        JSON.stringify(blocks ?? []).includes('overage') || JSON.stringify(blocks ?? []).includes('Covered'),
    )
    .map(({ blocks }) => JSON.stringify(blocks));
}

/** Everything that is due within the next hour, in steps in which nothing is missed. */
async function anHour() {
  for (let step = 0; step < 6; step += 1) await world.later(hourMs / 6);
}

describe('warnings about coverage', () => {
  it('reach the lead once when an absence is known, again as it comes near, and once more when it is well', async () => {
    await anHour();
    const before = told('U0NOA').length;
    const now = world.clock.now();
    for (const person of ['omer', 'carmel']) await away(person, now + 20 * dayMs, now + 25 * dayMs);
    await anHour();
    const first = told('U0NOA').slice(before);
    expect(first).toHaveLength(1);
    expect(first[0]).toContain('new');
    expect(first[0]).not.toMatch(/Omer|Carmel/);
    await world.later(dayMs);
    expect(told('U0NOA').slice(before)).toHaveLength(1);
    for (let day = 0; day < 8; day += 1) await world.later(dayMs);
    expect(told('U0NOA').slice(before)).toHaveLength(2);
    expect(told('U0NOA').at(-1)).toContain('reminder');
    await world.engine.execute({
      kind: 'person',
      stream: personStream('omer'),
      command: { type: 'withdraw', window: 'w-omer' },
      actor: { kind: 'person', person: 'omer' },
    });
    await world.later(dayMs);
    expect(told('U0NOA').slice(before)).toHaveLength(3);
  });

  it('go to the channel of incidents, without a name, when no lead can be asked', async () => {
    await away('noa', world.clock.now(), null);
    await away('omer', world.clock.now() + 3 * dayMs, world.clock.now() + 5 * dayMs);
    await away('carmel', world.clock.now() + 3 * dayMs, world.clock.now() + 5 * dayMs);
    await anHour();
    const [message] = told('#incidents');
    expect(message).toContain('Coverage needs a decision');
    expect(message).not.toMatch(/Noa|Omer|Carmel|U0NOA|U0OMER/);
    expect(told('U0NOA')).toEqual([]);
  });

  it('say nothing twice, whatever is asked again', async () => {
    await away('omer', world.clock.now() + 3 * dayMs, world.clock.now() + 5 * dayMs);
    await anHour();
    const count = told('U0NOA').length;
    await world.engine.execute({
      kind: 'workspace',
      stream: 'workspace',
      command: { type: 'apply_catalog', hash: 'again', catalog: led },
      actor: automation,
    });
    await anHour();
    expect(told('U0NOA')).toHaveLength(count);
  });
});

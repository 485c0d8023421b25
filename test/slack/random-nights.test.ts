import { describe, expect, it } from 'vitest';
import type { IncidentCommand } from '../../src/incident/commands.ts';
import { available } from '../../src/oncall/available.ts';
import type { Catalog } from '../../src/oncall/catalog.ts';
import { minuteMs, secondMs } from '../../src/oncall/time.ts';
import { personStream } from '../../src/engine/streams.ts';
import { dice, randomFrom } from '../support/random-world.ts';
import { catalog as company } from './catalog.ts';
import { declare, outsider, slackWorld, type SlackWorld } from './effects-world.ts';

const crew = ['noa', 'omer', 'carmel'] as const;
const [payments] = Object.values(company.policies);
if (payments === undefined) throw new Error('the company has no policy');
const catalog: Catalog = {
  ...company,
  teams: { payments: { id: 'payments', members: [...crew], lead: 'noa' } },
  schedules: {
    payments: {
      id: 'payments',
      timezone: 'Asia/Jerusalem',
      layers: [{ start: '2026-11-22T09:00', every: { unit: 'hours', count: 1 }, participants: [...crew], windows: [] }],
      overrides: [],
    },
  },
  policies: {
    payments: {
      ...payments,
      repeat: 1,
      steps: [
        { notify: [{ kind: 'schedule', schedule: 'payments' }], waitMs: 5 * minuteMs },
        { notify: [{ kind: 'team', team: 'payments' }], waitMs: 5 * minuteMs },
      ],
      lastResort: [
        { kind: 'person', person: 'omer' },
        { kind: 'channel', channel: '#incidents' },
      ],
    },
  },
};

/** One night in which people come and go, Slack stumbles, and an incident goes its way. */
async function live(seed: number, world: SlackWorld): Promise<void> {
  const d = dice(randomFrom(seed));
  await world.order(declare({ title: 'Ask <@U0OMER> or <@U0NOA>' }), outsider);
  for (let move = 0; move < 25; move += 1) {
    // Whatever was sent in this very millisecond came before what happens now.
    world.clock.advance(secondMs);
    const who = d.one(crew);
    const by = { kind: 'person', person: who } as const;
    const acts: readonly (() => Promise<unknown>)[] = [
      () =>
        away(world, who, d.below(30) * secondMs, d.chance(0.5) ? d.below(60) * minuteMs : undefined, seed * 100 + move),
      () => away(world, who, 0, undefined, seed * 100 + move),
      () => person(world, who, { type: 'mark_available' }),
      () => world.order({ type: 'acknowledge', page: undefined, via: 'slack' }, by),
      () => world.order({ type: 'decline', page: 'INC-1/p1' }, by),
      () => world.order({ type: 'escalate', page: undefined }, by),
      () =>
        world.order(
          { type: 'assign_role', role: d.one(['lead', 'scribe']), person: who },
          d.chance(0.5) ? by : outsider,
        ),
      () => world.order(d.one<IncidentCommand>([{ type: 'join' }, { type: 'add_note', text: '<@U0NOA>' }]), by),
      () => world.order({ type: 'post_update', text: 'waiting for <@U0CARMEL>' }, outsider),
      () => world.order({ type: 'remind', reminder: d.one(['no_update', 'still_on_it', 'no_lead']) }, outsider),
      async () =>
        world.slack.faults.inject({ kind: 'http_error', status: 503, applied: d.chance(0.5), times: 1 + d.below(3) }),
      () => world.later(d.below(7) * minuteMs),
      () => world.later(d.below(90) * secondMs),
    ];
    await d.one([acts[0] ?? world.drain, ...acts])();
    if (d.chance(0.6)) await world.drain();
  }
  world.slack.faults.clear();
  await world.later(10 * minuteMs);
}

function person(world: SlackWorld, who: string, command: { readonly type: 'mark_available' }) {
  return world.engine.execute({
    kind: 'person',
    stream: personStream(who),
    command,
    actor: { kind: 'person', person: who },
  });
}

function away(world: SlackWorld, who: string, inMs: number, forMs: number | undefined, id: number) {
  const from = world.clock.now() + inMs;
  const to = forMs === undefined ? null : from + forMs + 1;
  const window = { window: `w${id}`, effect: 'hard', certain: true, from, to, source: 'self' } as const;
  const command = { type: 'mark_unavailable', ...window } as const;
  return world.engine.execute({
    kind: 'person',
    stream: personStream(who),
    command,
    actor: { kind: 'person', person: who },
  });
}

/** Calls that reached somebody who was unavailable at that moment: by message, invitation, mention or group. */
async function reachedWrongly({ slack, store }: SlackWorld): Promise<string[]> {
  const facts = await store.onCallFacts();
  return slack.log.flatMap(({ atMs, method, args }) => {
    const { channel, users, ...said } = args;
    return crew.flatMap((who) => {
      const slackId = catalog.people[who]?.slack ?? '';
      const isAddressed = [channel, users].some((ids) => JSON.stringify(ids)?.includes(slackId));
      const isReached = isAddressed || new RegExp(`<@${slackId}`).test(JSON.stringify(said).replaceAll('&lt;@', ''));
      const rings = ['chat.postMessage', 'conversations.invite', 'usergroups.users.update', 'chat.postEphemeral'];
      if (!rings.includes(method) || !isReached) return [];
      return available(facts, who, atMs, 'sev1').state === 'no'
        ? [`${method} to ${who} at ${new Date(atMs).toISOString()}`]
        : [];
    });
  });
}

describe('in a random night with a real store and a Slack that writes down every call', () => {
  it.each(Array.from({ length: 12 }, (_, seed) => seed))(
    'nobody is reached while they are unavailable: night %i',
    async (seed) => {
      const world = await slackWorld({ catalog });
      try {
        await live(seed, world);
        expect(await reachedWrongly(world)).toEqual([]);
        expect(world.slack.log.some(({ method }) => method === 'chat.postMessage')).toBe(true);
      } finally {
        await world.close();
      }
    },
  );
});

import { afterEach, describe, expect, it } from 'vitest';
import { rememberLast, type LastKnown } from '../../src/engine/last-known.ts';
import type { Clock, Store } from '../../src/engine/ports.ts';
import { hourMs } from '../../src/oncall/time.ts';
import { catalog } from './catalog.ts';
import { declare, incident, outsider, slackWorld, type SlackWorld } from './effects-world.ts';

let world: SlackWorld;
let lastKnown: LastKnown;
/** What cannot be read now. */
let broken: 'nothing' | 'facts' | 'all reads';
const told: string[] = [];

afterEach(() => world.close());

/** A database whose reads can be broken, behind the memory that the server has. */
function unreliable(store: Store, clock: Clock): Store {
  const unless = <Value>(isBroken: boolean, read: () => Promise<Value>): Promise<Value> =>
    isBroken ? Promise.reject(new Error('the database does not answer')) : read();
  const breaking: Store = {
    ...store,
    onCallFacts: () => unless(broken !== 'nothing', () => store.onCallFacts()),
    incident: (id) => unless(broken === 'all reads', () => store.incident(id)),
    texts: (id) => unless(broken === 'all reads', () => store.texts(id)),
    load: (kind, ids) => unless(broken === 'all reads', () => store.load(kind, ids)),
    seen: (keys) => unless(broken === 'all reads', () => store.seen(keys)),
  };
  lastKnown = rememberLast(breaking, clock, {
    lost: (_error, asOf) => told.push(`lost ${asOf === undefined ? 'never known' : new Date(asOf).toISOString()}`),
    back: () => told.push('back'),
  });
  return lastKnown.store;
}

async function begin(): Promise<SlackWorld> {
  broken = 'nothing';
  told.length = 0;
  world = await slackWorld({ asSeen: unreliable, catalog });
  return world;
}

function messagesTo(user: string) {
  return world.slack.state.messages(user).filter(({ byApp }) => byApp);
}

describe('when who can answer cannot be read', () => {
  it('edge case 7: a page goes out by what was last known, says as of when, and so do log and readiness', async () => {
    const { order, drain, later } = await begin();
    expect(lastKnown.problem()).toBeUndefined();
    await later(10_000);
    broken = 'facts';
    await order(declare(), outsider);
    await drain();
    const [page] = messagesTo('U0NOA');
    const shown = JSON.stringify(page?.blocks);
    expect(shown).toContain('could not be checked since');
    expect(shown).toContain(`<!date^${Date.parse('2026-11-24T09:00:00Z') / 1_000}^`);
    expect(told).toEqual(['lost 2026-11-24T09:00:00.000Z']);
    expect(lastKnown.problem()).toBe(
      'who can answer cannot be read; pages go by what was known at 2026-11-24T09:00:00.000Z',
    );
    broken = 'nothing';
    await order({ type: 'page', targets: [{ kind: 'person', person: 'omer' }] }, outsider);
    await drain();
    expect(JSON.stringify(messagesTo('U0OMER'))).not.toContain('could not be checked since');
    expect(told).toEqual(['lost 2026-11-24T09:00:00.000Z', 'back']);
    expect(lastKnown.problem()).toBeUndefined();
  });

  it('nobody is paged who was unavailable in it, however late that was written down', async () => {
    const { order, drain, away } = await begin();
    await away('noa');
    broken = 'facts';
    await order(declare(), outsider);
    await drain();
    expect(messagesTo('U0NOA')).toEqual([]);
    expect(messagesTo('U0OMER')).toHaveLength(1);
  });

  it('an absence that begins then, as it was planned before, still moves the page', async () => {
    const { order, drain, later, engine, clock } = await begin();
    await engine.execute({
      kind: 'person',
      stream: 'person:noa',
      command: {
        type: 'mark_unavailable',
        window: 'w1',
        effect: 'hard',
        certain: true,
        from: clock.now() + hourMs,
        to: null,
        source: 'self',
      },
      actor: { kind: 'person', person: 'noa' },
    });
    broken = 'facts';
    await later(hourMs);
    await order(declare(), outsider);
    await drain();
    expect(messagesTo('U0NOA')).toEqual([]);
    expect(messagesTo('U0OMER')).toHaveLength(1);
  });

  it('for longer than a day, nobody is rung by a guess: the channel of last resort is alarmed', async () => {
    const { order, drain, later } = await begin();
    broken = 'facts';
    await later(25 * hourMs);
    await order(declare(), outsider);
    await drain();
    expect([messagesTo('U0NOA'), messagesTo('U0OMER')]).toEqual([[], []]);
    expect(JSON.stringify(messagesTo('#incidents').map(({ blocks }) => blocks))).toContain('toran_acknowledge');
  });

  it('and was never known, a command fails rather than page by nothing', async () => {
    broken = 'facts';
    await expect(slackWorld({ asSeen: unreliable })).rejects.toThrow('the database does not answer');
    expect(told).toContain('lost never known');
    await begin();
  });
});

describe('when nothing can be read any more', () => {
  it('a page that a worker has in hand goes out, once, and is written down when it can be', async () => {
    const { order, later, store, runAndForget, current } = await begin();
    await order(declare(), outsider);
    broken = 'all reads';
    await expect(runAndForget('slack.page')).rejects.toThrow('the database does not answer');
    expect(messagesTo('U0NOA')).toHaveLength(1);
    expect(JSON.stringify(messagesTo('U0NOA'))).toContain('Payments fail');
    broken = 'nothing';
    await later(31_000);
    expect(messagesTo('U0NOA')).toHaveLength(1);
    expect((await current()).pages[0]?.deliveries[0]?.outcome.kind).toBe('delivered');
    expect((await store.texts(incident)).size).toBeGreaterThan(0);
  });

  it('an incident that is over is not remembered', async () => {
    const { order, store } = await begin();
    await order(declare(), outsider);
    await order({ type: 'resolve' }, outsider);
    broken = 'all reads';
    await expect(store.incident(incident)).rejects.toThrow('the database does not answer');
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { declare, outsider, slackWorld, type SlackWorld, type WorldOptions } from './effects-world.ts';
import { catalog } from './catalog.ts';

let world: SlackWorld;

async function begin(options: WorldOptions = {}): Promise<SlackWorld> {
  world = await slackWorld(options);
  return world;
}

afterEach(async () => world.close());

function pagesTo(user: string) {
  return world.slack.state.messages(user).filter(({ byApp }) => byApp);
}

async function deliveries() {
  const { pages } = await world.current();
  return pages.flatMap((page) =>
    page.deliveries.map(({ to, outcome }) => [to.kind === 'person' ? to.person : to.channel, outcome]),
  );
}

function deliverTo(...people: readonly string[]): WorldOptions {
  const notify = people.map((person) => ({ kind: 'person', person }) as const);
  const { payments } = catalog.policies;
  if (payments === undefined) throw new Error('the catalog has no policy');
  return { catalog: { ...catalog, policies: { payments: { ...payments, steps: [{ notify, waitMs: 300_000 }] } } } };
}

describe('a page', () => {
  it('goes to the person as a direct message with buttons, and is written down as delivered', async () => {
    const { order, drain, current } = await begin();
    await order(declare(), outsider);
    await drain();
    const [page] = pagesTo('U0NOA');
    expect(JSON.stringify(page?.blocks)).toContain('toran_acknowledge');
    expect(await deliveries()).toEqual([['noa', expect.objectContaining({ kind: 'delivered' })]]);
    const [delivery] = (await current()).pages[0]?.deliveries ?? [];
    expect(delivery?.message).toEqual({ channel: page?.channelId, ts: page?.ts });
  });

  it('goes out before the channel is made', async () => {
    const { order, drain, slack } = await begin();
    await order(declare(), outsider);
    await drain();
    const methods = slack.log.map(({ method }) => method);
    expect(methods.indexOf('chat.postMessage')).toBeLessThan(methods.indexOf('conversations.create'));
  });

  it('speaks the language of whoever gets it', async () => {
    const { order, drain } = await begin(deliverTo('carmel'));
    await order(declare(), outsider);
    await drain();
    expect(JSON.stringify(pagesTo('U0CARMEL'))).toMatch(/[\u05D0-\u05EA]/);
  });

  it.each([
    ['the connection is cut', { kind: 'reset', applied: true } as const],
    ['a gateway answers in its place', { kind: 'http_error', status: 502, applied: true } as const],
    ['a web page comes back', { kind: 'html', applied: true } as const],
    ['Slack says internal_error', { kind: 'error', error: 'internal_error', applied: true } as const],
  ])('edge case 50: is sent once when Slack has sent it and %s', async (_what, fault) => {
    const { order, drain, later, slack } = await begin();
    slack.faults.inject({ ...fault, method: 'chat.postMessage', times: 1 });
    await order(declare(), outsider);
    await drain();
    await later(2_000);
    await later(31_000);
    expect(pagesTo('U0NOA')).toHaveLength(1);
    expect(await deliveries()).toEqual([['noa', expect.objectContaining({ kind: 'delivered' })]]);
  });

  it('is sent again, and said to be, where Slack does not let us look whether it got through', async () => {
    const { order, drain, later, slack, lines } = await begin({
      scopes: ['chat:write', 'channels:manage', 'channels:read', 'channels:join'],
    });
    slack.faults.inject({ kind: 'reset', applied: true, method: 'chat.postMessage', times: 1 });
    await order(declare(), outsider);
    await drain();
    await later(2_000);
    expect(pagesTo('U0NOA')).toHaveLength(2);
    expect(lines.join('\n')).toContain('it may be posted twice');
  });

  it('keeps trying through an outage, and neither fails nor moves on', async () => {
    const { order, drain, later, slack } = await begin();
    slack.faults.inject({ kind: 'http_error', status: 503, applied: false });
    await order(declare(), outsider);
    await drain();
    for (let tries = 0; tries < 10; tries += 1) await later(15_000);
    expect(await deliveries()).toEqual([['noa', { kind: 'queued' }]]);
    slack.faults.clear();
    await later(15_000);
    expect(await deliveries()).toEqual([['noa', expect.objectContaining({ kind: 'delivered' })]]);
    expect(pagesTo('U0NOA')).toHaveLength(1);
  });

  it('edge case 49: waits, too, while the token does not work', async () => {
    const { order, drain, later, slack } = await begin();
    slack.faults.inject({ kind: 'error', error: 'token_revoked', applied: false, method: 'chat.postMessage' });
    await order(declare(), outsider);
    await drain();
    await later(15_000);
    expect(await deliveries()).toEqual([['noa', { kind: 'queued' }]]);
    slack.faults.clear();
    await later(15_000);
    expect(pagesTo('U0NOA')).toHaveLength(1);
  });

  it('is not sent to someone who has become unavailable since it was decided; the next is asked', async () => {
    const { order, drain, away } = await begin();
    await order(declare(), outsider);
    await away('noa');
    await drain();
    expect(pagesTo('U0NOA')).toEqual([]);
    expect(pagesTo('U0OMER')).toHaveLength(1);
    expect(await deliveries()).toEqual([
      ['noa', { kind: 'failed', because: 'unavailable' }],
      ['omer', expect.objectContaining({ kind: 'delivered' })],
    ]);
  });

  it('edge case 49: moves on from somebody whom Slack does not know', async () => {
    const { order, drain } = await begin(deliverTo('ghost'));
    await order(declare(), outsider);
    await drain();
    expect((await deliveries())[0]).toEqual(['ghost', { kind: 'failed', because: 'refused' }]);
    expect(world.slack.state.messages('#incidents').filter(({ byApp }) => byApp).length).toBeGreaterThan(1);
  });

  it('reaches a channel of the policy by its name', async () => {
    const { order, drain } = await begin(deliverTo('ghost'));
    await order(declare(), outsider);
    await drain();
    expect(await deliveries()).toContainEqual(['#incidents', expect.objectContaining({ kind: 'delivered' })]);
  });

  it('to a channel that does not exist has no address', async () => {
    const { payments } = catalog.policies;
    if (payments === undefined) throw new Error('the catalog has no policy');
    const lost: WorldOptions = {
      catalog: {
        ...catalog,
        policies: {
          payments: { ...payments, steps: [{ notify: [{ kind: 'channel', channel: '#nowhere' }], waitMs: 300_000 }] },
        },
      },
    };
    const { order, drain } = await begin(lost);
    await order(declare(), outsider);
    await drain();
    expect((await deliveries())[0]).toEqual(['#nowhere', { kind: 'failed', because: 'no_address' }]);
  });

  it('of a private incident tells a channel that someone is needed, and nothing of what it is about', async () => {
    const { order, drain, slack } = await begin(deliverTo('ghost'));
    await order(declare({ isPrivate: true, title: 'Stolen laptop' }), outsider);
    await drain();
    const said = JSON.stringify(slack.state.messages('#incidents').map(({ text, blocks }) => [text, blocks]));
    expect(said).toContain('INC-1');
    expect(said).not.toMatch(/Stolen laptop|Checkout|inc-1/);
  });

  it('that is acknowledged before it went out is not sent', async () => {
    const { order, drain } = await begin();
    await order(declare(), outsider);
    await order({ type: 'acknowledge', page: undefined, via: 'pagerduty' }, { kind: 'person', person: 'omer' });
    await drain();
    expect(pagesTo('U0NOA')).toEqual([]);
  });

  it('loses its buttons, too, when it was answered before anybody had written down that it was sent', async () => {
    const { order, drain, later, slack } = await begin();
    slack.faults.inject({ kind: 'reset', applied: true, method: 'chat.postMessage', times: 1 });
    await order(declare(), outsider);
    await drain();
    await order({ type: 'acknowledge', page: undefined, via: 'slack' }, { kind: 'person', person: 'noa' });
    await later(2_000);
    await later(5_000);
    const [page, ...copies] = pagesTo('U0NOA');
    expect(copies).toEqual([]);
    expect(JSON.stringify(page?.blocks)).not.toContain('toran_acknowledge');
    expect(await deliveries()).toEqual([['noa', expect.objectContaining({ kind: 'delivered' })]]);
  });

  it('is not sent when it was acknowledged while an earlier copy was looked for', async () => {
    const { order, drain, later, slack } = await begin();
    slack.faults.inject({ kind: 'reset', applied: false, method: 'chat.postMessage', times: 1 });
    await order(declare(), outsider);
    await drain();
    let answered: Promise<unknown> = Promise.resolve();
    slack.faults.inject({
      kind: 'delay',
      delayMs: 300,
      method: 'conversations.history',
      times: 1,
      where: () => {
        answered = order(
          { type: 'acknowledge', page: undefined, via: 'pagerduty' },
          { kind: 'person', person: 'omer' },
        );
        return true;
      },
    });
    await later(2_000);
    await answered;
    expect(pagesTo('U0NOA')).toEqual([]);
  });

  it('still arrives, in plain words, when Slack does not take its blocks', async () => {
    const { order, drain, slack, lines } = await begin();
    slack.faults.inject({
      kind: 'error',
      error: 'invalid_blocks',
      applied: false,
      method: 'chat.postMessage',
      where: (args) => args['channel'] === 'U0NOA' && args['blocks'] !== undefined,
    });
    await order(declare(), outsider);
    await drain();
    expect(pagesTo('U0NOA')).toHaveLength(1);
    expect(lines.join('\n')).toContain('slack refused the blocks of a message');
  });

  it('edge case 49: is not held up by other posts that ran into a limit', async () => {
    const { order, drain, slack } = await begin();
    slack.faults.inject({
      kind: 'rate_limited',
      retryAfterSeconds: 600,
      method: 'chat.postMessage',
      where: (args) => args['channel'] === 'C0INCIDENTS',
    });
    await order(declare(), outsider);
    await drain();
    await order({ type: 'page', targets: [{ kind: 'person', person: 'carmel' }] }, outsider);
    await drain();
    expect(pagesTo('U0CARMEL')).toHaveLength(1);
  });

  it('loses its buttons and says how it ended, once somebody has it', async () => {
    const { order, drain, later } = await begin();
    await order(declare(), outsider);
    await drain();
    await order({ type: 'acknowledge', page: undefined, via: 'slack' }, { kind: 'person', person: 'omer' });
    await drain();
    await later(5_000);
    const [page] = pagesTo('U0NOA');
    expect(JSON.stringify(page?.blocks)).not.toContain('toran_acknowledge');
    expect(JSON.stringify(page?.blocks)).toContain('Omer Bar');
    expect(pagesTo('U0NOA')).toHaveLength(1);
  });
});

describe('"still on it?"', () => {
  it('goes to whoever holds the acknowledgement', async () => {
    const { order, drain } = await begin();
    await order(declare(), outsider);
    await drain();
    await order({ type: 'acknowledge', page: undefined, via: 'slack' });
    await drain();
    await order({ type: 'remind', reminder: 'still_on_it' }, outsider);
    await drain();
    expect(pagesTo('U0NOA')).toHaveLength(2);
  });

  it('is not asked of a holder who cannot answer now', async () => {
    const { order, drain, away } = await begin();
    await order(declare(), outsider);
    await drain();
    await order({ type: 'acknowledge', page: undefined, via: 'slack' });
    await drain();
    await order({ type: 'remind', reminder: 'still_on_it' }, outsider);
    await away('noa');
    await drain();
    expect(pagesTo('U0NOA')).toHaveLength(1);
  });
});

describe('logs of pages', () => {
  it('hold no title, no name and no token', async () => {
    const { order, drain, away, slack, lines } = await begin();
    slack.faults.inject({ kind: 'http_error', status: 500, applied: false, times: 3 });
    await order(declare({ title: 'Very secret title' }), outsider);
    await away('noa');
    await drain();
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join('\n')).not.toMatch(/secret title|Noa|xoxb|unavailable/);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { slackMethods } from '../../src/slack/methods.ts';
import { declare, incident, outsider, slackWorld, type SlackWorld, type WorldOptions } from './effects-world.ts';

let world: SlackWorld;

async function begin(options: WorldOptions = {}): Promise<SlackWorld> {
  world = await slackWorld(options);
  return world;
}

afterEach(async () => world.close());

function callsOf(method: string): number {
  return world.slack.log.filter((call) => call.method === method).length;
}

function postsIn(place: string): string[] {
  return world.slack.state.messages(place).flatMap(({ byApp, text }) => (byApp ? [text] : []));
}

function cardsIn(channel: string) {
  return world.slack.state.messages(channel).filter(({ byApp, metadata }) => byApp && metadata !== undefined);
}

/** Slack does it, and the answer gets lost on its way, once. */
function loseAnswer(method: string): void {
  world.slack.faults.inject({ kind: 'reset', applied: true, method, times: 1 });
}

describe('an incident gets its channel', () => {
  it('with a name, a purpose, a topic, a pinned card, bookmarks and a message where all read', async () => {
    const { order, drain, current, slack, later } = await begin();
    await order(declare());
    const ran = [...(await drain())];
    // The topic waits a moment for changes that follow each other.
    ran.push(...(await later(5_000)));
    expect(ran.filter(({ outcome }) => outcome.kind === 'failed' || outcome.kind === 'retry')).toEqual([]);
    const { channel, card, announcement } = await current();
    expect(channel?.name).toBe('inc-1-checkout');
    const made = slack.state.channelByName('inc-1-checkout');
    expect(made).toMatchObject({ id: channel?.id, kind: 'public', creator: 'U0TORAN' });
    expect(made?.purpose.value).toBe('Toran INC-1');
    expect(made?.topic.value).toContain('Payments fail');
    expect(made?.members.has('U0NOA')).toBe(true);
    expect(slack.state.pins(channel?.id ?? '').map(({ ts }) => ts)).toEqual([card?.ts]);
    expect(slack.state.bookmarks(channel?.id ?? '').map(({ title, link }) => [title, link])).toEqual([
      ['Runbook', 'https://runbooks.example/checkout'],
    ]);
    expect(announcement).toMatchObject({ channel: 'C0INCIDENTS' });
    expect(postsIn('#incidents')).toHaveLength(1);
  });

  it('once, when the answer to its creation is lost', async () => {
    const { order, drain, later, current, slack } = await begin();
    loseAnswer('conversations.create');
    await order(declare());
    await drain();
    expect((await current()).channel).toBeUndefined();
    await later(31_000);
    const channels = slack.state.channels().filter(({ name }) => name.startsWith('inc-'));
    expect(channels.map(({ name }) => name)).toEqual(['inc-1-checkout']);
    expect((await current()).channel?.id).toBe(channels[0]?.id);
  });

  it('under another name when somebody else has taken it, archived or not', async () => {
    const { order, drain, current } = await begin({
      channels: [
        { id: 'C0INCIDENTS', name: 'incidents', members: ['U0NOA'] },
        { id: 'C0TAKEN', name: 'inc-1-checkout', creator: 'U0NOA', members: ['U0NOA'] },
        { id: 'C0OLD', name: 'inc-1-checkout-2', creator: 'U0TORAN', members: ['U0NOA'], archived: true },
      ],
    });
    await order(declare());
    await drain();
    expect((await current()).channel?.name).toBe('inc-1-checkout-3');
  });

  it('and does not adopt one of its own that existed before the incident', async () => {
    const { order, drain, later, current } = await begin();
    await world.context.client.call(slackMethods.createChannel, { name: 'inc-1-checkout', is_private: false });
    await later(3_600_000);
    await order(declare());
    await drain();
    expect((await current()).channel?.name).toBe('inc-1-checkout-2');
  });

  it('that only its members see when it is private, and no announcement', async () => {
    const { order, drain, current, slack } = await begin();
    await order(declare({ isPrivate: true }));
    await drain();
    const { channel, announcement } = await current();
    expect(slack.state.channel(channel?.id ?? '')?.kind).toBe('private');
    expect(announcement).toBeUndefined();
    expect(postsIn('#incidents')).toEqual([]);
  });

  it('or a dead letter that names the scope, and never a public channel for a private incident', async () => {
    const { order, drain, current, slack } = await begin({
      scopes: ['chat:write', 'channels:manage', 'channels:read'],
    });
    await order(declare({ isPrivate: true, title: 'Leak' }));
    const ran = await drain();
    const opened = ran.find(({ kind }) => kind === 'slack.open_channel')?.outcome;
    expect(opened).toEqual({
      kind: 'failed',
      error: expect.stringContaining('conversations.create: missing_scope; give the app the scope groups:write'),
    });
    expect((await current()).channel).toBeUndefined();
    expect(slack.state.channels().some(({ name }) => name.startsWith('inc-'))).toBe(false);
  });

  it('but none when it was called off before', async () => {
    const { order, drain, current } = await begin();
    await order(declare());
    await order({ type: 'cancel', reason: 'false_alarm' });
    await drain();
    expect((await current()).channel).toBeUndefined();
    expect(callsOf('conversations.create')).toBe(0);
    expect(postsIn('#incidents')).toEqual([]);
  });
});

describe('what is said in the channel', () => {
  it('is said once when the answer to its post is lost', async () => {
    const { order, drain, later, current, slack } = await begin();
    await order(declare());
    await drain();
    await later(60_000);
    loseAnswer('chat.postMessage');
    await order({ type: 'post_update', text: 'We have found the cause' });
    await drain();
    await later(31_000);
    const { channel, card } = await current();
    const said = slack.state
      .messages(channel?.id ?? '')
      .filter(({ ts, blocks }) => ts !== card?.ts && JSON.stringify(blocks ?? []).includes('We have found the cause'));
    expect(said).toHaveLength(1);
    expect(callsOf('conversations.history')).toBeGreaterThan(0);
  });

  it('card and announcement too are posted once when their answers are lost', async () => {
    const { order, drain, later, current, slack } = await begin();
    slack.faults.inject({ kind: 'reset', applied: true, method: 'chat.postMessage', times: 3 });
    await order(declare());
    await drain();
    await later(31_000);
    await later(31_000);
    const { channel, card, announcement } = await current();
    expect(card).toBeDefined();
    expect(announcement).toBeDefined();
    for (const place of [channel?.id ?? '', 'C0INCIDENTS']) {
      const operations = cardsIn(place).map(({ metadata }) => metadata?.eventPayload['op_id']);
      expect(operations.length).toBeGreaterThan(0);
      expect(new Set(operations).size).toBe(operations.length);
    }
  });

  it('goes into the announcement channel also when Toran is not in it yet', async () => {
    const { order, drain, slack } = await begin();
    expect(slack.state.channelByName('incidents')?.members.has('U0TORAN')).toBe(false);
    await order(declare());
    await drain();
    expect(slack.state.channelByName('incidents')?.members.has('U0TORAN')).toBe(true);
  });

  it('mentions people who can answer now, and only names those who cannot', async () => {
    const { order, drain, later, away, current, slack } = await begin();
    await order(declare({ severity: 'sev4' }));
    await drain();
    await order({ type: 'assign_role', role: 'lead', person: 'omer' });
    await order({ type: 'assign_role', role: 'scribe', person: 'carmel' });
    await away('omer');
    await drain();
    await later(5_000);
    const { channel, card } = await current();
    const said = slack.state
      .messages(channel?.id ?? '')
      .filter(({ byApp, subtype, ts }) => byApp && subtype === undefined && ts !== card?.ts)
      .map((message) => JSON.stringify([message.text, message.blocks]))
      .join('\n');
    expect(said).toContain('<@U0CARMEL>');
    expect(said).toContain('Omer Bar');
    expect(said).not.toContain('<@U0OMER');
  });

  it('leaves an equal topic alone, since each change leaves a line in the channel', async () => {
    const { order, drain, later } = await begin();
    await order(declare());
    await drain();
    await later(60_000);
    const before = callsOf('conversations.setTopic');
    await order({ type: 'change_title', title: 'Payments fail in Europe' });
    await order({ type: 'change_title', title: 'Payments fail' });
    await drain();
    await later(60_000);
    expect(callsOf('conversations.info')).toBeGreaterThan(1);
    expect(callsOf('conversations.setTopic')).toBe(before);
  });

  it('costs only the comfort that a server does not have', async () => {
    const { order, drain, current, slack, lines } = await begin();
    slack.faults.inject({ kind: 'error', error: 'unknown_method', applied: false, method: 'bookmarks.list' });
    slack.faults.inject({ kind: 'error', error: 'unknown_method', applied: false, method: 'pins.add' });
    await order(declare());
    const ran = await drain();
    expect(ran.filter(({ outcome }) => outcome.kind === 'failed')).toEqual([]);
    expect((await current()).card).toBeDefined();
    expect(lines.join('\n')).toContain('slack does not allow a comfort here');
  });

  it('is given up without a fault when people have archived the channel', async () => {
    const { order, drain, later, current, slack } = await begin();
    await order(declare());
    await drain();
    slack.actions.archiveChannel({ user: 'U0NOA', channel: (await current()).channel?.id ?? '' });
    await later(60_000);
    await order({ type: 'post_update', text: 'Anybody?' });
    const ran = await drain();
    expect(ran.length).toBeGreaterThan(0);
    expect(ran.filter(({ outcome }) => outcome.kind === 'failed' || outcome.kind === 'retry')).toEqual([]);
  });
});

describe('people', () => {
  it('who can answer are invited, once, and nobody who cannot', async () => {
    const { order, drain, away, current, slack } = await begin();
    await away('omer');
    await order(declare());
    await order({ type: 'join' }, { kind: 'person', person: 'omer' });
    await order({ type: 'join' }, { kind: 'person', person: 'carmel' });
    await order({ type: 'join' }, { kind: 'person', person: 'dana' });
    const ran = await drain();
    expect(ran.filter(({ outcome }) => outcome.kind === 'failed')).toEqual([]);
    const members = slack.state.channel((await current()).channel?.id ?? '')?.members;
    expect(members?.has('U0CARMEL')).toBe(true);
    expect(members?.has('U0OMER')).toBe(false);
  });

  it('are invited also after somebody has removed Toran from the channel', async () => {
    const { order, drain, current, slack } = await begin();
    await order(declare());
    await drain();
    const channel = (await current()).channel?.id ?? '';
    slack.actions.kick({ user: 'U0NOA', channel, target: 'U0TORAN' });
    await order({ type: 'join' }, { kind: 'person', person: 'carmel' });
    await drain();
    expect([...(slack.state.channel(channel)?.members ?? [])]).toEqual(expect.arrayContaining(['U0CARMEL', 'U0TORAN']));
  });

  it('whom Slack does not know cost nothing else', async () => {
    const { order, drain } = await begin();
    await order(declare());
    await order({ type: 'join' }, { kind: 'person', person: 'ghost' });
    const ran = await drain();
    expect(ran.filter(({ kind }) => kind === 'slack.invite').every(({ outcome }) => outcome.kind === 'done')).toBe(
      true,
    );
  });
});

describe('when Slack has enough', () => {
  it('edits wait their turn without spending a try, and the last state is shown in the end', async () => {
    const { order, drain, later, current, slack } = await begin();
    await order(declare({ severity: 'sev4' }), outsider);
    await drain();
    for (const severity of ['sev3', 'sev4', 'sev3', 'sev2'] as const) {
      await order({ type: 'change_severity', to: severity }, outsider);
      await drain();
    }
    for (let minute = 0; minute < 3; minute += 1) await later(60_000);
    const { card } = await current();
    const shown = slack.state.message(card?.channel ?? '', card?.ts ?? '');
    expect(JSON.stringify(shown?.blocks)).toContain('SEV2');
    expect(slack.log.filter(({ error }) => error === 'ratelimited')).toEqual([]);
  });

  it('what it refused with 429 goes out after the time that it asked for', async () => {
    const { order, drain, later, current, slack } = await begin();
    slack.faults.inject({ kind: 'rate_limited', retryAfterSeconds: 30, method: 'conversations.create', times: 1 });
    await order(declare());
    await drain();
    await later(29_000);
    expect(callsOf('conversations.create')).toBe(1);
    await later(1_000);
    expect((await current()).channel).toBeDefined();
    expect(incident).toBe('INC-1');
  });
});

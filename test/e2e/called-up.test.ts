import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../../src/cli/demo/world.ts';
import { secondMs } from '../../src/oncall/time.ts';

/** Wednesday, 2 December 2026, 06:30 in Jerusalem. Alma, whose week it is, cannot be reached since yesterday; Beni covers. */
const halfPastSix = Date.UTC(2026, 11, 2, 4, 30);
const waitMs = 15_000;
const everybody = ['U0ALMA', 'U0BENI', 'U0CARMEL', 'U0DANA', 'U0NOA'] as const;
let world: World;
const logged: string[] = [];

beforeEach(async () => {
  logged.length = 0;
  world = await startWorld({
    start: halfPastSix,
    databaseUrl: undefined,
    slackPort: 0,
    log: pino({ level: 'debug' }, { write: (line: string) => void logged.push(line) }),
  });
});
afterEach(() => world.close());

/** A sev1 that Beni holds and leads. */
async function runningIncident(): Promise<string> {
  const { slack, pagerDuty } = world;
  pagerDuty.actions.trigger({ serviceId: 'PSVCCHK', summary: 'Payments fail', severity: 'critical' });
  const page = await slack.until(
    () => slack.state.messages('U0BENI').find((one) => one.text.includes('INC-1')),
    waitMs,
    'the page to Beni',
  );
  const channel = await slack.until(
    () => slack.state.channels().find((one) => one.name.startsWith('inc-1-')),
    waitMs,
    'the channel',
  );
  await slack.actions.click({ user: 'U0BENI', channel: page.channelId, ts: page.ts, label: 'Acknowledge' });
  await slack.actions.command({ user: 'U0BENI', channel: channel.id, command: '/incident', text: 'lead' });
  await world.caughtUp();
  return channel.id;
}

function said(where: string): string {
  return world.slack.state
    .messages(where)
    .map(({ text, blocks }) => JSON.stringify([text, blocks]))
    .join('\n');
}

describe('two of the payments engineers are called up during a sev1', () => {
  it('moves the page and the lead at once, offers their shifts, and tells nobody why', async () => {
    const channel = await runningIncident();
    const { slack, toran } = world;
    const before = slack.state.messages(channel).length;
    const calledAt = performance.now();
    const outcome = await slack.actions.command({
      user: 'U0NOA',
      channel: '#incidents',
      command: '/incident',
      text: 'away @beni @carmel',
    });
    expect(outcome).toMatchObject({ ok: true, replied: { visible: 'ephemeral' } });

    // Of the schedule nobody is left: its step is empty, and the next one asks Noa, the backup, without waiting.
    await slack.until(
      () => slack.state.messages('U0NOA').some((one) => one.text.includes('INC-1')),
      waitMs,
      'the page to Noa',
    );
    expect(performance.now() - calledAt).toBeLessThan(10 * secondMs);
    await world.caughtUp();
    const incident = await toran.store.incident('INC-1');
    expect(incident?.roles).toEqual({});
    expect(incident?.pages.at(-1)?.answer).toEqual({ kind: 'waiting' });
    await slack.until(() => said(channel).includes('toran_take_lead'), waitMs, 'the lead that is open');

    // Beni's cover of Alma's week is nothing of his own; his and Carmel's own weeks look for somebody.
    const payments = (await toran.store.load('schedule', ['schedule:payments'])).get('schedule:payments')?.state;
    const open = payments?.offers.filter(({ state }) => state.kind === 'open') ?? [];
    const theirs = open.filter(({ insteadOf }) => insteadOf !== 'alma');
    expect(new Set(theirs.map(({ insteadOf }) => insteadOf))).toEqual(new Set(['beni', 'carmel']));
    expect(new Set(theirs.flatMap(({ asked }) => asked))).toEqual(new Set(['dana']));
    expect(said('U0DANA')).toContain('toran_');

    const added = JSON.stringify(slack.state.messages(channel).slice(before));
    expect(added).not.toMatch(/beni|carmel/i);
    const told = [...everybody, '#incidents', channel].map(said).join('\n') + logged.join('\n');
    expect(told).not.toMatch(/reserve|miluim|מילואים|called up|tzav|צו 8/i);
    expect(slack.state.messages('U0ALMA')).toEqual([]);
    const { windows } = await toran.store.onCallFacts();
    for (const { id } of windows.filter((window) => window.person === 'beni')) expect(told).not.toContain(id);
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { company, person } from '../../support/company.ts';
import { saidBy, workspace, type Workspace } from './workspace.ts';

let slack: Workspace;
beforeEach(async () => {
  slack = await workspace();
});
afterEach(() => slack.close());

async function windows() {
  return (await slack.store.onCallFacts()).windows.filter(({ cancelled }) => !cancelled);
}

describe('being away', () => {
  it('is said in one word, and ends by another', async () => {
    expect((await slack.types('UALMA', 'away')).words).toContain('unavailable from now on');
    expect(await windows()).toMatchObject([{ person: 'alma', effect: 'hard', to: null, source: 'self' }]);
    expect((await slack.types('UALMA', 'back')).words).toContain('Welcome back');
    expect((await slack.types('UALMA', 'back')).words).toContain('not marked as unavailable');
  });

  it('is over for whoever says that they are back, however long the request takes', async () => {
    await slack.types('UALMA', 'away');
    slack.passes(60);
    let at = slack.now();
    vi.spyOn(slack.clock, 'now').mockImplementation(() => (at += 1));
    expect((await slack.types('UALMA', 'back')).words).toContain('Welcome back');
  });

  it('has an end on the person’s own clock', async () => {
    const people = { ...company().people, alma: person('alma', { timezone: 'America/New_York' }) };
    const abroad = await workspace(company({ people }));
    await abroad.types('UALMA', 'away until 18:00');
    const [window] = (await abroad.store.onCallFacts()).windows;
    // 18:00 in New York is 23:00 UTC in November.
    expect(window?.to).toBe(Date.UTC(2026, 10, 22, 23, 0));
    await abroad.close();
  });

  it('keeps no reason, and changes nothing when there is one', async () => {
    const said = await slack.types('UALMA', 'away reserve duty until sunday');
    expect(said.words).toContain('nothing has changed');
    expect(said.words).not.toContain('reserve');
    expect(await windows()).toEqual([]);
  });

  it('can be filled in as a form', async () => {
    const wrong = await slack.submits('UALMA', 'toran_away', { until: 'reserve duty' });
    expect(wrong).toMatchObject({ payload: { response_action: 'errors', errors: { until: expect.any(String) } } });
    const right = await slack.submits('UALMA', 'toran_away', { until: 'for 3 days' });
    expect(saidBy(right).words).toContain('You are unavailable from now until');
    expect(await windows()).toHaveLength(1);
  });

  it('can be said for a team-mate by whoever shares a team, and taken back by them for 15 minutes', async () => {
    const said = await slack.types('UALMA', 'away <@UBENI|beni>');
    expect(said.words).toContain('Beni is unavailable from now on');
    const value = JSON.stringify(said.body).match(/"value":"(beni [^"]+)"/)?.[1] ?? '';
    expect((await windows())[0]).toMatchObject({ person: 'beni', source: 'teammate', to: null });
    const press = { actionId: 'toran_withdraw_away', value };
    expect((await slack.clicks('UCARMEL', press))?.words).toContain('Only they themselves');
    expect((await slack.clicks('UALMA', { ...press, value: 'beni nothing@alma' }))?.words).toContain(
      'withdrawn or has ended',
    );
    slack.passes(16);
    expect((await slack.clicks('UALMA', press))?.words).toContain('too late to take this back');
    expect(await windows()).toHaveLength(1);
    slack.passes(-2);
    expect((await slack.clicks('UALMA', press))?.words).toContain('can be paged again');
    expect(await windows()).toEqual([]);
  });

  it('cannot be said for strangers, nor the way back for others', async () => {
    expect((await slack.types('UALMA', 'away dana')).words).toContain('You share no team with Dana');
    expect((await slack.types('UNOA', 'away dana')).words).toContain('Dana is unavailable');
    expect((await slack.types('UALMA', 'away <@U777|stranger>')).words).toContain('is not in the catalog');
    expect((await slack.types('UALMA', 'back dana')).words).toContain('Only the person');
    expect((await slack.types('U777', 'away')).words).toContain('You are not in the catalog');
    expect(await windows()).toHaveLength(1);
  });
});

describe('who is on duty', () => {
  it('is answered by the resolver, with the next hand-off', async () => {
    slack.passes(24 * 60);
    const said = await slack.types('UDANA', 'oncall payments');
    expect(said.words).toMatch(/\*payments\*\nAlma\nNext: Beni, <!date\^\d+/);
    expect((await slack.types('UDANA', 'oncall nothing')).words).toContain('There are: payments, backup');
    expect((await slack.types('UDANA', 'oncall')).words).toContain('*backup*');
  });

  it('names who is unavailable to members of the schedule only', async () => {
    await slack.types('UALMA', 'away');
    slack.passes(24 * 60);
    expect((await slack.types('UCARMEL', 'oncall payments')).words).toContain('unavailable: Alma');
    const outsider = (await slack.types('UDANA', 'oncall payments')).words;
    expect(outsider).not.toContain('Alma');
    expect(outsider).toContain('Beni');
  });
});

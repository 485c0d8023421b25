import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { available } from '../../../src/oncall/available.ts';
import { liveOf } from '../../../src/oncall/windows.ts';
import { company, person, sundayMorning } from '../../support/company.ts';
import { saidBy, workspace, type Workspace } from './workspace.ts';

let slack: Workspace;
beforeEach(async () => {
  slack = await workspace();
});
afterEach(() => slack.close());

async function live() {
  return liveOf((await slack.store.onCallFacts()).windows);
}

async function stateAt(person: string, at: number) {
  return available(await slack.store.onCallFacts(), person, at, 'sev1').state;
}

const monday = sundayMorning + 24 * 3_600_000;

describe('an absence in full', () => {
  it('can be soft, planned, not certain, and eased', async () => {
    const said = await slack.types('UALMA', 'away from tomorrow until 3.12, maybe, ask me last, ease back 3 days');
    expect(said.words).toContain('You are asked last from');
    expect(said.words).toContain('not certain yet');
    expect(said.words).toContain('asked last for ');
    // Being back ends only what runs.
    expect(said.words).not.toContain('/incident back');
    expect(said.words).toContain('/incident away show');
    expect(await live()).toMatchObject([
      { effect: 'soft', certain: false, easeBackMs: 3 * 24 * 3_600_000, source: 'self' },
    ]);
  });

  it('is made longer, shorter and certain in words', async () => {
    await slack.types('UALMA', 'away until 30.11 12:00, not certain yet');
    expect((await slack.types('UALMA', 'away extend by 2 days')).words).toContain('Changed: from');
    expect((await live())[0]?.to).toBe(Date.UTC(2026, 11, 2, 10, 0));
    await slack.types('UALMA', 'away shorten to 1.12 12:00');
    expect((await live())[0]?.to).toBe(Date.UTC(2026, 11, 1, 10, 0));
    expect((await slack.types('UALMA', 'away confirm')).words).toContain('certain now');
    expect(await live()).toMatchObject([{ certain: true, to: Date.UTC(2026, 11, 1, 10, 0) }]);
    await slack.types('UALMA', 'away extend until further notice');
    expect((await slack.types('UALMA', 'away extend by 2 days')).words).toContain('no end that could be moved');
    expect((await slack.types('UBENI', 'away extend by 2 days')).words).toContain('No absence is running');
  });

  it('ends when its person says until when, though they or others had named no end before', async () => {
    await slack.types('UALMA', 'away');
    await slack.types('UBENI', 'away @alma');
    slack.passes(60);
    const said = await slack.types('UALMA', 'away until 24.11 12:00, ease back 2 days');
    expect(said.words).toContain('unavailable from now until');
    const end = Date.UTC(2026, 10, 24, 10, 0);
    expect((await live()).map(({ from, to }) => [from, to])).toEqual([
      [sundayMorning, end],
      [sundayMorning, end],
    ]);
    expect(await stateAt('alma', end - 1)).toBe('no');
    expect(await stateAt('alma', end)).toBe('last');
  });

  it('lets somebody come home for a while, asked last or fully', async () => {
    expect((await slack.types('UALMA', 'away home until 20:00')).words).toContain('no absence is running');
    await slack.types('UALMA', 'away');
    const said = await slack.types('UALMA', 'away home from tomorrow 08:00 until tomorrow 20:00');
    expect(said.words).toContain('asked last');
    expect(await stateAt('alma', monday)).toBe('last');
    await slack.types('UALMA', 'away home from 24.11 08:00 until 24.11 20:00 fully');
    expect(await stateAt('alma', monday + 24 * 3_600_000)).toBe('yes');
    expect(await stateAt('alma', sundayMorning)).toBe('no');
  });

  it('says after "back" what holds now', async () => {
    await slack.types('UALMA', 'away until 30.11, ease back 2 days');
    slack.passes(60);
    expect((await slack.types('UALMA', 'back')).words).toMatch(/asked last until .*\n.*back fully/s);
    expect((await slack.types('UALMA', 'back fully')).words).toContain('can be paged again');
    expect((await slack.types('UALMA', 'back')).words).toContain('not marked as unavailable');
  });

  it('is listed for the person alone, each with a way to change it', async () => {
    await slack.types('UALMA', 'away until 30.11');
    await slack.types('UALMA', 'away from 1.1 until 5.1, maybe');
    const list = await slack.types('UALMA', 'away show');
    expect(list.words).toContain('not certain yet');
    const [value = ''] = [...JSON.stringify(list.body).matchAll(/"value":"(alma [^"]+)"/g)].map(
      ([, found]) => found ?? '',
    );
    await slack.clicks('UALMA', { actionId: 'toran_change_away', value });
    const opened = slack.calls.find(({ method }) => method === 'views.open');
    expect(JSON.stringify(opened?.body)).toContain('toran_change_away_form');
    await slack.submits('UALMA', 'toran_change_away_form', { action: 'end', until: '' }, value);
    expect(await live()).toHaveLength(1);
    expect((await slack.types('UBENI', 'away @alma show')).words).toContain('Only Alma, or the delegate');
    expect((await slack.clicks('UBENI', { actionId: 'toran_change_away', value }))?.words).toContain('Only Alma');
    const stolen = await slack.submits('UBENI', 'toran_change_away_form', { action: 'end', until: '' }, value);
    expect(stolen).toMatchObject({ payload: { response_action: 'errors' } });
    expect(await live()).toHaveLength(1);
  });

  it('can be spoken of by the delegate as by the person, and by nobody whom the delegate names', async () => {
    expect((await slack.types('UALMA', 'away delegate <@UDANA>')).words).toContain('Dana can open, extend and end');
    expect((await slack.types('UDANA', 'away <@UALMA> from tomorrow until 30.11, ask me last')).words).toContain(
      'Alma is asked last',
    );
    expect(await live()).toMatchObject([{ person: 'alma', source: 'delegate', effect: 'soft' }]);
    expect((await slack.types('UDANA', 'away <@UALMA> delegate <@UBENI>')).words).toContain('Only they themselves');
    slack.passes(26 * 60);
    expect((await slack.types('UDANA', 'back <@UALMA>')).words).toContain('Alma can be paged again');
    expect((await slack.types('UBENI', 'back <@UALMA>')).words).toContain('Only the person');
    expect((await slack.types('UALMA', 'away delegate')).words).toContain('Dana can open');
    expect((await slack.types('UALMA', 'away delegate none')).words).toContain('only you speak');
    expect((await slack.types('UDANA', 'back <@UALMA>')).words).toContain('Only the person');
  });

  it('can be named and filled in as forms, with errors beside the time that is meant', async () => {
    const wrong = await slack.submits('UALMA', 'toran_away', { from: 'the army', until: '' }, 'alma');
    expect(wrong).toMatchObject({ payload: { response_action: 'errors', errors: { from: expect.any(String) } } });
    const past = await slack.submits('UALMA', 'toran_away', { from: 'tomorrow', until: '2026-11-01' }, 'alma');
    expect(past).toMatchObject({ payload: { errors: { until: expect.stringContaining('passed') } } });
    const right = await slack.submits(
      'UALMA',
      'toran_away',
      { from: 'tomorrow 08:00', until: 'for 2 days', effect: 'soft', certainty: 'tentative', ease: 'day' },
      'alma',
    );
    expect(saidBy(right).words).toContain('You are asked last');
    expect(await live()).toMatchObject([
      { effect: 'soft', certain: false, to: Date.UTC(2026, 10, 25, 6, 0), easeBackMs: 24 * 3_600_000 },
    ]);
    const others = await slack.submits('UBENI', 'toran_away', { from: '', until: '' }, 'alma');
    expect(others).toMatchObject({ payload: { errors: { until: expect.stringContaining('Only Alma') } } });
  });

  it('of a team-mate is said from now on and nothing else', async () => {
    expect((await slack.types('UALMA', 'away <@UBENI> from tomorrow')).words).toContain('from now on');
    expect((await slack.types('UALMA', 'away <@UBENI> ask me last')).words).toContain('from now on');
    expect((await slack.types('UALMA', 'away <@UBENI> delegate <@UALMA>')).words).toContain('Only Beni');
    expect(await live()).toEqual([]);
    await slack.types('UALMA', 'away <@UBENI> until 30.11');
    expect(await live()).toMatchObject([{ person: 'beni', effect: 'hard', source: 'teammate' }]);
  });

  it('speaks Hebrew', async () => {
    const { people } = company();
    const hebrew = await workspace(
      company({ people: { ...people, alma: person('alma', { name: 'עלמה', language: 'he' }) } }),
    );
    const said = await hebrew.types('UALMA', 'נעדר אולי בפברואר');
    expect(said.words).toContain('רשומה אי־זמינות שלך');
    expect(said.words).toContain('עוד לא סופי');
    await hebrew.close();
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { liveOf } from '../../../src/oncall/windows.ts';
import { company, person } from '../../support/company.ts';
import { workspace, type Workspace } from './workspace.ts';

let slack: Workspace;
beforeEach(async () => {
  slack = await workspace();
});
afterEach(() => slack.close());

async function marked() {
  const live = liveOf((await slack.store.onCallFacts()).windows).filter(({ to }) => to === null);
  return live.map(({ person: who, source }) => `${who} ${source}`);
}

async function overrides() {
  return (await slack.store.onCallFacts()).overrides.map(({ override }) =>
    override.kind === 'replace' ? `${override.person} for ${override.insteadOf}` : override.kind,
  );
}

function batchIn(body: Readonly<Record<string, unknown>>): string {
  return /"action_id":"toran_undo_call_up","value":"([^"]+)"/.exec(JSON.stringify(body))?.[1] ?? '';
}

describe('several people at once', () => {
  it('are marked from now on, with what has become thin and one plan, to be applied and undone', async () => {
    const said = await slack.types('UALMA', 'away <@UALMA> <@UBENI>');
    expect(said.words).toContain('Unavailable from now on: Alma, Beni');
    expect(said.words).toContain('rests on the last person');
    expect(said.words).toContain('Carmel for Alma');
    expect((await marked()).map((each) => each.split(' ')[0])).toEqual(['alma', 'beni']);
    const value = batchIn(said.body);
    expect((await slack.clicks('UALMA', { actionId: 'toran_apply_call_up', value }))?.words).toContain('Applied');
    expect(await overrides()).toContain('carmel for alma');
    expect((await slack.clicks('UALMA', { actionId: 'toran_undo_call_up', value }))?.words).toContain('Undone');
    expect(await marked()).toEqual([]);
    expect(await overrides()).toEqual([]);
  });

  it('keep nobody from being marked when one of them is refused, and are listed', async () => {
    const said = await slack.types('UALMA', 'away <@UBENI>, <@UDANA> and <@U777> until sunday');
    expect(said.words).toContain('Unavailable from now on: Beni');
    expect(said.words).toMatch(/Not marked.*Dana/);
    expect(said.words).not.toContain('Unavailable from now on: Beni, Dana');
    expect((await slack.store.onCallFacts()).windows.map(({ person: who }) => who)).toEqual(['beni']);
    await slack.types('UDANA', 'away delegate <@UALMA>');
    expect((await slack.types('UALMA', 'away <@UCARMEL> <@UDANA>')).words).toContain('now on: Carmel, Dana');
    await slack.types('UDANA', 'away delegate none');
    const none = await slack.types('UALMA', 'away <@UDANA> <@U777>');
    expect(none.words).toMatch(/Not marked.*Dana/);
    expect(none.words).not.toContain('Apply');
  });

  it('cannot be marked with a reason, nor for later', async () => {
    expect((await slack.types('UALMA', 'away <@UBENI> <@UCARMEL> tzav 8')).words).toContain('nothing has changed');
    expect((await slack.types('UALMA', 'away <@UBENI> <@UCARMEL> from tomorrow')).words).toContain('from now on');
    expect(await marked()).toEqual([]);
  });

  it('are undone by nobody but who marked them, and not after a quarter of an hour', async () => {
    const said = await slack.types('UALMA', 'away <@UBENI> <@UCARMEL>');
    const value = batchIn(said.body);
    expect((await slack.clicks('UDANA', { actionId: 'toran_undo_call_up', value }))?.words).toContain(
      'Only whoever marked',
    );
    expect((await slack.clicks('UDANA', { actionId: 'toran_apply_call_up', value }))?.words).toContain(
      'Only whoever marked',
    );
    slack.passes(16);
    expect((await slack.clicks('UALMA', { actionId: 'toran_undo_call_up', value }))?.words).toContain(
      'Not undone: Beni, Carmel',
    );
    expect(await marked()).toHaveLength(2);
  });

  it('can be filled in as a form', async () => {
    await slack.types('UALMA', 'away several');
    expect(JSON.stringify(slack.calls.find(({ method }) => method === 'views.open')?.body)).toContain('toran_call_up');
    const answer = await slack.submits('UALMA', 'toran_call_up', { person: 'UBENI,UCARMEL', until: '' });
    expect(JSON.stringify(answer)).toContain('Unavailable from now on: Beni, Carmel');
    expect(JSON.stringify(answer)).toContain('toran_undo_call_up');
    const wrong = await slack.submits('UALMA', 'toran_call_up', { person: 'UBENI', until: 'the army' });
    expect(wrong).toMatchObject({ payload: { response_action: 'errors', errors: { until: expect.any(String) } } });
  });
});

describe('a drill', () => {
  it('says who would be paged, service by service, and changes nothing', async () => {
    slack.passes(24 * 60);
    const said = await slack.types('UALMA', 'coverage without <@UALMA> <@UBENI>');
    expect(said.words).toContain('If these could not be asked from now on: Alma, Beni');
    expect(said.words).toContain('Checkout: Carmel, instead of Alma');
    expect(said.words).toContain('payments: 0 to spare, 2 before');
    expect(await marked()).toEqual([]);
    const all = await slack.types('UALMA', 'coverage without @alma @beni @carmel @dana');
    expect(all.words).toContain('only the last resort, Noa');
    const outsider = await slack.types('UDANA', 'coverage without <@UALMA>');
    expect(outsider.words).not.toContain('to spare');
  });

  it('speaks Hebrew', async () => {
    const people = { ...company().people, alma: person('alma', { name: 'עלמה', language: 'he' }) };
    const hebrew = await workspace(company({ people }));
    expect((await hebrew.types('UALMA', 'כיסוי בלי @beni')).words).toContain('דבר לא השתנה');
    expect((await hebrew.types('UALMA', 'נעדר @beni @carmel')).words).toContain('ללא זמינות מעכשיו');
    await hebrew.close();
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { minuteMs } from '../../../src/oncall/time.ts';
import { workspace, type Workspace } from './workspace.ts';

let slack: Workspace;
beforeEach(async () => {
  slack = await workspace();
});
afterEach(() => slack.close());

const offer = { id: 'o1', schedule: 'payments' };

/** Alma asks Beni and Carmel, who have the buttons before them. */
async function almaAsks(more: { readonly asked?: readonly string[] } = {}): Promise<void> {
  const now = slack.now();
  const outcome = await slack.engine.execute({
    kind: 'schedule',
    stream: 'schedule:payments',
    command: {
      type: 'offer',
      kind: 'cover',
      id: offer.id,
      from: now,
      to: now + 60 * minuteMs,
      insteadOf: 'alma',
      asked: more.asked ?? ['beni', 'carmel'],
      assignAt: null,
    },
    actor: { kind: 'person', person: 'alma' },
  });
  expect(outcome.kind).toBe('accepted');
}

const press = (action: string) => ({ actionId: `toran_${action}_offer`, value: `${offer.id} ${offer.schedule}` });

describe('answers to an offer', () => {
  it('go to the first who accepts; everybody after that gets one clear line', async () => {
    await almaAsks();
    expect((await slack.clicks('UBENI', press('accept')))?.words).toContain('It is yours');
    expect((await slack.clicks('UCARMEL', press('accept')))?.words).toContain('Beni has it already');
    expect((await slack.clicks('UCARMEL', press('decline')))?.words).toContain('Beni has it already');
    expect((await slack.clicks('UBENI', press('accept')))?.words).toContain('it is yours');
  });

  it('are refused from people who were not asked, whatever they send', async () => {
    await almaAsks({ asked: ['beni'] });
    expect((await slack.clicks('UCARMEL', press('accept')))?.words).toContain('This question went to other people');
    expect((await slack.clicks('UCARMEL', press('withdraw')))?.words).toContain('This question went to other people');
    for (const value of ['', 'x', 'nothing payments', 'o1 elsewhere', '\u202E o1'])
      expect((await slack.clicks('UBENI', { ...press('accept'), value }))?.words).toContain('no longer needed');
  });

  it('come too late once the time is over', async () => {
    await almaAsks();
    slack.passes(61);
    expect((await slack.clicks('UBENI', press('accept')))?.words).toContain('no longer needed');
  });

  it('count once, however often Slack sends them', async () => {
    await almaAsks();
    await slack.clicks('UBENI', press('accept'), 'same');
    expect((await slack.clicks('UBENI', press('accept'), 'same'))?.words).toContain('done already');
  });

  it('are no consent of somebody who is unavailable by now', async () => {
    await almaAsks();
    await slack.types('UBENI', 'away');
    expect((await slack.clicks('UBENI', press('accept')))?.words).toContain('You are marked as unavailable');
  });
});

describe('taking a mistake back', () => {
  it('is for whoever made it, and for a quarter of an hour', async () => {
    const said = await slack.types('UCARMEL', 'take payments');
    const value = JSON.stringify(said.body).match(/"value":"([^"]+ payments)"/)?.[1] ?? '';
    const undo = { actionId: 'toran_undo_override', value };
    expect((await slack.clicks('UBENI', undo))?.words).toContain('Only');
    slack.passes(16);
    expect((await slack.clicks('UCARMEL', undo))?.words).toContain('15 minutes are over');
    slack.passes(-2);
    expect((await slack.clicks('UCARMEL', undo))?.words).toContain('Undone');
  });
});

describe('the words for cover', () => {
  it.each(['UALMA', 'UBENI'])('answer %s in Hebrew words as well', async (user) => {
    const said = await slack.types(user, 'החלפה @carmel');
    expect(said.words).toContain('You cover Carmel');
  });

  it('say to somebody outside the catalog that nobody would page them', async () => {
    expect((await slack.types('U777', 'cover me')).words).toContain('not in the catalog');
    expect((await slack.types('U777', 'take payments')).words).toContain('not in the catalog');
    expect((await slack.types('U777', 'swap')).words).toContain('not in the catalog');
  });
});

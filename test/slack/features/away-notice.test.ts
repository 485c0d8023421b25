import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { localWorkspace, waitMs, type LocalWorkspace } from './local-workspace.ts';

let slack: LocalWorkspace;
beforeEach(async () => {
  slack = await localWorkspace();
});
afterEach(async () => {
  const { failures } = slack;
  await slack.close();
  expect(failures).toEqual([]);
});

function messagesTo(user: string) {
  return slack.slack.state.messages(user).map(({ text }) => text);
}

describe('whoever is marked by somebody else', () => {
  it('is told once, in words that ask nothing, and comes back in one click', async () => {
    await slack.types('alma', 'away <@UBENI> until 30.11');
    const notice = await slack.slack.until(() => slack.slack.state.messages('UBENI')[0], waitMs, 'the notice');
    expect(notice.text).toContain('Alma said that you cannot be reached until');
    expect(notice.text).not.toContain('<@');
    slack.passes(1);
    await slack.slack.actions.click({
      user: 'UBENI',
      channel: notice.channelId,
      ts: notice.ts,
      actionId: 'toran_back',
    });
    await slack.slack.until(
      () => slack.slack.renderTranscript('UBENI', { seenBy: 'UBENI' }).some((line) => line.includes('Welcome back')),
      waitMs,
      'the answer',
    );
    expect(messagesTo('UBENI')).toHaveLength(1);
    expect(JSON.stringify(slack.slack.state.messages('UBENI')[0]?.blocks)).not.toContain('toran_back');
    expect((await slack.store.onCallFacts()).windows.at(-1)?.to).toBe(slack.clock.now());
  });

  it('hears nothing of what they say themselves', async () => {
    await slack.types('beni', 'away until 30.11');
    await slack.types('beni', 'away extend by 2 days');
    await slack.types('alma', 'away <@UCARMEL>');
    await slack.slack.until(() => slack.slack.state.messages('UCARMEL')[0], waitMs, 'the notice to Carmel');
    expect(messagesTo('UBENI')).toEqual([]);
  });
});

describe('several at once in a form', () => {
  it('shows what came of it with its buttons, and answers them above it', async () => {
    await slack.types('alma', 'away several');
    await slack.slack.actions.submit({ user: 'UALMA', values: { person: ['UBENI', 'UCARMEL'], until: '' } });
    const top = () => slack.slack.renderView(slack.slack.state.modals('UALMA').at(-1)?.id ?? '').join('\n');
    expect(top()).toContain('Unavailable from now on: Beni, Carmel');
    await slack.slack.actions.click({ user: 'UALMA', actionId: 'toran_undo_call_up' });
    expect(top()).toContain('Undone: Beni, Carmel');
    expect(slack.slack.state.modals('UALMA')).toHaveLength(2);
  });
});

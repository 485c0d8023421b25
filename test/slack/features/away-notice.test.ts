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

import { afterEach, describe, expect, it } from 'vitest';
import { slackMethods } from '../../src/slack/methods.ts';
import { slackPostWords } from '../../src/messages/slack-posts.ts';
import { declare, outsider, slackWorld, type SlackWorld, type WorldOptions } from './effects-world.ts';

const path = '/data/postmortems/INC-1.md';
const draft = '# INC-1 Payments fail\n\n#### Timeline\n\n- 09:00 declared\n';
let world: SlackWorld;

afterEach(async () => world.close());

/** An incident that is over, with a draft on the disk. */
async function drafted(options: WorldOptions = {}): Promise<string> {
  world = await slackWorld(options);
  world.files.set(path, draft);
  await world.order(declare({ severity: 'sev3' }), outsider);
  await world.drain();
  await world.order({ type: 'resolve' }, outsider);
  await world.drain();
  await world.later(60_000);
  await world.order({ type: 'record_postmortem', path, canvas: undefined }, outsider);
  return (await world.current()).channel?.id ?? '';
}

function messages(channel: string): string[] {
  return world.slack.state
    .messages(channel)
    .filter(({ byApp, metadata }) => byApp && metadata !== undefined)
    .map(({ text, blocks }) => JSON.stringify([text, blocks]));
}

function announcements(channel: string): number {
  return messages(channel).filter((text) => text.includes(slackPostWords.en.postmortemReady)).length;
}

describe('a post-mortem draft', () => {
  it('becomes the canvas of the channel, is linked in it, and its id is kept', async () => {
    const channel = await drafted();
    await world.drain();
    const [canvas] = world.slack.state.canvases();
    expect(canvas?.markdown).toBe(draft.replace('####', '###'));
    expect(canvas?.channelId).toBe(channel);
    expect((await world.current()).postmortem).toEqual({ path, canvas: canvas?.id });
    expect(messages(channel).join('\n')).toContain(canvas?.id ?? 'no canvas');
  });

  it('is one canvas and one message when the answers to both are lost', async () => {
    const channel = await drafted();
    world.slack.faults.inject({ kind: 'reset', applied: true, method: 'conversations.canvases.create', times: 1 });
    world.slack.faults.inject({ kind: 'reset', applied: true, method: 'chat.postMessage', times: 1 });
    await world.drain();
    for (let tries = 0; tries < 4; tries += 1) await world.later(31_000);
    expect(world.slack.state.canvases()).toHaveLength(1);
    expect((await world.current()).postmortem?.canvas).toBe(world.slack.state.canvases()[0]?.id);
    expect(announcements(channel)).toBe(1);
  });

  it('is a file under its message where canvases are not to be had', async () => {
    const channel = await drafted();
    world.slack.faults.inject({
      kind: 'error',
      error: 'team_tier_cannot_create_channel_canvases',
      applied: false,
      method: 'conversations.canvases.create',
    });
    await world.drain();
    const [file] = world.slack.state.files();
    expect(file?.content?.toString('utf8')).toBe(draft);
    expect(file).toMatchObject({ name: 'INC-1.md', completed: true, channels: [channel] });
    expect((await world.current()).postmortem?.canvas).toBeUndefined();
    expect(announcements(channel)).toBe(1);
  });

  it('never writes over a canvas that people made', async () => {
    const channel = await drafted();
    const { client } = world.context;
    await client.call(slackMethods.createChannelCanvas, {
      channel_id: channel,
      title: 'Ours',
      document_content: { type: 'markdown', markdown: 'notes of the team' },
    });
    world.slack.faults.inject({
      kind: 'http_error',
      status: 503,
      applied: false,
      method: 'chat.postMessage',
      times: 1,
    });
    await world.drain();
    for (let tries = 0; tries < 3; tries += 1) await world.later(31_000);
    expect(world.slack.state.canvases().map(({ markdown }) => markdown)).toEqual(['notes of the team']);
    expect(world.slack.state.files()).toHaveLength(1);
    expect(announcements(channel)).toBe(1);
  });
});

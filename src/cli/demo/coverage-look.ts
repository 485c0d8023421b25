import { slackCoverageWords } from '../../messages/slack-coverage.ts';
import { see, seen } from './checks.ts';
import { zone } from './company.ts';
import type { Narrator } from './narrator.ts';
import type { World } from './world.ts';

const waitMs = 15_000;
/** What a reason would look like; none of it may be read anywhere. */
const reasons = /\btzav|צו\s?8|מילואים|miluim|\breserv(?:e|ist)|military|\barmy\b/i;

/** What somebody is told about the coverage ahead, in words and as a picture. */
export interface CoverageLook {
  readonly lines: readonly string[];
  readonly heatMap: Buffer;
}

/** Asks for coverage and its heat map as anybody would: one command, one button. */
export async function lookAtCoverage(
  { slack, caughtUp }: World,
  tell: Narrator,
  who: { readonly user: string; readonly name: string },
): Promise<CoverageLook> {
  const { user } = who;
  const place = '#incidents';
  const before = slack.renderTranscript(place, { seenBy: user, zone }).length;
  const asked = await slack.actions.command({ user, channel: place, command: '/incident', text: 'coverage' });
  see(asked.ok, 'an answer to /incident coverage');
  const lines = slack.renderTranscript(place, { seenBy: user, zone }).slice(before);
  const files = slack.state.files().length;
  const answer = seen(slack.state.ephemerals(place, user).at(-1), 'the coverage that only one person sees');
  const label = slackCoverageWords.en.picture;
  const pressed = await slack.actions.click({ user, channel: answer.channelId, ts: answer.ts, label });
  see(pressed.ok, 'an answer to the button for the heat map');
  const heatMap = await slack.until(() => slack.state.files().slice(files).at(-1)?.content, waitMs, 'the heat map');
  await caughtUp();
  tell.say(`${who.name}: /incident coverage`);
  tell.show('coverage', lines);
  return { lines, heatMap };
}

/** Every word in every channel, direct message and answer that only one person saw, and every canvas and file name. */
export function reasonsIn({ slack }: World): readonly string[] {
  const said = slack.state
    .channels()
    .flatMap(({ name, topic, purpose, messages, ephemerals }) => [
      name,
      topic.value,
      purpose.value,
      ...[...messages.values(), ...ephemerals].map(({ text, blocks }) => `${text} ${JSON.stringify(blocks ?? [])}`),
    ]);
  const kept = [...slack.state.canvases(), ...slack.state.files().map(({ title, altText }) => [title, altText])];
  return [...said, ...kept.map((each) => JSON.stringify(each))].filter((text) => reasons.test(text));
}

import { notSavedWords } from '../../src/messages/not-saved.ts';
import { slackPageWords } from '../../src/messages/slack-pages.ts';
import type { LocalPagerDuty } from '../../src/sandbox/pagerduty/local-pagerduty.ts';
import type { LocalSlack } from '../../src/sandbox/slack/local-slack.ts';
import type { Channel, Message } from '../../src/sandbox/slack/model.ts';
import type { PersonOutcome } from '../../src/sandbox/slack/person-actions.ts';

/** What people have before them: Slack and PagerDuty, and nothing of Toran but what it shows there. */
export interface Stage {
  readonly slack: LocalSlack;
  readonly pagerDuty: LocalPagerDuty;
  /** Ends every wait. */
  readonly signal: AbortSignal;
}

/** A person of the story, under both of their ids. */
export interface Player {
  readonly slack: string;
  readonly pagerduty: string;
}

/** What came of a gesture, as the person sees it. */
export type Seen = 'confirmed' | 'failed';

export interface PageShown {
  readonly player: Player;
  readonly message: Message;
  readonly canAnswer: boolean;
}

const acknowledgeLabel = slackPageWords.en.acknowledge;

/** The direct messages that page somebody for what has this title, oldest first. */
export function pagesShown({ slack }: Stage, players: readonly Player[], title: string): readonly PageShown[] {
  return players.flatMap((player) =>
    slack.state
      .messages(player.slack)
      .filter((message) => message.byApp && written(message).includes(title))
      .map((message) => ({ player, message, canAnswer: hasButton(message, acknowledgeLabel) })),
  );
}

export function phoneRang({ pagerDuty }: Stage, { pagerduty }: Player, title: string): boolean {
  return pagerDuty.log.rung.some((rung) => rung.userId === pagerduty && rung.incidentTitle.includes(title));
}

export async function pressAcknowledge({ slack }: Stage, { player, message }: PageShown): Promise<Seen> {
  return seenOf(
    await slack.actions.click({
      user: player.slack,
      channel: message.channelId,
      ts: message.ts,
      label: acknowledgeLabel,
    }),
  );
}

/** Types `/incident …`; a reply that says "not saved" is a failure, as it is to a person. */
export async function type(stage: Stage, { slack: user }: Player, channel: string, text: string): Promise<Seen> {
  return seenOf(await stage.slack.actions.command({ user, channel, command: '/incident', text }));
}

/** Everything that `/incident timeline` answers; undefined when it did not. */
export async function readTimeline(
  stage: Stage,
  { slack: user }: Player,
  channel: string,
): Promise<string | undefined> {
  const before = stage.slack.state.ephemerals(channel, user).length;
  const outcome = await stage.slack.actions.command({ user, channel, command: '/incident', text: 'timeline' });
  if (seenOf(outcome) === 'failed') return undefined;
  const shown = stage.slack.state.ephemerals(channel, user).slice(before);
  const replied = outcome.ok ? (outcome.replied?.text ?? '') : '';
  return [replied, ...shown.map((one) => `${one.text} ${JSON.stringify(one.blocks ?? [])}`)].join('\n');
}

function seenOf(outcome: PersonOutcome): Seen {
  if (!outcome.ok) return 'failed';
  return outcome.replied?.text.includes(notSavedWords.en) === true ? 'failed' : 'confirmed';
}

/** The channel of the incident of a service, by its name, as one finds it in the sidebar. */
export function channelsOf({ slack }: Stage, service: string): readonly Channel[] {
  const name = new RegExp(`^inc-\\d+-${service}(?:-\\d+)?$`);
  return slack.state.channels().filter((channel) => name.test(channel.name));
}

/** All text of a message, blocks included. */
export function written(message: Pick<Message, 'text' | 'blocks'>): string {
  return `${message.text}\n${JSON.stringify(message.blocks ?? [])}`;
}

export function hasButton(message: Pick<Message, 'blocks'>, label: string): boolean {
  return JSON.stringify(message.blocks ?? []).includes(`"text":${JSON.stringify(label)}`);
}

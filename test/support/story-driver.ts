import { setTimeout as pause } from 'node:timers/promises';
import { slackIncidentWords } from '../../src/messages/slack-incident.ts';
import type { Message } from '../../src/sandbox/slack/model.ts';
import {
  channelsOf,
  hasButton,
  pagesShown,
  phoneRang,
  pressAcknowledge,
  readTimeline,
  type,
  written,
  type Player,
  type Seen,
  type Stage,
} from './story-driver-people.ts';
import { slackPageWords } from '../../src/messages/slack-pages.ts';

export const storySteps = [
  'alerted',
  'paged',
  'acknowledged',
  'invited',
  'noted',
  'updated',
  'captured',
  'monitoring',
  'resolved',
  'drafted',
  'settled',
] as const;
export type StoryStep = (typeof storySteps)[number];

export interface StorySeed {
  readonly service: string;
  readonly pagerDutyService: string;
  /** No other story's title contains it. */
  readonly title: string;
  /** Who acts when paged; the others sleep. */
  readonly answerers: readonly Player[];
  /** Who may be paged at all. */
  readonly players: readonly Player[];
}

/** One incident as its people lived through it. */
export interface ToldStory {
  readonly seed: StorySeed;
  readonly incident: string;
  readonly channel: string;
  readonly answeredBy: Player;
  readonly note: string;
  readonly update: string;
  readonly captured: string;
  /** How often something was typed because it did not seem to have worked. */
  readonly typed: { note: number; update: number };
  /** What Toran confirmed to a person: it must be in the record. */
  readonly confirmed: ReadonlySet<StoryStep>;
}

/** What people waited for did not come. */
export class NeverSeen extends Error {
  override readonly name = 'NeverSeen';
}

export interface TellOptions {
  readonly onStep: (step: StoryStep) => void;
  /** How long a person waits for one step in all. */
  readonly stepWithinMs: number;
}

/** Who cannot see that something worked tries again: at once after an error, after a while without a sign. */
const hurryMs = 400;
const patienceMs = 4_000;
const lookEveryMs = 60;

/**
 * Plays one incident as its people would: they look at Slack and at their phones, act, and act again when they see an
 * error or nothing. They know nothing of the process behind it, nor that it dies.
 */
export async function tellStory(seed: StorySeed, stage: Stage, options: TellOptions): Promise<ToldStory> {
  const persist = <Found>(what: string | (() => string), look: () => Found | undefined, act?: () => Promise<Seen>) =>
    persistWith(
      stage,
      () => `${seed.title}: ${typeof what === 'string' ? what : what()}`,
      options.stepWithinMs,
      look,
      act,
    );
  const { slack, pagerDuty } = stage;
  const { title, service } = seed;
  const confirmed = new Set<StoryStep>();
  const pages = () => pagesShown(stage, seed.players, title);
  const step = (done: StoryStep) => options.onStep(done);

  pagerDuty.actions.trigger({ serviceId: seed.pagerDutyService, summary: title, dedupKey: title });
  step('alerted');

  const page = await persist('a page in a direct message and a ringing phone', () =>
    pages().find(
      ({ player, canAnswer }) => canAnswer && seed.answerers.includes(player) && phoneRang(stage, player, title),
    ),
  );
  const { player } = page;
  const incident = /INC-\d+/.exec(page.message.text)?.[0] ?? 'unknown';
  step('paged');

  await persist(
    'the acknowledgement',
    () => (confirmed.has('acknowledged') || pages().every(({ canAnswer }) => !canAnswer) ? true : undefined),
    async () => {
      const open = pages().findLast((one) => one.canAnswer && one.player === player);
      if (open === undefined) return 'failed';
      return confirm(confirmed, 'acknowledged', await pressAcknowledge(stage, open));
    },
  );
  step('acknowledged');

  const channel = await persist('an invitation to the channel', () =>
    channelsOf(stage, service).find((one) => one.members.has(player.slack)),
  );
  step('invited');

  const typed = { note: 0, update: 0 };
  const note = `${title} note the pool is full`;
  const update = `${title} update rolling back`;
  const captured = `${title} finding since the deploy`;
  const write = (what: 'note' | 'update', text: string, done: StoryStep) =>
    persist(
      `the ${what} in the timeline`,
      () => (confirmed.has(done) ? true : undefined),
      async () => {
        if (typed[what] > 0) {
          const timeline = await readTimeline(stage, player, channel.id);
          if (timeline === undefined) return 'failed';
          if (timeline.includes(text)) return confirm(confirmed, done, 'confirmed');
        }
        typed[what] += 1;
        return confirm(confirmed, done, await type(stage, player, channel.id, `${what} ${text}`));
      },
    );
  await write('note', note, 'noted');
  step('noted');
  await write('update', update, 'updated');
  await persist('the update in the channel', () => said(stage, channel.id, update));
  step('updated');

  await capture(stage, seed, player, channel.id, captured, persist);
  confirmed.add('captured');
  step('captured');

  const command = (text: string, done: StoryStep, shown: string) =>
    persist(
      `"${shown}" in the topic`,
      () => (confirmed.has(done) || topicOf(stage, channel.id).includes(shown) ? true : undefined),
      async () => confirm(confirmed, done, await type(stage, player, channel.id, text)),
    );
  const { statuses } = slackIncidentWords.en;
  await command('status monitoring', 'monitoring', statuses.monitoring);
  step('monitoring');
  await command('resolve', 'resolved', statuses.resolved);
  step('resolved');

  await persist('the post-mortem in the channel', () =>
    slack.state.canvases().some((canvas) => canvas.channelId === channel.id) ||
    slack.state.files().some((file) => file.completed && file.channels.includes(channel.id))
      ? true
      : undefined,
  );
  step('drafted');
  await persist(
    () => `resolved everywhere; still open: ${unsettled(stage, seed, incident).join(', ')}`,
    () => (unsettled(stage, seed, incident).length === 0 ? true : undefined),
  );
  step('settled');
  return { seed, incident, channel: channel.id, answeredBy: player, note, update, captured, typed, confirmed };
}

function confirm(confirmed: Set<StoryStep>, done: StoryStep, seen: Seen): Seen {
  if (seen === 'confirmed') confirmed.add(done);
  return seen;
}

/** A message is written and pinned; where the timeline does not show it, somebody else pins it as well. */
async function capture(
  stage: Stage,
  seed: StorySeed,
  reader: Player,
  channel: string,
  text: string,
  persist: <Found>(what: string, look: () => Found | undefined, act?: () => Promise<Seen>) => Promise<Found>,
): Promise<void> {
  const { actions, state } = stage.slack;
  const message = actions.post({ user: reader.slack, channel, text });
  const pinners = [reader, ...seed.answerers.filter((player) => player !== reader)];
  let pinned = 0;
  let looks = 0;
  let isThere = false;
  await persist(
    'the pinned message in the timeline',
    () => (isThere ? true : undefined),
    async () => {
      if (looks % 5 === 0) {
        const { slack: user } = pinners[pinned % pinners.length] ?? reader;
        if (!state.channel(channel)?.members.has(user)) actions.join({ user, channel });
        // Everybody has pinned it: one takes the pin off and puts it back.
        if (pinned >= pinners.length) actions.unreact({ user, channel, ts: message.ts, name: 'pushpin' });
        actions.react({ user, channel, ts: message.ts, name: 'pushpin' });
        pinned += 1;
      }
      looks += 1;
      const timeline = await readTimeline(stage, reader, channel);
      isThere = timeline?.includes(text) === true;
      return isThere ? 'confirmed' : 'failed';
    },
  );
}

function topicOf({ slack }: Stage, channel: string): string {
  return slack.state.channel(channel)?.topic.value ?? '';
}

function said({ slack }: Stage, channel: string, text: string): Message | undefined {
  return slack.state.messages(channel).find((message) => message.byApp && written(message).includes(text));
}

/** What still looks as if the incident were going on, in words. */
export function unsettled(stage: Stage, seed: StorySeed, incident: string): readonly string[] {
  const { slack, pagerDuty } = stage;
  const resolved = slackIncidentWords.en.statuses.resolved;
  const [channel] = channelsOf(stage, seed.service);
  const card = channel === undefined ? undefined : slack.state.pins(channel.id).find((pin) => pin.byApp);
  const announced = slack.state
    .messages('#incidents')
    .find((message) => message.byApp && message.text.includes(`${incident} `));
  const asking = pagesShown(stage, seed.players, seed.title).filter(({ message }) =>
    hasButton(message, slackPageWords.en.acknowledge),
  );
  const ringing = pagerDuty.state.incidents.filter(
    (one) => one.title.includes(seed.title) && one.status !== 'resolved',
  );
  return [
    ...(card?.text.includes(resolved) === true ? [] : ['the card']),
    ...(announced?.text.includes(resolved) === true ? [] : ['the announcement']),
    ...(channel?.topic.value.includes(resolved) === true ? [] : ['the topic']),
    ...asking.map(({ player }) => `a page of ${player.slack}`),
    ...ringing.map((one) => `PagerDuty incident ${one.id} (${one.status})`),
  ];
}

async function persistWith<Found>(
  { signal }: Stage,
  what: () => string,
  withinMs: number,
  look: () => Found | undefined,
  act?: () => Promise<Seen>,
): Promise<Found> {
  const deadline = Date.now() + withinMs;
  let actAgainAt = 0;
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new NeverSeen(`never seen: ${what()}`);
    if (act !== undefined && Date.now() >= actAgainAt) {
      const seen = await act();
      actAgainAt = Date.now() + (seen === 'failed' ? hurryMs : patienceMs);
      continue;
    }
    await pause(lookEveryMs, undefined, { signal });
  }
}

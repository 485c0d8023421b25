import type { Channel, Message } from '../../src/sandbox/slack/model.ts';
import type { Evidence, Trace } from './verify.ts';

export interface Doubled {
  readonly what: string;
  readonly why: string;
  /** False: nothing excuses it. */
  readonly explained: boolean;
}

/** Messages with the mark of one effect that stand in Slack more than once. */
export function doubledMessages(evidence: Evidence): Doubled[] {
  const { slack } = evidence.world;
  return allChannels(evidence).flatMap((channel) => {
    const byMark = Map.groupBy(
      slack.state.messages(channel.id).filter((message) => message.byApp && markOf(message) !== undefined),
      (message) => markOf(message) ?? '',
    );
    return [...byMark].flatMap(([mark, copies]) =>
      copies.slice(1).map((copy, index) => explain(mark, channel, copies[index] ?? copy, copy, evidence)),
    );
  });
}

function allChannels({ world }: Evidence): readonly Channel[] {
  const { state } = world.slack;
  const direct = state.users().flatMap((user) => state.dm(user.id) ?? []);
  return [...new Map([...state.channels(), ...direct].map((channel) => [channel.id, channel])).values()];
}

function markOf({ metadata }: Message): string | undefined {
  const mark = metadata?.eventPayload['op_id'];
  return typeof mark === 'string' ? mark : undefined;
}

/** A copy is excused only where the conversation could not be read before it was posted again. */
function explain(mark: string, channel: Channel, first: Message, second: Message, evidence: Evidence): Doubled {
  const [from, to] = [Number(first.ts) * 1_000, Number(second.ts) * 1_000];
  const what = `message ${mark} in ${channel.name || channel.id}: "${second.text.slice(0, 60)}"`;
  const kill = evidence.kills.find((one) => one.at >= from - 1 && one.at <= to);
  if (kill === undefined) return { what, why: 'no process was killed in between', explained: false };
  const looks = evidence.world.slack.log.filter(
    (call) =>
      call.method === 'conversations.history' &&
      call.args['channel'] === channel.id &&
      call.atMs >= kill.at &&
      call.atMs <= to + 1,
  );
  if (looks.length === 0) return { what, why: `killed (${kill.where}), and not looked for after`, explained: false };
  if (looks.some((call) => call.ok && call.status === 200))
    return { what, why: `killed (${kill.where}), and not found in a history that could be read`, explained: false };
  return { what, why: `attempted while killed (${kill.where}), history not readable`, explained: true };
}

/** Objects of which there must be one: bookmarks, ringing incidents, canvases, topic lines. */
export function doubledPlaces({ id, incident, story }: Trace, { world }: Evidence): Doubled[] {
  const { slack, pagerDuty } = world;
  const repeated = (what: string, names: readonly string[]): Doubled[] =>
    [...Map.groupBy(names, (name) => name)]
      .filter(([, copies]) => copies.length > 1)
      .map(([name, copies]) => ({ what: `${id}: ${what} ${name}`, why: `${copies.length} times`, explained: false }));
  const own = pagerDuty.state.incidents.filter((one) => one.incidentKey?.startsWith(`toran:${id}/`) === true);
  return [
    ...repeated(
      'bookmark',
      slack.state.bookmarks(story.channel).map((one) => `${one.title} ${one.link}`),
    ),
    ...repeated(
      'PagerDuty incident',
      own.map((one) => one.incidentKey ?? ''),
    ),
    ...repeated(
      'ringing',
      pagerDuty.log.rung
        .filter((one) => own.some((made) => made.id === one.incidentId))
        .map((one) => `${one.incidentId} ${one.userId}`),
    ),
    ...repeated(
      'canvas',
      slack.state
        .canvases()
        .filter((canvas) => canvas.channelId === incident.channel?.id)
        .map(() => 'of the channel'),
    ),
  ];
}

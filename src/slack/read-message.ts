import type { Called, SlackClient } from './client.ts';
import type { SlackMessageText } from './feature.ts';
import { slackMethods, type HistoryMessage } from './methods.ts';

const repliesRead = 10;

/**
 * One message of a channel, also one inside a thread: reactions come without the text they stand on. Undefined when it is
 * gone, or when the app may not read there; throws when Slack cannot be asked now, so that the reaction comes again.
 */
export async function readMessage(
  client: SlackClient,
  channel: string,
  ts: string,
): Promise<SlackMessageText | undefined> {
  const only = { channel, oldest: ts, latest: ts, inclusive: true, include_all_metadata: false };
  const top = await messages(client.call(slackMethods.history, { ...only, limit: 1 }));
  const found =
    top.find((message) => message.ts === ts) ??
    (await messages(client.call(slackMethods.replies, { ...only, ts, limit: repliesRead }))).find(
      (message) => message.ts === ts,
    );
  if (found === undefined) return undefined;
  return {
    text: found.text ?? '',
    user: found.bot_id === undefined ? found.user : undefined,
    reactions: (found.reactions ?? []).map(({ name }) => name),
  };
}

async function messages(
  asked: Promise<Called<{ readonly messages: readonly HistoryMessage[] }>>,
): Promise<readonly HistoryMessage[]> {
  const read = await asked;
  if (read.ok) return read.answer.messages;
  if (read.failure.kind === 'refused') return [];
  throw new Error(`${read.method} could not be asked now (${read.failure.kind})`);
}

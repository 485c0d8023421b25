import type { Logger } from 'pino';
import type { EffectOutcome } from '../engine/effects.ts';
import type { Job } from '../engine/ports.ts';
import { minuteMs, type EpochMs } from '../oncall/time.ts';
import type { Addresses } from './addresses.ts';
import type { Called, SlackClient } from './client.ts';
import { isRefused } from './errors.ts';
import { slackMethods, type HistoryMessage, type Method } from './methods.ts';
import type { SlackMessage } from './views/message.ts';

export interface Posting {
  readonly client: SlackClient;
  readonly addresses: Addresses;
  readonly log: Logger;
}

export interface Destination {
  /** A channel's id, or a person's: then it becomes a direct message. */
  readonly to: string;
  readonly isDirect: boolean;
  readonly isPage?: boolean;
}

export interface Post extends Destination {
  readonly message: SlackMessage;
}

export interface PostedMessage {
  readonly channel: string;
  readonly ts: string;
}

/** Marks a message with the effect that posted it. Metadata can be read by every app of a workspace: ids only. */
const eventType = 'toran_op';
const clockSkewMs = minuteMs;
const messagesPerPage = 200;
const mostPages = 3;

/**
 * Posts a message once per effect. Slack has no key for that, so when an earlier try may have got through, the
 * conversation is searched for its mark first.
 */
export async function postOnce(posting: Posting, post: Post, job: Job): Promise<Called<PostedMessage>> {
  const earlier = await findEarlier(posting, post, job);
  if (!earlier.ok) return earlier;
  return earlier.answer === undefined ? send(posting, post, job) : { ok: true, answer: earlier.answer };
}

/**
 * Whether an earlier try may have got through without anybody having written it down. A claim counts as a try, so one
 * that a crash interrupted counts too.
 */
export function mayHaveRun(job: Job): boolean {
  return job.attempt > 1;
}

/**
 * For what fails after a first step has been done: the next try must count as another one, or it would not look for what
 * this one did.
 */
export function asAnotherTry(outcome: EffectOutcome): EffectOutcome {
  if (outcome.kind !== 'later') return outcome;
  return { kind: 'retry', error: 'the second step has to wait for its turn', notBefore: outcome.due };
}

/** What an earlier try posted. Where Slack does not let us read, a copy is risked rather than silence. */
export async function findEarlier(
  { client, addresses, log }: Posting,
  { to, isDirect, isPage = false }: Destination,
  job: Job,
): Promise<Called<PostedMessage | undefined>> {
  if (!mayHaveRun(job)) return { ok: true, answer: undefined };
  const channel: Called<string> = isDirect ? await addresses.directMessage(to, { isPage }) : { ok: true, answer: to };
  const found = channel.ok ? await findMarked(client, channel.answer, job, isPage) : channel;
  if (found.ok || found.failure.kind !== 'refused') return found;
  log.warn(
    { method: found.method, code: found.failure.code, effect: job.effect.kind },
    'cannot look for an earlier copy of a message; it may be posted twice',
  );
  return { ok: true, answer: undefined };
}

async function findMarked(
  client: SlackClient,
  channel: string,
  job: Job,
  isPage: boolean,
): Promise<Called<PostedMessage | undefined>> {
  const found = await findInHistory(
    client,
    channel,
    job.createdAt - clockSkewMs,
    (message) => isMarked(message, job),
    isPage,
  );
  if (!found.ok) return found;
  return { ok: true, answer: found.answer === undefined ? undefined : { channel, ts: found.answer.ts } };
}

function isMarked({ metadata }: HistoryMessage, job: Job): boolean {
  return metadata?.event_type === eventType && metadata.event_payload?.['op_id'] === job.id;
}

/** The newest message since `since` that fits, among the latest few hundred. */
export async function findInHistory(
  client: SlackClient,
  channel: string,
  since: EpochMs,
  fits: (message: HistoryMessage) => boolean,
  isPage = false,
): Promise<Called<HistoryMessage | undefined>> {
  const oldest = (Math.max(0, since) / 1_000).toFixed(6);
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page += 1) {
    const args = { channel, oldest, include_all_metadata: true, limit: messagesPerPage, cursor };
    const read = await client.call(slackMethods.history, args, { isPage });
    if (!read.ok) return read;
    const found = read.answer.messages.find(fits);
    if (found !== undefined) return { ok: true, answer: found };
    cursor = read.answer.response_metadata?.next_cursor;
    if (cursor === undefined || cursor === '') break;
  }
  return { ok: true, answer: undefined };
}

/** Posts now, without looking for an earlier copy. */
export async function send({ client, log }: Posting, post: Post, job: Job): Promise<Called<PostedMessage>> {
  const { message, isPage = false } = post;
  const posted = await asMember(client, slackMethods.postMessage, argumentsFor(post, message, job), { isPage });
  if (posted.ok) return posted;
  const { failure } = posted;
  if (failure.kind !== 'refused' || failure.permanentFor !== 'request' || !isAboutBlocks(failure.code)) return posted;
  // Better plain words now than a message that Slack does not accept for ever.
  log.error({ code: failure.code, effect: job.effect.kind }, 'slack refused the blocks of a message');
  const plain = argumentsFor(post, { text: message.text, blocks: [] }, job);
  return client.call(slackMethods.postMessage, plain, { isPage });
}

/** What needs membership is tried once more after joining: somebody may have removed the app from a public channel. */
export async function asMember<Args extends { readonly channel: string }, Answer>(
  client: SlackClient,
  method: Method<Args, Answer>,
  args: Args,
  as: { readonly isPage?: boolean } = {},
): Promise<Called<Answer>> {
  const called = await client.call(method, args, as);
  if (called.ok || !isRefused(called.failure, 'not_in_channel')) return called;
  const joined = await client.call(slackMethods.join, { channel: args.channel }, as);
  return joined.ok ? client.call(method, args, as) : called;
}

function isAboutBlocks(code: string): boolean {
  return code.startsWith('invalid_blocks') || code === 'msg_blocks_too_long' || code === 'invalid_arguments';
}

function argumentsFor({ to }: Post, message: SlackMessage, job: Job) {
  return {
    channel: to,
    ...contentOf(message),
    metadata: { event_type: eventType, event_payload: { op_id: job.id } },
    unfurl_links: false,
    unfurl_media: false,
  };
}

export function contentOf({ text, blocks }: SlackMessage): { text: string; blocks?: readonly unknown[] } {
  return blocks.length === 0 ? { text } : { text, blocks };
}

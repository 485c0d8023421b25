import {
  ApiFailure,
  byChannelKind,
  channelArgument,
  flag,
  messageIn,
  ownChannel,
  required,
  requireScope,
  text,
  wholeNumber,
} from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import type { Channel, Fields, Message } from '../model.ts';
import { pageOf } from '../paging.ts';
import { wireChannel, wireMessage } from '../wire.ts';
import { firstNotBefore } from '../workspace.ts';

export const conversationReadMethods: MethodTable = {
  'conversations.info': { run: info, scopes: byChannelKind('read') },
  'conversations.list': { run: list },
  'conversations.members': { run: members, scopes: byChannelKind('read') },
  'conversations.history': { run: history, scopes: byChannelKind('history') },
  'conversations.replies': { run: replies, scopes: byChannelKind('history') },
};

function info(call: Call): Fields {
  const channel = channelArgument(call);
  const counted = flag(call, 'include_num_members') === true ? { num_members: channel.members.size } : {};
  return { channel: { ...wireChannel(call.workspace, channel), ...counted } };
}

function kinds(call: Call): string[] {
  return (text(call, 'types') ?? 'public_channel').split(',').map((kind) => kind.trim());
}

const scopeToList: Readonly<Record<string, string>> = {
  public_channel: 'channels:read',
  private_channel: 'groups:read',
  im: 'im:read',
};

function list(call: Call): Fields {
  const wanted = kinds(call);
  const known = new Set(['public_channel', 'private_channel', 'mpim', 'im']);
  if (wanted.some((kind) => !known.has(kind))) throw new ApiFailure('invalid_types');
  for (const kind of wanted) requireScope(call, [scopeToList[kind] ?? 'mpim:read']);
  const { workspace } = call;
  const bot = workspace.app.botUserId;
  const seen = [...workspace.channels.values()].filter((channel) => {
    if (flag(call, 'exclude_archived') === true && channel.archived) return false;
    if (channel.kind === 'public') return wanted.includes('public_channel');
    return wanted.includes(channel.kind === 'im' ? 'im' : 'private_channel') && channel.members.has(bot);
  });
  const page = pageOf(call, seen, 100);
  const shown = page.items.map((channel) => ({
    ...wireChannel(workspace, channel),
    num_members: channel.members.size,
  }));
  return { channels: shown, response_metadata: { next_cursor: page.next } };
}

function members(call: Call): Fields {
  const page = pageOf(call, [...channelArgument(call).members], 100);
  return { members: page.items, response_metadata: { next_cursor: page.next } };
}

/** Newest first; `oldest` and `latest` are excluded unless `inclusive`. Replies appear only when broadcast. */
function history(call: Call): Fields {
  const channel = ownChannel(call);
  const limit = wholeNumber(call, 'limit', 100, 999);
  const { from, to } = range(call, channel.order);
  const cursor = text(call, 'cursor');
  let index = cursor === undefined || cursor === '' ? to : cursorIndex(cursor, channel, to);
  const messages: Message[] = [];
  while (index > from && messages.length < limit) {
    index -= 1;
    const message = channel.messages.get(channel.order[index] ?? '');
    if (message !== undefined && (message.threadTs === undefined || message.broadcast)) messages.push(message);
  }
  const more = index > from;
  return { ...shown(call, messages), has_more: more, pin_count: channel.pins.size, ...nextPage(more, messages) };
}

/** The root first, then replies, oldest first. */
function replies(call: Call): Fields {
  const channel = ownChannel(call);
  const asked = messageThread(channel, required(call, 'ts', 'thread_not_found'));
  const limit = wholeNumber(call, 'limit', 1_000, 1_000);
  const order = channel.threads.get(asked.ts) ?? [];
  const { from, to } = range(call, order);
  const cursor = text(call, 'cursor');
  const start = cursor === undefined || cursor === '' ? from : firstNotBefore(order, decodeCursor(cursor));
  const found = order.slice(start, to).flatMap((ts) => channel.messages.get(ts) ?? []);
  const page = found.slice(0, limit);
  const more = found.length > page.length;
  const next = found[page.length];
  const metadata = more && next !== undefined ? { response_metadata: { next_cursor: encodeCursor(next.ts) } } : {};
  return { ...shown(call, [asked, ...page]), has_more: more, ...metadata };
}

function messageThread(channel: Channel, ts: string): Message {
  const message = channel.messages.get(ts);
  if (message === undefined) throw new ApiFailure('thread_not_found');
  return message.threadTs === undefined ? message : messageIn(channel, message.threadTs);
}

function range(call: Call, order: readonly string[]): { from: number; to: number } {
  const inclusive = flag(call, 'inclusive') === true;
  const oldest = tsArgument(call, 'oldest');
  const latest = tsArgument(call, 'latest');
  const from = oldest === undefined ? 0 : firstNotBefore(order, inclusive ? oldest : after(oldest));
  const to = latest === undefined ? order.length : firstNotBefore(order, inclusive ? after(latest) : latest);
  return { from, to };
}

/** `1700000000` and `1700000000.5` are instants too. */
function tsArgument(call: Call, key: string): string | undefined {
  const given = text(call, key);
  if (given === undefined || given === '' || given === '0') return undefined;
  if (!/^\d+(?:\.\d+)?$/.test(given)) throw new ApiFailure(`invalid_ts_${key}`);
  const [seconds = '', fraction = ''] = given.split('.');
  return `${seconds.padStart(10, '0')}.${fraction.padEnd(6, '0').slice(0, 6)}`;
}

/** The timestamp order is textual, so that this stands just behind `ts`. */
function after(ts: string): string {
  return `${ts}~`;
}

function shown(call: Call, messages: readonly Message[]): Fields {
  const metadata = flag(call, 'include_all_metadata') === true ? 'full' : 'type';
  return { messages: messages.map((message) => wireMessage(call.workspace, message, metadata)) };
}

function nextPage(more: boolean, messages: readonly Message[]): Fields {
  const last = messages.at(-1);
  return more && last !== undefined ? { response_metadata: { next_cursor: encodeCursor(last.ts) } } : {};
}

function cursorIndex(cursor: string, channel: Channel, to: number): number {
  return Math.min(to, firstNotBefore(channel.order, decodeCursor(cursor)));
}

function encodeCursor(ts: string): string {
  return Buffer.from(`next_ts:${ts}`).toString('base64');
}

function decodeCursor(cursor: string): string {
  const [kind, ts] = Buffer.from(cursor, 'base64').toString().split(':');
  if (kind !== 'next_ts' || ts === undefined) throw new ApiFailure('invalid_cursor');
  return ts;
}

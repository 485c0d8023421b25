import { isFields } from './values.ts';
import type { Channel, Ephemeral, Fields, Message, MessageMetadata } from './model.ts';
import { wireMessage } from './wire.ts';
import type { Workspace } from './workspace.ts';

export interface Draft {
  user: string;
  byApp?: boolean;
  text: string;
  subtype?: string;
  blocks?: Fields[] | undefined;
  attachments?: Fields[] | undefined;
  metadata?: MessageMetadata | undefined;
  threadTs?: string | undefined;
  broadcast?: boolean;
  files?: string[];
  extra?: Fields;
  unfurlLinks?: boolean;
  unfurlMedia?: boolean;
}

/** Puts a message into a channel and tells the app if it subscribed to such messages. */
export function addMessage(workspace: Workspace, channel: Channel, draft: Draft): Message {
  const message: Message = {
    ts: workspace.nextTs(),
    channelId: channel.id,
    user: draft.user,
    byApp: draft.byApp ?? false,
    subtype: draft.subtype,
    text: draft.text,
    blocks: draft.blocks,
    attachments: draft.attachments,
    metadata: draft.metadata,
    threadTs: draft.threadTs,
    broadcast: draft.broadcast ?? false,
    edited: undefined,
    reactions: [],
    files: draft.files ?? [],
    extra: draft.extra ?? {},
    unfurlLinks: draft.unfurlLinks ?? true,
    unfurlMedia: draft.unfurlMedia ?? true,
  };
  channel.messages.set(message.ts, message);
  channel.order.push(message.ts);
  if (draft.threadTs !== undefined) {
    const replies = channel.threads.get(draft.threadTs);
    if (replies === undefined) channel.threads.set(draft.threadTs, [message.ts]);
    else replies.push(message.ts);
  }
  workspace.changed();
  tellPosted(workspace, channel, message);
  return message;
}

function tellPosted(workspace: Workspace, channel: Channel, message: Message): void {
  const event = { ...wireMessage(workspace, message, 'none'), ...place(channel, message.ts) };
  workspace.emit(messageSubscription(channel), event, channel);
  const mentioned = `<@${workspace.app.botUserId}`;
  if (message.subtype === undefined && !message.byApp && channel.kind !== 'im' && message.text.includes(mentioned)) {
    const { channel_type: _, ...rest } = event;
    workspace.emit('app_mention', { ...rest, type: 'app_mention' }, channel);
  }
}

/** System messages such as `channel_topic`: visible in the channel, written by whoever did it. */
export function addSystemMessage(
  workspace: Workspace,
  channel: Channel,
  user: string,
  subtype: string,
  text: string,
  extra: Fields = {},
): Message {
  return addMessage(workspace, channel, { user, subtype, text, extra });
}

export interface Edit {
  text: string;
  blocks: Fields[] | undefined;
  attachments: Fields[] | undefined;
  metadata: MessageMetadata | undefined;
  by: string;
  /** Slack hides "(edited)" when an app updates blocks. */
  showEdited: boolean;
}

export function editMessage(workspace: Workspace, channel: Channel, message: Message, edit: Edit): void {
  const previous = wireMessage(workspace, message, 'none');
  const eventTs = workspace.nextTs();
  message.text = edit.text;
  message.blocks = edit.blocks;
  message.attachments = edit.attachments;
  message.metadata = edit.metadata;
  if (edit.showEdited) message.edited = { user: edit.by, ts: `${eventTs.split('.')[0]}.000000` };
  workspace.changed();
  workspace.emit(
    messageSubscription(channel),
    {
      type: 'message',
      subtype: 'message_changed',
      message: wireMessage(workspace, message, 'none'),
      previous_message: previous,
      hidden: true,
      ts: eventTs,
      ...place(channel, eventTs),
    },
    channel,
  );
}

export function deleteMessage(workspace: Workspace, channel: Channel, message: Message): void {
  const previous = wireMessage(workspace, message, 'none');
  const eventTs = workspace.nextTs();
  channel.messages.delete(message.ts);
  channel.pins.delete(message.ts);
  workspace.changed();
  workspace.emit(
    messageSubscription(channel),
    {
      type: 'message',
      subtype: 'message_deleted',
      previous_message: previous,
      deleted_ts: message.ts,
      hidden: true,
      ts: eventTs,
      ...place(channel, eventTs),
    },
    channel,
  );
}

export function addEphemeral(
  workspace: Workspace,
  channel: Channel,
  user: string,
  draft: { text: string; blocks?: Fields[] | undefined; threadTs?: string | undefined },
): Ephemeral {
  const ephemeral: Ephemeral = {
    ts: workspace.nextTs(),
    channelId: channel.id,
    user,
    text: draft.text,
    blocks: draft.blocks,
    threadTs: draft.threadTs,
  };
  channel.ephemerals.push(ephemeral);
  workspace.changed();
  return ephemeral;
}

export function addReaction(
  workspace: Workspace,
  channel: Channel,
  message: Message,
  user: string,
  name: string,
): boolean {
  const known = message.reactions.find((reaction) => reaction.name === name);
  if (known?.users.includes(user) === true) return false;
  if (known === undefined) message.reactions.push({ name, users: [user] });
  else known.users.push(user);
  workspace.changed();
  workspace.emit('reaction_added', reactionEvent(workspace, 'reaction_added', message, user, name), channel);
  return true;
}

export function removeReaction(
  workspace: Workspace,
  channel: Channel,
  message: Message,
  user: string,
  name: string,
): boolean {
  const known = message.reactions.find((reaction) => reaction.name === name);
  if (known === undefined || !known.users.includes(user)) return false;
  known.users = known.users.filter((id) => id !== user);
  if (known.users.length === 0) message.reactions = message.reactions.filter((reaction) => reaction !== known);
  workspace.changed();
  workspace.emit('reaction_removed', reactionEvent(workspace, 'reaction_removed', message, user, name), channel);
  return true;
}

function reactionEvent(workspace: Workspace, type: string, message: Message, user: string, name: string): Fields {
  return {
    type,
    user,
    reaction: name,
    item: { type: 'message', channel: message.channelId, ts: message.ts },
    item_user: message.user,
    event_ts: workspace.nextTs(),
  };
}

export function addPin(workspace: Workspace, channel: Channel, message: Message, user: string): boolean {
  if (channel.pins.has(message.ts)) return false;
  channel.pins.set(message.ts, { ts: message.ts, createdMs: workspace.now(), createdBy: user });
  workspace.changed();
  const item = {
    type: 'message',
    channel: channel.id,
    message: wireMessage(workspace, message, 'none'),
    created_by: user,
  };
  workspace.emit(
    'pin_added',
    {
      type: 'pin_added',
      user,
      channel_id: channel.id,
      item,
      item_user: message.user,
      pin_count: channel.pins.size,
      event_ts: workspace.nextTs(),
    },
    channel,
  );
  return true;
}

export function removePin(workspace: Workspace, channel: Channel, ts: string, user: string): boolean {
  if (!channel.pins.delete(ts)) return false;
  workspace.changed();
  workspace.emit(
    'pin_removed',
    {
      type: 'pin_removed',
      user,
      channel_id: channel.id,
      has_pins: channel.pins.size > 0,
      event_ts: workspace.nextTs(),
    },
    channel,
  );
  return true;
}

/** Block ids the app left out, and the defaults Slack adds to text objects. */
export function completeBlocks(workspace: Workspace, blocks: readonly Fields[]): Fields[] {
  return blocks.map((block) => ({
    ...textsOf(block),
    block_id: block['block_id'] ?? workspace.nextId('b').toLowerCase(),
  }));
}

function textsOf(block: Fields): Fields {
  const done: Fields = {};
  for (const [key, value] of Object.entries(block)) done[key] = completeText(value);
  return done;
}

function completeText(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(completeText);
  if (!isFields(value)) return value;
  const inner = textsOf(value);
  if (value['type'] === 'plain_text' && value['emoji'] === undefined) return { ...inner, emoji: true };
  if (value['type'] === 'mrkdwn' && value['verbatim'] === undefined) return { ...inner, verbatim: false };
  return inner;
}

function messageSubscription(channel: Channel): string {
  if (channel.kind === 'im') return 'message.im';
  return channel.kind === 'private' ? 'message.groups' : 'message.channels';
}

function place(channel: Channel, eventTs: string): Fields {
  const type = channel.kind === 'im' ? 'im' : channel.kind === 'private' ? 'group' : 'channel';
  return { channel: channel.id, channel_type: type, event_ts: eventTs };
}

import { addEphemeral, addMessage, completeBlocks, deleteMessage, editMessage } from '../messages.ts';
import type { Draft } from '../messages.ts';
import {
  ApiFailure,
  channelArgument,
  channelIfKnown,
  flag,
  messageIn,
  objectList,
  openChannel,
  required,
  structured,
  text,
} from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import type { Channel, Fields, Message, MessageMetadata } from '../model.ts';
import { lengthOf, normalizeText } from '../text.ts';
import { fieldsOf, isFields, textOf } from '../values.ts';
import { validateMessageBlocks } from '../validate-blocks.ts';
import { wireMessage } from '../wire.ts';
import { directMessageWith } from '../workspace.ts';

const longestPost = 40_000;
const longestUpdate = 4_000;
const longestMarkdown = 12_000;
/** Slack publishes no number; 16 KB is what is widely observed. */
const largestMetadata = 16_000;

export const chatMethods: MethodTable = {
  'chat.postMessage': { run: postMessage, scopes: ['chat:write'] },
  'chat.update': { run: update, scopes: ['chat:write'] },
  'chat.delete': { run: remove, scopes: ['chat:write'] },
  'chat.postEphemeral': { run: postEphemeral, scopes: ['chat:write'] },
  'chat.getPermalink': { run: getPermalink },
};

function postMessage(call: Call): Fields {
  const channel = destination(call);
  const content = contentOf(call);
  if (content.text === '' && content.blocks === undefined && content.attachments === undefined)
    throw new ApiFailure('no_text');
  const threadTs = threadOf(call, channel);
  const { workspace } = call;
  const cut = lengthOf(content.text) > longestPost;
  const draft: Draft = {
    ...content,
    text: cut ? Array.from(content.text).slice(0, longestPost).join('') : content.text,
    user: workspace.app.botUserId,
    byApp: true,
    metadata: metadataOf(call),
    threadTs,
    broadcast: threadTs !== undefined && flag(call, 'reply_broadcast') === true,
    unfurlLinks: flag(call, 'unfurl_links') ?? false,
    unfurlMedia: flag(call, 'unfurl_media') ?? true,
  };
  const message = addMessage(
    workspace,
    channel,
    draft.broadcast === true ? { ...draft, subtype: 'thread_broadcast' } : draft,
  );
  const warned = cut ? { warning: 'message_truncated', response_metadata: { warnings: ['message_truncated'] } } : {};
  return { channel: channel.id, ts: message.ts, message: wireMessage(workspace, message, 'full'), ...warned };
}

/** A channel, or a person: then their DM with the app, which needs no further scope. */
function destination(call: Call): Channel {
  const { workspace } = call;
  const person = workspace.users.get(text(call, 'channel') ?? '');
  if (person !== undefined) {
    if (person.isBot) throw new ApiFailure('cannot_dm_bot');
    if (person.deleted) throw new ApiFailure('channel_not_found');
    return directMessageWith(workspace, person.id);
  }
  const channel = openChannel(channelArgument(call));
  const allowed = channel.members.has(workspace.app.botUserId) || workspace.app.scopes.has('chat:write.public');
  if (!allowed) throw new ApiFailure('not_in_channel');
  return channel;
}

interface Content {
  text: string;
  blocks: Fields[] | undefined;
  attachments: Fields[] | undefined;
}

function contentOf(call: Call): Content {
  const markdown = text(call, 'markdown_text');
  const given = text(call, 'text') ?? '';
  const blocks = objectList(call, 'blocks', 'invalid_blocks_format');
  const attachments = objectList(call, 'attachments', 'invalid_attachments');
  if (markdown !== undefined) {
    if (given !== '' || blocks !== undefined) throw new ApiFailure('markdown_text_conflict');
    if (lengthOf(markdown) > longestMarkdown) throw new ApiFailure('msg_too_long');
    return { text: normalizeText(markdown), blocks: undefined, attachments };
  }
  if (attachments !== undefined && attachments.length > 100) throw new ApiFailure('too_many_attachments');
  if (blocks !== undefined) validateMessageBlocks(blocks);
  const complete = blocks === undefined || blocks.length === 0 ? undefined : completeBlocks(call.workspace, blocks);
  return {
    text: normalizeText(given),
    blocks: complete,
    attachments: attachments?.length === 0 ? undefined : attachments,
  };
}

function threadOf(call: Call, channel: Channel): string | undefined {
  const ts = text(call, 'thread_ts');
  if (ts === undefined || ts === '') return undefined;
  const parent = channel.messages.get(ts);
  if (parent === undefined) throw new ApiFailure('thread_not_found');
  return parent.threadTs ?? parent.ts;
}

function metadataOf(call: Call): MessageMetadata | undefined {
  const given = structured(call, 'metadata', 'invalid_metadata_format');
  if (given === undefined) return undefined;
  if (!isFields(given)) throw new ApiFailure('invalid_metadata_format');
  if (Object.keys(given).length === 0) return undefined;
  const eventType = textOf(given['event_type']);
  const payload = given['event_payload'];
  if (eventType === undefined && given['entities'] !== undefined)
    return { eventType: '', eventPayload: {}, raw: given };
  if (eventType === undefined || eventType === '' || !isFields(payload))
    throw new ApiFailure('invalid_metadata_schema');
  if (JSON.stringify(given).length > largestMetadata) throw new ApiFailure('metadata_too_large');
  return { eventType, eventPayload: fieldsOf(payload), raw: given };
}

function update(call: Call): Fields {
  const { workspace } = call;
  const channel = openChannel(channelArgument(call), 'is_inactive');
  const message = messageIn(channel, required(call, 'ts', 'message_not_found'));
  if (!message.byApp) throw new ApiFailure('cant_update_message');
  const given = text(call, 'text') ?? text(call, 'markdown_text') ?? '';
  if (lengthOf(given) > longestUpdate) throw new ApiFailure('msg_too_long');
  const sent = objectList(call, 'blocks', 'invalid_blocks_format');
  const content = contentOf(call);
  if (given === '' && sent === undefined && content.attachments === undefined) throw new ApiFailure('no_text');
  editMessage(workspace, channel, message, {
    text: given === '' ? message.text : content.text,
    // Text alone replaces the whole message; without text the blocks stay unless new ones come.
    blocks: sent === undefined && given === '' ? message.blocks : content.blocks,
    attachments: call.args['attachments'] === undefined ? message.attachments : content.attachments,
    metadata: call.args['metadata'] === undefined ? message.metadata : metadataOf(call),
    by: workspace.app.botUserId,
    showEdited: content.blocks === undefined,
  });
  return { channel: channel.id, ts: message.ts, text: message.text, message: wireMessage(workspace, message, 'full') };
}

function remove(call: Call): Fields {
  const channel = channelArgument(call);
  const message: Message = messageIn(channel, required(call, 'ts', 'message_not_found'));
  if (!message.byApp) throw new ApiFailure('cant_delete_message');
  deleteMessage(call.workspace, channel, message);
  return { channel: channel.id, ts: message.ts };
}

function postEphemeral(call: Call): Fields {
  const { workspace } = call;
  const channel = openChannel(channelArgument(call));
  const user = workspace.users.get(required(call, 'user', 'user_not_found'));
  if (user === undefined) throw new ApiFailure('user_not_found');
  if (!channel.members.has(workspace.app.botUserId) && !workspace.app.scopes.has('chat:write.public')) {
    throw new ApiFailure('not_in_channel');
  }
  if (!channel.members.has(user.id)) throw new ApiFailure('user_not_in_channel');
  const content = contentOf(call);
  if (content.text === '' && content.blocks === undefined && content.attachments === undefined)
    throw new ApiFailure('no_text');
  const ephemeral = addEphemeral(workspace, channel, user.id, { ...content, threadTs: threadOf(call, channel) });
  return { message_ts: ephemeral.ts };
}

function getPermalink(call: Call): Fields {
  const channel = channelIfKnown(call);
  if (channel === undefined) throw new ApiFailure('channel_not_found');
  const message = messageIn(channel, required(call, 'message_ts', 'message_not_found'));
  return { channel: channel.id, permalink: permalink(call.workspace.url, channel.id, message) };
}

export function permalink(url: string, channelId: string, message: Message): string {
  const link = `${url}/archives/${channelId}/p${message.ts.replace('.', '')}`;
  return message.threadTs === undefined ? link : `${link}?thread_ts=${message.threadTs}&cid=${channelId}`;
}

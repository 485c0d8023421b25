import { ApiFailure, channelArgument, messageIn, openChannel, required } from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import { addReaction, removeReaction } from '../messages.ts';
import type { Channel, Fields, Message } from '../model.ts';
import { wireMessage } from '../wire.ts';
import { permalink } from './chat.ts';

export const reactionMethods: MethodTable = {
  'reactions.add': { run: add, scopes: ['reactions:write'] },
  'reactions.remove': { run: remove, scopes: ['reactions:write'] },
  'reactions.get': { run: get, scopes: ['reactions:read'] },
};

function target(call: Call): { channel: Channel; message: Message } {
  const channel = channelArgument(call);
  if (!channel.members.has(call.workspace.app.botUserId) && channel.kind !== 'public')
    throw new ApiFailure('channel_not_found');
  return { channel, message: messageIn(channel, required(call, 'timestamp', 'no_item_specified')) };
}

function named(call: Call): string {
  const name = required(call, 'name', 'invalid_name').replaceAll(':', '');
  if (!/^[\p{L}\p{N}_+'-]+$/u.test(name)) throw new ApiFailure('invalid_name');
  return name;
}

function add(call: Call): Fields {
  const { channel, message } = target(call);
  openChannel(channel);
  if (!addReaction(call.workspace, channel, message, call.workspace.app.botUserId, named(call)))
    throw new ApiFailure('already_reacted');
  return {};
}

function remove(call: Call): Fields {
  const { channel, message } = target(call);
  if (!removeReaction(call.workspace, channel, message, call.workspace.app.botUserId, named(call)))
    throw new ApiFailure('no_reaction');
  return {};
}

function get(call: Call): Fields {
  const { channel, message } = target(call);
  const shown = {
    ...wireMessage(call.workspace, message),
    permalink: permalink(call.workspace.url, channel.id, message),
  };
  return { type: 'message', channel: channel.id, message: shown };
}

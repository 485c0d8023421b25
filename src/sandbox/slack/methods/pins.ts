import { ApiFailure, channelArgument, messageIn, openChannel, ownChannel, required } from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import { addPin, removePin } from '../messages.ts';
import type { Fields } from '../model.ts';
import { wireMessage } from '../wire.ts';
import { toSeconds } from '../workspace.ts';
import { permalink } from './chat.ts';

const mostPins = 100;

export const pinMethods: MethodTable = {
  'pins.add': { run: add, scopes: ['pins:write'] },
  'pins.list': { run: list, scopes: ['pins:read'] },
  'pins.remove': { run: remove, scopes: ['pins:write'] },
};

function add(call: Call): Fields {
  const channel = openChannel(ownChannel(call));
  const message = messageIn(channel, required(call, 'timestamp', 'no_item_specified'));
  if (channel.pins.has(message.ts)) throw new ApiFailure('already_pinned');
  if (channel.pins.size >= mostPins) throw new ApiFailure('too_many_pins');
  addPin(call.workspace, channel, message, call.workspace.app.botUserId);
  return {};
}

function list(call: Call): Fields {
  const channel = channelArgument(call);
  const items = [...channel.pins.values()].reverse().flatMap((pin) => {
    const message = channel.messages.get(pin.ts);
    if (message === undefined) return [];
    return {
      type: 'message',
      channel: channel.id,
      created: toSeconds(pin.createdMs),
      created_by: pin.createdBy,
      message: {
        ...wireMessage(call.workspace, message),
        pinned_to: [channel.id],
        permalink: permalink(call.workspace.url, channel.id, message),
      },
    };
  });
  return { items };
}

function remove(call: Call): Fields {
  const channel = ownChannel(call);
  const ts = required(call, 'timestamp', 'no_item_specified');
  if (!removePin(call.workspace, channel, ts, call.workspace.app.botUserId)) throw new ApiFailure('no_pin');
  return {};
}

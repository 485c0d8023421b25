import {
  ApiFailure,
  byChannelKind,
  channelArgument,
  channelIfKnown,
  flag,
  idList,
  openChannel,
  ownChannel,
  realChannel,
  required,
  text,
  userArgument,
} from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import {
  archiveChannel,
  channelNameError,
  createChannel,
  describeChannel,
  joinChannel,
  leaveChannel,
  nameTaken,
  renameChannel,
} from '../channels.ts';
import type { Channel, Fields } from '../model.ts';
import { lengthOf } from '../text.ts';
import { present } from '../values.ts';
import { wireChannel } from '../wire.ts';
import { directMessageWith } from '../workspace.ts';

const longestTopic = 250;
const mostInvites = 1_000;

/** Changing channels; reading them is in conversation-reads.ts. */
export const conversationMethods: MethodTable = {
  'conversations.create': {
    run: create,
    scopes: (call) => [flag(call, 'is_private') === true ? 'groups:write' : 'channels:manage'],
  },
  'conversations.archive': { run: archive, scopes: byChannelKind('write') },
  'conversations.unarchive': { run: unarchive, scopes: byChannelKind('write') },
  'conversations.rename': { run: rename, scopes: byChannelKind('write') },
  'conversations.setTopic': { run: (call) => describe(call, 'topic'), scopes: byChannelKind('write', 'write.topic') },
  'conversations.setPurpose': {
    run: (call) => describe(call, 'purpose'),
    scopes: byChannelKind('write', 'write.topic'),
  },
  'conversations.invite': { run: invite, scopes: byChannelKind('write', 'write.invites') },
  'conversations.join': { run: join, scopes: ['channels:join'] },
  'conversations.leave': { run: leave, scopes: byChannelKind('write') },
  'conversations.kick': { run: kick, scopes: byChannelKind('write') },
  'conversations.open': { run: open, scopes: ['im:write'] },
};

function create(call: Call): Fields {
  const { workspace } = call;
  const name = text(call, 'name') ?? '';
  const refused = channelNameError(name);
  if (refused !== undefined) throw new ApiFailure(refused);
  if (nameTaken(workspace, name)) throw new ApiFailure('name_taken');
  const channel = createChannel(workspace, name, flag(call, 'is_private') === true, workspace.app.botUserId);
  return { channel: wireChannel(workspace, channel) };
}

function archive(call: Call): Fields {
  const channel = realChannel(channelArgument(call));
  if (channel.archived) throw new ApiFailure('already_archived');
  if (channel.isGeneral) throw new ApiFailure('cant_archive_general');
  if (!channel.members.has(call.workspace.app.botUserId)) throw new ApiFailure('not_in_channel');
  archiveChannel(call.workspace, channel, call.workspace.app.botUserId);
  return {};
}

/** Bot tokens cannot: archiving removed them from the channel. */
function unarchive(call: Call): Fields {
  const channel = realChannel(channelArgument(call));
  throw new ApiFailure(channel.archived ? 'not_in_channel' : 'not_archived');
}

function rename(call: Call): Fields {
  const { workspace } = call;
  const channel = openChannel(realChannel(ownChannel(call)));
  const name = text(call, 'name') ?? '';
  const refused = channelNameError(name);
  if (refused !== undefined) throw new ApiFailure(refused);
  if (channel.creator !== workspace.app.botUserId) throw new ApiFailure('not_authorized');
  if (name !== channel.name && nameTaken(workspace, name)) throw new ApiFailure('name_taken');
  if (name !== channel.name) renameChannel(workspace, channel, name, workspace.app.botUserId);
  return { channel: wireChannel(workspace, channel) };
}

function describe(call: Call, field: 'topic' | 'purpose'): Fields {
  const { workspace } = call;
  const channel = openChannel(realChannel(ownChannel(call)));
  const value = text(call, field) ?? '';
  if (lengthOf(value) > longestTopic) throw new ApiFailure('too_long');
  describeChannel(workspace, channel, field, value, workspace.app.botUserId);
  return { [field]: value, channel: wireChannel(workspace, channel) };
}

function invite(call: Call): Fields {
  const { workspace } = call;
  const channel = openChannel(realChannel(ownChannel(call)));
  const users = idList(call, 'users');
  if (users.length === 0) throw new ApiFailure('no_user');
  if (users.length > mostInvites) throw new ApiFailure('too_many_users');
  const refused = users.flatMap((user) => {
    const error = inviteError(call, channel, user);
    return error === undefined ? [] : [{ user, ok: false, error }];
  });
  const serious = refused.filter((one) => one.error !== 'already_in_channel');
  const welcome = users.filter((user) => refused.every((one) => one.user !== user));
  const mayGoOn = flag(call, 'force') === true ? welcome.length > 0 : serious.length === 0 && welcome.length > 0;
  if (!mayGoOn) {
    const first = serious[0] ?? refused[0];
    throw new ApiFailure(first?.error ?? 'no_user', { errors: refused });
  }
  for (const user of welcome) joinChannel(workspace, channel, user, workspace.app.botUserId);
  return present({
    channel: wireChannel(workspace, channel),
    errors: flag(call, 'force') === true && serious.length > 0 ? serious : undefined,
  });
}

function inviteError({ workspace }: Call, channel: Channel, id: string): string | undefined {
  const user = workspace.users.get(id);
  if (user === undefined) return 'user_not_found';
  if (id === workspace.app.botUserId) return 'cant_invite_self';
  if (user.deleted) return 'cant_invite';
  return channel.members.has(id) ? 'already_in_channel' : undefined;
}

function join(call: Call): Fields {
  const { workspace } = call;
  const channel = realChannel(channelArgument(call));
  if (channel.kind !== 'public') throw new ApiFailure('method_not_supported_for_channel_type');
  openChannel(channel);
  const joined = joinChannel(workspace, channel, workspace.app.botUserId);
  const warned = joined
    ? {}
    : { warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } };
  return { channel: wireChannel(workspace, channel), ...warned };
}

function leave(call: Call): Fields {
  const { workspace } = call;
  const channel = openChannel(realChannel(channelArgument(call)));
  if (channel.isGeneral) throw new ApiFailure('cant_leave_general');
  return leaveChannel(workspace, channel, workspace.app.botUserId) ? {} : { not_in_channel: true };
}

function kick(call: Call): Fields {
  const { workspace } = call;
  const channel = openChannel(realChannel(ownChannel(call)));
  const user = userArgument(call);
  if (user.id === workspace.app.botUserId) throw new ApiFailure('cant_kick_self');
  if (channel.isGeneral) throw new ApiFailure('cant_kick_from_general');
  if (!leaveChannel(workspace, channel, user.id)) throw new ApiFailure('not_in_channel');
  return {};
}

function open(call: Call): Fields {
  const { workspace } = call;
  const known = channelIfKnown(call);
  if (known !== undefined) return { channel: { id: known.id } };
  const users = idList(call, 'users');
  if (users.length === 0) throw new ApiFailure('users_list_not_supplied');
  const [first] = users;
  if (users.length > 1 || first === undefined) throw new ApiFailure('method_not_supported_for_channel_type');
  const user = workspace.users.get(required(call, 'users'));
  if (user === undefined) throw new ApiFailure('user_not_found');
  if (user.isBot) throw new ApiFailure('cannot_dm_bot');
  if (user.deleted) throw new ApiFailure('user_disabled');
  const existed = workspace.dms.has(first);
  const channel = directMessageWith(workspace, first);
  const shown = flag(call, 'return_im') === true ? wireChannel(workspace, channel) : { id: channel.id };
  return { channel: shown, no_op: existed, already_open: existed };
}

import { ApiFailure, flag, required, text, userArgument } from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import type { Fields } from '../model.ts';
import { pageOf } from '../paging.ts';
import { toSeconds } from '../workspace.ts';
import { wireChannel, wireUser } from '../wire.ts';

export const userMethods: MethodTable = {
  'users.info': { run: info, scopes: ['users:read'] },
  'users.list': { run: list, scopes: ['users:read'] },
  'users.lookupByEmail': { run: lookupByEmail, scopes: ['users:read.email'] },
  'users.conversations': { run: conversations, scopes: ['channels:read', 'groups:read', 'im:read'] },
};

function info(call: Call): Fields {
  return { user: wireUser(call.workspace, userArgument(call), flag(call, 'include_locale') === true) };
}

function list(call: Call): Fields {
  const page = pageOf(call, [...call.workspace.users.values()], 1_000);
  const members = page.items.map((user) => wireUser(call.workspace, user, flag(call, 'include_locale') === true));
  return { members, cache_ts: toSeconds(call.workspace.now()), response_metadata: { next_cursor: page.next } };
}

function lookupByEmail(call: Call): Fields {
  const { workspace } = call;
  const user = workspace.users.get(
    workspace.userByEmail.get(required(call, 'email', 'users_not_found').toLowerCase()) ?? '',
  );
  if (user === undefined || user.deleted) throw new ApiFailure('users_not_found');
  return { user: wireUser(workspace, user, false) };
}

function conversations(call: Call): Fields {
  const { workspace } = call;
  const who = text(call, 'user') ?? workspace.app.botUserId;
  if (!workspace.users.has(who)) throw new ApiFailure('user_not_found');
  const wanted = (text(call, 'types') ?? 'public_channel').split(',');
  const bot = workspace.app.botUserId;
  const seen = [...workspace.channels.values()].filter((channel) => {
    if (!channel.members.has(who) || (flag(call, 'exclude_archived') === true && channel.archived)) return false;
    if (channel.kind === 'public') return wanted.includes('public_channel');
    return channel.members.has(bot) && wanted.includes(channel.kind === 'im' ? 'im' : 'private_channel');
  });
  const page = pageOf(call, seen, 100);
  return {
    channels: page.items.map((channel) => wireChannel(workspace, channel)),
    response_metadata: { next_cursor: page.next },
  };
}

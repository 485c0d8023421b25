import { ApiFailure, flag, idList, required, text, userArgument } from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import type { Fields, UserGroup } from '../model.ts';
import { pageOf } from '../paging.ts';
import { toSeconds } from '../workspace.ts';
import { wireChannel, wireUser, wireUserGroup } from '../wire.ts';

export const userMethods: MethodTable = {
  'users.info': { run: info, scopes: ['users:read'] },
  'users.list': { run: list, scopes: ['users:read'] },
  'users.lookupByEmail': { run: lookupByEmail, scopes: ['users:read.email'] },
  'users.conversations': { run: conversations, scopes: ['channels:read', 'groups:read', 'im:read'] },
  'usergroups.list': { run: listGroups, scopes: ['usergroups:read'] },
  'usergroups.users.list': { run: listMembers, scopes: ['usergroups:read'] },
  'usergroups.users.update': { run: updateMembers, scopes: ['usergroups:write'] },
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

function listGroups(call: Call): Fields {
  const groups = [...call.workspace.userGroups.values()];
  return {
    usergroups: groups.map((group) => wireUserGroup(call.workspace, group, flag(call, 'include_users') === true)),
  };
}

function group(call: Call): UserGroup {
  const found = call.workspace.userGroups.get(required(call, 'usergroup', 'no_such_subteam'));
  if (found === undefined) throw new ApiFailure('no_such_subteam');
  return found;
}

function listMembers(call: Call): Fields {
  return { users: [...group(call).users] };
}

/** Sets the whole list; a group cannot be emptied this way. */
function updateMembers(call: Call): Fields {
  const { workspace } = call;
  const found = group(call);
  const users = idList(call, 'users');
  if (users.length === 0) throw new ApiFailure('no_users_provided');
  if (users.some((id) => workspace.users.get(id)?.deleted ?? true)) throw new ApiFailure('invalid_users');
  found.users = [...new Set(users)];
  found.updatedBy = workspace.app.botUserId;
  found.updatedMs = workspace.now();
  workspace.changed();
  const shown = wireUserGroup(workspace, found, true);
  workspace.emit('subteam_updated', { type: 'subteam_updated', subteam: shown, event_ts: workspace.nextTs() });
  return { usergroup: shown };
}

import { ApiFailure, flag, idList, required } from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import type { Fields, UserGroup } from '../model.ts';
import { wireUserGroup } from '../wire.ts';

export const userGroupMethods: MethodTable = {
  'usergroups.list': { run: list, scopes: ['usergroups:read'] },
  'usergroups.users.list': { run: listMembers, scopes: ['usergroups:read'] },
  'usergroups.users.update': { run: updateMembers, scopes: ['usergroups:write'] },
  'usergroups.disable': { run: disable, scopes: ['usergroups:write'] },
  'usergroups.enable': { run: enable, scopes: ['usergroups:write'] },
};

/** Groups that are switched off are listed on request only. */
function list(call: Call): Fields {
  const { workspace } = call;
  const withUsers = flag(call, 'include_users') === true;
  const withCount = flag(call, 'include_count') === true;
  const all = flag(call, 'include_disabled') === true;
  const groups = [...workspace.userGroups.values()].filter(({ disabled }) => all || disabled === undefined);
  return { usergroups: groups.map((group) => wireUserGroup(workspace, group, { withUsers, withCount })) };
}

function groupNamed(call: Call): UserGroup {
  const found = call.workspace.userGroups.get(required(call, 'usergroup', 'no_such_subteam'));
  if (found === undefined) throw new ApiFailure('no_such_subteam');
  return found;
}

function listMembers(call: Call): Fields {
  const group = groupNamed(call);
  if (group.disabled !== undefined && flag(call, 'include_disabled') !== true) throw new ApiFailure('no_such_subteam');
  return { users: [...group.users] };
}

/**
 * Sets the whole list: a group cannot be emptied this way, and holds people only. What Slack does with one that is
 * switched off is not documented; it is refused, so that nobody comes to rely on it.
 */
function updateMembers(call: Call): Fields {
  mayManage(call);
  const group = groupNamed(call);
  if (group.disabled !== undefined) throw new ApiFailure('no_such_subteam');
  const users = idList(call, 'users');
  if (users.length === 0) throw new ApiFailure('no_users_provided');
  if (!users.every((id) => isPerson(call, id))) throw new ApiFailure('invalid_users');
  group.users = [...new Set(users)];
  return changed(call, group, { withUsers: true, withCount: flag(call, 'include_count') === true });
}

function isPerson({ workspace }: Call, id: string): boolean {
  const user = workspace.users.get(id);
  return user !== undefined && !user.deleted && !user.isBot;
}

/** Its members stay, and are back when it is switched on again. */
function disable(call: Call): Fields {
  mayManage(call);
  const { workspace } = call;
  const group = groupNamed(call);
  group.disabled ??= { by: workspace.app.botUserId, atMs: workspace.now() };
  return changed(call, group, { withUsers: false, withCount: flag(call, 'include_count') === true });
}

function enable(call: Call): Fields {
  mayManage(call);
  const group = groupNamed(call);
  group.disabled = undefined;
  return changed(call, group, { withUsers: false, withCount: flag(call, 'include_count') === true });
}

/** A setting of the workspace lets everybody manage groups, or only admins; the app's bot is none. */
function mayManage({ workspace }: Call): void {
  if (workspace.team.userGroupsManagedBy === 'admins') throw new ApiFailure('permission_denied');
}

function changed(call: Call, group: UserGroup, shown: { withUsers: boolean; withCount: boolean }): Fields {
  const { workspace } = call;
  group.updatedBy = workspace.app.botUserId;
  group.updatedMs = workspace.now();
  workspace.changed();
  const subteam = wireUserGroup(workspace, group, { withUsers: true, withCount: true });
  workspace.emit('subteam_updated', { type: 'subteam_updated', subteam, event_ts: workspace.nextTs() });
  return { usergroup: wireUserGroup(workspace, group, shown) };
}

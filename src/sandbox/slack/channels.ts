import { addSystemMessage } from './messages.ts';
import type { Channel, Fields } from './model.ts';
import { lengthOf } from './text.ts';
import { emptyChannel, toSeconds } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** The error Slack gives a name it does not take, or undefined. Lengths count characters. */
export function channelNameError(name: string): string | undefined {
  if (name === '') return 'invalid_name_required';
  if (lengthOf(name) > 80) return 'invalid_name_maxlength';
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) return 'invalid_name_specials';
  if (!/[\p{L}\p{N}]/u.test(name)) return 'invalid_name_punctuation';
  return undefined;
}

/** Names are shared with archived channels, people's handles and user groups. */
export function nameTaken(workspace: Workspace, name: string): boolean {
  if (workspace.channelByName.has(name) || workspace.userByName.has(name)) return true;
  return [...workspace.userGroups.values()].some((group) => group.handle === name);
}

export function createChannel(workspace: Workspace, name: string, isPrivate: boolean, creator: string): Channel {
  const channel = emptyChannel(workspace, workspace.nextId('C'), isPrivate ? 'private' : 'public', name, creator);
  channel.members.add(creator);
  workspace.changed();
  if (!isPrivate) {
    const created = { id: channel.id, is_channel: true, name, created: toSeconds(channel.createdMs), creator };
    workspace.emit(
      'channel_created',
      { type: 'channel_created', channel: created, event_ts: workspace.nextTs() },
      channel,
    );
  }
  addSystemMessage(workspace, channel, creator, 'channel_join', `<@${creator}> has joined the channel`);
  return channel;
}

export function joinChannel(workspace: Workspace, channel: Channel, user: string, inviter?: string): boolean {
  if (channel.members.has(user)) return false;
  channel.members.add(user);
  workspace.changed();
  const invited = inviter === undefined ? {} : { inviter };
  const event = {
    type: 'member_joined_channel',
    user,
    ...memberPlace(workspace, channel),
    ...invited,
    event_ts: workspace.nextTs(),
  };
  workspace.emit('member_joined_channel', event, channel);
  addSystemMessage(workspace, channel, user, kindOf(channel, 'join'), `<@${user}> has joined the channel`, invited);
  return true;
}

export function leaveChannel(workspace: Workspace, channel: Channel, user: string): boolean {
  if (!channel.members.has(user)) return false;
  addSystemMessage(workspace, channel, user, kindOf(channel, 'leave'), `<@${user}> has left the channel`);
  const event = { type: 'member_left_channel', user, ...memberPlace(workspace, channel), event_ts: workspace.nextTs() };
  workspace.emit('member_left_channel', event, channel);
  channel.members.delete(user);
  workspace.changed();
  return true;
}

function memberPlace(workspace: Workspace, channel: Channel): Fields {
  return { channel: channel.id, channel_type: channel.kind === 'private' ? 'G' : 'C', team: workspace.team.id };
}

export function archiveChannel(workspace: Workspace, channel: Channel, user: string): void {
  addSystemMessage(workspace, channel, user, kindOf(channel, 'archive'), 'archived the channel');
  channel.archived = true;
  workspace.changed();
  tell(workspace, channel, 'archive', { channel: channel.id, user, is_moved: 0 });
}

export function unarchiveChannel(workspace: Workspace, channel: Channel, user: string): void {
  channel.archived = false;
  workspace.changed();
  addSystemMessage(workspace, channel, user, kindOf(channel, 'unarchive'), 'un-archived the channel');
  tell(workspace, channel, 'unarchive', { channel: channel.id, user });
}

export function renameChannel(workspace: Workspace, channel: Channel, name: string, user: string): void {
  const oldName = channel.name;
  workspace.channelByName.delete(oldName);
  workspace.channelByName.set(name, channel.id);
  channel.previousNames.unshift(oldName);
  channel.name = name;
  workspace.changed();
  const renamed = {
    id: channel.id,
    name,
    is_channel: channel.kind === 'public',
    created: toSeconds(channel.createdMs),
  };
  tell(workspace, channel, 'rename', { channel: renamed });
  addSystemMessage(
    workspace,
    channel,
    user,
    kindOf(channel, 'name'),
    `renamed the channel from "${oldName}" to "${name}"`,
    { old_name: oldName, name },
  );
}

/** Each call leaves a message in the channel, also when the value stays the same. */
export function describeChannel(
  workspace: Workspace,
  channel: Channel,
  field: 'topic' | 'purpose',
  value: string,
  user: string,
): void {
  channel[field] = { value, creator: user, lastSetMs: workspace.now() };
  workspace.changed();
  addSystemMessage(workspace, channel, user, kindOf(channel, field), `set the channel ${field}: ${value}`, {
    [field]: value,
  });
}

function tell(workspace: Workspace, channel: Channel, what: 'archive' | 'unarchive' | 'rename', fields: Fields): void {
  const name = kindOf(channel, what);
  workspace.emit(name, { type: name, ...fields, event_ts: workspace.nextTs() }, channel);
}

function kindOf(channel: Channel, what: string): string {
  return `${channel.kind === 'private' ? 'group' : 'channel'}_${what}`;
}

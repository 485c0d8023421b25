import type { Bookmark, Channel, Fields, Message, StoredFile, User, UserGroup, View } from './model.ts';
import { present } from './values.ts';
import { toSeconds } from './workspace.ts';
import type { Workspace } from './workspace.ts';

/** A message as API answers and events show it. Metadata comes in full only where asked for; else its type. */
export function wireMessage(
  workspace: Workspace,
  message: Message,
  metadata: 'full' | 'type' | 'none' = 'type',
): Fields {
  const { app, team } = workspace;
  const replies = workspace.channels.get(message.channelId)?.threads.get(message.ts);
  return present({
    type: 'message',
    subtype: message.subtype,
    user: message.user,
    ...(message.byApp ? { bot_id: app.botId, app_id: app.appId, bot_profile: botProfile(workspace) } : {}),
    text: message.text,
    ts: message.ts,
    team: team.id,
    blocks: message.blocks,
    attachments: message.attachments,
    thread_ts: message.threadTs ?? (replies === undefined ? undefined : message.ts),
    ...(replies === undefined ? {} : threadSummary(workspace, message, replies)),
    edited: message.edited,
    reactions: message.reactions.length === 0 ? undefined : message.reactions.map(wireReaction),
    files: message.files.length === 0 ? undefined : message.files.flatMap((id) => fileIfKnown(workspace, id)),
    metadata: wireMetadata(message, metadata),
    ...message.extra,
  });
}

function fileIfKnown(workspace: Workspace, id: string): Fields[] {
  const file = workspace.files.get(id);
  return file === undefined ? [] : [wireFile(workspace, file)];
}

export function wireReaction({ name, users }: { name: string; users: readonly string[] }): Fields {
  return { name, users: [...users], count: users.length };
}

function wireMetadata(message: Message, shown: 'full' | 'type' | 'none'): Fields | undefined {
  if (message.metadata === undefined || shown === 'none') return undefined;
  return shown === 'full' ? message.metadata.raw : { event_type: message.metadata.eventType };
}

function threadSummary(workspace: Workspace, root: Message, replies: readonly string[]): Fields {
  const channel = workspace.channels.get(root.channelId);
  const live = replies.flatMap((ts) => channel?.messages.get(ts) ?? []);
  if (live.length === 0) return {};
  const users = [...new Set(live.map((reply) => reply.user))];
  return {
    reply_count: live.length,
    reply_users: users,
    reply_users_count: users.length,
    latest_reply: live.at(-1)?.ts,
    is_locked: false,
    subscribed: false,
  };
}

export function botProfile({ app, team }: Workspace): Fields {
  return {
    id: app.botId,
    deleted: false,
    name: app.name,
    updated: 1_600_000_000,
    app_id: app.appId,
    user_id: app.botUserId,
    icons: {},
    team_id: team.id,
  };
}

export function wireChannel(workspace: Workspace, channel: Channel): Fields {
  if (channel.kind === 'im') return wireDirectMessage(workspace, channel);
  const stamp = ({ value, creator, lastSetMs }: Channel['topic']): Fields => ({
    value,
    creator,
    last_set: toSeconds(lastSetMs),
  });
  return present({
    id: channel.id,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === 'public',
    is_group: channel.kind === 'private',
    is_im: false,
    is_mpim: false,
    is_private: channel.kind === 'private',
    is_archived: channel.archived,
    is_general: channel.isGeneral,
    is_member: channel.members.has(workspace.app.botUserId),
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    is_pending_ext_shared: false,
    pending_shared: [],
    parent_conversation: null,
    created: toSeconds(channel.createdMs),
    creator: channel.creator,
    updated: channel.createdMs,
    unlinked: 0,
    context_team_id: workspace.team.id,
    shared_team_ids: [workspace.team.id],
    previous_names: [...channel.previousNames],
    topic: stamp(channel.topic),
    purpose: stamp(channel.purpose),
    properties:
      channel.canvasFileId === undefined
        ? undefined
        : { canvas: { file_id: channel.canvasFileId, is_empty: false, quip_thread_id: channel.canvasFileId } },
  });
}

function wireDirectMessage(workspace: Workspace, channel: Channel): Fields {
  const other = [...channel.members].find((id) => id !== workspace.app.botUserId);
  return {
    id: channel.id,
    created: toSeconds(channel.createdMs),
    is_im: true,
    is_channel: false,
    is_group: false,
    is_mpim: false,
    is_private: true,
    is_archived: false,
    is_org_shared: false,
    user: other,
    is_user_deleted: workspace.users.get(other ?? '')?.deleted ?? false,
    is_open: true,
    context_team_id: workspace.team.id,
    priority: 0,
  };
}

export function wireUser(workspace: Workspace, user: User, withLocale: boolean): Fields {
  const email = workspace.app.scopes.has('users:read.email') ? user.email : undefined;
  return present({
    id: user.id,
    team_id: workspace.team.id,
    name: user.name,
    deleted: user.deleted,
    real_name: user.realName,
    tz: user.tz,
    tz_label: user.tz,
    is_admin: user.isAdmin,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: 1_600_000_000,
    locale: withLocale ? user.locale : undefined,
    profile: present({
      real_name: user.realName,
      real_name_normalized: user.realName,
      display_name: user.name,
      display_name_normalized: user.name,
      email,
      status_text: '',
      status_emoji: '',
      team: workspace.team.id,
    }),
  });
}

export function wireUserGroup(
  workspace: Workspace,
  group: UserGroup,
  { withUsers, withCount }: { readonly withUsers: boolean; readonly withCount: boolean },
): Fields {
  return present({
    id: group.id,
    team_id: workspace.team.id,
    is_usergroup: true,
    is_external: false,
    name: group.name,
    handle: group.handle,
    description: '',
    date_create: toSeconds(group.createdMs),
    date_update: toSeconds(group.updatedMs),
    date_delete: group.disabled === undefined ? 0 : toSeconds(group.disabled.atMs),
    auto_type: null,
    created_by: group.updatedBy,
    updated_by: group.updatedBy,
    deleted_by: group.disabled?.by ?? null,
    prefs: { channels: [], groups: [] },
    users: withUsers ? [...group.users] : undefined,
    user_count: withCount ? group.users.length : undefined,
  });
}

export function wireBookmark(channel: Channel, bookmark: Bookmark): Fields {
  return {
    id: bookmark.id,
    channel_id: channel.id,
    title: bookmark.title,
    link: bookmark.link,
    emoji: bookmark.emoji,
    icon_url: null,
    type: 'link',
    entity_id: null,
    date_created: toSeconds(bookmark.createdMs),
    date_updated: bookmark.updatedMs === bookmark.createdMs ? 0 : toSeconds(bookmark.updatedMs),
    rank: bookmark.id,
    last_updated_by_user_id: bookmark.createdBy,
    last_updated_by_team_id: '',
    shortcut_id: null,
    app_id: null,
  };
}

export function wireFile(workspace: Workspace, file: StoredFile): Fields {
  const base = `${workspace.url}/files-pri/${workspace.team.id}-${file.id}`;
  return present({
    id: file.id,
    created: toSeconds(file.createdMs),
    timestamp: toSeconds(file.createdMs),
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.split('.').at(-1) ?? 'text',
    user: file.user,
    size: file.content?.length ?? file.expectedBytes,
    mode: 'hosted',
    is_external: false,
    is_public: file.channels.some((id) => workspace.channels.get(id)?.kind === 'public'),
    url_private: `${base}/${encodeURIComponent(file.name)}`,
    url_private_download: `${base}/download/${encodeURIComponent(file.name)}`,
    permalink: `${workspace.url}/files/${file.user}/${file.id}/${encodeURIComponent(file.name)}`,
    channels: [...file.channels],
    alt_txt: file.altText,
  });
}

/** A view as answers and payloads show it: what the app sent, with Slack's own fields around it. */
export function wireView(workspace: Workspace, view: View): Fields {
  const { app, team } = workspace;
  const values = Object.fromEntries([...view.values].map(([block, byAction]) => [block, Object.fromEntries(byAction)]));
  return {
    id: view.id,
    team_id: team.id,
    private_metadata: '',
    callback_id: '',
    external_id: '',
    clear_on_close: false,
    notify_on_close: false,
    ...(view.type === 'modal' ? { close: null, submit: null } : {}),
    ...view.content,
    state: { values },
    hash: view.hash,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: app.appId,
    app_installed_team_id: team.id,
    bot_id: app.botId,
  };
}

import type { SlackState } from './local-slack.ts';
import type { Channel } from './model.ts';
import { modalsOf } from './views.ts';
import type { Workspace } from './workspace.ts';

/** Read access by the names a test or page thinks in: ids, `#name`, a person for their DM with the app. */
export function createStateView(workspace: Workspace, connections: () => number): SlackState {
  const { channels } = workspace;
  const named = (name: string): Channel | undefined =>
    channels.get(workspace.channelByName.get(name.replace(/^#/, '')) ?? '');
  const find = (given: string): Channel | undefined =>
    channels.get(given) ?? channels.get(workspace.dms.get(given) ?? '') ?? named(given);
  return {
    get version() {
      return workspace.changes.version;
    },
    channels: () => [...channels.values()],
    channel: (id) => channels.get(id),
    channelByName: named,
    dm: (userId) => channels.get(workspace.dms.get(userId) ?? ''),
    messages: (given) => [...(find(given)?.messages.values() ?? [])],
    message: (channelId, ts) => channels.get(channelId)?.messages.get(ts),
    ephemerals: (given, userId) =>
      (find(given)?.ephemerals ?? []).filter((one) => userId === undefined || one.user === userId),
    users: () => [...workspace.users.values()],
    user: (id) => workspace.users.get(id),
    userGroups: () => [...workspace.userGroups.values()],
    modals: (userId) => modalsOf(workspace, userId),
    home: (userId) => workspace.views.get(workspace.homes.get(userId) ?? ''),
    view: (id) => workspace.views.get(id),
    pins(channelId) {
      const channel = channels.get(channelId);
      return [...(channel?.pins.keys() ?? [])].flatMap((ts) => channel?.messages.get(ts) ?? []);
    },
    bookmarks: (channelId) => [...(channels.get(channelId)?.bookmarks.values() ?? [])],
    files: () => [...workspace.files.values()],
    canvases: () => [...workspace.canvases.values()],
    connections,
  };
}

import type { DeliveryDesk } from './delivery.ts';
import type { Channel, Fields } from './model.ts';
import { textOf } from './values.ts';
import { toSeconds } from './workspace.ts';
import type { EmitEvent, Workspace } from './workspace.ts';

/** Scopes of which an event needs one, and whether the app must be in the channel. */
const known: Readonly<Record<string, { scopes: readonly string[]; member: boolean }>> = {
  'message.channels': { scopes: ['channels:history'], member: true },
  'message.groups': { scopes: ['groups:history'], member: true },
  'message.im': { scopes: ['im:history'], member: true },
  app_mention: { scopes: ['app_mentions:read'], member: true },
  app_home_opened: { scopes: [], member: false },
  app_uninstalled: { scopes: [], member: false },
  tokens_revoked: { scopes: [], member: false },
  reaction_added: { scopes: ['reactions:read'], member: true },
  reaction_removed: { scopes: ['reactions:read'], member: true },
  pin_added: { scopes: ['pins:read'], member: true },
  pin_removed: { scopes: ['pins:read'], member: true },
  member_joined_channel: { scopes: ['channels:read', 'groups:read'], member: true },
  member_left_channel: { scopes: ['channels:read', 'groups:read'], member: true },
  channel_created: { scopes: ['channels:read'], member: false },
  channel_archive: { scopes: ['channels:read'], member: false },
  channel_unarchive: { scopes: ['channels:read'], member: false },
  channel_rename: { scopes: ['channels:read'], member: false },
  group_archive: { scopes: ['groups:read'], member: true },
  group_unarchive: { scopes: ['groups:read'], member: true },
  group_rename: { scopes: ['groups:read'], member: true },
  file_shared: { scopes: ['files:read'], member: true },
  subteam_updated: { scopes: ['usergroups:read'], member: false },
  user_change: { scopes: ['users:read'], member: false },
};

/** Hands an event to the app if it is installed, subscribed, allowed by its scopes and, where needed, in the channel. */
export function createEmitter(workspace: Workspace, desk: DeliveryDesk): EmitEvent {
  return (subscription, event, channel) => {
    const rule = known[subscription];
    const { app } = workspace;
    if (
      rule === undefined ||
      (!app.installed && subscription !== 'app_uninstalled' && subscription !== 'tokens_revoked')
    )
      return;
    if (app.events !== undefined && !app.events.has(subscription)) return;
    if (rule.scopes.length > 0 && !rule.scopes.some((scope) => app.scopes.has(scope))) return;
    if (rule.member && channel !== undefined && !channel.members.has(app.botUserId)) return;
    desk.event(eventCallback(workspace, event, channel));
  };
}

function eventCallback(workspace: Workspace, event: Fields, channel: Channel | undefined): Fields {
  const { app, team } = workspace;
  const type = textOf(event['type']) ?? '';
  return {
    token: 'sandbox-verification-token',
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.appId,
    event,
    type: 'event_callback',
    event_id: workspace.nextId('Ev'),
    event_time: toSeconds(workspace.now()),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: app.botUserId, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    event_context: `1-${type}-${team.id}-${channel?.id ?? ''}`,
  };
}

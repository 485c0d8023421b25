/**
 * Every Web API method that Toran calls, with the scopes of a bot token that it can need. A method that is not here does
 * not compile, and the manifest must name every scope of this table (test/slack/manifest.test.ts). Where several are
 * listed each stands for a kind of conversation: public channels, private ones, direct messages.
 */
export const methodScopes = {
  'auth.test': [],
  'bookmarks.add': ['bookmarks:write'],
  'bookmarks.list': ['bookmarks:read'],
  'canvases.edit': ['canvases:write'],
  'canvases.sections.lookup': ['canvases:read'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.canvases.create': ['canvases:write'],
  'conversations.create': ['channels:manage', 'groups:write'],
  'conversations.history': ['channels:history', 'groups:history', 'im:history'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.invite': ['channels:manage', 'groups:write'],
  'conversations.join': ['channels:join'],
  'conversations.list': ['channels:read', 'groups:read'],
  'conversations.open': ['im:write'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'conversations.setPurpose': ['channels:manage', 'groups:write'],
  'conversations.setTopic': ['channels:manage', 'groups:write'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'pins.add': ['pins:write'],
  'usergroups.disable': ['usergroups:write'],
  'usergroups.enable': ['usergroups:write'],
  'usergroups.list': ['usergroups:read'],
  'usergroups.users.update': ['usergroups:write'],
  'views.publish': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SlackMethodName = keyof typeof methodScopes;

/** The events that listeners wait for, with the scopes without which Slack does not send them. */
const eventScopes = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  member_joined_channel: ['channels:read', 'groups:read'],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  reaction_added: ['reactions:read'],
  reaction_removed: ['reactions:read'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The slash command and the shortcuts come with this one. */
const commandScope = 'commands';

/** Everything that manifest.yml asks for, no more and no less. */
export const manifestScopes: readonly string[] = [
  ...new Set([commandScope, ...Object.values(methodScopes).flat(), ...Object.values(eventScopes).flat()]),
].toSorted();

export const manifestEvents: readonly string[] = Object.keys(eventScopes).toSorted();

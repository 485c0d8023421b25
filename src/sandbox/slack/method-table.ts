import type { Method } from './api-call.ts';
import { bookmarkMethods } from './methods/bookmarks.ts';
import { canvasMethods } from './methods/canvases.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationReadMethods } from './methods/conversation-reads.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import { identityMethods } from './methods/identity.ts';
import { pinMethods } from './methods/pins.ts';
import { reactionMethods } from './methods/reactions.ts';
import { userGroupMethods } from './methods/usergroups.ts';
import { userMethods } from './methods/users.ts';
import { validationMethods } from './methods/validate.ts';
import { viewMethods } from './methods/views.ts';
import type { SocketHub } from './socket-hub.ts';

/** Every Web API method that exists here; others answer `unknown_method`, as on slack.com. */
export function methodTable(hub: SocketHub | undefined): ReadonlyMap<string, Method> {
  const tables = {
    ...bookmarkMethods,
    ...canvasMethods,
    ...chatMethods,
    ...conversationReadMethods,
    ...conversationMethods,
    ...fileMethods,
    ...identityMethods,
    ...pinMethods,
    ...reactionMethods,
    ...userGroupMethods,
    ...userMethods,
    ...validationMethods,
    ...viewMethods,
  };
  const open: Method = { token: 'app', run: () => ({ url: hub?.openUrl() }) };
  return new Map<string, Method>([
    ...Object.entries(tables),
    ...(hub === undefined ? [] : [['apps.connections.open', open] as const]),
  ]);
}

import {
  archiveChannel,
  channelNameError,
  createChannel,
  describeChannel,
  joinChannel,
  leaveChannel,
  nameTaken,
  renameChannel,
  unarchiveChannel,
} from '../channels.ts';
import { addMessage, addPin, addReaction, deleteMessage, editMessage, removeReaction } from '../messages.ts';
import type { Channel, Message, User } from '../model.ts';
import { NotPossible } from '../person-actions.ts';
import type { PersonActions, PersonOutcome, ReactionInput } from '../person-actions.ts';
import { richText, typedText } from '../text.ts';
import { wireMessage, wireUser } from '../wire.ts';
import { directMessageWith } from '../workspace.ts';
import { offered } from './command.ts';
import { outcomeOf } from './outcome.ts';
import { channelShown, envelopeOf, person, place } from './payload.ts';
import type { ActionParts } from './payload.ts';

/** Where a person may write: their DM with the app, or a channel they are in. */
function writable({ workspace }: ActionParts, user: User, given: string): Channel {
  const channel = given === workspace.app.botUserId ? directMessageWith(workspace, user.id) : place(workspace, given);
  if (!channel.members.has(user.id)) throw new NotPossible(`${user.name} is not in ${channel.name}`);
  if (channel.archived) throw new NotPossible(`${channel.name} is archived`);
  return channel;
}

function messageAt(channel: Channel, ts: string): Message {
  const message = channel.messages.get(ts);
  if (message === undefined) throw new NotPossible(`there is no message ${ts} in ${channel.name}`);
  return message;
}

export function post(parts: ActionParts, input: Parameters<PersonActions['post']>[0]): Message {
  const { workspace } = parts;
  const user = person(workspace, input.user);
  const channel = writable(parts, user, input.channel);
  const text = typedText(workspace, input.text, 'message');
  const threadTs =
    input.threadTs === undefined ? undefined : (messageAt(channel, input.threadTs).threadTs ?? input.threadTs);
  const blocks = [richText(text, workspace.nextId('b').toLowerCase())];
  return addMessage(workspace, channel, {
    user: user.id,
    text,
    blocks,
    threadTs,
    extra: { client_msg_id: crypto.randomUUID() },
  });
}

export function edit(parts: ActionParts, input: Parameters<PersonActions['edit']>[0]): Message {
  const { workspace } = parts;
  const user = person(workspace, input.user);
  const channel = writable(parts, user, input.channel);
  const message = messageAt(channel, input.ts);
  if (message.user !== user.id) throw new NotPossible(`${user.name} did not write message ${input.ts}`);
  const text = typedText(workspace, input.text, 'message');
  const blocks = [richText(text, workspace.nextId('b').toLowerCase())];
  editMessage(workspace, channel, message, {
    text,
    blocks,
    attachments: undefined,
    metadata: undefined,
    by: user.id,
    showEdited: true,
  });
  return message;
}

/** People delete their own messages, admins those of others too. */
export function remove(parts: ActionParts, input: Parameters<PersonActions['remove']>[0]): void {
  const user = person(parts.workspace, input.user);
  const channel = writable(parts, user, input.channel);
  const message = messageAt(channel, input.ts);
  if (message.user !== user.id && !user.isAdmin)
    throw new NotPossible(`${user.name} did not write message ${input.ts}`);
  deleteMessage(parts.workspace, channel, message);
}

export function react(parts: ActionParts, input: ReactionInput, add: boolean): void {
  const user = person(parts.workspace, input.user);
  const channel = writable(parts, user, input.channel);
  const change = add ? addReaction : removeReaction;
  change(parts.workspace, channel, messageAt(channel, input.ts), user.id, input.name.replaceAll(':', ''));
}

export function pin(parts: ActionParts, input: Parameters<PersonActions['pin']>[0]): void {
  const user = person(parts.workspace, input.user);
  const channel = writable(parts, user, input.channel);
  addPin(parts.workspace, channel, messageAt(channel, input.ts), user.id);
}

export async function messageShortcut(
  parts: ActionParts,
  input: Parameters<PersonActions['messageShortcut']>[0],
): Promise<PersonOutcome> {
  const { workspace } = parts;
  const user = person(workspace, input.user);
  offered(parts, input.callbackId, 'message');
  const channel = place(workspace, input.channel);
  const message = messageAt(channel, input.ts);
  const answered = await parts.desk.interaction('interactive', {
    type: 'message_action',
    ...envelopeOf(parts, user),
    channel: channelShown(channel),
    action_ts: workspace.nextTs(),
    callback_id: input.callbackId,
    trigger_id: parts.triggers.mint({ user: user.id, channelId: channel.id, viewId: undefined }),
    message_ts: message.ts,
    message: wireMessage(workspace, message, 'full'),
    response_url: parts.responseUrls.mint({ user: user.id, channelId: channel.id, originalTs: message.ts }),
  });
  return outcomeOf(workspace, user.id, answered);
}

type ChannelActions = Pick<
  PersonActions,
  | 'join'
  | 'leave'
  | 'invite'
  | 'kick'
  | 'createChannel'
  | 'renameChannel'
  | 'archiveChannel'
  | 'unarchiveChannel'
  | 'setTopic'
>;

export function channelActions(parts: ActionParts): ChannelActions {
  const { workspace } = parts;
  return {
    join({ user, channel }) {
      const joined = place(workspace, channel);
      if (joined.kind !== 'public' || joined.archived) throw new NotPossible(`${joined.name} cannot be joined`);
      joinChannel(workspace, joined, person(workspace, user).id);
    },
    leave: ({ user, channel }) => void leaveChannel(workspace, place(workspace, channel), person(workspace, user).id),
    invite({ user, channel, users }) {
      const into = writable(parts, person(workspace, user), channel);
      for (const id of users)
        joinChannel(workspace, into, id === workspace.app.botUserId ? id : person(workspace, id).id, user);
    },
    kick: ({ user, channel, target }) =>
      void leaveChannel(workspace, writable(parts, person(workspace, user), channel), target),
    createChannel({ user, name, isPrivate }) {
      refuseName(parts, name);
      return createChannel(workspace, name, isPrivate ?? false, person(workspace, user).id).id;
    },
    renameChannel({ user, channel, name }) {
      const renamed = writable(parts, person(workspace, user), channel);
      refuseName(parts, name);
      renameChannel(workspace, renamed, name, user);
    },
    archiveChannel: ({ user, channel }) =>
      archiveChannel(workspace, writable(parts, person(workspace, user), channel), user),
    unarchiveChannel({ user, channel }) {
      const archived = place(workspace, channel);
      if (!archived.archived) throw new NotPossible(`${archived.name} is not archived`);
      unarchiveChannel(workspace, archived, person(workspace, user).id);
    },
    setTopic: ({ user, channel, topic }) =>
      describeChannel(workspace, writable(parts, person(workspace, user), channel), 'topic', topic, user),
  };
}

function refuseName({ workspace }: ActionParts, name: string): void {
  const refused = channelNameError(name) ?? (nameTaken(workspace, name) ? 'name_taken' : undefined);
  if (refused !== undefined) throw new NotPossible(`a channel cannot be named ${name}: ${refused}`);
}

type AccountActions = Pick<PersonActions, 'openHome' | 'deactivateUser' | 'uninstallApp'>;

export function accountActions({ workspace }: ActionParts): AccountActions {
  return {
    openHome({ user, tab }) {
      const seen = person(workspace, user);
      const channel = directMessageWith(workspace, seen.id);
      const home = workspace.views.get(workspace.homes.get(seen.id) ?? '');
      const shown = tab ?? 'home';
      const view =
        shown === 'home' && home !== undefined
          ? { view: { id: home.id, type: 'home', hash: home.hash, ...home.content } }
          : {};
      const event = {
        type: 'app_home_opened',
        user: seen.id,
        channel: channel.id,
        tab: shown,
        ...view,
        event_ts: workspace.nextTs(),
      };
      workspace.emit('app_home_opened', event, channel);
    },
    deactivateUser({ user }) {
      const gone = person(workspace, user);
      gone.deleted = true;
      workspace.changed();
      workspace.emit('user_change', {
        type: 'user_change',
        user: wireUser(workspace, gone, false),
        event_ts: workspace.nextTs(),
      });
    },
    uninstallApp({ user }) {
      person(workspace, user);
      workspace.app.installed = false;
      workspace.changed();
      workspace.emit('app_uninstalled', { type: 'app_uninstalled', event_ts: workspace.nextTs() });
      const tokens = { oauth: [], bot: [workspace.app.botUserId] };
      workspace.emit('tokens_revoked', { type: 'tokens_revoked', tokens, event_ts: workspace.nextTs() });
    },
  };
}

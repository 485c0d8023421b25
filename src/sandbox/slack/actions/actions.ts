import type { PersonActions } from '../person-actions.ts';
import { command, globalShortcut } from './command.ts';
import { accountActions, channelActions, edit, messageShortcut, pin, post, react, remove } from './conversation.ts';
import { close, submit } from './modal.ts';
import type { ActionParts } from './payload.ts';
import { click, select, suggest } from './press.ts';
import type { ChosenState } from './press.ts';

export function createPersonActions(parts: ActionParts): PersonActions {
  const chosen: ChosenState = new Map();
  return {
    command: async (input) => command(parts, input),
    click: async (input) => click(parts, chosen, input),
    select: async (input) => select(parts, chosen, input),
    suggest: async (input) => suggest(parts, input),
    submit: async (input) => submit(parts, input),
    close: async (input) => close(parts, input),
    messageShortcut: async (input) => messageShortcut(parts, input),
    globalShortcut: async (input) => globalShortcut(parts, input),
    post: (input) => post(parts, input),
    edit: (input) => edit(parts, input),
    remove: (input) => remove(parts, input),
    react: (input) => react(parts, input, true),
    unreact: (input) => react(parts, input, false),
    pin: (input) => pin(parts, input),
    ...channelActions(parts),
    ...accountActions(parts),
  };
}

import { ApiFailure } from './api-call.ts';
import type { Fields, View } from './model.ts';
import { completeBlocks } from './messages.ts';
import { isFields, listOf, textOf } from './values.ts';
import type { Workspace } from './workspace.ts';

const deepestStack = 3;

/** Opens a modal for a person, above the one they see when `pushed`. */
export function openModal(
  workspace: Workspace,
  user: string,
  content: Fields,
  pushed: boolean,
  channelId: string | undefined,
): View {
  refuseDuplicate(workspace, content);
  const stack = workspace.modals.get(user) ?? [];
  if (pushed && stack.length >= deepestStack) throw new ApiFailure('push_limit_reached');
  if (!pushed) closeAll(workspace, user);
  const below = pushed ? stack : [];
  const id = workspace.nextId('V');
  const view: View = {
    id,
    type: 'modal',
    user,
    rootId: below[0] ?? id,
    previousId: below.at(-1),
    hash: nextHash(workspace),
    content: completed(workspace, content),
    values: new Map(),
    errors: {},
    channelId,
  };
  workspace.views.set(id, view);
  workspace.modals.set(user, [...below, id]);
  workspace.changed();
  return view;
}

export function updateView(workspace: Workspace, view: View, content: Fields): void {
  if (textOf(content['external_id']) !== textOf(view.content['external_id'])) refuseDuplicate(workspace, content);
  view.content = completed(workspace, content);
  view.hash = nextHash(workspace);
  view.errors = {};
  forgetGoneInputs(view);
  workspace.changed();
}

export function publishHome(workspace: Workspace, user: string, content: Fields): View {
  const known = workspace.views.get(workspace.homes.get(user) ?? '');
  if (known !== undefined) {
    updateView(workspace, known, content);
    return known;
  }
  refuseDuplicate(workspace, content);
  const id = workspace.nextId('V');
  const view: View = {
    id,
    type: 'home',
    user,
    rootId: id,
    previousId: undefined,
    hash: nextHash(workspace),
    content: completed(workspace, content),
    values: new Map(),
    errors: {},
    channelId: undefined,
  };
  workspace.views.set(id, view);
  workspace.homes.set(user, id);
  workspace.changed();
  return view;
}

/** Closes the topmost modal; the one below is seen again. */
export function closeTop(workspace: Workspace, user: string): View | undefined {
  const stack = workspace.modals.get(user) ?? [];
  const top = workspace.views.get(stack.at(-1) ?? '');
  if (top === undefined) return undefined;
  workspace.modals.set(user, stack.slice(0, -1));
  workspace.views.delete(top.id);
  workspace.changed();
  return top;
}

export function closeAll(workspace: Workspace, user: string): void {
  for (const id of workspace.modals.get(user) ?? []) workspace.views.delete(id);
  if (workspace.modals.delete(user)) workspace.changed();
}

export function modalsOf(workspace: Workspace, user: string): View[] {
  return (workspace.modals.get(user) ?? []).flatMap((id) => workspace.views.get(id) ?? []);
}

function refuseDuplicate(workspace: Workspace, content: Fields): void {
  const external = textOf(content['external_id']);
  if (external === undefined || external === '') return;
  for (const view of workspace.views.values()) {
    if (view.content['external_id'] === external) throw new ApiFailure('duplicate_external_id');
  }
}

function completed(workspace: Workspace, content: Fields): Fields {
  return { ...content, blocks: completeBlocks(workspace, listOf(content['blocks']).filter(isFields)) };
}

/** What was typed survives an update where block and action id stay. */
function forgetGoneInputs(view: View): void {
  const ids = new Set(listOf(view.content['blocks']).map((block) => (isFields(block) ? block['block_id'] : undefined)));
  for (const id of view.values.keys()) if (!ids.has(id)) view.values.delete(id);
}

function nextHash(workspace: Workspace): string {
  return `${workspace.nextTs().split('.')[0]}.${workspace.nextId('h').slice(-8)}`;
}

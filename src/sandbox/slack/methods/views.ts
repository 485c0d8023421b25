import { ApiFailure, invalidArguments, required, structuredObject, text } from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import type { Fields, View } from '../model.ts';
import type { Trigger } from '../triggers.ts';
import { validateView } from '../validate-view.ts';
import { openModal, publishHome, updateView } from '../views.ts';
import { wireView } from '../wire.ts';

export const viewMethods: MethodTable = {
  'views.open': { run: (call) => show(call, false) },
  'views.push': { run: (call) => show(call, true) },
  'views.update': { run: update },
  'views.publish': { run: publish },
};

function show(call: Call, pushed: boolean): Fields {
  const { workspace, triggers } = call;
  const content = viewArgument(call, 'modal');
  const id = triggerId(call);
  const trigger = triggers.check(id);
  if (typeof trigger === 'string') throw new ApiFailure(trigger);
  const inModal = modalBelow(call, trigger);
  if (pushed && !inModal) throw new ApiFailure('not_found');
  const view = openModal(workspace, trigger.user, content, inModal, trigger.channelId);
  triggers.exchange(id);
  return { view: wireView(workspace, view) };
}

/** Slack takes the interactivity pointer of its newer payloads for the same thing. */
function triggerId(call: Call): string {
  return text(call, 'trigger_id') ?? required(call, 'interactivity_pointer');
}

function modalBelow({ workspace }: Call, trigger: Trigger): boolean {
  const view = workspace.views.get(trigger.viewId ?? '');
  return view?.type === 'modal' && (workspace.modals.get(trigger.user) ?? []).includes(view.id);
}

function viewArgument(call: Call, type: 'modal' | 'home' | undefined): Fields {
  const view = structuredObject(call, 'view', 'invalid_arguments');
  if (view === undefined) throw invalidArguments('missing required field: view');
  validateView(view, type);
  return view;
}

function update(call: Call): Fields {
  const content = viewArgument(call, undefined);
  const view = wanted(call);
  if (content['type'] !== view.type)
    throw invalidArguments('the type of a view cannot be changed [json-pointer:/view/type]');
  refuseOldHash(call, view);
  updateView(call.workspace, view, content);
  return { view: wireView(call.workspace, view) };
}

function wanted(call: Call): View {
  const { workspace } = call;
  const id = text(call, 'view_id');
  const external = text(call, 'external_id');
  if (id === undefined && external === undefined) throw invalidArguments('either view_id or external_id is required');
  const view =
    id === undefined
      ? [...workspace.views.values()].find((one) => one.content['external_id'] === external)
      : workspace.views.get(id);
  if (view === undefined) throw new ApiFailure('not_found');
  return view;
}

function refuseOldHash(call: Call, view: View | undefined): void {
  const hash = text(call, 'hash');
  if (hash !== undefined && hash !== '' && view !== undefined && hash !== view.hash)
    throw new ApiFailure('hash_conflict');
}

function publish(call: Call): Fields {
  const { workspace } = call;
  const content = viewArgument(call, 'home');
  const user = required(call, 'user_id');
  if (!workspace.users.has(user)) throw new ApiFailure('user_not_found');
  refuseOldHash(call, workspace.views.get(workspace.homes.get(user) ?? ''));
  return { view: wireView(workspace, publishHome(workspace, user, content)) };
}

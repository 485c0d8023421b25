import { ApiFailure } from '../api-call.ts';
import { chosenValue, elementsIn, initialValue, isEmptyValue, keepsState } from '../elements.ts';
import type { Placed } from '../elements.ts';
import type { Fields, User, View } from '../model.ts';
import { NotPossible } from '../person-actions.ts';
import type { PersonOutcome, SubmitInput } from '../person-actions.ts';
import { lengthOf } from '../text.ts';
import { validateView } from '../validate-view.ts';
import { fieldsOf, listOf, textOf } from '../values.ts';
import { closeAll, closeTop, modalsOf, openModal, updateView } from '../views.ts';
import { appFailed, outcomeOf, succeeded } from './outcome.ts';
import { envelopeOf, person, seenView, viewShown } from './payload.ts';
import type { ActionParts } from './payload.ts';
import { remember } from './press.ts';

export async function submit(parts: ActionParts, input: SubmitInput): Promise<PersonOutcome> {
  const { workspace } = parts;
  const user = person(workspace, input.user);
  const view = seenView(parts, user, input.view);
  if (view.type !== 'modal') throw new NotPossible('a Home tab cannot be submitted');
  if (fieldsOf(view.content['submit'])['text'] === undefined) throw new NotPossible('this modal has no submit button');
  fill(view, input.values ?? {});
  const errors = clientErrors(view);
  if (Object.keys(errors).length > 0)
    return { ok: false, reason: 'errors', errors, views: modalsOf(workspace, user.id) };
  view.errors = {};
  const answered = await parts.desk.interaction('interactive', {
    type: 'view_submission',
    ...envelopeOf(parts, user),
    trigger_id: parts.triggers.mint({ user: user.id, channelId: view.channelId, viewId: view.id }),
    view: viewShown(parts, view),
    response_urls: responseUrls(parts, user, view),
  });
  if (!answered.ok) return outcomeOf(workspace, user.id, answered);
  return obey(parts, user, view, fieldsOf(answered.body));
}

function elements(view: View): Placed[] {
  return elementsIn(listOf(view.content['blocks'])).filter(keepsState);
}

/** Types and chooses; what is not named keeps its value or takes its initial one. */
function fill(view: View, values: NonNullable<SubmitInput['values']>): void {
  const unknown = new Set(Object.keys(values));
  for (const target of elements(view)) {
    const key = values[target.actionId] === undefined ? target.blockId : target.actionId;
    const given = values[key];
    unknown.delete(key);
    const value =
      given === undefined
        ? (view.values.get(target.blockId)?.get(target.actionId) ?? initialValue(target))
        : chosenValue(target, given);
    if (typeof value === 'string') throw new NotPossible(`${target.actionId} offers no option ${value}`);
    remember(view, target, value);
  }
  if (unknown.size > 0)
    throw new NotPossible(
      `this modal has no input ${[...unknown].join(', ')}; it has ${elements(view)
        .map((one) => one.actionId)
        .join(', ')}`,
    );
}

/** What the client refuses before it asks the app. */
function clientErrors(view: View): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const target of elements(view)) {
    if (target.block['type'] !== 'input') continue;
    const value = view.values.get(target.blockId)?.get(target.actionId) ?? {};
    const typed = textOf(value['value']);
    if (isEmptyValue(value)) {
      if (target.block['optional'] !== true) errors[target.blockId] = 'Please complete this required field.';
    } else if (typed !== undefined) {
      const wrong = typedError(target, typed);
      if (wrong !== undefined) errors[target.blockId] = wrong;
    }
  }
  return errors;
}

function typedError({ element, type }: Placed, typed: string): string | undefined {
  const length = lengthOf(typed);
  const least = Number(element['min_length'] ?? 0);
  const most = Number(element['max_length'] ?? 3_000);
  if (length < least) return `Please enter at least ${least} characters.`;
  if (length > most) return `Please enter at most ${most} characters.`;
  if (type === 'number_input' && (typed.trim() === '' || Number.isNaN(Number(typed))))
    return 'Please enter a valid number.';
  if (type === 'url_text_input' && !URL.canParse(typed)) return 'Please enter a valid URL.';
  if (type === 'email_text_input' && !typed.includes('@')) return 'Please enter a valid email address.';
  return undefined;
}

function responseUrls({ responseUrls }: ActionParts, user: User, view: View): Fields[] {
  return elements(view).flatMap(({ element, blockId, actionId }) => {
    if (element['response_url_enabled'] !== true) return [];
    const value = view.values.get(blockId)?.get(actionId) ?? {};
    const channelId = textOf(value['selected_channel'] ?? value['selected_conversation']);
    if (channelId === undefined) return [];
    const url = responseUrls.mint({ user: user.id, channelId, originalTs: undefined });
    return [{ block_id: blockId, action_id: actionId, channel_id: channelId, response_url: url }];
  });
}

/** Does what the answer to a submission says; without `response_action` the modal closes. */
function obey({ workspace }: ActionParts, user: User, view: View, answer: Fields): PersonOutcome {
  try {
    switch (answer['response_action']) {
      case undefined:
        closeTop(workspace, user.id);
        return succeeded(workspace, user.id);
      case 'clear':
        closeAll(workspace, user.id);
        return succeeded(workspace, user.id);
      case 'update':
        validateView(fieldsOf(answer['view']), 'modal');
        updateView(workspace, view, fieldsOf(answer['view']));
        return succeeded(workspace, user.id);
      case 'push':
        validateView(fieldsOf(answer['view']), 'modal');
        openModal(workspace, user.id, fieldsOf(answer['view']), true, view.channelId);
        return succeeded(workspace, user.id);
      case 'errors':
        return showErrors(workspace, user, view, fieldsOf(answer['errors']));
      default:
        return appFailed(workspace, user.id, 'invalid_response_action');
    }
  } catch (error) {
    if (error instanceof ApiFailure) return appFailed(workspace, user.id, 'invalid_response_action');
    throw error;
  }
}

/** Errors stand beside input blocks; one that names anything else makes the client give up. */
function showErrors(workspace: ActionParts['workspace'], user: User, view: View, given: Fields): PersonOutcome {
  const inputs = new Set(elements(view).flatMap(({ block, blockId }) => (block['type'] === 'input' ? [blockId] : [])));
  const errors: Record<string, string> = {};
  for (const [blockId, text] of Object.entries(given)) {
    if (!inputs.has(blockId) || typeof text !== 'string')
      return appFailed(workspace, user.id, 'invalid_response_action');
    errors[blockId] = text;
  }
  if (Object.keys(errors).length === 0) return appFailed(workspace, user.id, 'invalid_response_action');
  view.errors = errors;
  workspace.changed();
  return { ok: false, reason: 'errors', errors, views: modalsOf(workspace, user.id) };
}

export async function close(
  parts: ActionParts,
  input: { user: string; all?: boolean | undefined },
): Promise<PersonOutcome> {
  const { workspace } = parts;
  const user = person(workspace, input.user);
  const view = seenView(parts, user, undefined);
  const told = view.content['notify_on_close'] === true ? viewShown(parts, view) : undefined;
  if (input.all === true || view.content['clear_on_close'] === true) closeAll(workspace, user.id);
  else closeTop(workspace, user.id);
  if (told === undefined) return succeeded(workspace, user.id);
  const answered = await parts.desk.interaction('interactive', {
    type: 'view_closed',
    ...envelopeOf(parts, user),
    view: told,
    is_cleared: input.all === true,
  });
  return outcomeOf(workspace, user.id, answered);
}

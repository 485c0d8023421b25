import { chosenValue, elementsIn, initialValue, keepsState, labelOf } from '../elements.ts';
import type { Placed } from '../elements.ts';
import type { Channel, Ephemeral, Fields, Message, User, View } from '../model.ts';
import { NotPossible } from '../person-actions.ts';
import type { ClickInput, PersonOutcome, SelectInput, SuggestInput, SuggestOutcome } from '../person-actions.ts';
import { fieldsOf, isFields, listOf, present, textOf } from '../values.ts';
import { wireMessage } from '../wire.ts';
import { outcomeOf, seenError } from './outcome.ts';
import { channelShown, envelopeOf, person, place, seenView, viewShown } from './payload.ts';
import type { ActionParts } from './payload.ts';

/** Where a person acts: a message, something only they see, or a view. */
type Spot =
  | { kind: 'message'; channel: Channel; message: Message; blocks: Fields[] }
  | { kind: 'ephemeral'; channel: Channel; ephemeral: Ephemeral; blocks: Fields[] }
  | { kind: 'view'; view: View; blocks: Fields[] };

function spotOf(parts: ActionParts, user: User, input: ClickInput | SuggestInput): Spot {
  if (input.channel === undefined) {
    const view = seenView(parts, user, input.view);
    return { kind: 'view', view, blocks: listOf(view.content['blocks']).filter(isFields) };
  }
  const channel = place(parts.workspace, input.channel);
  const ephemeral = channel.ephemerals.findLast(
    (one) => one.user === user.id && (input.ts === undefined || one.ts === input.ts),
  );
  const message = channel.messages.get(input.ts ?? '');
  if (message !== undefined) return { kind: 'message', channel, message, blocks: message.blocks ?? [] };
  if (ephemeral !== undefined) return { kind: 'ephemeral', channel, ephemeral, blocks: ephemeral.blocks ?? [] };
  throw new NotPossible(`${user.name} sees no message ${input.ts ?? ''} in ${input.channel}`);
}

function find(spot: Spot, input: ClickInput): Placed {
  const all = elementsIn(spot.blocks);
  const fitting = all.filter(
    ({ element, actionId, blockId }) =>
      (input.actionId === undefined || input.actionId === actionId) &&
      (input.blockId === undefined || input.blockId === blockId) &&
      (input.value === undefined || input.value === element['value']) &&
      (input.label === undefined || input.label === labelOf(element)),
  );
  const [first] = fitting;
  if (first !== undefined && (fitting.length === 1 || input.actionId !== undefined)) return first;
  const offered = all.map(({ element, actionId }) => `${labelOf(element)} (${actionId})`).join(', ');
  throw new NotPossible(
    `${fitting.length} things fit ${input.label ?? input.actionId ?? 'that'}; there are: ${offered === '' ? 'none' : offered}`,
  );
}

export function click(parts: ActionParts, chosen: ChosenState, input: ClickInput): Promise<PersonOutcome> {
  const user = person(parts.workspace, input.user);
  const spot = spotOf(parts, user, input);
  const target = find(spot, input);
  const { element } = target;
  return dispatch(parts, chosen, user, spot, target, {
    text: element['text'],
    value: element['value'],
    style: element['style'],
  });
}

export function select(parts: ActionParts, chosen: ChosenState, input: SelectInput): Promise<PersonOutcome> {
  const user = person(parts.workspace, input.user);
  const spot = spotOf(parts, user, input);
  const target = find(spot, input);
  const value = chosenValue(target, input.choose);
  if (typeof value === 'string') throw new NotPossible(`${target.actionId} offers no option ${value}`);
  if (keepsState(target)) valuesAt(chosen, spot, user).set(`${target.blockId}\n${target.actionId}`, value);
  if (spot.kind === 'view') remember(spot.view, target, value);
  const silent = target.block['type'] === 'input' && target.block['dispatch_action'] !== true;
  if (silent) return Promise.resolve(outcomeOf(parts.workspace, user.id, { ok: true, body: undefined }));
  return dispatch(parts, chosen, user, spot, target, value);
}

export function remember(view: View, target: Placed, value: Fields): void {
  const inBlock = view.values.get(target.blockId) ?? new Map<string, Fields>();
  view.values.set(target.blockId, inBlock.set(target.actionId, value));
}

/** What people chose in messages, by place and person: Slack sends it along as `state`. */
export type ChosenState = Map<string, Map<string, Fields>>;

function valuesAt(chosen: ChosenState, spot: Spot, user: User): Map<string, Fields> {
  const where =
    spot.kind === 'view'
      ? spot.view.id
      : `${spot.channel.id} ${spot.kind === 'message' ? spot.message.ts : spot.ephemeral.ts}`;
  const key = `${user.id} ${where}`;
  const known = chosen.get(key) ?? new Map<string, Fields>();
  chosen.set(key, known);
  return known;
}

async function dispatch(
  parts: ActionParts,
  chosen: ChosenState,
  user: User,
  spot: Spot,
  target: Placed,
  value: Fields,
): Promise<PersonOutcome> {
  const { workspace } = parts;
  if (!workspace.app.installed) throw new NotPossible('the app is no longer installed');
  const action = present({
    ...value,
    type: target.type,
    action_id: target.actionId,
    block_id: target.blockId,
    action_ts: workspace.nextTs(),
  });
  const channelId = spot.kind === 'view' ? spot.view.channelId : spot.channel.id;
  const viewId = spot.kind === 'view' ? spot.view.id : undefined;
  const answered = await parts.desk.interaction('interactive', {
    type: 'block_actions',
    ...envelopeOf(parts, user),
    trigger_id: parts.triggers.mint({ user: user.id, channelId, viewId }),
    ...spotPayload(parts, chosen, user, spot),
    actions: [action],
  });
  return outcomeOf(workspace, user.id, answered);
}

function spotPayload(parts: ActionParts, chosen: ChosenState, user: User, spot: Spot): Fields {
  if (spot.kind === 'view')
    return { container: { type: 'view', view_id: spot.view.id }, view: viewShown(parts, spot.view) };
  const ts = spot.kind === 'message' ? spot.message.ts : spot.ephemeral.ts;
  const container = {
    type: 'message',
    message_ts: ts,
    channel_id: spot.channel.id,
    is_ephemeral: spot.kind === 'ephemeral',
  };
  const thread = spot.kind === 'message' ? spot.message.threadTs : spot.ephemeral.threadTs;
  return {
    container: thread === undefined ? container : { ...container, thread_ts: thread },
    channel: channelShown(spot.channel),
    ...(spot.kind === 'message' ? { message: wireMessage(parts.workspace, spot.message, 'full') } : {}),
    state: { values: stateValues(spot.blocks, valuesAt(chosen, spot, user)) },
    response_url: parts.responseUrls.mint({ user: user.id, channelId: spot.channel.id, originalTs: ts }),
  };
}

function stateValues(blocks: readonly Fields[], chosen: ReadonlyMap<string, Fields>): Fields {
  const values: Record<string, Fields> = {};
  for (const target of elementsIn(blocks)) {
    if (!keepsState(target)) continue;
    const value = chosen.get(`${target.blockId}\n${target.actionId}`) ?? initialValue(target);
    values[target.blockId] = { ...values[target.blockId], [target.actionId]: value };
  }
  return values;
}

export async function suggest(parts: ActionParts, input: SuggestInput): Promise<SuggestOutcome> {
  const user = person(parts.workspace, input.user);
  const spot = spotOf(parts, user, input);
  const target = find(spot, { user: input.user, actionId: input.actionId });
  const answered = await parts.desk.interaction('interactive', {
    type: 'block_suggestion',
    ...envelopeOf(parts, user),
    ...(spot.kind === 'view'
      ? { container: { type: 'view', view_id: spot.view.id }, view: viewShown(parts, spot.view) }
      : { channel: channelShown(spot.channel) }),
    action_id: target.actionId,
    block_id: target.blockId,
    value: input.typed,
  });
  if (!answered.ok) return { ok: false, sawError: seenError(answered) };
  const body = fieldsOf(answered.body);
  const groups = listOf(body['option_groups']).flatMap((group) => listOf(fieldsOf(group)['options']));
  const options = [...listOf(body['options']), ...groups]
    .slice(0, 100)
    .map((option) => ({
      text: textOf(fieldsOf(fieldsOf(option)['text'])['text']) ?? '',
      value: textOf(fieldsOf(option)['value']) ?? '',
    }));
  return { ok: true, options };
}

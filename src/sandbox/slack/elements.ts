import type { Fields } from './model.ts';
import { fieldsOf, isFields, listOf, textOf } from './values.ts';

/** An interactive element with the block it stands in. */
export interface Placed {
  block: Fields;
  blockId: string;
  element: Fields;
  actionId: string;
  type: string;
}

/** Every element of these blocks that a person can use, in reading order. */
export function elementsIn(blocks: readonly unknown[]): Placed[] {
  return blocks.filter(isFields).flatMap((block) => {
    const nested = elementsIn(listOf(block['child_blocks']));
    const own = [
      ...listOf(block['elements']),
      ...listOf(block['actions']),
      block['accessory'],
      block['element'],
    ].filter(isFields);
    const used = own.filter((element) => usable.test(textOf(element['type']) ?? ''));
    return [...used.map((element, index) => placed(block, element, index)), ...nested];
  });
}

const usable = /^(?:button|.*select|checkboxes|radio_buttons|overflow|.*picker|.*input|workflow_button|icon_button)$/;

function placed(block: Fields, element: Fields, index: number): Placed {
  const blockId = textOf(block['block_id']) ?? '';
  const actionId = textOf(element['action_id']) ?? `${blockId}-${index}`;
  return { block, blockId, element, actionId, type: textOf(element['type']) ?? '' };
}

export function labelOf(element: Fields): string {
  return textOf(fieldsOf(element['text'])['text']) ?? textOf(fieldsOf(element['placeholder'])['text']) ?? '';
}

/** The options of a select, radio, checkbox group or overflow, groups flattened. */
export function optionsOf(element: Fields): Fields[] {
  const grouped = listOf(element['option_groups']).flatMap((group) => listOf(fieldsOf(group)['options']));
  return [...listOf(element['options']), ...grouped].filter(isFields);
}

/** What Slack puts into `state.values` before the person touched anything. */
export function initialValue({ element, type }: Placed): Fields {
  const initial = (key: string): unknown => element[key] ?? null;
  if (type.startsWith('multi_') && type.includes('static'))
    return { type, selected_options: listOf(element['initial_options']) };
  switch (type) {
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: listOf(element['initial_options']) };
    case 'multi_users_select':
      return { type, selected_users: listOf(element['initial_users']) };
    case 'multi_channels_select':
      return { type, selected_channels: listOf(element['initial_channels']) };
    case 'multi_conversations_select':
      return { type, selected_conversations: listOf(element['initial_conversations']) };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: initial('initial_option') };
    case 'users_select':
      return { type, selected_user: initial('initial_user') };
    case 'channels_select':
      return { type, selected_channel: initial('initial_channel') };
    case 'conversations_select':
      return { type, selected_conversation: initial('initial_conversation') };
    case 'datepicker':
      return { type, selected_date: initial('initial_date') };
    case 'timepicker':
      return { type, selected_time: initial('initial_time') };
    case 'datetimepicker':
      return { type, selected_date_time: initial('initial_date_time') };
    case 'file_input':
      return { type, files: [] };
    case 'rich_text_input':
      return { type, rich_text_value: initial('initial_value') };
    default:
      return { type, value: initial('initial_value') };
  }
}

/** The value of an element after a person chose or typed; a text when that choice does not exist. */
export function chosenValue({ element, type }: Placed, choice: string | readonly string[]): Fields | string {
  const many = typeof choice === 'string' ? [choice] : [...choice];
  const [one = ''] = many;
  const pick = (wanted: string): Fields | undefined =>
    optionsOf(element).find((option) => option['value'] === wanted) ??
    optionsOf(element).find((option) => textOf(fieldsOf(option['text'])['text']) === wanted);
  const external = type.includes('external');
  const options = many.map(
    (wanted) =>
      pick(wanted) ??
      (external ? { text: { type: 'plain_text', text: wanted, emoji: true }, value: wanted } : undefined),
  );
  const missing = many.find((_, index) => options[index] === undefined);
  switch (type) {
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return missing === undefined ? { type, selected_options: options } : missing;
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return missing === undefined ? { type, selected_option: options[0] ?? null } : missing;
    case 'multi_users_select':
      return { type, selected_users: many };
    case 'multi_channels_select':
      return { type, selected_channels: many };
    case 'multi_conversations_select':
      return { type, selected_conversations: many };
    case 'users_select':
      return { type, selected_user: one };
    case 'channels_select':
      return { type, selected_channel: one };
    case 'conversations_select':
      return { type, selected_conversation: one };
    case 'datepicker':
      return { type, selected_date: one };
    case 'timepicker':
      return { type, selected_time: one };
    case 'datetimepicker':
      return { type, selected_date_time: Number(one) };
    default:
      return { type, value: one === '' ? null : one };
  }
}

/** Nothing chosen, nothing typed. */
export function isEmptyValue(value: Fields): boolean {
  return Object.entries(value).every(
    ([key, inner]) => key === 'type' || inner === null || inner === '' || (Array.isArray(inner) && inner.length === 0),
  );
}

/** Buttons keep no state; everything else appears in `state.values`. */
export function keepsState({ type }: Placed): boolean {
  return type !== 'button' && type !== 'overflow' && type !== 'workflow_button' && type !== 'icon_button';
}

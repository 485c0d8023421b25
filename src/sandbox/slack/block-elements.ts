import {
  anything,
  boolean,
  byType,
  list,
  matching,
  number,
  object,
  oneOf,
  problem,
  string,
  whole,
} from './block-schema.ts';
import type { Check, Problem } from './block-schema.ts';
import type { Fields } from './model.ts';
import { isFields, listOf } from './values.ts';

const type = { type: anything };
export const date = matching(/^\d{4}-\d{2}-\d{2}$/, 'a date YYYY-MM-DD');
const time = matching(/^\d{2}:\d{2}$/, 'a time HH:mm');
const id = string(255, 1);

export function plainText(max: number, min = 1): Check {
  return byType({ plain_text: object({ ...type, text: string(max, min) }, { emoji: boolean }) });
}

export function anyText(max: number, min = 1): Check {
  return byType({
    plain_text: object({ ...type, text: string(max, min) }, { emoji: boolean }),
    mrkdwn: object({ ...type, text: string(max, min) }, { verbatim: boolean }),
  });
}

export function mrkdwn(max: number): Check {
  return byType({ mrkdwn: object({ ...type, text: string(max, 1) }, { verbatim: boolean }) });
}

const confirm = object(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf('primary', 'danger') },
);

/** Option values are kept to 75: the stricter of what Slack's own libraries say. */
const optionShape = { value: string(75, 1) };
const option = object({ text: plainText(75), ...optionShape }, { description: plainText(75), url: string(3000) });
const richOption = object({ text: anyText(75), ...optionShape }, { description: anyText(75) });
const group = object({ label: plainText(75), options: list(option, 1, 100) });

const actionable = { action_id: id };
const confirmable = { ...actionable, confirm };
const focusable = { ...confirmable, focus_on_load: boolean };
const placeholdable = { ...focusable, placeholder: plainText(150) };
const multiple = { ...placeholdable, max_selected_items: whole(1, 1_000) };
const dispatchable = {
  ...actionable,
  focus_on_load: boolean,
  placeholder: plainText(150),
  dispatch_action_config: object(
    {},
    { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2) },
  ),
};
const filter = object(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 1, 4),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
);

const staticSelect = (many: boolean): Check =>
  object(
    type,
    {
      options: list(option, 1, 100),
      option_groups: list(group, 1, 100),
      ...(many ? { ...multiple, initial_options: list(option, 1, 100) } : { ...placeholdable, initial_option: option }),
    },
    (value, at, problems) => {
      const given = ['options', 'option_groups'].filter((key) => value[key] !== undefined);
      if (given.length !== 1)
        problem(problems, at, 'missing_field', 'must provide exactly one of options and option_groups');
      initialAmongOptions(value, at, problems);
      uniqueValues(value, at, problems);
    },
  );

function optionsOf(value: Fields): unknown[] {
  const grouped = listOf(value['option_groups']).flatMap((one) => (isFields(one) ? listOf(one['options']) : []));
  return [...listOf(value['options']), ...grouped];
}

/** An initial option must be one of the options, in every detail. */
function initialAmongOptions(value: Fields, at: string, problems: Problem[]): void {
  const known = new Set(optionsOf(value).map((one) => JSON.stringify(one)));
  const initial = value['initial_option'] === undefined ? listOf(value['initial_options']) : [value['initial_option']];
  if (initial.some((one) => !known.has(JSON.stringify(one)))) {
    problem(problems, at, 'invalid_value', 'initial option must exactly match one of the provided options');
  }
}

function uniqueValues(value: Fields, at: string, problems: Problem[]): void {
  const seen = new Set<unknown>();
  for (const one of optionsOf(value)) {
    if (!isFields(one)) continue;
    if (seen.has(one['value'])) problem(problems, at, 'duplicate_value', 'option values must be unique');
    seen.add(one['value']);
  }
}

const conversations = { default_to_current_conversation: boolean, response_url_enabled: boolean, filter };

const button = object(
  { ...type, text: plainText(75) },
  {
    ...confirmable,
    value: string(2000),
    url: string(3000),
    style: oneOf('primary', 'danger'),
    accessibility_label: string(75),
  },
);

const imageSource = {
  image_url: string(3000, 1),
  slack_file: object({}, { id: string(255, 1), url: string(3000, 1) }, oneSource('id', 'url')),
};
export const image = object({ ...type, alt_text: string(2000) }, imageSource, oneSource('image_url', 'slack_file'));
export const imageBlock = object(
  { ...type, alt_text: string(2000) },
  { ...imageSource, title: plainText(2000), block_id: id },
  oneSource('image_url', 'slack_file'),
);

function oneSource(...keys: readonly string[]): (value: Fields, at: string, problems: Problem[]) => void {
  return (value, at, problems) => {
    if (keys.filter((key) => value[key] !== undefined).length !== 1) {
      problem(problems, at, 'missing_field', `must provide exactly one of ${keys.join(' and ')}`);
    }
  };
}

const selects: Readonly<Record<string, Check>> = {
  static_select: staticSelect(false),
  external_select: object(type, { ...placeholdable, initial_option: option, min_query_length: whole(0, 1_000) }),
  users_select: object(type, { ...placeholdable, initial_user: id }),
  conversations_select: object(type, { ...placeholdable, ...conversations, initial_conversation: id }),
  channels_select: object(type, { ...placeholdable, initial_channel: id, response_url_enabled: boolean }),
};

const multiSelects: Readonly<Record<string, Check>> = {
  multi_static_select: staticSelect(true),
  multi_external_select: object(type, {
    ...multiple,
    initial_options: list(option, 1, 100),
    min_query_length: whole(0, 1_000),
  }),
  multi_users_select: object(type, { ...multiple, initial_users: list(id, 1, 100) }),
  multi_conversations_select: object(type, { ...multiple, ...conversations, initial_conversations: list(id, 1, 100) }),
  multi_channels_select: object(type, { ...multiple, initial_channels: list(id, 1, 100) }),
};

const choices: Readonly<Record<string, Check>> = {
  checkboxes: object(
    { ...type, options: list(richOption, 1, 10) },
    { ...focusable, initial_options: list(richOption, 1, 10) },
    initialAmongOptions,
  ),
  radio_buttons: object(
    { ...type, options: list(richOption, 1, 10) },
    { ...focusable, initial_option: richOption },
    initialAmongOptions,
  ),
  datepicker: object(type, { ...placeholdable, initial_date: date }),
  timepicker: object(type, { ...placeholdable, initial_time: time, timezone: string(100) }),
  datetimepicker: object(type, { ...focusable, initial_date_time: number }),
};

const overflow = object({ ...type, options: list(option, 1, 5) }, confirmable);
const workflowButton = object(
  { ...type, text: plainText(75), workflow: anything },
  { ...actionable, style: oneOf('primary', 'danger'), accessibility_label: string(75) },
);

const inputs: Readonly<Record<string, Check>> = {
  plain_text_input: object(type, {
    ...dispatchable,
    initial_value: string(3000),
    multiline: boolean,
    min_length: whole(0, 3000),
    max_length: whole(1, 3000),
  }),
  number_input: object(
    { ...type, is_decimal_allowed: boolean },
    { ...dispatchable, initial_value: string(3000), min_value: string(100), max_value: string(100) },
  ),
  email_text_input: object(type, { ...dispatchable, initial_value: string(3000) }),
  url_text_input: object(type, { ...dispatchable, initial_value: string(3000) }),
  file_input: object(type, { ...actionable, filetypes: list(string(20), 1, 100), max_files: whole(1, 10) }),
  rich_text_input: object(type, {
    ...dispatchable,
    initial_value: anything,
    min_lines: whole(1, 100),
    max_lines: whole(1, 100),
  }),
};

export const actionElement = byType({
  button,
  overflow,
  workflow_button: workflowButton,
  rich_text_input: anything,
  ...selects,
  ...multiSelects,
  ...choices,
});
export const sectionAccessory = byType({
  button,
  overflow,
  workflow_button: workflowButton,
  image,
  ...selects,
  ...multiSelects,
  ...choices,
});
export const inputElement = byType({ ...inputs, ...selects, ...multiSelects, ...choices });
export const contextElement = byType({
  image,
  plain_text: object({ ...type, text: string(3000, 1) }, { emoji: boolean }),
  mrkdwn: object({ ...type, text: string(3000, 1) }, { verbatim: boolean }),
});
export const buttonElement = byType({ button });

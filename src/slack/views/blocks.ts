import type {
  ActionsBlock,
  Button,
  ContextBlock,
  DividerBlock,
  HeaderBlock,
  MrkdwnElement,
  PlainTextElement,
  PlainTextOption,
  SectionBlock,
  StaticSelect,
} from '@slack/types';
import { clip, clipMarkup } from './text.ts';

/** Slack's limits for one element; see docs.slack.dev, "Block Kit reference". */
const longestSection = 3_000;
const longestField = 2_000;
const longestHeader = 150;
const longestButton = 75;
const longestOption = 75;
const mostFields = 10;
const mostContext = 10;

/** Plain text. What a person wrote has gone through `oneLine` or `wellFormed` before: marks of direction in here are ours. */
export function plain(text: string, limit: number): PlainTextElement {
  // An empty text is refused by Slack, and can come from an erased title.
  return { type: 'plain_text', text: clip(text.toWellFormed(), limit) || '…', emoji: true };
}

/** Markup of ours, in which every foreign part is escaped. `verbatim`: Slack links nothing and nobody by itself. */
export function markup(text: string, limit = longestSection): MrkdwnElement {
  return { type: 'mrkdwn', text: clipMarkup(text.toWellFormed(), limit) || '…', verbatim: true };
}

export function header(text: string): HeaderBlock {
  return { type: 'header', text: plain(text, longestHeader) };
}

export function section(text: string): SectionBlock {
  return { type: 'section', text: markup(text) };
}

export function fields(pairs: readonly (readonly [label: string, value: string])[]): SectionBlock {
  return {
    type: 'section',
    fields: pairs.slice(0, mostFields).map(([label, value]) => markup(`*${label}*\n${value}`, longestField)),
  };
}

export function context(texts: readonly string[]): ContextBlock {
  return { type: 'context', elements: texts.slice(0, mostContext).map((text) => markup(text)) };
}

export function divider(): DividerBlock {
  return { type: 'divider' };
}

export function actions(elements: ActionsBlock['elements'], blockId?: string): ActionsBlock {
  return { type: 'actions', ...(blockId === undefined ? {} : { block_id: blockId }), elements };
}

export function button(
  words: string,
  actionId: string,
  value: string,
  options: Pick<Button, 'style' | 'confirm' | 'url'> = {},
): Button {
  return { type: 'button', text: plain(words, longestButton), action_id: actionId, value, ...options };
}

export function option(words: string, value: string): PlainTextOption {
  return { text: plain(words, longestOption), value };
}

export function select(
  placeholder: string,
  actionId: string,
  options: readonly PlainTextOption[],
  initial?: PlainTextOption,
): StaticSelect {
  return {
    type: 'static_select',
    placeholder: plain(placeholder, longestHeader),
    action_id: actionId,
    options: options.slice(0, 100),
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

import type { KnownBlock } from '@slack/types';
import { plainText } from './plain-text.ts';
import { clipMarkup, escapeMarkup } from './text.ts';

/**
 * What is posted or put in the place of an earlier message. `text` is what a notification and a screen reader say; Slack
 * reads markup in it as well, so it is escaped.
 */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** Slack's own limit is 50. */
export const mostBlocks = 50;
/** `chat.update` refuses more than 4,000; a notification shows far less. */
export const mostTextCharacters = 1_000;
/**
 * Undocumented: near 13,200 characters over all blocks Slack answers `msg_blocks_too_long`. Counted over the JSON, which
 * is longer than what Slack counts, so that there is always room.
 */
export const mostBlockCharacters = 12_000;

/**
 * A message that Slack takes whatever went into it: too long a text is cut, blocks beyond the budget are left out from
 * the end. A last block of buttons is kept, since a message without them would be a dead end. `text` is plain.
 */
export function message(text: string, blocks: readonly KnownBlock[]): SlackMessage {
  return {
    text: clipMarkup(escapeMarkup(text.toWellFormed()), mostTextCharacters) || '…',
    blocks: withinBudget(blocks),
  };
}

/** As `message`, for answers that are read aloud or printed whole: the notification says what the blocks say. */
export function spokenMessage(blocks: readonly KnownBlock[]): SlackMessage {
  return message(plainText(blocks.flatMap(textsOf).join('\n')), blocks);
}

function textsOf(block: KnownBlock): string[] {
  if (block.type === 'header') return [escapeMarkup(block.text.text)];
  if (block.type === 'section') return block.text === undefined ? [] : [block.text.text];
  if (block.type !== 'context') return [];
  return block.elements.flatMap((element) => ('text' in element ? [element.text] : []));
}

export function withinBudget(blocks: readonly KnownBlock[]): KnownBlock[] {
  const last = blocks.at(-1);
  const kept = last?.type === 'actions' ? [last] : [];
  const rest = blocks.slice(0, blocks.length - kept.length);
  let room = mostBlockCharacters - sizeOf(kept);
  const first: KnownBlock[] = [];
  for (const block of rest) {
    room -= JSON.stringify(block).length + 1;
    if (room < 0 || first.length + kept.length === mostBlocks) break;
    first.push(block);
  }
  return [...first, ...kept];
}

function sizeOf(blocks: readonly KnownBlock[]): number {
  return JSON.stringify(blocks).length;
}

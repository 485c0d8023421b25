import type { Language } from '../../oncall/catalog.ts';
import { section } from './blocks.ts';
import { spokenMessage, type SlackMessage } from './message.ts';
import { inlineBold, line, plainLine } from './text.ts';

const longestLine = 400;

/** A title and lines of plain text that bring their own marks of direction. */
export function linesMessage(title: string, lines: readonly string[], language: Language): SlackMessage {
  return spokenMessage([
    section(line(inlineBold(title, language, longestLine), language)),
    section(lines.map((each) => plainLine(each, longestLine)).join('\n')),
  ]);
}

import type { Language } from '../../oncall/catalog.ts';
import { section } from './blocks.ts';
import { spokenMessage, type SlackMessage } from './message.ts';
import { line, plainLine } from './text.ts';

const longestLine = 400;

/** A title and lines of plain text that bring their own marks of direction. */
export function linesMessage(title: string, lines: readonly string[], language: Language): SlackMessage {
  const head = line(title, language);
  return spokenMessage([
    section(`*${plainLine(head, longestLine)}*`),
    section(lines.map((each) => plainLine(each, longestLine)).join('\n')),
  ]);
}

import type { DigestContent } from '../../figures/digest.ts';
import { digestText } from '../../messages/digest.ts';
import type { Language } from '../../oncall/catalog.ts';
import { header, section } from './blocks.ts';
import { message, type SlackMessage } from './message.ts';
import { inlineBold, line, plainLine } from './text.ts';

const longestLine = 400;

/** Lines carry their own marks of direction already; here they are only escaped and cut. */
export function digestMessage(content: DigestContent, language: Language): SlackMessage {
  const { headline, sections } = digestText(content, language);
  return message(headline, [
    header(headline),
    ...sections.map(({ title, lines }) =>
      section(
        [line(inlineBold(title, language), language), ...lines.map((each) => plainLine(each, longestLine))].join('\n'),
      ),
    ),
  ]);
}

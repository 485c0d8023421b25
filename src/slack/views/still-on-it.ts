import type { Page } from '../../incident/page.ts';
import { slackPageWords } from '../../messages/slack-pages.ts';
import { actionIds } from '../ids.ts';
import type { IncidentView } from '../incident-view.ts';
import { actions, button, section } from './blocks.ts';
import { plainTitle } from './incident-words.ts';
import { message, type SlackMessage } from './message.ts';
import { inline, leftToRight, line, localTime } from './text.ts';

/** Asks the holder of an acknowledgement, before it runs out, whether they still have it. */
export function stillOnIt(view: IncidentView, page: Page): SlackMessage {
  const words = slackPageWords[view.language];
  const { language } = view;
  const ask = words.stillOnItText(leftToRight(view.id, language), inline(plainTitle(view), language));
  const lines = [line(`*${words.stillOnIt}*`, language), line(ask, language)];
  if (page.answer.kind === 'acknowledged' && page.answer.until !== null)
    lines.push(line(words.stillOnItUntil(localTime(page.answer.until, '{time}')), language));
  return message(line(`${words.stillOnIt} ${words.stillOnItText(view.id, plainTitle(view))}`, language), [
    section(lines.join('\n')),
    actions(
      [
        button(words.stillOnItYes, actionIds.stillOnIt, page.id, { style: 'primary' }),
        button(words.handOver, actionIds.handOver, page.id),
      ],
      `holder ${page.id}`,
    ),
  ]);
}

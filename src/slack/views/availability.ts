import { slackOncallWords } from '../../messages/slack-oncall.ts';
import type { Language } from '../../oncall/catalog.ts';
import { actionIds } from '../ids.ts';
import { plainText } from './plain-text.ts';
import { actions, button, section } from './blocks.ts';
import { message, type SlackMessage } from './message.ts';
import { line } from './text.ts';

/** Tells whoever marked a team-mate, with the way back for a quarter of an hour. `sentence` is markup. */
export function mateAwayMessage(
  sentence: string,
  marked: { readonly person: string; readonly window: string },
  language: Language,
): SlackMessage {
  const text = line(sentence, language);
  return message(plainText(text), [
    section(text),
    actions([button(slackOncallWords[language].withdraw, actionIds.withdrawAway, `${marked.person} ${marked.window}`)]),
  ]);
}

import { slackHelpWords } from '../../messages/slack-help.ts';
import type { Language } from '../../oncall/catalog.ts';
import { actionIds } from '../ids.ts';
import { actions, button, context, section } from './blocks.ts';
import { message, type SlackMessage } from './message.ts';
import { plainText } from './plain-text.ts';
import { escapeMarkup, line } from './text.ts';

/** Words that a button can say, since they need nothing more or ask for it in a form. */
export const menuWords = [
  'declare',
  'ack',
  'update',
  'note',
  'timeline',
  'why',
  'oncall',
  'away',
  'list',
  'help',
] as const;

export type MenuWord = (typeof menuWords)[number];

export function helpMessage(language: Language): SlackMessage {
  const words = slackHelpWords[language];
  const { title, intro, groups, footer } = words;
  return message(line(plainText(title), language), [
    section([`*${title}*`, intro].map((each) => line(each, language)).join('\n')),
    ...groups.map((group) =>
      section(
        [
          line(`*${group.title}*`, language),
          // One language on each line, and code on a line of its own reads right in both directions.
          ...group.lines.map(({ example, does }) => `\`${escapeMarkup(example)}\`\n${line(does, language)}`),
        ].join('\n'),
      ),
    ),
    context([line(footer, language)]),
    menuButtons(language, ['declare', 'list', 'oncall', 'away']),
  ]);
}

/** `lines` are markup. */
export function menuMessage(language: Language, lines: readonly string[]): SlackMessage {
  const text = lines.map((each) => line(each, language)).join('\n');
  return message(plainText(text), [section(text), menuButtons(language, menuWords)]);
}

function menuButtons(language: Language, shown: readonly MenuWord[]) {
  const { menu } = slackHelpWords[language];
  return actions(shown.map((word) => button(menu[word], `${actionIds.menu}_${word}`, word)));
}

import type { App } from '@slack/bolt';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { askedBy, type Answer, type Asked } from './asked.ts';
import type { CommandWord } from './command-words.ts';
import { faultOf } from './fault.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { helpMessage, menuMessage } from './views/help.ts';
import { inline } from './views/text.ts';

export function helpCommand(asked: Asked): Promise<Answer> {
  return Promise.resolve({ kind: 'say', message: helpMessage(asked.language) });
}

/** For words that are none, and for no word at all: what can be done, as buttons. */
export function menu(asked: Asked, typed: string | undefined, suggestions: readonly CommandWord[]): Answer {
  const words = slackAnswerWords[asked.language];
  const near = suggestions.slice(0, 5).map((word) => `\`/incident ${word}\``);
  const lines = [
    ...(typed === undefined ? [] : [words.unknownWord(inline(typed, asked.language, 60))]),
    near.length > 0 ? words.didYouMean(near.join(', ')) : words.whatToDo,
  ];
  return { kind: 'say', message: menuMessage(asked.language, lines) };
}

/** Whoever addresses the bot by name is shown what it can do, where only they see it. */
export function registerMention(app: App, deps: SlackFeatureDeps): void {
  app.event('app_mention', async ({ event, client, context }) => {
    if (event.user === undefined) return;
    const asked = await askedBy(deps, { slackUser: event.user, channel: event.channel, context });
    const { text, blocks } = helpMessage(asked.language);
    try {
      await client.chat.postEphemeral({ channel: event.channel, user: event.user, text, blocks });
    } catch (error) {
      deps.log.warn(faultOf(error), 'slack did not take the help for a mention');
    }
  });
}

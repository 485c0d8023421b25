import { nextDigestAt } from '../figures/digest-due.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import type { Answer, Asked } from './asked.ts';
import { digestMessage } from './views/digest-message.ts';
import { context } from './views/blocks.ts';
import { message } from './views/message.ts';
import { line } from './views/text.ts';

/** How the digest that is due next would read if the week ended now. */
export async function digestCommand(asked: Asked): Promise<Answer> {
  const { deps, facts, now, language } = asked;
  const due = nextDigestAt(now, facts.catalog.workspace.timezone);
  // What is open is open since then and until now, not until the digest is due.
  const { stillOpen } = await deps.digest(now);
  const { blocks } = digestMessage({ ...(await deps.digest(due)), stillOpen }, language);
  const preview = line(slackAnswerWords[language].digestPreview, language);
  const [head, ...rest] = blocks;
  return {
    kind: 'say',
    message: message(preview, [...(head === undefined ? [] : [head]), context([preview]), ...rest]),
  };
}

import { slackAnswerWords } from '../messages/slack-answers.ts';
import { answer, execute, idOf, say, type Answer, type Asked } from './asked.ts';
import { readCancelReason } from './command-arguments.ts';
import { withIncident } from './find-incident.ts';
import { inline } from './views/text.ts';

/** Always with its incident: a cancelled incident counts in no figure, so it is not done by a slip. */
export function cancelCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'cancel', text, async (incident, rest) => {
    const words = slackAnswerWords[asked.language];
    const reason = readCancelReason(rest);
    if (reason === undefined) return say(asked, words.reasonUnknown(inline(rest, asked.language, 60)));
    const outcome = await execute(asked, incident.id, { type: 'cancel', reason });
    return answer(asked, incident.id, outcome, () => words.cancelled(idOf(asked, incident.id)));
  });
}

import { slackAnswerWords } from '../messages/slack-answers.ts';
import { refusalText } from './refusals.ts';
import { say, type Answer, type Asked } from './asked.ts';

/** For a value that names no incident, or one that this person may not know of. */
export function unknownIncident(asked: Asked): Answer {
  return say(asked, refusalText({ code: 'no_such_incident' }, asked), slackAnswerWords[asked.language].canDeclare);
}

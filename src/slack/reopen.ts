import type { App } from '@slack/bolt';
import { readIncidentId } from '../incident/ids.ts';
import { isOpen } from '../incident/incident.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import {
  answer,
  execute,
  idOf,
  say,
  stateLine,
  typedText,
  viewFor,
  visible,
  type Answer,
  type Asked,
} from './asked.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { withIncident } from './find-incident.ts';
import { actionIds, callbackIds } from './ids.ts';
import { refusalText } from './refusals.ts';
import { unknownIncident } from './stale.ts';
import { onClick, onSubmission, type SubmissionAnswer } from './surfaces.ts';
import { inputIds, textModal } from './views/modals.ts';

export function reopenCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'reopen', text, async (incident, rest) => {
    if (rest === '') return { kind: 'open', view: textModal('reopen', await viewFor(asked, incident)) };
    const outcome = await execute(asked, incident.id, { type: 'reopen', reason: typedText(asked, rest) });
    const words = slackAnswerWords[asked.language];
    return answer(asked, incident.id, outcome, () => words.reopened(idOf(asked, incident.id)));
  });
}

export function registerReopen(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.reopen, async (asked, { value }) => {
    const id = readIncidentId(value);
    const incident = id === undefined ? undefined : await visible(asked, id);
    if (incident === undefined) return unknownIncident(asked);
    const view = await viewFor(asked, incident);
    if (isOpen(incident)) return say(asked, refusalText({ code: 'incident_is_open' }, asked), stateLine(view));
    return { kind: 'open', view: textModal('reopen', view) };
  });
  onSubmission(app, deps, callbackIds.reopen, async (asked, form): Promise<SubmissionAnswer> => {
    const id = readIncidentId(form.metadata);
    if (id === undefined) return unknownIncident(asked);
    const outcome = await execute(asked, id, { type: 'reopen', reason: form.text(inputIds.text) });
    if (outcome.kind === 'refused')
      return { kind: 'errors', errors: { [inputIds.text]: refusalText(outcome.refusal, asked) } };
    return answer(asked, id, outcome, () => slackAnswerWords[asked.language].reopened(idOf(asked, id)));
  });
}

import type { App } from '@slack/bolt';
import type { Incident } from '../incident/incident.ts';
import { readIncidentId } from '../incident/ids.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { answer, execute, idOf, typedText, viewFor, visible, type Answer, type Asked } from './asked.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { withIncident } from './find-incident.ts';
import { actionIds, callbackIds, openStatuses } from './ids.ts';
import { refusalText } from './refusals.ts';
import { unknownIncident } from './stale.ts';
import { onClick, onSubmission, type SubmissionAnswer } from './surfaces.ts';
import { inputIds, updateModal } from './views/modals.ts';

export function updateCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'update', text, async (incident, rest) => {
    if (rest === '') return formFor(asked, incident);
    const outcome = await execute(asked, incident.id, { type: 'post_update', text: typedText(asked, rest) });
    const words = slackAnswerWords[asked.language];
    return answer(asked, incident.id, outcome, () => words.updatePosted(idOf(asked, incident.id)));
  });
}

async function formFor(asked: Asked, incident: Incident): Promise<Answer> {
  return { kind: 'open', view: updateModal(await viewFor(asked, incident)) };
}

export function registerUpdate(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.update, async (asked, { value }) => {
    const id = readIncidentId(value);
    const incident = id === undefined ? undefined : await visible(asked, id);
    return incident === undefined ? unknownIncident(asked) : formFor(asked, incident);
  });
  onSubmission(app, deps, callbackIds.update, async (asked, form): Promise<SubmissionAnswer> => {
    const id = readIncidentId(form.metadata);
    if (id === undefined) return unknownIncident(asked);
    const posted = await execute(asked, id, { type: 'post_update', text: form.text(inputIds.text) }, { part: 'text' });
    if (posted.kind === 'refused')
      return { kind: 'errors', errors: { [inputIds.text]: refusalText(posted.refusal, asked) } };
    const status = openStatuses.find((known) => known === form.choice(inputIds.status));
    if (status === undefined) return undefined;
    const moved = await execute(asked, id, { type: 'change_status', to: status });
    // The update is posted; that the status could not follow is said, not asked for again.
    return moved.kind === 'refused' ? answer(asked, id, moved, () => '') : undefined;
  });
}

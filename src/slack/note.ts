import type { App } from '@slack/bolt';
import { readIncidentId, type IncidentId } from '../incident/ids.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { answer, execute, idOf, typedText, viewFor, type Answer, type Asked } from './asked.ts';
import { takePastTime } from './command-times.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { withIncident } from './find-incident.ts';
import { callbackIds } from './ids.ts';
import { refusalText } from './refusals.ts';
import { unknownIncident } from './stale.ts';
import { onSubmission, type SubmissionAnswer } from './surfaces.ts';
import { inputIds, textModal } from './views/modals.ts';
import { localTime } from './views/text.ts';

export function noteCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'note', text, async (incident, rest) => {
    if (rest === '') return { kind: 'open', view: textModal('note', await viewFor(asked, incident)) };
    const { outcome, at } = await addNote(asked, incident.id, typedText(asked, rest));
    return answer(asked, incident.id, outcome, () => notedText(asked, incident.id, at));
  });
}

/** A time at the beginning dates the note back and is not part of its text, unless nothing else is written. */
async function addNote(asked: Asked, id: IncidentId, text: string) {
  const { at, rest } = takePastTime(text, asked.now, asked.zone);
  const isDated = at !== undefined && rest !== '';
  const outcome = await execute(
    asked,
    id,
    { type: 'add_note', text: isDated ? rest : text },
    isDated ? { happenedAt: at } : {},
  );
  return { outcome, at: isDated ? at : asked.now };
}

function notedText(asked: Asked, id: IncidentId, at: number): string {
  return slackAnswerWords[asked.language].noteAdded(idOf(asked, id), localTime(at));
}

export function registerNote(app: App, deps: SlackFeatureDeps): void {
  onSubmission(app, deps, callbackIds.note, async (asked, form): Promise<SubmissionAnswer> => {
    const id = readIncidentId(form.metadata);
    if (id === undefined) return unknownIncident(asked);
    const { outcome, at } = await addNote(asked, id, form.text(inputIds.text).trim());
    if (outcome.kind === 'refused')
      return { kind: 'errors', errors: { [inputIds.text]: refusalText(outcome.refusal, asked) } };
    return answer(asked, id, outcome, () => notedText(asked, id, at));
  });
}

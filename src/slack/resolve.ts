import type { App } from '@slack/bolt';
import { readIncidentId, type IncidentId } from '../incident/ids.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { answer, execute, idOf, typedText, type Answer, type Asked } from './asked.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { withIncident } from './find-incident.ts';
import { actionIds } from './ids.ts';
import { unknownIncident } from './stale.ts';
import { onClick } from './surfaces.ts';

/** Words behind it say how it ended, so they are the last update. */
export function resolveCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'resolve', text, async (incident, rest) => {
    if (rest !== '') {
      const posted = await execute(
        asked,
        incident.id,
        { type: 'post_update', text: typedText(asked, rest) },
        { part: 'text' },
      );
      if (posted.kind === 'refused') return answer(asked, incident.id, posted, () => '');
    }
    return resolve(asked, incident.id);
  });
}

export async function resolve(asked: Asked, id: IncidentId): Promise<Answer> {
  const outcome = await execute(asked, id, { type: 'resolve' });
  return answer(asked, id, outcome, () => slackAnswerWords[asked.language].resolved(idOf(asked, id)));
}

export function registerResolve(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.resolve, async (asked, { value }) => {
    const id = readIncidentId(value);
    return id === undefined ? unknownIncident(asked) : resolve(asked, id);
  });
}

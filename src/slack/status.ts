import type { App } from '@slack/bolt';
import type { OpenStatus } from '../incident/events.ts';
import type { IncidentId } from '../incident/ids.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { slackIncidentWords } from '../messages/slack-incident.ts';
import { answer, execute, idOf, say, viewFor, type Answer, type Asked } from './asked.ts';
import { readStatus } from './command-arguments.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { withIncident } from './find-incident.ts';
import { actionIds, readStatusValue } from './ids.ts';
import { resolve } from './resolve.ts';
import { unknownIncident } from './stale.ts';
import { onClick } from './surfaces.ts';
import { incidentCard } from './views/incident-card.ts';
import { inline } from './views/text.ts';

export function statusCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'status', text, async (incident, rest) => {
    if (rest === '') return { kind: 'say', message: incidentCard(await viewFor(asked, incident)) };
    const status = readStatus(rest);
    if (status === undefined)
      return say(asked, slackAnswerWords[asked.language].statusUnknown(inline(rest, asked.language, 60)));
    return status === 'resolved' ? resolve(asked, incident.id) : change(asked, incident.id, status);
  });
}

async function change(asked: Asked, id: IncidentId, status: OpenStatus): Promise<Answer> {
  const outcome = await execute(asked, id, { type: 'change_status', to: status });
  return answer(asked, id, outcome, (incident) =>
    slackAnswerWords[asked.language].statusIs(
      idOf(asked, id),
      slackIncidentWords[asked.language].statuses[incident.status],
    ),
  );
}

export function registerStatus(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.status, async (asked, { value }) => {
    const wanted = readStatusValue(value);
    return wanted === undefined ? unknownIncident(asked) : change(asked, wanted.incident, wanted.status);
  });
}

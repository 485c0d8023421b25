import type { App } from '@slack/bolt';
import type { IncidentId } from '../incident/ids.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { slackIncidentWords } from '../messages/slack-incident.ts';
import type { Severity } from '../oncall/catalog.ts';
import { answer, execute, idOf, say, viewFor, type Answer, type Asked } from './asked.ts';
import { readSeverity } from './command-arguments.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { withIncident } from './find-incident.ts';
import { actionIds, readSeverityValue } from './ids.ts';
import { unknownIncident } from './stale.ts';
import { onClick } from './surfaces.ts';
import { incidentCard } from './views/incident-card.ts';
import { inline } from './views/text.ts';

export function severityCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'sev', text, async (incident, rest) => {
    // The card shows the severity and has a choice to change it.
    if (rest === '') return { kind: 'say', message: incidentCard(await viewFor(asked, incident)) };
    const severity = readSeverity(rest);
    if (severity === undefined)
      return say(asked, slackAnswerWords[asked.language].severityUnknown(inline(rest, asked.language, 60)));
    return change(asked, incident.id, severity);
  });
}

async function change(asked: Asked, id: IncidentId, severity: Severity): Promise<Answer> {
  const outcome = await execute(asked, id, { type: 'change_severity', to: severity });
  return answer(asked, id, outcome, (incident) =>
    slackAnswerWords[asked.language].severityIs(
      idOf(asked, id),
      slackIncidentWords[asked.language].severities[incident.severity],
    ),
  );
}

export function registerSeverity(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.severity, async (asked, { value }) => {
    const wanted = readSeverityValue(value);
    return wanted === undefined ? unknownIncident(asked) : change(asked, wanted.incident, wanted.severity);
  });
}

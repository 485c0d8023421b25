import type { App } from '@slack/bolt';
import { readIncidentId, type IncidentId } from '../incident/ids.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import type { PersonId } from '../oncall/catalog.ts';
import { answer, execute, idOf, say, type Answer, type Asked } from './asked.ts';
import { takePerson } from './command-arguments.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { withIncident } from './find-incident.ts';
import { actionIds } from './ids.ts';
import { unknownIncident } from './stale.ts';
import { onClick } from './surfaces.ts';
import { personName } from './views/people.ts';
import { inline } from './views/text.ts';

export function leadCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'lead', text, async (incident, rest) => {
    const named = takePerson(rest, asked.facts.catalog);
    if (named.kind === 'person') return giveLead(asked, incident.id, named.person);
    if (rest === '') return giveLead(asked, incident.id, asked.person);
    return say(asked, slackAnswerWords[asked.language].personUnknown(inline(rest, asked.language, 60)));
  });
}

async function giveLead(asked: Asked, id: IncidentId, person: PersonId): Promise<Answer> {
  const outcome = await execute(asked, id, { type: 'assign_role', role: 'lead', person });
  return answer(asked, id, outcome, () =>
    slackAnswerWords[asked.language].leadIs(
      idOf(asked, id),
      personName(person, asked.facts.catalog.people, asked.language),
    ),
  );
}

export function registerLead(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.takeLead, async (asked, { value }) => {
    const id = readIncidentId(value);
    return id === undefined ? unknownIncident(asked) : giveLead(asked, id, asked.person);
  });
}

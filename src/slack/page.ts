import type { Incident } from '../incident/incident.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { answer, execute, idOf, say, type Answer, type Asked } from './asked.ts';
import { readTargets } from './command-arguments.ts';
import { withIncident } from './find-incident.ts';
import { personView } from './incident-view.ts';
import { namesOf } from './views/people.ts';
import { inline } from './views/text.ts';
import { peopleAsked } from '../incident/page.ts';

/** `/incident page @dana`, `page payments`; without a name the service's policy from its first step. */
export function pageCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'page', text, async (incident, rest) => {
    const words = slackAnswerWords[asked.language];
    const read = readTargets(rest, asked.facts.catalog);
    if (read.kind === 'unknown') return say(asked, words.personUnknown(inline(read.typed, asked.language, 60)));
    const outcome = await execute(asked, incident.id, { type: 'page', targets: read.targets });
    return answer(asked, incident.id, outcome, (after) => pagedText(asked, after));
  });
}

function pagedText(asked: Asked, incident: Incident): string {
  const words = slackAnswerWords[asked.language];
  const { people } = asked.facts.catalog;
  const page = incident.pages.at(-1);
  const names = page === undefined ? [] : peopleAsked(page).map((person) => personView(person, people));
  return names.length === 0
    ? words.pagingLastResort(idOf(asked, incident.id))
    : words.paging(idOf(asked, incident.id), namesOf(names, asked.language));
}

import type { IncidentRow } from '../engine/ports.ts';
import type { Incident } from '../incident/incident.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { say, visible, type Answer, type Asked } from './asked.ts';
import { takeIncident } from './command-arguments.ts';
import type { CommandWord } from './command-words.ts';
import { titlesOf } from './titles.ts';
import { pickIncidentModal } from './views/modals.ts';
import { inline } from './views/text.ts';

/** More cannot be offered in one select. */
const mostOffered = 100;

type Found =
  | { readonly kind: 'found'; readonly incident: Incident; readonly rest: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly typed: string }
  | { readonly kind: 'several'; readonly open: readonly IncidentRow[]; readonly rest: string };

/**
 * Finds the incident that a command is about and goes on with it: the one that is named (`INC-42`), else the one whose
 * channel this is, else the only open one; else the person is asked, and the rest of the command waits in the form.
 */
export async function withIncident(
  asked: Asked,
  word: CommandWord,
  text: string,
  then: (incident: Incident, rest: string) => Promise<Answer>,
): Promise<Answer> {
  const words = slackAnswerWords[asked.language];
  const found = await findIncident(asked, word, text);
  switch (found.kind) {
    case 'found':
      return then(found.incident, found.rest);
    case 'none':
      return say(asked, words.noOpenIncident);
    case 'unknown':
      return say(asked, words.noSuchIncident(inline(found.typed, asked.language, 40)));
    case 'several': {
      const titles = await titlesOf(asked.deps.store, found.open);
      return { kind: 'open', view: pickIncidentModal(asked.language, found.open, titles, { word, rest: found.rest }) };
    }
  }
}

async function findIncident(asked: Asked, word: CommandWord, text: string): Promise<Found> {
  const { store } = asked.deps;
  const here = asked.channel === undefined ? undefined : await store.incidentByChannel(asked.channel);
  const { incident: named, rest } = takeIncident(text, word, here === undefined);
  if (named !== undefined) {
    const incident = await visible(asked, named);
    return incident === undefined ? { kind: 'unknown', typed: named } : { kind: 'found', incident, rest };
  }
  if (here !== undefined) {
    const incident = await store.incident(here);
    if (incident !== undefined) return { kind: 'found', incident, rest };
  }
  const open = await store.incidents({ open: true, includePrivate: false, limit: mostOffered });
  const [only] = open;
  if (only === undefined) return { kind: 'none' };
  if (open.length > 1) return { kind: 'several', open, rest };
  const incident = await store.incident(only.id);
  return incident === undefined ? { kind: 'none' } : { kind: 'found', incident, rest };
}

import type { IncidentRow } from '../engine/ports.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { say, type Answer, type Asked } from './asked.ts';
import { titlesOf } from './titles.ts';
import { listMessage } from './views/incident-list.ts';

const mostOpen = 30;
const mostEnded = 5;

/** Open incidents, then what ended lately. Private ones are in nobody's list. */
export async function listCommand(asked: Asked): Promise<Answer> {
  const { store } = asked.deps;
  const open = await store.incidents({ open: true, includePrivate: false, limit: mostOpen + 1 });
  const ended: readonly IncidentRow[] = await store.incidents({ open: false, includePrivate: false, limit: mostEnded });
  if (open.length === 0 && ended.length === 0) return say(asked, slackAnswerWords[asked.language].noOpenIncident);
  const shown = open.slice(0, mostOpen);
  const titles = await titlesOf(store, [...shown, ...ended]);
  const { language, facts } = asked;
  const lists = { open: shown, hasMore: open.length > shown.length, ended };
  return { kind: 'say', message: listMessage(lists, titles, { language, services: facts.catalog.services }) };
}

import type { App } from '@slack/bolt';
import { incidentOf, type IncidentId, type PageId } from '../incident/ids.ts';
import { findPage } from '../incident/incident.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { slackPageWords } from '../messages/slack-pages.ts';
import { answer, execute, idOf, type Answer, type Asked } from './asked.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { withIncident } from './find-incident.ts';
import { actionIds, readPageId } from './ids.ts';
import { unknownIncident } from './stale.ts';
import { onClick } from './surfaces.ts';

export function acknowledgeCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'ack', text, (incident) => acknowledge(asked, incident.id, undefined));
}

async function acknowledge(asked: Asked, id: IncidentId, page: PageId | undefined): Promise<Answer> {
  const outcome = await execute(asked, id, { type: 'acknowledge', page, via: 'slack' });
  return answer(asked, id, outcome, () => slackAnswerWords[asked.language].youHaveIt(idOf(asked, id)));
}

async function decline(asked: Asked, page: PageId): Promise<Answer> {
  const id = incidentOf(page);
  const outcome = await execute(asked, id, { type: 'decline', page });
  return answer(asked, id, outcome, () => slackAnswerWords[asked.language].declined(idOf(asked, id)));
}

/** Anything that the holder does renews the lease, and this is something: it stands in the record as a sign of life. */
async function stillOnIt(asked: Asked, page: PageId): Promise<Answer> {
  const id = incidentOf(page);
  const incident = await asked.deps.store.incident(id);
  const held = incident === undefined ? undefined : findPage(incident, page)?.answer;
  if (held?.kind !== 'acknowledged' || held.by !== asked.person) return acknowledge(asked, id, page);
  const note = slackPageWords[asked.facts.catalog.workspace.locale].stillOnItYes;
  const outcome = await execute(asked, id, { type: 'add_note', text: note });
  return answer(asked, id, outcome, () => slackAnswerWords[asked.language].stillYours(idOf(asked, id)));
}

async function handOver(asked: Asked, page: PageId): Promise<Answer> {
  const id = incidentOf(page);
  const outcome = await execute(asked, id, { type: 'decline', page });
  return answer(asked, id, outcome, () => slackAnswerWords[asked.language].handedOver(idOf(asked, id)));
}

export function registerAcknowledge(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.acknowledge, async (asked, { value }) => {
    const page = readPageId(value);
    return page === undefined ? unknownIncident(asked) : acknowledge(asked, incidentOf(page), page);
  });
  onClick(app, deps, actionIds.decline, async (asked, { value }) => {
    const page = readPageId(value);
    return page === undefined ? unknownIncident(asked) : decline(asked, page);
  });
  for (const [actionId, act] of [
    [actionIds.stillOnIt, stillOnIt],
    [actionIds.handOver, handOver],
  ] as const) {
    onClick(app, deps, actionId, async (asked, { value, replace }) => {
      const page = readPageId(value);
      if (page === undefined) return unknownIncident(asked);
      const said = await act(asked, page);
      // The question is answered, so its buttons go.
      if (said.kind === 'say') replace(said.message);
      return undefined;
    });
  }
}

export function escalateCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'escalate', text, (incident) => escalate(asked, incident.id, undefined));
}

async function escalate(asked: Asked, id: IncidentId, page: PageId | undefined): Promise<Answer> {
  const outcome = await execute(asked, id, { type: 'escalate', page });
  return answer(asked, id, outcome, () => slackAnswerWords[asked.language].escalated(idOf(asked, id)));
}

export function registerEscalate(app: App, deps: SlackFeatureDeps): void {
  onClick(app, deps, actionIds.escalate, async (asked, { value }) => {
    const page = readPageId(value);
    return page === undefined ? unknownIncident(asked) : escalate(asked, incidentOf(page), page);
  });
}

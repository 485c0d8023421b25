import type { App } from '@slack/bolt';
import { readIncidentId, type IncidentId } from '../incident/ids.ts';
import { slackAnswerWords } from '../messages/slack-answers.ts';
import { answer, askedBy, execute, idOf, visible, type Answer, type Asked } from './asked.ts';
import type { SlackFeatureDeps } from './feature.ts';
import { withIncident } from './find-incident.ts';
import { actionIds } from './ids.ts';
import { unknownIncident } from './stale.ts';
import { onClick } from './surfaces.ts';
import { channelLink } from './views/incident-words.ts';

export function joinCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'join', text, (incident) => join(asked, incident.id));
}

async function join(asked: Asked, id: IncidentId): Promise<Answer> {
  const outcome = await execute(asked, id, { type: 'join' });
  return answer(asked, id, outcome, (incident) =>
    slackAnswerWords[asked.language].joined(idOf(asked, id), channelLink(incident.channel)),
  );
}

export function registerJoin(app: App, deps: SlackFeatureDeps): void {
  // To follow is to be in the channel; whoever only wants to read mutes it.
  for (const actionId of [actionIds.join, actionIds.follow]) {
    onClick(app, deps, actionId, async (asked, { value }) => {
      const id = readIncidentId(value);
      const incident = id === undefined ? undefined : await visible(asked, id);
      return incident === undefined ? unknownIncident(asked) : join(asked, incident.id);
    });
  }
  app.event('member_joined_channel', async ({ event, context }) => {
    if (event.user === context.botUserId) return;
    const incident = await deps.store.incidentByChannel(event.channel);
    if (incident === undefined) return;
    const asked = await askedBy(deps, { slackUser: event.user, channel: event.channel, context });
    // Who comes in after the end is no part of the incident; the rules refuse it, and nobody needs to hear that.
    await execute(asked, incident, { type: 'join' });
  });
}

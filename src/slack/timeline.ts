import { timelineOf } from '../incident/timeline.ts';
import { viewFor, type Answer, type Asked } from './asked.ts';
import { withIncident } from './find-incident.ts';
import { timelineMessage } from './views/timeline.ts';

export function timelineCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'timeline', text, async (incident) => {
    const history = await asked.deps.store.events(incident.id);
    return { kind: 'say', message: timelineMessage(timelineOf(history), await viewFor(asked, incident)) };
  });
}

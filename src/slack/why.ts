import { viewFor, type Answer, type Asked } from './asked.ts';
import { withIncident } from './find-incident.ts';
import { whyMessage } from './views/why.ts';
import { whyPages } from './why-view.ts';

/** Seen by nobody but whoever asks. */
export function whyCommand(asked: Asked, text: string): Promise<Answer> {
  return withIncident(asked, 'why', text, async (incident) => {
    const { store } = asked.deps;
    const [history, texts] = await Promise.all([store.events(incident.id), store.texts(incident.id)]);
    const pages = whyPages(incident, history, texts, asked.facts, asked.person);
    return { kind: 'say', message: whyMessage(pages, await viewFor(asked, incident)) };
  });
}

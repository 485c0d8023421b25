import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { done, type EffectHandlers } from '../engine/effects.ts';
import type { Engine } from '../engine/orders.ts';
import type { Store } from '../engine/ports.ts';
import type { IncidentEvent } from '../incident/events.ts';
import { templateProblemText } from '../messages/templates.ts';
import { automation, type Recorded } from '../oncall/recorded.ts';
import { draftPostmortem } from '../postmortem/draft.ts';
import { postmortemInput } from '../postmortem/from-incident.ts';
import type { RenderWorker } from './render-worker.ts';
import { findTemplate, renderPostmortem } from './templates.ts';

export interface PostmortemFileOptions {
  readonly store: Store;
  readonly engine: Engine;
  readonly worker: RenderWorker;
  /** Where the Markdown files go; made when it is missing. */
  readonly directory: string;
  /** Templates of the operator's own; undefined uses those that come with Toran. */
  readonly templates: string | undefined;
  readonly log: Logger;
}

/**
 * Drafts the post-mortem of a resolved incident into `INC-42.md`. The file appears in one step, so that nobody
 * reads half of it.
 */
export function postmortemFile(options: PostmortemFileOptions): Pick<EffectHandlers, 'postmortem.draft'> {
  const { store, engine, worker, directory, log } = options;
  return {
    async 'postmortem.draft'({ incident: id }, job) {
      const incident = await store.incident(id);
      // Reopened meanwhile: it is drafted when it is resolved again.
      if (incident === undefined || incident.status !== 'resolved') return done;
      const events = await store.events(id);
      const drafts = draftsIn(events);
      // An earlier try of this effect wrote it and told the incident; only the outbox did not hear of it.
      if (job.attempt > 1 && drafts.some(({ recordedAt }) => recordedAt >= job.createdAt)) return done;
      const { catalog } = await store.onCallFacts();
      const model = draftPostmortem(postmortemInput(incident, events, await store.texts(id), catalog));
      const own =
        options.templates === undefined
          ? undefined
          : await findTemplate(
              options.templates,
              { document: 'postmortem', severity: model.highestSeverity },
              model.language,
            );
      const { markdown, problems } = await renderPostmortem(worker, model, own);
      for (const problem of problems) {
        log.warn(
          { incident: id, problem: templateProblemText(problem, 'en') },
          'post-mortem template could not be used; the next one was',
        );
      }
      // People may have worked on an earlier draft: the next one is another file, never theirs overwritten.
      const earlier = new Set(drafts.map((draft) => draft.path)).size;
      const path = join(directory, earlier === 0 ? `${id}.md` : `${id}-${earlier + 1}.md`);
      await mkdir(directory, { recursive: true });
      await writeFile(`${path}.new`, markdown, 'utf8');
      await rename(`${path}.new`, path);
      await engine.execute({
        kind: 'incident',
        stream: id,
        command: { type: 'record_postmortem', path, canvas: undefined },
        actor: automation,
      });
      return done;
    },
  };
}

function draftsIn(events: readonly Recorded<IncidentEvent>[]) {
  return events.flatMap(({ event, recordedAt }) =>
    event.type === 'postmortem_drafted' ? [{ path: event.path, recordedAt }] : [],
  );
}

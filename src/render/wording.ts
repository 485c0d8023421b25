import type { Finding } from '../postmortem/blameless.ts';
import type { RenderWorker } from './render-worker.ts';

/**
 * Looks for blaming wording in a draft, away from the event loop: hundreds of patterns take tens of milliseconds, and more
 * the first time. Undefined when it could not be done; a draft is never held back for it.
 */
export async function lintDraft(
  worker: RenderWorker,
  markdown: string,
  roster: readonly string[],
): Promise<readonly Finding[] | undefined> {
  const answer = await worker.run({ kind: 'lint', text: markdown, roster });
  return answer.kind === 'lint' ? answer.findings : undefined;
}

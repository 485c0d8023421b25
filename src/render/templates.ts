import { existsSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DigestText } from '../messages/digest.ts';
import type { Language, Severity } from '../oncall/catalog.ts';
import type { PostmortemModel } from '../postmortem/draft.ts';
import type { TemplateProblem } from '../postmortem/template-problem.ts';
import { escapeMarkdown } from './markdown.ts';
import { plainPostmortem } from './plain-postmortem.ts';
import { postmortemView } from './postmortem-view.ts';
import type { RenderWorker } from './render-worker.ts';
import { longestTemplate } from './template-limits.ts';

export interface Template {
  /** Path, for messages. */
  readonly name: string;
  readonly text: string;
}

export interface Rendered {
  /** Markdown; always complete, whatever the templates did. */
  readonly markdown: string;
  /** What was wrong with the templates that were tried and not used, in order; empty when the first one worked. */
  readonly problems: readonly TemplateProblem[];
}

/** Where the templates that come with Toran are: the nearest folder `templates` above, from the sources and from any bundle. */
export function builtInTemplates(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; folder !== dirname(folder); folder = dirname(folder)) {
    const candidate = join(folder, 'templates');
    if (existsSync(join(candidate, 'postmortem.md'))) return candidate;
  }
  return join(start, '../templates');
}

/**
 * Finds the user's template: by severity, then by language, then the plain one, so `postmortem-sev1.he.md`, `postmortem-sev1.md`,
 * `postmortem.he.md`, `postmortem.md`. Undefined when the directory has none of them; then the built-in one is used. A file
 * that is there and can't be read is a problem and not a reason to go on silently.
 */
export async function findTemplate(
  directory: string,
  kind: { readonly document: 'postmortem'; readonly severity: Severity } | { readonly document: 'digest' },
  language: Language,
): Promise<Template | TemplateProblem | undefined> {
  const stems = kind.document === 'postmortem' ? [`postmortem-${kind.severity}`, 'postmortem'] : ['digest'];
  for (const stem of stems) {
    for (const file of [`${stem}.${language}.md`, `${stem}.md`]) {
      const found = await readTemplate(join(directory, file));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/**
 * Renders the draft of a post-mortem. A user's template that fails costs nothing but its looks: the built-in one is used,
 * and if that fails, too, the plain form; each failure is reported.
 */
export async function renderPostmortem(
  worker: RenderWorker,
  model: PostmortemModel,
  template: Template | TemplateProblem | undefined,
): Promise<Rendered> {
  const view = postmortemView(model);
  const builtIn = (): Promise<Template | TemplateProblem | undefined> =>
    findTemplate(builtInTemplates(), { document: 'postmortem', severity: model.highestSeverity }, model.language);
  return firstThatWorks(worker, template, builtIn, view, () => plainPostmortem(view));
}

/** As `renderPostmortem`, for the weekly digest. */
export async function renderDigest(
  worker: RenderWorker,
  digest: DigestText,
  language: Language,
  template: Template | TemplateProblem | undefined,
): Promise<Rendered> {
  const view = {
    headline: digest.headline,
    sections: digest.sections.map(({ title, lines }) => ({ title, lines: [...lines] })),
    language,
  };
  const builtIn = (): Promise<Template | TemplateProblem | undefined> =>
    findTemplate(builtInTemplates(), { document: 'digest' }, language);
  return firstThatWorks(worker, template, builtIn, view, () => plainDigest(digest));
}

async function firstThatWorks(
  worker: RenderWorker,
  own: Template | TemplateProblem | undefined,
  builtIn: () => Promise<Template | TemplateProblem | undefined>,
  view: Readonly<Record<string, unknown>>,
  plain: () => string,
): Promise<Rendered> {
  const problems: TemplateProblem[] = [];
  for (const source of [() => Promise.resolve(own), builtIn]) {
    const template = await source();
    if (template === undefined) continue;
    const rendered = 'fault' in template ? template : await renderOne(worker, template, view);
    if (typeof rendered === 'string') return { markdown: rendered, problems };
    problems.push(rendered);
  }
  return { markdown: plain(), problems };
}

async function renderOne(
  worker: RenderWorker,
  { name, text }: Template,
  data: Readonly<Record<string, unknown>>,
): Promise<string | TemplateProblem> {
  const answer = await worker.run({ kind: 'template', name, text, data });
  const nowhere = { template: name, line: undefined, column: undefined };
  if (answer.kind === 'template') return answer.outcome.ok ? answer.outcome.text : answer.outcome.problem;
  if (answer.kind !== 'failed') return { ...nowhere, fault: { kind: 'renderer_failed', detail: answer.kind } };
  if (answer.because === 'too_slow' || answer.because === 'too_much')
    return { ...nowhere, fault: { kind: answer.because } };
  return { ...nowhere, fault: { kind: 'renderer_failed', detail: answer.detail } };
}

async function readTemplate(path: string): Promise<Template | TemplateProblem | undefined> {
  const unreadable = (detail: string): TemplateProblem => ({
    template: path,
    line: undefined,
    column: undefined,
    fault: { kind: 'unreadable', detail },
  });
  let file: FileHandle | undefined;
  try {
    file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(longestTemplate + 1) });
    if (bytesRead > longestTemplate) return unreadable('too large');
    return { name: path, text: new TextDecoder('utf-8', { fatal: true }).decode(buffer.subarray(0, bytesRead)) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return unreadable(code === 'ERR_ENCODING_INVALID_ENCODED_DATA' ? 'not UTF-8' : code);
  } finally {
    await file?.close();
  }
}

function plainDigest({ headline, sections }: DigestText): string {
  const parts = sections.map(
    ({ title, lines }) =>
      `## ${escapeMarkdown(title)}\n\n${lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n')}`,
  );
  return [`# ${escapeMarkdown(headline)}`, ...parts, ''].join('\n\n');
}

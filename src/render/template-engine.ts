import { Liquid, LiquidError } from 'liquidjs';
import type { TemplateFault, TemplateProblem } from '../postmortem/template-problem.ts';
import { escapeMarkdown, markdownLink } from './markdown.ts';
import type { TemplateJob, TemplateOutcome } from './render-job.ts';
import { longestTemplate } from './template-limits.ts';

const longestOutput = 1_000_000;
const longestRenderMs = 1_000;

const tags = ['assign', 'if', 'unless', 'case', 'for', 'break', 'continue', 'comment', 'raw', '#'];
const filters = [
  'append',
  'prepend',
  'capitalize',
  'downcase',
  'upcase',
  'strip',
  'lstrip',
  'rstrip',
  'truncate',
  'truncatewords',
  'replace',
  'remove',
  'split',
  'join',
  'first',
  'last',
  'size',
  'reverse',
  'sort',
  'where',
  'map',
  'uniq',
  'compact',
  'concat',
  'slice',
  'plus',
  'minus',
  'times',
  'divided_by',
  'modulo',
  'round',
  'ceil',
  'floor',
  'abs',
  'at_least',
  'at_most',
  'default',
  'link',
];

/** A value that a template tried to print and that is no single value. */
class NotPrintable extends Error {
  override readonly name = 'NotPrintable';
}

/**
 * Renders one template on plain data. It runs no code and reads no files: tags and filters are the lists above, only own
 * properties of the data are seen, unknown names are errors, and every printed value is escaped for Markdown. The limits
 * stop what is merely large; the caller's clock and heap limit stop the rest.
 */
export function renderTemplate({ name, text, data }: TemplateJob): TemplateOutcome {
  try {
    const liquid = engine();
    const rendered: unknown = liquid.renderSync(liquid.parse(text, name), { ...data }, { templateLimit: 100_000 });
    const output = tidy(String(rendered));
    if (output.length > longestOutput) return { ok: false, problem: { ...nowhere(name), fault: { kind: 'too_much' } } };
    return { ok: true, text: output };
  } catch (error) {
    return { ok: false, problem: problemOf(error, name, data) };
  }
}

function engine(): Liquid {
  const liquid = new Liquid({
    strictFilters: true,
    strictVariables: true,
    ownPropertyOnly: true,
    jsTruthy: true,
    // Includes and layouts are looked up here and never on disk.
    templates: {},
    dynamicPartials: false,
    parseLimit: longestTemplate,
    renderLimit: longestRenderMs,
    memoryLimit: 4_000_000,
    outputEscape: (value: unknown) => escapeMarkdown(printed(value)),
  });
  for (const tag of Object.keys(liquid.tags)) if (!tags.includes(tag)) delete liquid.tags[tag];
  liquid.registerFilter('link', {
    raw: true,
    handler: (url: unknown, label: unknown) => markdownLink(printed(label), printed(url)),
  });
  for (const filter of Object.keys(liquid.filters)) if (!filters.includes(filter)) liquid.unregisterFilter(filter);
  return liquid;
}

function printed(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number'))
    return value.join(', ');
  throw new NotPrintable();
}

/** Loops and conditions leave blank lines behind; one is enough. */
function tidy(text: string): string {
  return `${text
    .replaceAll(/[ \t]+$/gm, '')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

function nowhere(template: string): { template: string; line: undefined; column: undefined } {
  return { template, line: undefined, column: undefined };
}

function problemOf(error: unknown, template: string, data: Readonly<Record<string, unknown>>): TemplateProblem {
  if (!(error instanceof Error))
    return { ...nowhere(template), fault: { kind: 'renderer_failed', detail: String(error) } };
  const fault = faultOf(error, data);
  if (!LiquidError.is(error)) return { ...nowhere(template), fault };
  const [line, column] = error.token.getPosition();
  return { template, line, column, fault };
}

function faultOf(error: Error, data: Readonly<Record<string, unknown>>): TemplateFault {
  // Before the place, which the engine appends.
  const message = error.message.replace(/, (?:file:.*?, )?line:\d+, col:\d+$/s, '');
  const name = /^undefined variable: (.+)$/s.exec(message)?.[1];
  if (name !== undefined) return { kind: 'unknown_name', name, nearest: nearestName(name, data) };
  const filter = /^undefined filter: (.+)$/s.exec(message)?.[1];
  if (filter !== undefined) return { kind: 'unknown_filter', name: filter, known: filters };
  const tag = /^tag "(.*)" not found$/s.exec(message)?.[1];
  if (tag !== undefined) return { kind: 'unknown_tag', name: tag, known: tags.filter((known) => known !== '#') };
  if (originOf(error) instanceof NotPrintable) return { kind: 'not_printable' };
  if (/template render limit exceeded/.test(message)) return { kind: 'too_slow' };
  if (/limit exceeded|Invalid (?:string|array) length/.test(message)) return { kind: 'too_much' };
  if (error instanceof RangeError) return { kind: 'too_much' };
  return { kind: 'syntax', detail: message.replaceAll(/\s+/g, ' ').slice(0, 200) };
}

function originOf(error: unknown): unknown {
  return error instanceof Error && 'originalError' in error && error.originalError !== undefined
    ? originOf(error.originalError)
    : error;
}

/** The known name that is written almost like the unknown one. */
function nearestName(name: string, data: Readonly<Record<string, unknown>>): string | undefined {
  const wanted = name.split('.').at(-1) ?? name;
  const names = new Set<string>();
  collectNames(data, names);
  let nearest: string | undefined;
  let best = Math.min(3, Math.max(2, Math.ceil(wanted.length / 3) + 1));
  for (const known of names) {
    const steps = editSteps(wanted, known, best);
    if (steps < best) [nearest, best] = [known, steps];
  }
  return nearest === undefined ? undefined : [...name.split('.').slice(0, -1), nearest].join('.');
}

function collectNames(value: unknown, names: Set<string>): void {
  if (Array.isArray(value)) {
    // Items of one list are alike.
    collectNames(value[0], names);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, inner] of Object.entries(value)) {
      names.add(name);
      collectNames(inner, names);
    }
  }
}

/** Levenshtein distance, or `limit` when it is not below it. */
function editSteps(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return Math.min(previous[to.length] ?? limit, limit);
}

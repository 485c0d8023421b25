import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLError,
} from 'yaml';
import type { z } from 'zod';
import { BadInput } from './bad-input.ts';

/** Keys and list positions from the top of a document to a value. */
export type YamlPath = readonly PropertyKey[];

/** A document that was read, and where in the file its parts stand. */
export interface YamlFile {
  readonly value: unknown;
  /** An error about the value at `path`, or about the key itself with `{ key: true }`: `catalog.yaml:3:5: key: text`. */
  problem(path: YamlPath, text: string, options?: { readonly key?: boolean }): BadInput;
}

/** More than any catalog needs, and little enough to parse without notice. */
const maxBytes = 5 * 1024 * 1024;
/** Aliases may repeat what is written once, not blow up to gigabytes. */
const maxAliasCount = 100;

/** Reads YAML that came from outside, bounded in size. Throws BadInput with file, line and column. */
export function readYaml(text: string, name: string): YamlFile {
  if (Buffer.byteLength(text) > maxBytes)
    throw new BadInput(`${name}: is larger than 5 MB; split it or remove what is old`);
  const lines = new LineCounter();
  // The library's own check for keys given twice compares each with all before it, which 5 MB of keys would draw out.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) throw new BadInput(`${place(name, lines, error.pos[0])}: ${syntaxProblem(error)}`);
  refuseUnusableKeys(
    document,
    (key, problem) => new BadInput(`${place(name, lines, rangeStart(key) ?? 0)}: ${problem}`),
  );
  return {
    value: plainValue(document, name),
    problem: (path, problem, { key = false } = {}) => {
      const where = place(name, lines, startOf(document, path, key));
      return new BadInput(path.length === 0 ? `${where}: ${problem}` : `${where}: ${dotted(path)}: ${problem}`);
    },
  };
}

/** The value in the shape that `schema` describes; throws BadInput for the first thing that does not fit. */
export function checked<S extends z.ZodType>(file: YamlFile, schema: S): z.output<S> {
  const result = schema.safeParse(file.value, { reportInput: true });
  if (result.success) return result.data;
  const { issues } = result.error;
  // A key that is misspelt is also a key that is missing; the misspelling says more.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  throw issue === undefined ? file.problem([], 'cannot be used') : issueProblem(file, issue);
}

/** A value as it may stand in an error: short, on one line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function issueProblem(file: YamlFile, issue: z.core.$ZodIssue): BadInput {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    const text = 'is not a key that is known here; remove it or check the spelling';
    return file.problem([...issue.path, key], text, { key: true });
  }
  if (issue.code === 'invalid_key') {
    return file.problem(issue.path, issue.issues[0]?.message ?? issue.message, { key: true });
  }
  if (file.value === null) return file.problem([], 'is empty; see the example in the documentation');
  if (issue.input === undefined) return file.problem(issue.path, `is missing; ${issue.message}`);
  const isPlain = typeof issue.input !== 'object' || issue.input === null;
  return file.problem(issue.path, isPlain ? `${shown(issue.input)}: ${issue.message}` : issue.message);
}

function syntaxProblem({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'a second document begins here; keep one in a file';
  if (message.includes('call stack')) return 'is nested too deeply here; write it flatter';
  return `${oneLine(message)}; fix the YAML here`;
}

/** Keys that are given twice, and one that JavaScript would take for something else: either would drop what was written. */
function refuseUnusableKeys(document: Document, problem: (key: unknown, text: string) => BadInput): void {
  visit(document, {
    Map(_, map) {
      const seen = new Set<string>();
      for (const { key } of map.items) {
        const text = keyOf(key);
        if (seen.has(text)) throw problem(key, `${shown(text)} is given twice; keep one`);
        if (text === '__proto__') throw problem(key, `${shown(text)} cannot be a key; choose another`);
        seen.add(text);
      }
    },
  });
}

function plainValue(document: Document, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount });
  } catch (cause) {
    const message = cause instanceof Error ? oneLine(cause.message) : String(cause);
    const isTooMany = message.startsWith('Excessive alias count');
    const text = isTooMany
      ? 'uses more YAML aliases than a catalog needs; write the values out'
      : `${message}; fix the YAML`;
    throw new BadInput(`${name}: ${text}`, { cause });
  }
}

function place(name: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${name}:${Math.max(line, 1)}:${Math.max(col, 1)}`;
}

/** Where the value at `path` begins; of a value that is missing, where the nearest thing around it begins. */
function startOf(document: Document, path: YamlPath, key: boolean): number {
  let node: unknown = document.contents;
  let start = rangeStart(node) ?? 0;
  for (const [depth, part] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const pair = isMap(node) ? node.items.find((item) => keyOf(item.key) === String(part)) : undefined;
    const wantsKey = key && depth === path.length - 1;
    const child: unknown = isSeq(node) ? node.items[Number(part)] : pair?.value;
    start = (wantsKey ? rangeStart(pair?.key) : rangeStart(child)) ?? rangeStart(pair?.key) ?? start;
    node = child;
  }
  return start;
}

function keyOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function rangeStart(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** `schedules.payments.layers[0].every` */
function dotted(path: YamlPath): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}

function oneLine(message: string): string {
  return message.replaceAll(/\s+/g, ' ').trim();
}

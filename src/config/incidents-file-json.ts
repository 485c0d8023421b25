import { z } from 'zod';
import { BadInput } from './bad-input.ts';
import { type Column, type FoundRow, requireColumn } from './incidents-file-row.ts';

const entries = z.array(z.unknown());
const entry = z.record(z.string(), z.unknown());
const cell = z.union([z.string(), z.null().transform(() => '')]);

/** Reads an array of objects. Throws BadInput when the file as a whole is no such thing. */
export function readJsonRows(text: string, name: string): FoundRow[] {
  const list = entries.safeParse(parseJson(text, name));
  if (!list.success) throw new BadInput(`${name}: the file must hold one JSON array of objects, one for each incident`);
  const lines = entryLines(text);
  return list.data.map((value, index) => toRow(value, lines[index] ?? 1, name));
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new BadInput(`${name}: not valid JSON: ${message.replace(/\s+/g, ' ')}`, { cause: error });
  }
}

function toRow(value: unknown, line: number, name: string): FoundRow {
  const object = entry.safeParse(value);
  if (!object.success) return { line, problem: 'is not an object with the columns as its keys' };
  const cells: Partial<Record<Column, string>> = {};
  for (const [key, content] of Object.entries(object.data)) {
    const column = requireColumn(key, name, line);
    const read = cell.safeParse(content);
    if (!read.success) return { line, problem: `${column} must be a text or null` };
    cells[column] = read.data;
  }
  return { line, cells };
}

/** The line on which each entry of the outer array starts. `text` is known to be valid JSON. */
function entryLines(text: string): number[] {
  const lines: number[] = [];
  let line = 1;
  let depth = 0;
  let awaitsEntry = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\n') line += 1;
    if (/\s/.test(character)) continue;
    if (awaitsEntry && character !== ']') {
      lines.push(line);
      awaitsEntry = false;
    }
    if (character === '"') at = endOfString(text, at);
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    if ((depth === 1 && character === ',') || (depth === 1 && character === '[' && lines.length === 0))
      awaitsEntry = true;
  }
  return lines;
}

/** Index of the closing quote of the string that opens at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
}

import { BadInput } from './bad-input.ts';
import { readCsvRows } from './incidents-file-csv.ts';
import { readJsonRows } from './incidents-file-json.ts';
import { type BadRow, type ImportedIncident, readRow } from './incidents-file-row.ts';

/** Enough for ten times the incidents of a busy decade; more is not a list of incidents. */
export const incidentsFileMaxCharacters = 64 * 1024 * 1024;
export const incidentsFileMaxRows = 200_000;

export interface IncidentsFile {
  /** Each incident once, in the order of the file. Empty when a row is bad and bad rows are not to be skipped. */
  readonly rows: readonly ImportedIncident[];
  readonly bad: readonly BadRow[];
  /** Rows that repeat an earlier one exactly. */
  readonly repeated: number;
}

/**
 * Reads past incidents from CSV or JSON (DESIGN §16). `name` is the file's name: it decides the format, unless it ends
 * in neither, and stands in front of every error. Throws BadInput for a file that is unusable as a whole: unknown or
 * repeated columns, broken quoting, not an array, too big. Single bad rows are returned by line, and without `skipBad`
 * there are then no rows to import.
 */
export function parseIncidentsFile(text: string, name: string, { skipBad }: { skipBad: boolean }): IncidentsFile {
  if (text.length > incidentsFileMaxCharacters) {
    throw new BadInput(`${name}: the file is larger than ${incidentsFileMaxCharacters / 1024 / 1024} MB: split it`);
  }
  const content = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const found = isJson(content, name) ? readJsonRows(content, name) : readCsvRows(content, name);
  if (found.length > incidentsFileMaxRows) {
    throw new BadInput(`${name}: the file has ${found.length} rows, more than ${incidentsFileMaxRows}: split it`);
  }
  const byKey = new Map<string, ImportedIncident>();
  const bad: BadRow[] = [];
  let good = 0;
  for (const each of found) {
    const read = readRow(each);
    if (!read.ok) {
      bad.push(read.bad);
      continue;
    }
    good += 1;
    if (!byKey.has(read.row.key)) byKey.set(read.row.key, read.row);
  }
  const isRefused = bad.length > 0 && !skipBad;
  return { rows: isRefused ? [] : [...byKey.values()], bad, repeated: good - byKey.size };
}

function isJson(content: string, name: string): boolean {
  if (/\.json$/i.test(name)) return true;
  return !/\.csv$/i.test(name) && /^\s*[[{]/.test(content);
}

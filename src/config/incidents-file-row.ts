import { createHash } from 'node:crypto';
import type { IncidentRecord } from '../figures/record.ts';
import { severities, type Severity } from '../oncall/catalog.ts';
import { parseInstant, toIso, type EpochMs } from '../oncall/time.ts';
import { BadInput } from './bad-input.ts';

export const timeColumns = ['impact_start', 'detected', 'acked', 'declared', 'mitigated', 'resolved'] as const;
export const columns = ['title', 'severity', 'service', ...timeColumns, 'kind'] as const;
export type Column = (typeof columns)[number];
type TimeColumn = (typeof timeColumns)[number];

/** The cells of one row; an absent or blank one is unknown. */
export type Cells = Readonly<Partial<Record<Column, string>>>;

/** The column of that name; throws BadInput for any other, since a misspelt column would lose its data without a word. */
export function requireColumn(text: string, name: string, line: number): Column {
  const column = columns.find((each) => each === text);
  if (column !== undefined) return column;
  throw new BadInput(`${name}: line ${line}: unknown column ${quoted(text)}: the columns are ${columns.join(', ')}`);
}

/** One past incident as a file tells it. Nothing is inferred: a missing time stays missing. */
export interface ImportedIncident {
  /** Made from the content alone, so the same incident has the same key in every file and on every run. */
  readonly key: string;
  /** Where its row starts in the file, counted from 1. */
  readonly line: number;
  readonly title: string;
  readonly severity: Severity | undefined;
  /** As the file spells it; it need not be in the catalog. */
  readonly service: string | undefined;
  readonly kind: 'incident' | 'drill';
  readonly times: Readonly<Record<TimeColumn, EpochMs | undefined>>;
}

export interface BadRow {
  readonly line: number;
  readonly reason: string;
}

/** A row as its format gives it: the cells by column, or why there are none. */
export type FoundRow =
  { readonly line: number; readonly cells: Cells } | { readonly line: number; readonly problem: string };

export type ReadRow =
  { readonly ok: true; readonly row: ImportedIncident } | { readonly ok: false; readonly bad: BadRow };

const longestTitle = 1_000;
const longestService = 200;
/** A year outside is a slip of the keyboard (0206 for 2026) and would spoil every mean. */
const earliestMs = Date.UTC(1990, 0, 1);
const latestMs = Date.UTC(2100, 0, 1);

/** Why a cell cannot be used; only ever thrown and caught in this file. */
class BadCell extends Error {
  override readonly name = 'BadCell';
}

/**
 * Reads one row. Times in an impossible order are kept: such a duration is left out of the figures and counted there,
 * while the rest of the row is still worth having.
 */
export function readRow(found: FoundRow): ReadRow {
  const { line } = found;
  if ('problem' in found) return { ok: false, bad: { line, reason: found.problem } };
  try {
    return { ok: true, row: toIncident(line, found.cells) };
  } catch (error) {
    if (error instanceof BadCell) return { ok: false, bad: { line, reason: error.message } };
    throw error;
  }
}

function toIncident(line: number, cells: Cells): ImportedIncident {
  const content = {
    title: readTitle(cells.title),
    severity: readSeverity(cells.severity),
    service: readService(cells.service),
    kind: readKind(cells.kind),
    times: readTimes(cells),
  };
  if (timeColumns.every((column) => content.times[column] === undefined)) {
    throw new BadCell(`has no time at all: give at least one of ${timeColumns.join(', ')}`);
  }
  return { key: contentKey(content), line, ...content };
}

function contentKey({ title, severity, service, kind, times }: Omit<ImportedIncident, 'key' | 'line'>): string {
  const parts = [title, severity ?? null, service ?? null, kind, ...timeColumns.map((column) => times[column] ?? null)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

function readTitle(cell: string | undefined): string {
  const title = oneLine(cell);
  if (title === '') throw new BadCell('title is empty: every incident needs one');
  if (title.length > longestTitle) throw new BadCell(`title is longer than ${longestTitle} characters: shorten it`);
  return title;
}

function readService(cell: string | undefined): string | undefined {
  const service = oneLine(cell);
  if (service.length > longestService)
    throw new BadCell(`service is longer than ${longestService} characters: shorten it`);
  return service === '' ? undefined : service;
}

function readSeverity(cell: string | undefined): Severity | undefined {
  const text = oneLine(cell);
  if (text === '') return undefined;
  const digit = /^(?:sev)?[ _-]?([1-4])$/i.exec(text)?.[1];
  const severity = severities.find((each) => each === `sev${digit}`);
  if (severity === undefined) throw new BadCell(`severity ${quoted(text)} is none of sev1, sev2, sev3, sev4, or empty`);
  return severity;
}

function readKind(cell: string | undefined): 'incident' | 'drill' {
  const text = oneLine(cell).toLowerCase();
  if (text === '' || text === 'incident') return 'incident';
  if (text === 'drill') return 'drill';
  throw new BadCell(`kind ${quoted(text)} is neither incident nor drill`);
}

function readTimes(cells: Cells): ImportedIncident['times'] {
  return {
    impact_start: readTime('impact_start', cells),
    detected: readTime('detected', cells),
    acked: readTime('acked', cells),
    declared: readTime('declared', cells),
    mitigated: readTime('mitigated', cells),
    resolved: readTime('resolved', cells),
  };
}

function readTime(column: TimeColumn, cells: Cells): EpochMs | undefined {
  const text = oneLine(cells[column]);
  if (text === '') return undefined;
  const at = parseInstant(text);
  if (at === undefined) {
    // The same text with an offset would do, so the offset is all that is missing.
    const fix =
      parseInstant(`${text}Z`) === undefined
        ? 'write it like 2026-03-02T10:04:00+02:00'
        : 'add Z or an offset such as +02:00';
    throw new BadCell(`${column} ${quoted(text)} is not an ISO 8601 time with an offset: ${fix}`);
  }
  if (at < earliestMs || at >= latestMs)
    throw new BadCell(`${column} ${quoted(text)} lies in ${toIso(at).split('-', 2).join('-')}: check the year`);
  return at;
}

/** Trimmed; line breaks and control characters become one space, since a title is shown on one line everywhere. */
function oneLine(cell: string | undefined): string {
  return (cell ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

/** Cut, so that an error about a runaway cell stays one readable line. */
function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

/** The record that the figures read. Its id says that it came from a file. */
export function recordOfImport({ key, title, severity, service, kind, times }: ImportedIncident): IncidentRecord {
  return {
    id: `import-${key.slice(0, 12)}`,
    title,
    severity,
    service,
    kind,
    outcome: times.resolved === undefined ? 'open' : 'resolved',
    milestones: {
      impactStart: times.impact_start,
      detected: times.detected,
      declared: times.declared,
      acked: times.acked,
      paged: undefined,
      mitigated: times.mitigated,
      resolved: times.resolved,
    },
    isPrivate: false,
  };
}

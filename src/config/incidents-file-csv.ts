import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { BadInput } from './bad-input.ts';
import { type Cells, type Column, type FoundRow, requireColumn } from './incidents-file-row.ts';

const parsed = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/** Splits a CSV file into rows by the names in its first line. Blank rows are no rows. Throws BadInput for broken quoting. */
export function readCsvRows(text: string, name: string): FoundRow[] {
  const [header, ...body] = records(text, name);
  if (header === undefined) throw new BadInput(`${name}: the file is empty: its first line must name the columns`);
  const named = header.cells.map((cell) => requireColumn(cell.trim().toLowerCase(), name, header.line));
  const repeated = named.find((column, index) => named.indexOf(column) !== index);
  if (repeated !== undefined) throw new BadInput(`${name}: line ${header.line}: column ${repeated} appears twice`);
  if (!named.includes('title')) throw new BadInput(`${name}: line ${header.line}: there is no column title`);
  return body.map(({ line, cells }) => {
    if (cells.length > named.length) {
      return {
        line,
        problem: `has ${cells.length} cells for ${named.length} columns: quote cells that contain a comma`,
      };
    }
    return { line, cells: byColumn(named, cells) };
  });
}

function byColumn(named: readonly Column[], cells: readonly string[]): Cells {
  const known: Partial<Record<Column, string>> = {};
  for (const [index, column] of named.entries()) known[column] = cells[index] ?? '';
  return known;
}

function records(text: string, name: string): { line: number; cells: string[] }[] {
  try {
    // One kind of line end, so that lines are counted as an editor counts them, inside quotes too.
    const found: unknown = parse(text.replace(/\r\n?/g, '\n'), {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      record_delimiter: '\n',
    });
    return parsed.parse(found).map(({ record, info }) => ({ line: info.lines - lineBreaks(record), cells: record }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BadInput(`${name}: not a valid CSV file: ${error.message.split('\n', 1)[0] ?? ''}`, { cause: error });
  }
}

/** The parser counts lines at the end of a record; people look for its start. */
function lineBreaks(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
}

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadInput } from '../../src/config/bad-input.ts';
import { columns, recordOfImport } from '../../src/config/incidents-file-row.ts';
import {
  incidentsFileMaxCharacters,
  incidentsFileMaxRows,
  parseIncidentsFile,
} from '../../src/config/incidents-file.ts';
import { durationsOf } from '../../src/figures/durations.ts';

const header = columns.join(',');
const strict = { skipBad: false };
const times =
  '2026-03-02T10:00:00Z,2026-03-02T12:04:00+02:00,2026-03-02T10:06:30Z,,2026-03-02T10:22Z,2026-03-02T11:10:00Z';
const csv = (...lines: string[]): string => [header, ...lines].join('\n');
const at = (text: string): number => Date.parse(text);

/** Keys would be unknown columns. */
function hasKeys(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

function refusal(text: string, name = 'old.csv'): string {
  try {
    parseIncidentsFile(text, name, strict);
  } catch (error) {
    if (error instanceof BadInput) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('a CSV of past incidents', () => {
  it('is read with times in any offset and unknown ones left unknown', () => {
    const { rows, bad } = parseIncidentsFile(csv(`Card payments fail,SEV1,payments,${times},`), 'old.csv', strict);
    expect(bad).toEqual([]);
    expect(rows).toEqual([
      {
        key: expect.stringMatching(/^[0-9a-f]{32}$/),
        line: 2,
        title: 'Card payments fail',
        severity: 'sev1',
        service: 'payments',
        kind: 'incident',
        times: {
          impact_start: at('2026-03-02T10:00:00Z'),
          detected: at('2026-03-02T10:04:00Z'),
          acked: at('2026-03-02T10:06:30Z'),
          declared: undefined,
          mitigated: at('2026-03-02T10:22:00Z'),
          resolved: at('2026-03-02T11:10:00Z'),
        },
      },
    ]);
  });

  it('may have a byte order mark, CRLF, quoted commas, quotes and line breaks, Hebrew, and columns in any order', () => {
    const text = `\uFEFFresolved,Title,kind\r\n2026-03-02T11:10:00Z,"התשלומים, ""כולם"",\r\nנכשלו",drill\r\n\r\n,,\r\n2026-03-03T11:10:00Z,second,\r\n`;
    const { rows } = parseIncidentsFile(text, 'old.csv', strict);
    expect(rows.map(({ line, title, kind }) => [line, title, kind])).toEqual([
      [2, 'התשלומים, "כולם", נכשלו', 'drill'],
      [6, 'second', 'incident'],
    ]);
  });

  it.each([
    ['sev2', 'sev2'],
    ['SEV-3', 'sev3'],
    ['Sev 4', 'sev4'],
    ['1', 'sev1'],
    ['', undefined],
  ])('takes severity %j as %s', (text, severity) => {
    expect(parseIncidentsFile(csv(`a,${text},,${times},`), 'old.csv', strict).rows[0]?.severity).toBe(severity);
  });

  it('keeps a row whose times are in an impossible order, since only that duration is lost', () => {
    const { rows } = parseIncidentsFile(
      'title,impact_start,detected,resolved\na,2026-03-02T10:00Z,2026-03-02T09:00Z,2026-03-02T11:00Z',
      'a.csv',
      strict,
    );
    const [record] = rows.map(recordOfImport);
    expect(record && durationsOf(record)).toMatchObject({
      ms: { detect: undefined, recover: 3_600_000 },
      flags: ['mitigated_is_resolved', 'negative_detect'],
    });
  });

  it('lists every bad row by the line on which it starts, and then gives no rows', () => {
    const text = csv(
      `good,sev1,,${times},incident`,
      `"two\nlines",sev9,,${times},`,
      `,sev1,,${times},`,
      'no offset,sev1,,2026-03-02T10:00:00,,,,,,',
      'no date,sev1,,yesterday,,,,,,',
      'no such day,sev1,,2026-02-30T10:00:00Z,,,,,,',
      'year,sev1,,0206-03-02T10:00:00Z,,,,,,',
      'no time,sev1,,,,,,,,',
      `kind,sev1,,${times},rehearsal`,
      `a, comma,sev1,,${times},`,
    );
    const { rows, bad } = parseIncidentsFile(text, 'old.csv', strict);
    expect(rows).toEqual([]);
    expect(bad.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '3: severity "sev9" is none of sev1, sev2, sev3, sev4, or empty',
      '5: title is empty: every incident needs one',
      '6: impact_start "2026-03-02T10:00:00" is not an ISO 8601 time with an offset: add Z or an offset such as +02:00',
      '7: impact_start "yesterday" is not an ISO 8601 time with an offset: write it like 2026-03-02T10:04:00+02:00',
      '8: impact_start "2026-02-30T10:00:00Z" is not an ISO 8601 time with an offset: write it like 2026-03-02T10:04:00+02:00',
      '9: impact_start "0206-03-02T10:00:00Z" lies in 0206-03: check the year',
      '10: has no time at all: give at least one of impact_start, detected, acked, declared, mitigated, resolved',
      '11: kind "rehearsal" is neither incident nor drill',
      '12: has 11 cells for 10 columns: quote cells that contain a comma',
    ]);
    expect(parseIncidentsFile(text, 'old.csv', { skipBad: true })).toMatchObject({ rows: [{ title: 'good' }], bad });
  });

  it('takes identical rows once, however they spell the same content', () => {
    const { rows, repeated } = parseIncidentsFile(
      'title,severity,detected\na,sev1,2026-03-02T10:00:00Z\n a ,SEV1,2026-03-02T12:00:00+02:00\na,sev1,2026-03-02T10:00:01Z\n',
      'old.csv',
      strict,
    );
    expect([rows.map(({ line }) => line), repeated]).toEqual([[2, 4], 1]);
  });

  it('holds no rows when there is only a header', () => {
    expect(parseIncidentsFile(`${header}\n`, 'old.csv', strict)).toEqual({ rows: [], bad: [], repeated: 0 });
  });

  it.each([
    ['', 'old.csv: the file is empty: its first line must name the columns'],
    ['title,severty\n', `old.csv: line 1: unknown column "severty": the columns are ${columns.join(', ')}`],
    ['title;severity\n', `old.csv: line 1: unknown column "title;severity": the columns are ${columns.join(', ')}`],
    ['title,kind,title\n', 'old.csv: line 1: column title appears twice'],
    ['kind\nincident\n', 'old.csv: line 1: there is no column title'],
    [
      'title\n"never closed\n',
      'old.csv: not a valid CSV file: Quote Not Closed: the parsing is finished with an opening quote at line 2',
    ],
  ])('is refused as a whole: %j', (text, message) => {
    expect(refusal(text)).toBe(message);
  });
});

describe('a JSON of past incidents', () => {
  const first = { title: 'a', severity: null, detected: '2026-03-02T10:00:00Z', kind: 'drill' };

  it('is read like the CSV with the same content, under the same key', () => {
    const json = parseIncidentsFile(JSON.stringify([first]), 'old.json', strict);
    const table = parseIncidentsFile('title,detected,kind\na,2026-03-02T10:00:00Z,drill', 'old.csv', strict);
    expect(json.rows).toEqual([{ ...table.rows[0], line: 1 }]);
  });

  it('names the line on which a bad entry starts', () => {
    const text =
      '[\n  {"title": "a [\\"{\\n", "detected": "2026-03-02T10:00:00Z"},\n  7,\n\n  {"title": "b",\n   "detected": 5}, {"title": "c", "detected": "x"}\n]\n';
    expect(
      parseIncidentsFile(text, 'old.json', strict).bad.map(({ line, reason }) => [line, reason.slice(0, 20)]),
    ).toEqual([
      [3, 'is not an object wit'],
      [5, 'detected must be a t'],
      [6, 'detected "x" is not '],
    ]);
  });

  it('finds the line of every entry, however the file is laid out', () => {
    const value = fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 3 }), fc.constantFrom('a"b\\', '[{', '\n'));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 8 }), fc.constantFrom(0, 1, 2), (values, indent) => {
        fc.pre(!values.some((each) => hasKeys(each)));
        const text = JSON.stringify(values, null, indent);
        const { bad } = parseIncidentsFile(text, 'x.json', strict);
        const width = (each: unknown) => (indent === 0 ? 0 : JSON.stringify(each, null, indent).split('\n').length);
        let line = indent === 0 ? 1 : 2;
        const starts = values.map((each) => {
          const start = line;
          line += width(each);
          return start;
        });
        expect(bad.map((each) => each.line)).toEqual(starts);
      }),
    );
  });

  it.each([
    ['{"title":"a"}', 'old.json: the file must hold one JSON array of objects, one for each incident'],
    ['[{"title":"a","sev":"1"}]', `old.json: line 1: unknown column "sev": the columns are ${columns.join(', ')}`],
  ])('is refused as a whole: %j', (text, message) => {
    expect(refusal(text, 'old.json')).toBe(message);
  });
  it('is refused with the position when it is no JSON', () => {
    expect(refusal('[{"title":"a",}]', 'old.json')).toMatch(/^old\.json: not valid JSON: .*position 14/);
  });
});

describe('any file', () => {
  it('is told by its content when its name says nothing', () => {
    expect(parseIncidentsFile(' [{"title":"a","detected":"2026-03-02T10:00:00Z"}]', '-', strict).rows).toHaveLength(1);
    expect(parseIncidentsFile('title,detected\na,2026-03-02T10:00:00Z', '-', strict).rows).toHaveLength(1);
  });
  it('may have any kind of line end', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['title,detected', '"a', 'b",x', 'c,y', ''].join(end);
      expect(parseIncidentsFile(text, 'old.csv', strict).bad.map(({ line }) => line)).toEqual([2, 4]);
    }
  });
  it('is refused when it is too large', () => {
    expect(refusal('x'.repeat(incidentsFileMaxCharacters + 1))).toBe(
      'old.csv: the file is larger than 64 MB: split it',
    );
    expect(refusal(`title\n${'a\n'.repeat(incidentsFileMaxRows + 1)}`)).toMatch(
      /has 200001 rows, more than 200000: split it$/,
    );
  });
  it('gives rows or a clear refusal, and nothing else', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.constantFrom('a.csv', 'a.json', 'a', ''),
        fc.boolean(),
        (text, name, skipBad) => {
          try {
            const found = parseIncidentsFile(text, name, { skipBad });
            expect(found.rows.length === 0 || found.bad.length === 0 || skipBad).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(BadInput);
            expect(String(error)).not.toContain('\n');
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

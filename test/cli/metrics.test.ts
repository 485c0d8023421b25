import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dispatch } from '../../src/cli/run.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'toran-metrics-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

async function toran(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await dispatch(args, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { DATABASE_URL: `file:${join(directory, 'toran.db')}` },
    isTerminal: false,
    now: () => Date.UTC(2026, 10, 24),
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

async function file(name: string, text: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, text);
  return path;
}

const columns = 'title,severity,service,impact_start,detected,acked,declared,mitigated,resolved,kind';

it('figures of one service are found by its id and by its name, whatever the history calls it', async () => {
  const catalog = `workspace: { timezone: UTC, work_week: [mon, tue], locale: en, last_resort: ["channel:#incidents"] }
people:
  noa: { name: Noa Levi }
schedules: {}
services:
  pay: { name: Payments }
`;
  expect(await toran('apply', await file('catalog.yaml', catalog), '--json')).toMatchObject({ code: 0, err: [] });
  const history = [
    columns,
    'a,sev1,Payments,2026-11-01T10:00Z,2026-11-01T10:01Z,,,,2026-11-01T11:00Z,incident',
    'b,sev1,pay,2026-11-02T10:00Z,2026-11-02T10:01Z,,,,2026-11-02T11:00Z,incident',
    'c,sev1,Search,2026-11-03T10:00Z,2026-11-03T10:01Z,,,,2026-11-03T11:00Z,incident',
  ].join('\n');
  expect(await toran('import', 'incidents', await file('history.csv', history), '--json')).toMatchObject({ code: 0 });
  for (const [service, n] of [
    ['pay', 2],
    ['Payments', 2],
    ['search', 1],
    ['nothing', 0],
  ] as const) {
    const { code, out, err } = await toran('metrics', '--service', service, '--json');
    expect({ code, err, lines: out.length }).toEqual({ code: 0, err: [], lines: 1 });
    expect(JSON.parse(out[0] ?? '')).toMatchObject({ n });
  }
});

it('a file with bad rows changes nothing, and says so in JSON and with its exit code', async () => {
  const path = await file(
    'bad.csv',
    `${columns}\na,sev1,,,2026-11-01T10:01Z,,,,2026-11-01T11:00Z,incident\nb,sev9,,,,,,,2026-11-01T11:00Z,incident\n`,
  );
  const { code, out, err } = await toran('import', 'incidents', path, '--json');
  expect(code).toBe(2);
  expect(JSON.parse(out.join(''))).toMatchObject({ ok: false, added: 0, known: 0, bad: [{ line: 3 }] });
  expect(err.join('\n')).toContain('nothing was imported');
  expect(JSON.parse((await toran('metrics', '--json')).out.join(''))).toMatchObject({ n: 0 });
});

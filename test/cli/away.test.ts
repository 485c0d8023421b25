import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dispatch } from '../../src/cli/run.ts';

let directory: string;
let now: number;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'toran-away-'));
  now = Date.parse('2026-11-03T06:30:00+02:00');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const catalog = (locale: string) => `workspace:
  { timezone: Asia/Jerusalem, work_week: [sun, mon, tue, wed, thu], locale: ${locale}, last_resort: ["channel:#incidents"] }
people:
  noa: { name: Noa Levi }
  omer: { name: Omer Bar }
  dana: { name: Dana Or }
teams:
  payments: { members: [noa, omer] }
schedules:
  payments:
    timezone: Asia/Jerusalem
    layers: [{ start: "2026-08-09T09:00", every: { weeks: 1 }, participants: [noa, omer] }]
`;

async function toran(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await dispatch(args, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { DATABASE_URL: `file:${join(directory, 'toran.db')}` },
    isTerminal: false,
    now: () => now,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

async function json(...args: readonly string[]): Promise<unknown> {
  const { code, out, err } = await toran(...args, '--json');
  expect({ code, err, lines: out.length }).toEqual({ code: 0, err: [], lines: 1 });
  return JSON.parse(out[0] ?? '');
}

async function apply(locale = 'en'): Promise<string> {
  const path = join(directory, 'catalog.yaml');
  await writeFile(path, catalog(locale));
  await toran('apply', path);
  return path;
}

describe('toran away and toran back', () => {
  it('mark somebody by key or name, once, and end it again', async () => {
    await apply();
    expect(await json('away', 'noa')).toEqual({ person: 'noa', changed: true, until: null });
    expect(await json('away', 'Noa Levi')).toEqual({ person: 'noa', changed: false });
    expect(await json('back', 'noa levi')).toEqual({ person: 'noa', changed: true });
    expect(await json('back', 'noa')).toEqual({ person: 'noa', changed: false });
  });

  it('say until when on the clock of the person', async () => {
    await apply();
    const until = ['--until', '2026-11-10T07:00Z'];
    expect(await json('away', 'noa', ...until)).toMatchObject({ until: '2026-11-10T09:00:00+02:00' });
    expect((await toran('away', 'omer', ...until)).out).toEqual([
      'Omer Bar is not asked any more until 2026-11-10T09:00:00+02:00',
    ]);
    // A longer absence than the one that is known is another one.
    expect(await json('away', 'noa', '--until', '2026-11-12T07:00Z')).toMatchObject({ changed: true });
  });

  it('refuse whom the catalog does not know, and times that are over or none', async () => {
    await apply();
    for (const [args, said] of [
      [['away', 'nobody'], /"nobody" is not in the catalog; it has noa, omer, dana/],
      [['away'], /name one person/],
      [['away', 'noa', '--until', '2026-11-01T00:00Z'], /is over already/],
      [['away', 'noa', '--until', 'tomorrow'], /no time with an offset/],
      [['away', 'noa', '--reason', 'x'], /--reason/],
    ] as const) {
      const { code, out, err } = await toran(...args);
      expect({ code, out, lines: err.length }).toEqual({ code: 2, out: [], lines: 1 });
      expect(err[0]).toMatch(said);
    }
  });

  it('speak the language of the workspace', async () => {
    await apply('he');
    expect((await toran('away', 'noa')).out).toEqual(['Noa Levi: ללא זמינות עד להודעה חדשה']);
  });
});

describe('toran fairness', () => {
  it('prints loads of a team from the database and from files alike', async () => {
    const path = await apply();
    const span = ['--from', '2026-08-09T09:00+03:00', '--to', '2026-11-01T09:00+02:00'];
    const even = { person: expect.any(String), load: 1, covers_given: 0 };
    expect(await json('fairness', ...span, '--team', 'payments')).toEqual({
      points_per_100_available_hours: expect.any(Number),
      people: [even, even],
    });
    const both = [await json('fairness', ...span), await json('fairness', ...span, '--catalog', path)];
    expect(both[0]).toEqual(both[1]);
    const printed = await toran('fairness', ...span, '--team', 'payments');
    expect(printed.out[1]).toMatch(/^Person +Load +Covers given$/);
    expect(printed.out).toHaveLength(6);
  });

  it('shows who was there for less time by their load alone', async () => {
    const path = await apply();
    const absences = join(directory, 'absences.yaml');
    await writeFile(absences, '- { person: noa, effect: hard, from: "2026-08-16T09:00", to: "2026-09-20T09:00" }\n');
    const span = ['--from', '2026-08-09T09:00+03:00', '--to', '2026-11-01T09:00+02:00', '--team', 'payments'];
    const told = await json('fairness', ...span, '--catalog', path, '--absences', absences);
    const row = { person: expect.any(String), load: expect.any(Number), covers_given: expect.any(Number) };
    expect(told).toEqual({ points_per_100_available_hours: expect.any(Number), people: [row, row] });
    expect(told).toMatchObject({ people: [{ person: 'omer' }, { person: 'noa', covers_given: 0 }] });
  });

  it('refuses a span that is none', async () => {
    await apply();
    expect(await toran('fairness', '--from', '2026-11-02T00:00Z', '--to', '2026-11-01T00:00Z')).toMatchObject({
      code: 2,
    });
    expect(await toran('fairness', '--team', 'none')).toMatchObject({ code: 2 });
    expect(await toran('fairness', '--absences', 'x')).toMatchObject({ code: 2 });
  });
});

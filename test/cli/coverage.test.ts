import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { coverageCommand } from '../../src/cli/coverage.ts';
import { BadInput } from '../../src/config/bad-input.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/oncall/${name}`, import.meta.url));
const files = ['--catalog', fixture('coverage-catalog.yaml'), '--absences', fixture('coverage-absences.yaml')];
const from = ['--from', '2026-11-22T10:00+02:00'];
const now = Date.parse('2026-12-23T10:00:30.500+02:00');

async function run(args: readonly string[], clock: () => number = () => now, isTerminal = false) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await coverageCommand.run(args, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: {},
    isTerminal,
    now: clock,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

async function json(...args: readonly string[]): Promise<unknown> {
  const { code, out, err } = await run([...files, ...args, '--json']);
  expect([code, out.length, err]).toEqual([0, 1, []]);
  return JSON.parse(out[0] ?? '');
}

describe('toran coverage --json', () => {
  it('prints segments with level, surplus, depths and witness, at the workspace’s offset', async () => {
    expect(await json('--from', '2026-12-26T10:00+02:00', '--days', '1')).toEqual({
      segments: [
        {
          from: '2026-12-26T10:00:00+02:00',
          to: '2026-12-27T08:00:00+02:00',
          level: 'last_person',
          surplus: 0,
          schedules: [
            { schedule: 'payments', depth: 2 },
            { schedule: 'db', depth: 2 },
            { schedule: 'web', depth: 0 },
            { schedule: 'platform', depth: 1 },
          ],
          witness: { schedules: ['web'], people: ['idan'] },
        },
        {
          from: '2026-12-27T08:00:00+02:00',
          to: '2026-12-27T09:00:00+02:00',
          level: 'uncovered',
          surplus: -1,
          schedules: [
            { schedule: 'payments', depth: 2 },
            { schedule: 'db', depth: 2 },
            { schedule: 'web', depth: -1 },
            { schedule: 'platform', depth: 0 },
          ],
          witness: { schedules: ['web'], people: [] },
        },
        {
          from: '2026-12-27T09:00:00+02:00',
          to: '2026-12-27T10:00:00+02:00',
          level: 'uncovered',
          surplus: -1,
          schedules: [
            { schedule: 'payments', depth: 2 },
            { schedule: 'db', depth: 2 },
            { schedule: 'web', depth: -1 },
            { schedule: 'platform', depth: 0 },
            { schedule: 'support-daytime', depth: 2 },
          ],
          witness: { schedules: ['web'], people: [] },
        },
      ],
    });
  });

  it('begins now and looks ninety days ahead when nothing else is said, by the calendar', async () => {
    const { segments } = (await json()) as { segments: { from: string; to: string }[] };
    expect(segments[0]?.from).toBe('2026-12-23T10:00:00+02:00');
    expect(segments.at(-1)?.to).toBe('2027-03-23T10:00:00+02:00');
    const summer = (await json('--from', '2027-03-01T10:00+02:00')) as { segments: { to: string }[] };
    expect(summer.segments.at(-1)?.to).toBe('2027-05-30T10:00:00+03:00');
  });

  it('goes by the mode and the target', async () => {
    const surplus = async (...args: string[]) => {
      const { segments } = (await json('--from', '2026-12-14T20:00+02:00', '--days', '1', ...args)) as {
        segments: { level: string; surplus: number }[];
      };
      return [segments[0]?.level, segments[0]?.surplus];
    };
    expect(await surplus()).toEqual(['last_person', 0]);
    expect(await surplus('--mode', 'confirmed')).toEqual(['thin', 1]);
    expect(await surplus('--mode', 'confirmed', '--k', '1')).toEqual(['ok', 1]);
    expect(await surplus('--mode', 'stress')).toEqual(['uncovered', -2]);
  });

  it('tells a drill besides, service by service', async () => {
    const { drill } = (await json(...from, '--days', '1', '--without', 'noa, Dana Cohen')) as { drill: unknown };
    expect(drill).toMatchObject({
      at: '2026-11-22T10:00:00+02:00',
      people: ['noa', 'dana'],
      services: [
        { service: 'checkout', steps: [{}, {}], last_resort: { after: { people: [], channels: ['#incidents'] } } },
        { service: 'site', outcome: 'same' },
      ],
      schedules: [
        { schedule: 'payments', depth: { before: 3, after: 1 }, hollow: false },
        { schedule: 'db', hollow: false },
        {},
        {},
        {},
      ],
      coverage: { after: { level: 'last_person', surplus: 0, witness: { schedules: ['db', 'payments'] } } },
    });
  });

  it('needs no absences', async () => {
    const { code, out } = await run(['--catalog', fixture('coverage-catalog.yaml'), ...from, '--days', '1', '--json']);
    expect([code, out.length]).toEqual([0, 1]);
  });
});

describe('toran coverage', () => {
  it('prints spans with lead times, covers to ask for and next steps', async () => {
    const { out } = await run([...files, ...from]);
    const text = out.join('\n');
    expect(text).toContain('Coverage from Sun 2026-11-22 10:00 +02:00 to Sat 2027-02-20 10:00 +02:00');
    expect(text).toMatch(
      /Sun 2026-12-27 08:00 \+02:00 +Mon 2026-12-28 20:00 \+02:00 +uncovered +in 34 days +web: nobody is left/,
    );
    expect(text).toMatch(
      /last person +in 20 days +db and payments: rest on the same 2 people \(Dana Cohen and Noa Levi\)/,
    );
    expect(text).toContain('Covers to ask for');
    expect(text).toMatch(/ {2}web, .*: no cover; nobody of the schedule can be asked all that time/);
    expect(text).toContain('Coverage cannot be fair');
    expect(text).toContain('Next steps\n  web (in 34 days): a place stays empty.');
  });

  it('names nobody who is away', async () => {
    const { out } = await run([...files, '--from', '2026-12-27T10:00+02:00', '--days', '1']);
    expect(out.join('\n')).not.toMatch(/Idan|Tamar|Amir/);
  });

  it('speaks Hebrew when asked', async () => {
    const { out } = await run([...files, ...from, '--lang', 'he']);
    expect(out.join('\n')).toMatch(/ללא כיסוי +בעוד 34 ימים/);
  });

  it('tells a drill in words', async () => {
    const { out } = await run([...files, ...from, '--without', 'noa,dana,omer']);
    const text = out.join('\n');
    expect(text).toContain('Drill: Noa Levi, Dana Cohen and Omer Bar cannot be reached');
    expect(text).toMatch(/checkout +1\. .*יעל שקד.* others are paged/);
    expect(text).toContain('db and payments: too few people are left');
  });

  it('writes the picture', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'toran-coverage-'));
    try {
      const path = join(folder, 'map.png');
      await run([...files, ...from, '--png', path, '--json']);
      const png = await readFile(path);
      expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('says what it is doing once that takes longer than a second, on a terminal alone', async () => {
    let at = now;
    const slow = () => (at += 700);
    expect((await run([...files, ...from], slow, true)).err).toEqual(['toran coverage: planning covers …']);
    expect((await run([...files, ...from], slow)).err).toEqual([]);
  });
});

describe('toran coverage refuses', () => {
  const cases: readonly [string, readonly string[], RegExp][] = [
    ['no catalog', [], /^--catalog: is missing; /],
    ['a catalog that is not there', ['--catalog', '/nowhere.yaml'], /^--catalog: \/nowhere.yaml does not exist; /],
    ['a time without an offset', [...files, '--from', '2026-11-22T10:00'], /^--from: .* is no time with an offset; /],
    [
      'days that are none',
      [...files, '--days', '0'],
      /^--days: "0" cannot be used; give a whole number from 1 to 366$/,
    ],
    ['half a person', [...files, '--k', '1.5'], /^--k: "1.5" cannot be used; give a whole number from 1 to 20$/],
    ['a mode that it does not know', [...files, '--mode', 'worst'], /^--mode: "worst" is none; use one of confirmed, /],
    ['a stranger', [...files, '--without', 'noa,ghost'], /^--without: "ghost" is not in the catalog; /],
    ['a language that it does not speak', [...files, '--lang', 'fr'], /^--lang: "fr" is none; use one of en, he$/],
    ['an option that it does not know', [...files, '--probability', '1'], /^coverage: .*; see toran coverage --help$/],
    ['a folder that is not there', [...files, '--json', '--png', '/nowhere/map.png'], /^--png: .* cannot be written/],
  ];
  it.each(cases)('%s, in one line', async (_, args, message) => {
    const refused = await run(args).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(BadInput);
    expect((refused as BadInput).message).toMatch(message);
    expect((refused as BadInput).message).not.toContain('\n');
  });
});

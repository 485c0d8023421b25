import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { oncallCommand } from '../../src/cli/oncall.ts';
import { BadInput } from '../../src/config/bad-input.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../fixtures/oncall/${name}`, import.meta.url));
const catalog = ['--catalog', fixture('catalog.yaml'), '--schedule', 'payments'];
const absences = ['--absences', fixture('absences.yaml')];
const week = ['--from', '2026-10-31T00:00+02:00', '--to', '2026-11-07T00:00+02:00'];

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await oncallCommand.run(args, {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: {},
    isTerminal: false,
    now: () => 0,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

async function json(...args: readonly string[]): Promise<unknown> {
  const { code, out, err } = await run(...catalog, ...args, '--json');
  expect({ code, err, lines: out.length }).toEqual({ code: 0, err: [], lines: 1 });
  return JSON.parse(out[0] ?? '');
}

async function refusal(...args: readonly string[]): Promise<string> {
  return run(...args).then(
    () => 'accepted',
    (error: unknown) => (error instanceof BadInput ? error.message : Promise.reject(error)),
  );
}

describe('toran oncall', () => {
  it('prints who is on duty at an instant, and who was passed over', async () => {
    expect(await json('--at', '2026-11-04T10:00+02:00')).toEqual({
      on_call: [{ schedule: 'payments', person: 'noa', why: 'rotation', excluded: [] }],
    });
    expect(await json(...absences, '--at', '2026-11-04T10:00+02:00')).toEqual({
      on_call: [
        { schedule: 'payments', person: 'omer', why: 'cover', excluded: [{ person: 'noa', because: 'unavailable' }] },
      ],
    });
    expect(await json('--at', '2026-11-05T08:00Z')).toEqual({
      on_call: [
        { schedule: 'payments', person: 'omer', why: 'override', excluded: [{ person: 'noa', because: 'replaced' }] },
      ],
    });
  });

  it('prints nobody before the start of a schedule', async () => {
    expect(await json('--at', '2026-10-31T00:00Z')).toEqual({
      on_call: [{ schedule: 'payments', person: null, why: 'nobody', excluded: [] }],
    });
  });

  it('prints shifts with the offset of the schedule, clipped, with gaps and covers', async () => {
    const shift = (start: string, end: string, person: string | null, why: string) => ({
      schedule: 'payments',
      start: `${start}:00+02:00`,
      end: `${end}:00+02:00`,
      person,
      why,
    });
    expect(await json(...absences, ...week)).toEqual({
      shifts: [
        shift('2026-10-31T00:00', '2026-11-01T09:00', null, 'nobody'),
        shift('2026-11-01T09:00', '2026-11-03T06:00', 'noa', 'rotation'),
        shift('2026-11-03T06:00', '2026-11-05T09:00', 'omer', 'cover'),
        shift('2026-11-05T09:00', '2026-11-06T09:00', 'omer', 'override'),
        shift('2026-11-06T09:00', '2026-11-06T18:00', 'omer', 'rotation'),
        shift('2026-11-06T18:00', '2026-11-07T00:00', 'omer', 'cover'),
      ],
    });
  });

  it('prints a table to read without --json', async () => {
    const { out } = await run(...catalog, ...absences, '--at', '2026-11-04T10:00+02:00');
    expect(out).toEqual([
      'Schedule payments, times of Asia/Jerusalem: Wed 2026-11-04 10:00 +02:00',
      'On duty   Why    Passed over',
      'Omer Bar  cover  Noa Levi (unavailable)',
    ]);
    const shifts = await run(...catalog, ...week);
    expect(shifts.out.slice(0, 4)).toEqual([
      'Schedule payments, times of Asia/Jerusalem',
      'From                         Until                        On duty   Why',
      'Sat 2026-10-31 00:00 +02:00  Sun 2026-11-01 09:00 +02:00  nobody',
      'Sun 2026-11-01 09:00 +02:00  Thu 2026-11-05 09:00 +02:00  Noa Levi  rotation',
    ]);
  });

  it.each([
    [
      'no catalog',
      ['--schedule', 'payments', '--at', '2026-11-05T08:00Z'],
      '--catalog: is missing; name a catalog file',
    ],
    ['no schedule', catalog.slice(0, 2), '--schedule: is missing; name a schedule of the catalog'],
    ['no time', catalog, '--at: is missing; give --at TIME, or --from TIME and --to TIME'],
    [
      'a time without an offset',
      [...catalog, '--at', '2026-11-05T08:00'],
      '--at: "2026-11-05T08:00" is no time with an offset; write it like 2026-11-05T10:00+02:00',
    ],
    [
      'an instant and a span',
      [...catalog, '--at', '2026-11-05T08:00Z', ...week],
      '--at: cannot go with --from or --to; ask for one instant or for a span',
    ],
    ['half a span', [...catalog, '--from', '2026-11-05T08:00Z'], '--to: is missing; it goes with --from'],
    [
      'a reversed span',
      [...catalog, '--from', '2026-11-05T08:00Z', '--to', '2026-11-05T08:00Z'],
      '--to: 2026-11-05T08:00Z is not after --from; give a later time',
    ],
    [
      'an endless span',
      [...catalog, '--from', '2026-11-05T08:00Z', '--to', '2126-11-05T08:00Z'],
      '--to: is more than five years after --from; ask for less',
    ],
    ['an unknown option', [...catalog, '--form', 'x'], "oncall: Unknown option '--form'; see toran oncall --help"],
    [
      'a severity that is none',
      [...catalog, '--at', '2026-11-05T08:00Z', '--severity', 'p1'],
      '--severity: "p1" is none; use one of sev1, sev2, sev3, sev4',
    ],
  ])('refuses %s in one line that says what to do', async (_, args, message) => {
    expect(await refusal(...args)).toBe(message);
  });

  it('names the schedules that there are, and files that are not', async () => {
    expect(
      await refusal('--catalog', fixture('catalog.yaml'), '--schedule', 'db', '--at', '2026-11-05T08:00Z'),
    ).toMatch(/^--schedule: "db" is not in .*catalog\.yaml; declared: payments$/);
    expect(await refusal('--catalog', '/nowhere.yaml', '--schedule', 'db', '--at', '2026-11-05T08:00Z')).toMatch(
      /^--catalog: \/nowhere\.yaml cannot be read \(ENOENT/,
    );
  });
});

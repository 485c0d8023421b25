import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { dispatch } from '../../src/cli/run.ts';

let directory: string;
let now: number;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'toran-callup-'));
  now = Date.parse('2026-11-22T10:00:00+02:00');
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const catalog = (locale: string) => `workspace:
  { timezone: Asia/Jerusalem, work_week: [sun, mon, tue, wed, thu], locale: ${locale}, last_resort: ["channel:#incidents"] }
people:
  noa: { name: Noa Levi }
  omer: { name: Omer Bar }
  dana: { name: Dana Or }
  gil: { name: Gil Paz }
schedules:
  payments:
    timezone: Asia/Jerusalem
    layers: [{ start: "2026-11-22T09:00", every: { weeks: 1 }, participants: [noa, omer, dana, gil] }]
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

const printed = z.looseObject({ batch: z.string().optional(), hollow: z.unknown().optional() });

async function json(...args: readonly string[]) {
  const { code, out, err } = await toran('callup', ...args, '--json');
  expect({ code, err, lines: out.length }).toEqual({ code: 0, err: [], lines: 1 });
  return printed.parse(JSON.parse(out[0] ?? ''));
}

async function apply(locale = 'en'): Promise<void> {
  const path = join(directory, 'catalog.yaml');
  await writeFile(path, catalog(locale));
  await toran('apply', path);
}

describe('toran callup', () => {
  it('looks without changing anything, marks, applies and undoes', async () => {
    await apply();
    const preview = await json('--people', 'noa,omer', '--dry-run');
    expect(preview).toMatchObject({
      people: ['noa', 'omer'],
      hollow: [{ schedule: 'payments', level: 'thin', depth: 1, from: '2026-11-22T10:00:00+02:00' }],
    });
    const done = await json('--people', 'Noa Levi, omer');
    const people = [
      { person: 'noa', verdict: 'done' },
      { person: 'omer', verdict: 'done' },
    ];
    expect(done).toMatchObject({ people, hollow: preview.hollow });
    const batch = done.batch ?? '';
    const inForce = expect.objectContaining({ schedule: 'payments', instead_of: 'noa', verdict: 'done' });
    expect((await json('--apply', batch))['covers']).toEqual(expect.arrayContaining([inForce]));
    now += 60_000;
    expect(await json('--undo', batch)).toMatchObject({ people, schedules: [{ schedule: 'payments' }] });
    // Four people, one needed: without one of them two may still drop out.
    expect((await json('--people', 'noa', '--dry-run')).hollow).toEqual([]);
  });

  it('prints what a person can read and go on from', async () => {
    await apply();
    const { code, out } = await toran('callup', '--people', 'noa,omer,dana');
    expect(code).toBe(0);
    const text = out.join('\n');
    expect(text).toContain('Noa Levi: not asked any more');
    expect(text).toContain('payments: last person, 0 to spare');
    expect(text).toMatch(/Gil Paz instead of Noa Levi \(.*the only one who can/);
    expect(text).toMatch(/toran callup --apply \d{8}-\d{4}-[0-9a-f]{6}\n.*--undo/);
  });

  it('does not say that no shift is left when nobody is left to take one', async () => {
    await apply();
    const text = (await toran('callup', '--people', 'noa,omer,dana,gil')).out.join('\n');
    expect(text).toContain('Nobody is left who could take any of it.');
    expect(text).not.toContain('No shift is left');
    expect(text).toContain('payments: Sun 2026-11-22 10:00 +02:00 until');
  });

  it('speaks Hebrew where the workspace does', async () => {
    await apply('he');
    expect((await toran('callup', '--people', 'noa', '--dry-run')).out[1]).toBe('  Noa Levi: הסימון יהיה: ללא זמינות');
  });

  it('refuses what it cannot use in one line', async () => {
    await apply();
    for (const args of [
      [],
      ['--people', ''],
      ['--people', 'noa,nobody'],
      ['--people', 'noa', '--undo', 'b'],
      ['--apply', 'b', '--until', '2026-12-01T00:00Z'],
      ['--undo', 'b'],
      ['--people', 'noa', '--until', '2026-11-01T00:00Z'],
    ]) {
      const { code, out, err } = await toran('callup', ...args);
      expect({ args, code, out, lines: err.length }).toEqual({ args, code: 2, out: [], lines: 1 });
    }
  });
});

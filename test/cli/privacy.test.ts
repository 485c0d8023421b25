import { readFile, stat } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { dispatch } from '../../src/cli/run.ts';
import { openPrivateStore } from '../../src/store/private/open.ts';
import { dayMs } from '../../src/oncall/time.ts';
import { createDatabase } from '../support/postgres.ts';
import { cliWorld, type CliWorld } from './cli-world.ts';

const secret = 'a secret of at least thirty-two characters';
const start = Date.UTC(2026, 10, 24, 8);
const catalog = `
workspace: { timezone: Asia/Jerusalem, locale: en, work_week: [sun, mon], admins: [], last_resort: ["channel:#ops"] }
people:
  noa: { name: Noa Levi, slack: U01 }
  omer: { name: Omer Bar, slack: U02, language: he }
`;

let world: CliWorld;
beforeEach(async () => {
  world = await cliWorld(start);
  expect((await world.run('apply', await world.file('catalog.yaml', catalog))).code).toBe(0);
});
afterEach(() => world.close());

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await dispatch(['privacy', ...args], {
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
    env: { DATABASE_URL: world.databaseUrl, TORAN_SECRET: secret },
    isTerminal: false,
    now: () => world.now,
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

/** Noa is away, with a reason, a rule and a calendar. */
async function noaIsAway(): Promise<void> {
  await world.run('away', 'noa');
  const { absences } = JSON.parse((await run('export', '--person', 'noa', '--json', '-')).out.join('\n'));
  const store = await openPrivateStore(world.databaseUrl.replace('.db', '-private.db'), { secrets: [secret] });
  await store.saveReason({ window: absences[0].id, person: 'noa', kind: 'service' });
  await store.saveRule({ id: 'r1', person: 'noa', rule: { city: 'Haifa' } });
  const address = 'https://hr.example.com/feeds/secret-token.ics';
  await store.saveFeed({ id: 'f1', person: 'noa', address, settings: { effect: 'hard' }, memory: undefined });
  await store.close();
}

describe('toran privacy', () => {
  it('exports everything about one person, and writes down that somebody looked', async () => {
    await noaIsAway();
    const { code, out, err } = await run('export', '--person', 'Noa Levi');
    expect({ code, err }).toEqual({ code: 0, err: [] });
    const text = out.join('\n');
    expect(text).toContain('from 2026-11-24T10:00:00+02:00 until further notice, unavailable, service');
    expect(text).toContain('{"city":"Haifa"}');
    expect(text).toContain('f1: https://hr.example.com/…');
    expect(text).not.toContain('secret-token');
    expect(text).toContain('whoever runs Toran looked at everything (export)');
    expect((await run('export', '--person', 'omer')).out.join('\n')).not.toMatch(
      /service|Haifa|hr\.example|2026-11-24T10:00:00\+02:00 until/,
    );
  });

  it('writes an export into a file that only its owner can read', async () => {
    await noaIsAway();
    const file = world.path('noa.json');
    expect(await run('export', '--person', 'noa', '--json', file)).toEqual({
      code: 0,
      out: [`written to ${file}`],
      err: [],
    });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ person: 'noa', absences: [{ kind: 'service' }] });
    const refused = await run('export', '--person', 'noa', '--json', world.path('no/such/folder'));
    expect([refused.code, refused.err.length]).toEqual([2, 1]);
  });

  it('shows who looked, in the language of the person', async () => {
    expect((await run('log', '--person', 'omer')).out).toEqual(['אין']);
    await run('export', '--person', 'omer');
    expect((await run('log', '--person', 'omer')).out).toEqual([expect.stringContaining('מי שמפעיל את Toran')]);
    expect(JSON.parse((await run('log', '--person', 'omer', '--json')).out.join(''))).toEqual({
      person: 'omer',
      looks: [{ by: 'operator', at: '2026-11-24T08:00:00.000Z', what: 'everything' }],
    });
  });

  it('erases on an express wish alone, and leaves what keeps its person from being paged', async () => {
    await noaIsAway();
    world.now += dayMs;
    expect(await run('erase', '--person', 'noa')).toEqual({
      code: 2,
      out: [],
      err: ['privacy erase: cannot be undone; add --yes when it is meant'],
    });
    const erased = await run('erase', '--person', 'noa', '--yes');
    expect(erased.out.join('\n')).toMatch(/^erased: .* 0 absences\n1 absence that holds or is to come was left/);
    expect(await world.json('back', 'noa')).toMatchObject({ changed: true });
    world.now += dayMs;
    expect(JSON.parse((await run('erase', '--person', 'noa', '--yes', '--json')).out.join(''))).toEqual({
      person: 'noa',
      absences: 2,
      left: 0,
    });
    const { absences, rules, calendars } = JSON.parse(
      (await run('export', '--person', 'noa', '--json', '-')).out.join('\n'),
    );
    expect([absences, rules, calendars]).toEqual([[], [], []]);
  });

  it('works without a secret for what is not sealed, and says how to turn the rest on', async () => {
    const { code, out, err } = await world.run('privacy', 'export', '--person', 'noa');
    expect(code).toBe(0);
    expect(out[0]).toContain('What Toran keeps of Noa Levi');
    expect(err).toEqual([expect.stringContaining('set TORAN_SECRET')]);
  });

  it('moves what is private into another database, where the same secret opens it', async () => {
    await noaIsAway();
    await run('export', '--person', 'noa');
    const target = await createDatabase(inject('postgresUrl'), `privacy_move_${process.pid}`);
    expect((await run('move', '--to', target)).out).toEqual([
      expect.stringMatching(/^copied 6 rows; set TORAN_PRIVATE/),
    ]);
    const moved = await openPrivateStore(target, { secrets: [secret] });
    expect(await moved.reasons('noa')).toMatchObject([{ kind: 'service' }]);
    expect(await moved.rules('noa')).toMatchObject([{ rule: { city: 'Haifa' } }]);
    expect(await moved.looksAt('noa')).toHaveLength(2);
    await moved.close();
    expect(await run('move', '--to', target)).toMatchObject({
      code: 2,
      err: [expect.stringContaining('holds private data already')],
    });
  });

  it('says what is missing in one line', async () => {
    for (const [args, said] of [
      [[], 'say export, log, erase or move'],
      [['export'], '--person: is missing'],
      [['export', '--person', 'nobody'], '"nobody" is not in the catalog'],
      [['log', '--person', 'noa', '--no-such-option'], '--no-such-option'],
    ] as const) {
      const { code, err } = await run(...args);
      expect([code, err]).toEqual([2, [expect.stringContaining(said)]]);
    }
  });
});

import { describe, expect, it } from 'vitest';
import { doctorCommand } from '../../src/cli/doctor.ts';
import { minuteMs } from '../../src/oncall/time.ts';
import { openStore } from '../../src/store/open.ts';
import { company, person } from '../support/company.ts';
import {
  apiToken,
  appToken,
  botToken,
  database,
  secrets,
  surroundings,
  told,
  toldOf,
  webhookSecret,
} from './doctor-support.ts';

describe('toran doctor', () => {
  it('finds all well where all is well, and prints no token', async () => {
    const { codes, text } = await toldOf({});
    expect(codes).toEqual([
      'ok settings_fine',
      'ok database_fine',
      'ok private_off',
      'ok catalog_fine',
      'ok time_data_fine',
      'ok clock_fine',
      'ok slack_fine',
      'ok scopes_fine',
      'ok app_token_fine',
      'ok manifest_fine',
      'ok pagerduty_fine',
      'ok subscription_fine',
    ]);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('speaks the language of the workspace', async () => {
    const english = company();
    const catalog = { ...english, workspace: { ...english.workspace, locale: 'he' as const } };
    const { text, language } = await toldOf({ catalog });
    expect(language).toBe('he');
    expect(text).toContain('האסימון תקין');
  });

  it('tells every fault of a dead network within its patience, and prints no token', async () => {
    const env = {
      DATABASE_URL: await database(),
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_API_URL: 'http://127.0.0.1:1/api/',
      PAGERDUTY_API_TOKEN: apiToken,
      PAGERDUTY_API_SERVER: '127.0.0.1:1',
      PAGERDUTY_WEBHOOK_SECRETS: webhookSecret,
    };
    const { codes, text } = await told(env, { now: Date.now });
    expect(codes.filter((code) => !code.startsWith('ok'))).toEqual([
      'fail slack_unreachable',
      'fail pagerduty_unreachable',
    ]);
    for (const secret of secrets) expect(text).not.toContain(secret);
  });

  it('does not wait for sides that never answer', async () => {
    const { slack, pagerDuty, settings, options } = await surroundings();
    slack.faults.inject({ kind: 'delay', delayMs: minuteMs });
    pagerDuty.faults.add({ fault: { kind: 'hang' } });
    const { codes } = await told(settings, { ...options, timeoutMs: 400 });
    expect(codes.filter((code) => code.startsWith('fail'))).toEqual([
      'fail slack_unreachable',
      'fail pagerduty_unreachable',
    ]);
  });
});

describe('the settings', () => {
  it('that cannot be read are one finding that names the variable', async () => {
    const { codes, text } = await told({ SLACK_BOT_TOKEN: 'nonsense' }, { now: Date.now });
    expect(codes).toEqual(['fail settings_bad']);
    expect(text).toContain('SLACK_BOT_TOKEN');
    expect(text).not.toContain('nonsense');
  });

  it('without Slack, without phones, without a readable catalog file are told', async () => {
    const env = { DATABASE_URL: await database(), TORAN_CATALOG: '/nowhere/catalog.yaml' };
    const { codes } = await told(env, { now: Date.now });
    expect(codes).toEqual(
      expect.arrayContaining(['fail slack_not_set', 'warn phones_silent', 'fail catalog_file_bad']),
    );
  });
});

describe('the database', () => {
  it('that cannot be opened fails, and the rest is told all the same', async () => {
    const { codes } = await told({ DATABASE_URL: 'file:/proc/nowhere/toran.db' }, { now: Date.now });
    expect(codes).toEqual(expect.arrayContaining(['fail database_down', 'ok manifest_fine']));
  });

  it('tells what was given up and what was set aside', async () => {
    const url = await database();
    const store = await openStore(url, { role: 'tool' });
    await store.setAside('pagerduty', 'W1', 'not JSON', 'content of a stranger', 1);
    await store.countSignals(
      [],
      [],
      [{ effect: { kind: 'reassess.all' }, due: 0, lane: 'x', priority: 1, coalesce: undefined }],
      0,
    );
    const [job] = await store.claim(1, 2, 'token', 1);
    if (job === undefined) throw new Error('nothing was due');
    await store.bury(job, 'PagerDuty refused (404)', 1);
    await store.close();
    const { codes, text } = await told({ DATABASE_URL: url }, { now: Date.now });
    expect(codes).toEqual(expect.arrayContaining(['warn dead_letters', 'warn set_aside']));
    expect(text).toContain('PagerDuty refused (404)');
    expect(text).not.toContain('content of a stranger');
  });
});

describe('the catalog', () => {
  it('that is missing fails', async () => {
    const { codes } = await told({ DATABASE_URL: 'file::memory:' }, { now: Date.now });
    expect(codes).toContain('fail catalog_missing');
  });

  it('tells whom no page reaches and for whom no phone rings', async () => {
    const catalog = company();
    const people = {
      ...catalog.people,
      beni: person('beni', { slack: undefined, pagerduty: undefined }),
      dana: person('dana', { pagerduty: undefined }),
    };
    const { codes, text } = await toldOf({ catalog: { ...catalog, people } });
    expect(codes).toEqual(expect.arrayContaining(['fail people_unreachable', 'warn people_not_rung']));
    expect(text).toContain('no page can reach beni\n');
    expect(text).toContain('no phone rings for dana\n');
  });
});

describe('the clock', () => {
  it('is compared with Slack and PagerDuty', async () => {
    const { settings, options } = await surroundings();
    const late = await told(settings, { ...options, now: () => Date.now() - 10 * minuteMs });
    expect(late.codes.filter((code) => code.endsWith('clock_off'))).toEqual(['fail clock_off', 'fail clock_off']);
    expect(late.text).toMatch(/(599|60[01]) s away from Slack/);
    const alittle = await told(settings, { ...options, now: () => Date.now() + minuteMs / 2 });
    expect(alittle.codes).toContain('warn clock_off');
  });
});

describe('the command', () => {
  it('exits with 1 when something fails, and prints JSON alone when it is asked to', async () => {
    const out: string[] = [];
    const err: string[] = [];
    const code = await doctorCommand.run(['--json'], {
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      env: { DATABASE_URL: 'file::memory:' },
      isTerminal: false,
      now: Date.now,
      signal: new AbortController().signal,
    });
    expect({ code, err, lines: out.length }).toEqual({ code: 1, err: [], lines: 1 });
    expect(JSON.parse(out[0] ?? '')).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([
        { check: 'settings', level: 'fail', code: 'slack_not_set', text: expect.any(String), fix: expect.any(String) },
      ]),
    });
  });
});

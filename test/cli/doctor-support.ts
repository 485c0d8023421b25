import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { apply } from '../../src/cli/apply.ts';
import { examine, type ExamineOptions } from '../../src/cli/doctor.ts';
import { createEngine } from '../../src/engine/executor.ts';
import { doctorWords } from '../../src/messages/doctor.ts';
import type { Catalog } from '../../src/oncall/catalog.ts';
import { startLocalPagerDuty } from '../../src/sandbox/pagerduty/local-pagerduty.ts';
import { startLocalSlack } from '../../src/sandbox/slack/local-slack.ts';
import type { AppSeed } from '../../src/sandbox/slack/options.ts';
import { manifestScopes } from '../../src/slack/scopes.ts';
import { openStore } from '../../src/store/open.ts';
import { account } from '../pagerduty/support.ts';
import { company } from '../support/company.ts';

export const botToken = 'xoxb-1-2-secret-of-the-bot';
export const appToken = 'xapp-1-secret-of-the-socket';
export const apiToken = 'secret-of-pagerduty';
export const webhookSecret = 'secret-of-the-webhook';
export const secrets = [botToken, appToken, apiToken, webhookSecret];

const app: AppSeed = {
  appId: 'A1',
  botUserId: 'UBOT',
  botToken,
  appToken,
  signingSecret: 'unused',
  scopes: manifestScopes,
  slashCommands: [{ command: '/incident' }],
};

/** A database file with the company's catalog in it. */
export async function database(catalog: Catalog = company()): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'toran-doctor-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const url = `file:${join(folder, 'toran.db')}`;
  const store = await openStore(url, { role: 'tool' });
  const engine = createEngine({ store, clock: { now: Date.now }, ways: [], onCommitted: () => undefined });
  await apply(engine, 'catalog', catalog, []);
  await store.close();
  return url;
}

export interface Surroundings {
  catalog?: Catalog;
  scopes?: readonly string[];
  pagerDuty?: Partial<ReturnType<typeof account>>;
  env?: Record<string, string>;
}

/** Both sandboxes, and a Toran that is set up for them as it should be. */
export async function surroundings({ catalog, scopes, pagerDuty: seed, env }: Surroundings = {}) {
  const slack = await startLocalSlack({
    now: Date.now,
    team: { id: 'T1', name: 'Example', domain: 'example' },
    users: [{ id: 'UALMA', name: 'alma', realName: 'Alma' }],
    app: { ...app, scopes: scopes ?? app.scopes },
  });
  onTestFinished(() => slack.close());
  const url = 'https://toran.example.com/hooks/pagerduty';
  const pagerDuty = await startLocalPagerDuty({
    now: Date.now,
    account: { ...account(), apiTokens: [apiToken], ...seed },
    webhooks: [{ id: 'WTORAN', url, secret: webhookSecret }],
    timing: { tickEveryMs: 0 },
  });
  onTestFinished(() => pagerDuty.close());
  const agent = new Agent({ ca: pagerDuty.caPem });
  onTestFinished(() => agent.destroy());
  const settings = {
    DATABASE_URL: await database(catalog),
    SLACK_BOT_TOKEN: botToken,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: slack.apiUrl,
    PAGERDUTY_API_TOKEN: apiToken,
    PAGERDUTY_API_SERVER: pagerDuty.server,
    PAGERDUTY_EVENTS_SERVER: pagerDuty.eventsServer,
    PAGERDUTY_WEBHOOK_SECRETS: webhookSecret,
    ...env,
  };
  const options: ExamineOptions = { now: Date.now, pagerDutyAgent: agent };
  return { slack, pagerDuty, settings, options };
}

/** What was found, as `level code`, and every word of it. */
export async function told(settings: Record<string, string>, options: ExamineOptions) {
  const { findings, language } = await examine(settings, options);
  const words = doctorWords[language].findings;
  return {
    codes: findings.map(({ level, code }) => `${level} ${code}`),
    text: findings.flatMap(({ say }) => Object.values(say(words))).join('\n'),
    language,
  };
}

export async function toldOf(what: Surroundings) {
  const { settings, options } = await surroundings(what);
  return told(settings, options);
}

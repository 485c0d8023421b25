import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { absencesYaml, catalogYaml, emailOf, people, zone } from '../../src/cli/demo/company.ts';
import { freePort } from '../../src/cli/demo/free-port.ts';
import { appSeed, channelSeeds, slackUsers, webhookSecret } from '../../src/cli/demo/seeds.ts';
import { dayMs } from '../../src/oncall/time.ts';
import { startLocalPagerDuty, type LocalPagerDuty } from '../../src/sandbox/pagerduty/local-pagerduty.ts';
import type { AccountSeed } from '../../src/sandbox/pagerduty/seed.ts';
import { startLocalSlack, type LocalSlack } from '../../src/sandbox/slack/local-slack.ts';
import { runToran, startToran, type ToranProcess } from '../support/process.ts';

export const hookToken = 'storm-token-of-the-tests';

/** A local Slack, a local PagerDuty, a database with a catalog: everything that outlives the process under test. */
export interface ChaosWorld {
  readonly slack: LocalSlack;
  readonly pagerDuty: LocalPagerDuty;
  readonly databaseUrl: string;
  readonly postmortems: string;
  readonly services: readonly ChaosService[];
  readonly webUrl: string;
  start(): ToranProcess;
  close(): Promise<void>;
}

export interface ChaosService {
  readonly id: string;
  readonly pagerduty: string;
}

export interface ChaosWorldOptions {
  /** The bundle's `toran.mjs`. */
  readonly entry: string;
  /** `postgres://…`, or undefined for a SQLite file of its own. */
  readonly databaseUrl: string | undefined;
  readonly services: number;
  /** How long the first and the second step of the policy wait. */
  readonly stepSeconds: number;
  readonly slackLimits: 'slack' | 'off';
}

/** Alma is on duty and cannot be asked, Beni covers, Dana is the second step. Time is real. */
export async function startChaosWorld(options: ChaosWorldOptions): Promise<ChaosWorld> {
  const directory = await mkdtemp(join(tmpdir(), 'toran-chaos-'));
  const postmortems = join(directory, 'postmortems');
  await mkdir(postmortems);
  const services = Array.from({ length: options.services }, (_, index) => ({
    id: `service${index + 1}`,
    pagerduty: `PSVC${index + 1}`,
  }));
  const port = await freePort();
  const slack = await startLocalSlack({
    now: Date.now,
    team: { id: 'T0NAHAL', name: 'Nahal', domain: 'nahal' },
    users: slackUsers,
    channels: channelSeeds,
    app: appSeed,
    limits: options.slackLimits,
  });
  const pagerDuty = await startLocalPagerDuty({
    now: Date.now,
    account: accountWith(services),
    webhooks: [{ id: 'PWEBHOOK', url: `http://127.0.0.1:${port}/hooks/pagerduty`, secret: webhookSecret }],
    // PagerDuty publishes no intervals. These keep a story short.
    timing: { webhookRetryAfterMs: (failedAttempt) => Math.min(200 * 2 ** (failedAttempt - 1), 800) },
  });
  const databaseUrl = options.databaseUrl ?? `file:${join(directory, 'toran.db')}`;
  const env = {
    DATABASE_URL: databaseUrl,
    SLACK_BOT_TOKEN: appSeed.botToken,
    SLACK_APP_TOKEN: appSeed.appToken,
    SLACK_API_URL: slack.apiUrl,
    PAGERDUTY_API_TOKEN: 'sandbox-key',
    PAGERDUTY_WEBHOOK_SECRETS: webhookSecret,
    PAGERDUTY_API_SERVER: pagerDuty.server,
    PAGERDUTY_EVENTS_SERVER: pagerDuty.eventsServer,
    NODE_EXTRA_CA_CERTS: pagerDuty.caFile,
    TORAN_HOOK_TOKENS: `storm:${hookToken}`,
    TORAN_POSTMORTEMS: postmortems,
    PORT: String(port),
    LOG_LEVEL: process.env['CHAOS_LOG_LEVEL'] ?? 'info',
  };
  await furnish(directory, { entry: options.entry, env, services, stepSeconds: options.stepSeconds });
  return {
    slack,
    pagerDuty,
    databaseUrl,
    postmortems,
    services,
    webUrl: `http://127.0.0.1:${port}`,
    start: () => startToran({ entry: options.entry, args: ['serve'], env }),
    async close() {
      await Promise.all([slack.close(), pagerDuty.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** As an operator prepares a database: the catalog and the absences by the command line, before anything serves. */
async function furnish(
  directory: string,
  options: {
    readonly entry: string;
    readonly env: Readonly<Record<string, string>>;
    readonly services: readonly ChaosService[];
    readonly stepSeconds: number;
  },
): Promise<void> {
  const now = Date.now();
  const catalog = join(directory, 'catalog.yaml');
  const absences = join(directory, 'absences.yaml');
  await writeFile(catalog, catalogOf(now, options.services, options.stepSeconds));
  await writeFile(absences, absencesYaml(now));
  const applied = await runToran({
    entry: options.entry,
    args: ['apply', catalog, '--absences', absences],
    env: options.env,
  });
  if (applied.code !== 0) throw new Error(`toran apply ended with ${applied.code}: ${applied.stderr}`);
}

/** The company of the sandbox, in a hurry: steps take seconds, and nobody's turn ends while people are being killed. */
function catalogOf(now: number, services: readonly ChaosService[], stepSeconds: number): string {
  return catalogYaml(now, {
    waitSeconds: [stepSeconds, stepSeconds],
    turnWeeks: 52,
    services: services.map(({ id, pagerduty }) => ({ id, name: id, pagerduty })),
  });
}

/** PagerDuty rings whoever it has on call, which is Alma: it does not know that she cannot be asked. */
function accountWith(services: readonly ChaosService[]): AccountSeed {
  const now = Date.now();
  return {
    apiTokens: ['sandbox-key'],
    users: people.map((one) => ({ id: one.pagerduty, name: one.name, email: emailOf(one) })),
    schedules: [
      {
        id: 'PSCHED1',
        name: 'Payments',
        timeZone: zone,
        rotations: [{ start: now - 30 * dayMs, turnMs: 365 * dayMs, userIds: ['PALMA01'] }],
      },
    ],
    escalationPolicies: [
      {
        id: 'PPOLICY',
        name: 'Payments',
        rules: [{ delayMinutes: 30, targets: [{ type: 'schedule', id: 'PSCHED1' }] }],
      },
    ],
    services: services.map((one) => ({ id: one.pagerduty, name: one.id, escalationPolicyId: 'PPOLICY' })),
  };
}

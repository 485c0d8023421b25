import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Logger } from 'pino';
import { parseCatalog } from '../../config/catalog.ts';
import { parseAbsences } from '../../config/absences.ts';
import { readEnvironment } from '../../config/environment.ts';
import { parseIncidentsFile } from '../../config/incidents-file.ts';
import { recordOfImport } from '../../config/incidents-file-row.ts';
import { createMovableClock, type MovableClock } from '../../engine/clock.ts';
import { startServer, type RunningServer, type ServerOptions } from '../../main.ts';
import type { EpochMs } from '../../oncall/time.ts';
import { startLocalPagerDuty, type LocalPagerDuty } from '../../sandbox/pagerduty/local-pagerduty.ts';
import { startLocalSlack, type LocalSlack } from '../../sandbox/slack/local-slack.ts';
import { apply } from '../apply.ts';
import { absencesYaml, catalogYaml } from './company.ts';
import { freePort } from './free-port.ts';
import { historyCsv } from './history.ts';
import { appSeed, channelSeeds, pagerDutyAccount, slackUsers, webhookSecret } from './seeds.ts';

/** A local Slack, a local PagerDuty and Toran between them, on one clock. */
export interface World {
  readonly clock: MovableClock;
  readonly slack: LocalSlack;
  readonly pagerDuty: LocalPagerDuty;
  readonly toran: RunningServer;
  readonly directory: string;
  /** Puts the clock forward and lets everything that became due happen. */
  advance(byMs: number): void;
  /** Lets Toran say everything it has to say by now, at Slack's pace of a message a second. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly start: EpochMs;
  /** Undefined: a SQLite file in a directory that goes away again. */
  readonly databaseUrl: string | undefined;
  readonly slackPort: number;
  readonly log: Logger;
  /** Settings beside those that the sandbox needs itself. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** What is due within this time belongs to what is going on now. */
const soonMs = 5_000;

export async function startWorld(options: WorldOptions): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), 'toran-sandbox-'));
  const begun = Date.now();
  const clock = createMovableClock(() => options.start + (Date.now() - begun));
  const now = () => clock.now();
  const port = await freePort();
  const slack = await startLocalSlack({
    now,
    port: options.slackPort,
    team: { id: 'T0NAHAL', name: 'Nahal', domain: 'nahal' },
    users: slackUsers,
    channels: channelSeeds,
    app: appSeed,
  });
  const pagerDuty = await startLocalPagerDuty({
    now,
    account: pagerDutyAccount(options.start),
    webhooks: [{ id: 'PWEBHOOK', url: `http://127.0.0.1:${port}/hooks/pagerduty`, secret: webhookSecret }],
  });
  const settings = {
    TORAN_SECRET: 'only-for-the-sandbox-where-nobody-is-real',
    ...options.settings,
    DATABASE_URL: options.databaseUrl ?? `file:${join(directory, 'toran.db')}`,
    SLACK_BOT_TOKEN: appSeed.botToken,
    SLACK_APP_TOKEN: appSeed.appToken,
    SLACK_API_URL: slack.apiUrl,
    PAGERDUTY_API_TOKEN: 'sandbox-key',
    PAGERDUTY_WEBHOOK_SECRETS: webhookSecret,
    PAGERDUTY_API_SERVER: pagerDuty.server,
    PAGERDUTY_EVENTS_SERVER: pagerDuty.eventsServer,
    PORT: String(port),
    // Outlives the sandbox, so that it can be read afterwards.
    TORAN_POSTMORTEMS: join('data', 'sandbox'),
  };
  const pagerDutyAgent = new Agent({ ca: pagerDuty.caPem, keepAlive: true });
  const toran = await startToran(settings, { log: options.log, clock, pagerDutyAgent }).catch(
    async (cause: unknown) => {
      await leave();
      throw cause;
    },
  );
  await furnish(toran, options.start, directory);

  async function leave(): Promise<void> {
    await Promise.all([slack.close(), pagerDuty.close()]);
    await rm(directory, { recursive: true, force: true });
  }

  function everythingDue(): void {
    slack.tick();
    pagerDuty.tick();
    toran.wake();
  }

  function advance(byMs: number): void {
    clock.advance(byMs);
    everythingDue();
  }

  async function caughtUp(): Promise<void> {
    for (let turn = 0; turn < 500; turn += 1) {
      const due = await toran.store.nextDue();
      if (toran.inFlight() === 0 && (due === undefined || due > clock.now() + soonMs)) return;
      if (toran.inFlight() === 0 && due !== undefined) advance(Math.max(0, due - clock.now()));
      await setTimeout(5);
    }
  }

  return {
    clock,
    slack,
    pagerDuty,
    toran,
    directory,
    advance,
    caughtUp,
    async close() {
      await toran.stop();
      await leave();
    },
  };
}

/** Inside a promise, so that settings that cannot be used are answered like a database that cannot. */
async function startToran(
  settings: Readonly<Record<string, string>>,
  options: Omit<ServerOptions, 'environment'>,
): Promise<RunningServer> {
  return startServer({ ...options, environment: readEnvironment(settings) });
}

/** Applies the company's catalog, the absences and twelve weeks of history, as an operator would with the command line. */
async function furnish(toran: RunningServer, start: EpochMs, directory: string): Promise<void> {
  const [catalogText, absencesText, history] = [catalogYaml(start), absencesYaml(start), historyCsv(start)];
  await writeFile(join(directory, 'catalog.yaml'), catalogText);
  await writeFile(join(directory, 'absences.yaml'), absencesText);
  await writeFile(join(directory, 'history.csv'), history);
  const catalog = parseCatalog(catalogText, 'catalog.yaml');
  await apply(toran.engine, catalogText, catalog, parseAbsences(absencesText, 'absences.yaml', catalog));
  const { rows } = parseIncidentsFile(history, 'history.csv', { skipBad: false });
  await toran.store.importRecords(rows.map(recordOfImport));
}

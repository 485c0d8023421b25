import { readFile } from 'node:fs/promises';
import { Pool } from 'undici';
import { openStore } from '../../src/store/open.ts';
import type { ToranProcess } from '../support/process.ts';
import { quantile } from './report.ts';
import { hookToken, startChaosWorld, type ChaosWorld, type ChaosWorldOptions } from './world.ts';

export interface StormOptions extends Pick<ChaosWorldOptions, 'entry' | 'databaseUrl' | 'slackLimits'> {
  readonly alerts: number;
  readonly keys: number;
  readonly connections: number;
  /** How long after the storm to wait for the last first page. */
  readonly pagesWithinMs: number;
}

export interface StormReport {
  readonly accepted: number;
  readonly refused: number;
  readonly perSecond: number;
  readonly incidents: number;
  /** Sum of the counts of all alerts in the store. */
  readonly counted: number;
  readonly paged: number;
  /** From the moment at which the first alert of a key was sent until Slack had the direct message. */
  readonly firstPageMs: { readonly p50: number; readonly p99: number };
  /** Calls of Slack that it turned away for a limit. */
  readonly limited: number;
  readonly rssMb: { readonly idle: number; readonly peak: number };
  readonly deadLetters: number;
}

/** Sends alerts at full speed to the real process, which pages a person of the local Slack for each key. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const world = await startChaosWorld({
    entry: options.entry,
    databaseUrl: options.databaseUrl,
    services: options.keys,
    stepSeconds: 600,
    slackLimits: options.slackLimits,
  });
  const toran = world.start();
  try {
    await toran.ready;
    const idle = await residentMb(toran.pid, 'VmRSS');
    const sent = await sendAlerts(world, options);
    const pages = await firstPages(world, options);
    const peak = await residentMb(toran.pid, 'VmHWM');
    await toran.stop();
    const latencies = pages.flatMap((at, key) => (at === undefined ? [] : [at - (sent.firstSentAt[key] ?? 0)]));
    return {
      accepted: sent.accepted,
      refused: sent.refused,
      perSecond: Math.round((1_000 * sent.accepted) / sent.tookMs),
      paged: latencies.length,
      firstPageMs: { p50: Math.round(quantile(latencies, 0.5)), p99: Math.round(quantile(latencies, 0.99)) },
      limited: world.slack.log.filter((call) => call.status === 429).length,
      rssMb: { idle, peak },
      ...(await inStore(world, options.keys)),
    };
  } finally {
    await end(toran);
    await world.close();
  }
}

interface Sent {
  readonly accepted: number;
  readonly refused: number;
  readonly tookMs: number;
  readonly firstSentAt: readonly number[];
}

async function sendAlerts({ webUrl, services }: ChaosWorld, options: StormOptions): Promise<Sent> {
  const pool = new Pool(webUrl, { connections: options.connections });
  const firstSentAt: number[] = [];
  const begun = performance.now();
  let next = 0;
  let accepted = 0;
  let refused = 0;
  async function sender(): Promise<void> {
    while (next < options.alerts) {
      const number = next++;
      const key = number % options.keys;
      firstSentAt[key] ??= Date.now();
      const body = {
        dedup_key: `key${key}`,
        status: 'firing',
        service: services[key]?.id,
        title: `storm key${key}x`,
        severity: 'sev1',
      };
      const response = await pool.request({
        method: 'POST',
        path: '/hooks/alerts',
        headers: {
          authorization: `Bearer ${hookToken}`,
          'content-type': 'application/json',
          'idempotency-key': `storm-${number}`,
        },
        body: JSON.stringify(body),
      });
      await response.body.dump();
      if (response.statusCode === 202) accepted += 1;
      else refused += 1;
    }
  }
  try {
    await Promise.all(Array.from({ length: options.connections }, () => sender()));
  } finally {
    await pool.close();
  }
  return { accepted, refused, tookMs: performance.now() - begun, firstSentAt };
}

/** When Slack had the first direct message about each key; undefined where none came in time. */
async function firstPages({ slack }: ChaosWorld, options: StormOptions): Promise<readonly (number | undefined)[]> {
  const look = () =>
    Array.from({ length: options.keys }, (_, key) => {
      const page = slack.state.messages('U0BENI').find((message) => message.text.includes(`storm key${key}x`));
      return page === undefined ? undefined : Number(page.ts) * 1_000;
    });
  await slack
    .until(() => look().every((at) => at !== undefined), options.pagesWithinMs, 'a page for every key')
    .catch(() => undefined);
  return look();
}

async function inStore(
  { databaseUrl }: ChaosWorld,
  keys: number,
): Promise<Pick<StormReport, 'incidents' | 'counted' | 'deadLetters'>> {
  const store = await openStore(databaseUrl, { role: 'tool' });
  try {
    const alerts = await store.alerts(Array.from({ length: keys }, (_, key) => `alerts:storm:key${key}`));
    return {
      incidents: (await store.incidents({ includePrivate: true, limit: 10_000 })).length,
      counted: [...alerts.values()].reduce((total, alert) => total + alert.count, 0),
      deadLetters: (await store.deadLetters()).length,
    };
  } finally {
    await store.close();
  }
}

/** As the kernel counts it: `VmRSS` now, `VmHWM` the most there ever was. NaN where there is no /proc. */
async function residentMb(pid: number, what: 'VmRSS' | 'VmHWM'): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1_024);
}

async function end(toran: ToranProcess): Promise<void> {
  if (toran.isAlive()) toran.kill();
  await toran.ended;
}

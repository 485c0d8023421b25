import { readFile } from 'node:fs/promises';
import { Pool } from 'undici';
import { openStore } from '../../src/store/open.ts';
import type { ToranProcess } from '../support/process.ts';
import { quantile } from './report.ts';
import { hookToken, startChaosWorld, type ChaosWorld, type ChaosWorldOptions } from './world.ts';

export interface StormOptions extends Pick<ChaosWorldOptions, 'entry' | 'databaseUrl' | 'slackLimits'> {
  readonly alerts: number;
  readonly keys: number;
  /** The keys are spread over so many; each has one open incident. */
  readonly services: number;
  readonly connections: number;
  /** How long after the storm to wait for the last first page. */
  readonly pagesWithinMs: number;
}

export interface StormReport {
  readonly accepted: number;
  readonly refused: number;
  readonly perSecond: number;
  readonly incidents: number;
  /** Alerts in the store. */
  readonly known: number;
  /** Sum of the counts of all alerts in the store. */
  readonly counted: number;
  readonly paged: number;
  /** From the moment at which the first alert of a service was sent until Slack had the direct message. */
  readonly firstPageMs: { readonly p50: number; readonly p99: number };
  /** Calls that Slack turned away for a limit. */
  readonly limited: number;
  readonly rssMb: { readonly idle: number; readonly peak: number };
  readonly deadLetters: number;
}

/** Sends alerts at full speed to the real process, which pages a person of the local Slack for each service. */
export async function storm(options: StormOptions): Promise<StormReport> {
  const world = await startChaosWorld({
    entry: options.entry,
    databaseUrl: options.databaseUrl,
    services: options.services,
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
    const latencies = pages.flatMap((at, service) => (at === undefined ? [] : [at - (sent.firstSentAt[service] ?? 0)]));
    return {
      accepted: sent.accepted,
      refused: sent.refused,
      perSecond: Math.round((1_000 * sent.accepted) / sent.tookMs),
      paged: latencies.length,
      firstPageMs: { p50: Math.round(quantile(latencies, 0.5)), p99: Math.round(quantile(latencies, 0.99)) },
      limited: world.slack.log.filter((call) => call.status === 429).length,
      rssMb: { idle, peak },
      ...(await inStore(
        world,
        Array.from({ length: options.keys }, (_, key) => `alerts:storm:key${key}`),
      )),
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
        service: services[key % services.length]?.id,
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

/** When Slack had the first direct message about each service; undefined where none came in time. */
async function firstPages(
  { slack, services }: ChaosWorld,
  { pagesWithinMs }: { readonly pagesWithinMs: number },
): Promise<readonly (number | undefined)[]> {
  const look = () => {
    const pages = slack.state.messages('U0BENI');
    return services.map((service) => {
      const names = new RegExp(`${service.id}(?!\\d)`);
      const page = pages.find((message) => names.test(JSON.stringify(message.blocks ?? [])));
      return page === undefined ? undefined : Number(page.ts) * 1_000;
    });
  };
  await slack
    .until(() => look().every((at) => at !== undefined), pagesWithinMs, 'a page for every service')
    .catch(() => undefined);
  return look();
}

async function inStore({ databaseUrl }: ChaosWorld, keys: readonly string[]) {
  const store = await openStore(databaseUrl, { role: 'tool' });
  try {
    const alerts = await store.alerts(keys);
    return {
      incidents: (await store.incidents({ includePrivate: true, limit: 10_000 })).length,
      known: alerts.size,
      counted: [...alerts.values()].reduce((total, alert) => total + alert.count, 0),
      deadLetters: (await store.deadLetters()).length,
    };
  } finally {
    await store.close();
  }
}

export interface WebhookStormOptions {
  readonly entry: string;
  /** Incidents that PagerDuty opens at once, each of which sends a signed webhook. */
  readonly incidents: number;
  readonly services: number;
  readonly withinMs: number;
}

/** The same by way of PagerDuty, which has at most 32 deliveries under way at once. */
export async function webhookStorm(options: WebhookStormOptions) {
  const world = await startChaosWorld({
    entry: options.entry,
    databaseUrl: undefined,
    services: options.services,
    stepSeconds: 600,
    slackLimits: 'off',
  });
  const toran = world.start();
  try {
    await toran.ready;
    const { pagerDuty, services } = world;
    const begun = Date.now();
    const keys = Array.from({ length: options.incidents }, (_, number) => {
      const serviceId = services[number % services.length]?.pagerduty ?? '';
      const { incident } = pagerDuty.actions.trigger({
        serviceId,
        summary: `storm ${number}`,
        dedupKey: `storm${number}`,
      });
      return `pagerduty:${incident?.id ?? 'none'}`;
    });
    const born = new Set(keys.map((key) => key.slice('pagerduty:'.length)));
    const outcomes = (outcome: 'delivered' | 'dropped') =>
      pagerDuty.log.deliveries.filter((one) => one.outcome === outcome && born.has(one.incidentId ?? '')).length;
    await pagerDuty.until(() => outcomes('delivered') + outcomes('dropped') >= options.incidents, options.withinMs);
    const tookMs = Date.now() - begun;
    const pages = await firstPages(world, { pagesWithinMs: options.withinMs });
    await toran.stop();
    return {
      delivered: outcomes('delivered'),
      dropped: outcomes('dropped'),
      perSecond: Math.round((1_000 * options.incidents) / tookMs),
      paged: pages.filter((at) => at !== undefined).length,
      ...(await inStore(world, keys)),
    };
  } finally {
    await end(toran);
    await world.close();
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

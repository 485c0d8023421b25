import type { Bench } from './support/context.ts';
import { company } from './support/company.ts';
import { measureDisk } from './support/disk.ts';
import type { FarCall } from './support/far-side.ts';
import { pause, secrets, until, withToran, type Installation } from './support/installation.ts';
import { startLoad } from './support/load.ts';
import { ms, percentiles } from './support/report.ts';
import { alertBody, signatureOf, webhookBody } from './support/requests.ts';
import { preciseNow, summary } from './support/statistics.ts';

const incidents = 200;
/** Long enough that one incident's other work (channel, card, invitations) is over before the next. */
const betweenMs = 120;

export const firstPageBench: Bench = {
  name: 'first-page',
  about: 'from the alert to the page that has arrived at Slack and at PagerDuty, idle and under 500 alerts/s',
  async run({ report, entry }) {
    report.section(
      `First page of ${incidents} new incidents, one after the other: from sending the alert to the whole request at the far side`,
    );
    const rows: (readonly string[])[] = [];
    for (const background of [0, 500]) {
      for (const source of [alertSource, webhookSource]) {
        await withToran(entry, async (installation) => {
          const measured = await measure(installation, source, background);
          const load = background === 0 ? 'idle' : `${background} alerts/s`;
          rows.push([source.name, load, 'answered 202', ...percentiles(summary(measured.accepted))]);
          rows.push([source.name, load, 'DM at Slack', ...percentiles(summary(measured.slack))]);
          rows.push([source.name, load, 'incident at PagerDuty', ...percentiles(summary(measured.pagerDuty))]);
        });
      }
    }
    report.table(['source', 'load', 'until', 'n', 'p50', 'p90', 'p99', 'max'], rows);
    const disk = measureDisk(1_000);
    report.line(
      `${ms(betweenMs)} between incidents. The disk alone: p50 ${ms(disk.p50)}, p99 ${ms(disk.p99)} for 16 KB.`,
    );
  },
};

interface Source {
  readonly name: string;
  /** Sends the first signal of an incident whose title holds `key`. */
  send(port: number, key: string, n: number): Promise<Response>;
}

const alertSource: Source = {
  name: 'POST /hooks/alerts',
  send: (port, key) =>
    fetch(`http://127.0.0.1:${port}/hooks/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secrets.hookToken}` },
      body: alertBody(key, 'critical'),
    }),
};

const webhookSource: Source = {
  name: 'PagerDuty webhook',
  send(port, key, n) {
    const body = webhookBody(key, n);
    return fetch(`http://127.0.0.1:${port}/hooks/pagerduty`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-pagerduty-signature': signatureOf(body, secrets.webhook),
        'x-webhook-id': `page-${key}`,
      },
      body,
    });
  },
};

async function measure({ port, far }: Installation, source: Source, background: number) {
  const load =
    background === 0
      ? undefined
      : startLoad({
          port,
          // They join incidents that page nobody, so that every page that arrives is one of ours.
          traffic: { kind: 'alert', token: secrets.hookToken, keys: 50, run: 'background', severity: 'warning' },
          first: 0,
          connections: 16,
          ratePerSecond: background,
          until: { ms: incidents * (betweenMs + 45) + 6_000 },
        });
  // The 50 incidents of the background open now; what that takes is another benchmark's.
  if (load !== undefined) await pause(5_000);
  for (let n = 0; n < 10; n += 1) await settled(source.send(port, `WARM${n}X`, incidents + n));
  await pause(1_000);
  await far.calls();

  const sentAt = new Map<string, number>();
  const accepted: number[] = [];
  for (let n = 0; n < incidents; n += 1) {
    const key = `NEW${n}X`;
    sentAt.set(key, preciseNow());
    const begun = performance.now();
    await settled(source.send(port, key, n));
    accepted.push(performance.now() - begun);
    await pause(betweenMs);
  }
  const slack = new Map<string, number>();
  const pagerDuty = new Map<string, number>();
  await until('every page', async () => {
    for (const call of await far.calls()) {
      const key = /NEW\d+X/.exec(call.text)?.[0];
      const sent = key === undefined ? undefined : sentAt.get(key);
      if (key === undefined || sent === undefined) continue;
      if (isDirectMessage(call) && !slack.has(key)) slack.set(key, call.at - sent);
      if (call.call === 'POST /incidents' && !pagerDuty.has(key)) pagerDuty.set(key, call.at - sent);
    }
    return slack.size === incidents && pagerDuty.size === incidents ? true : undefined;
  });
  await load?.result;
  return { accepted, slack: [...slack.values()], pagerDuty: [...pagerDuty.values()] };
}

function isDirectMessage({ call, place }: FarCall): boolean {
  return call === 'chat.postMessage' && company.slackUsers.includes(place);
}

async function settled(answer: Promise<Response>): Promise<void> {
  const response = await answer;
  await response.arrayBuffer();
  if (response.status !== 202) throw new Error(`an alert was answered ${response.status}`);
}

import { createHmac } from 'node:crypto';
import type { Bench } from './support/context.ts';
import { pause, secrets, until, withToran, type Installation } from './support/installation.ts';
import { startLoad } from './support/load.ts';
import { percentiles } from './support/report.ts';
import { alertBody } from './support/requests.ts';
import { summary } from './support/statistics.ts';

const commands = 300;
const betweenMs = 10;

export const commandBench: Bench = {
  name: 'command',
  about: '/incident over HTTP, signed, answered when its note is committed, idle and under 1,000 alerts/s',
  async run({ report, entry }) {
    report.section(`/incident note …: ${commands} commands one after the other, from sending to the whole answer`);
    const rows: (readonly string[])[] = [];
    for (const background of [0, 500, 1_000, 2_000]) {
      await withToran(entry, async (installation) => {
        const latencies = await measure(installation, background);
        rows.push([background === 0 ? 'idle' : `${background} alerts/s`, ...percentiles(summary(latencies))]);
      });
    }
    report.table(['load', 'n', 'p50', 'p90', 'p99', 'max'], rows);
  },
};

async function measure({ port, far }: Installation, background: number): Promise<readonly number[]> {
  const opened = await fetch(`http://127.0.0.1:${port}/hooks/alerts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secrets.hookToken}` },
    body: alertBody('OURSX', 'warning'),
  });
  if (opened.status !== 202) throw new Error(`the incident was answered ${opened.status}`);
  const channel = await until(
    'the card in the incident channel',
    async () =>
      (await far.calls()).find(
        ({ call, place, text }) => call === 'chat.postMessage' && place.startsWith('C0000') && text.includes('OURSX'),
      )?.place,
  );
  const load =
    background === 0
      ? undefined
      : startLoad({
          port,
          traffic: { kind: 'alert', token: secrets.hookToken, keys: 50, run: 'background', severity: 'warning' },
          first: 0,
          connections: 32,
          ratePerSecond: background,
          until: { ms: commands * (betweenMs + 25) + 6_000 },
        });
  if (load !== undefined) await pause(5_000);
  for (let n = 0; n < 20; n += 1) await note(port, channel, `warming up ${n}`);
  const latencies: number[] = [];
  for (let n = 0; n < commands; n += 1) {
    const begun = performance.now();
    await note(port, channel, `pool is at ${n} of 300 connections`);
    latencies.push(performance.now() - begun);
    await pause(betweenMs);
  }
  await load?.result;
  return latencies;
}

let triggers = 0;

async function note(port: number, channel: string, text: string): Promise<void> {
  triggers += 1;
  const body = new URLSearchParams({
    command: '/incident',
    text: `note ${text}`,
    trigger_id: `${triggers}.0.bench`,
    team_id: 'T0BENCH',
    team_domain: 'bench',
    channel_id: channel,
    channel_name: 'inc',
    user_id: 'U0NOA',
    user_name: 'noa',
    response_url: 'http://127.0.0.1:1/none',
    api_app_id: 'A0TORAN',
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1_000));
  const digest = createHmac('sha256', secrets.slackSigning).update(`v0:${timestamp}:${body}`).digest('hex');
  const response = await fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${digest}`,
    },
    body,
  });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`/incident was answered ${response.status}: ${answer}`);
}

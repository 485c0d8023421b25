import type { Bench } from './support/context.ts';
import { company } from './support/company.ts';
import type { FarCall } from './support/far-side.ts';
import { pause, residentBytes, secrets, until, withToran } from './support/installation.ts';
import { allAnswered, load, rateOf } from './support/load.ts';
import { mb, ms, perSecond, percentiles } from './support/report.ts';
import { preciseNow, summary } from './support/statistics.ts';

const alerts = 10_000;
const keys = 50;
/** After the last alert, until everything that followed has been looked at. */
const afterMs = 5_000;

export const stormBench: Bench = {
  name: 'storm',
  about: `${alerts.toLocaleString('en')} alerts on ${keys} keys as fast as they are taken: time, pages, edits, memory`,
  async run({ report, entry }) {
    await withToran(entry, async ({ port, far }, toran) => {
      const traffic = { kind: 'alert', token: secrets.hookToken, keys: 1, run: 'WARMX', severity: 'warning' } as const;
      await load({ port, traffic, first: 0, connections: 8, until: { requests: 500 } });
      await pause(3_000);
      await far.calls();
      const before = residentBytes(toran.pid);
      let highest = before;
      const watch = setInterval(() => (highest = Math.max(highest, residentBytes(toran.pid))), 50);
      const storm = allAnswered(
        await load({
          port,
          traffic: { ...traffic, keys, run: 'STORMX', severity: 'critical' },
          first: 0,
          connections: 64,
          until: { requests: alerts },
        }),
        202,
      );
      const begun = storm.startedAt;
      const calls: FarCall[] = [];
      await until('a page for each key', async () => {
        calls.push(...(await far.calls()));
        return new Set(calls.filter(isPage).map(keyOf)).size >= keys ? true : undefined;
      });
      await pause(afterMs);
      clearInterval(watch);
      calls.push(...(await far.calls()));
      const observedMs = preciseNow() - begun;

      const pages = calls.filter(isPage);
      const rung = calls.filter(({ call }) => call === 'POST /incidents');
      const channels = calls.filter(({ call }) => call === 'conversations.create');
      const edits = Map.groupBy(
        calls.filter(({ call }) => call === 'chat.update'),
        ({ place, message }) => `${place} ${message}`,
      );
      const all = calls.filter(({ call }) => call === 'chat.update').length;
      const mostEdits = Math.max(0, ...[...edits.values()].map((some) => some.length));
      report.section(`Storm: ${alerts.toLocaleString('en')} alerts on ${keys} keys over 64 connections`);
      report.table(
        ['', ''],
        [
          ['accepted (202) in', `${ms(storm.elapsedMs)}, ${perSecond(rateOf(storm))}`],
          ['per alert: n, p50, p90, p99, max', percentiles(storm.latency).join(', ')],
          ['channels made', String(channels.length)],
          ['pages at Slack / at PagerDuty', `${pages.length} / ${rung.length}`],
          ['from the first alert to page: first, last', span(pages, begun)],
          ['from the first alert to PagerDuty: first, last', span(rung, begun)],
          ['edits: all, most of one message', `${all}, ${mostEdits} in ${ms(observedMs)}`],
          ['memory before, highest, growth', `${mb(before)}, ${mb(highest)}, ${mb(highest - before)}`],
        ],
      );
    });
  },
};

function isPage({ call, place, text }: FarCall): boolean {
  return call === 'chat.postMessage' && company.slackUsers.includes(place) && text.includes('STORMX');
}

function keyOf({ text }: FarCall): string {
  return /STORMX-\d+/.exec(text)?.[0] ?? '';
}

function span(calls: readonly FarCall[], begun: number): string {
  const { p50, max } = summary(calls.map(({ at }) => at - begun));
  return `${ms(Math.min(...calls.map(({ at }) => at - begun)))}, ${ms(max)} (median ${ms(p50)})`;
}

import { BadInput } from '../config/bad-input.ts';
import { instant } from '../config/times.ts';
import { computeMetrics, wholeHistory } from '../figures/metrics.ts';
import { metricsText } from '../messages/metrics-cli.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { CliCommand } from './command.ts';
import { parseOptions } from './options.ts';
import { withStore } from './with-store.ts';

const help = `Usage: toran metrics [--from TIME] [--to TIME] [--service NAME] [--json]

Times to detect, acknowledge, mitigate and recover of the incidents that were resolved in [from, to), with n, median and
its 95 % interval. Drills, cancelled and merged incidents are counted beside. Without --from and --to: all of history.

  --from TIME      resolved at or after (ISO 8601 with an offset)
  --to TIME        resolved before
  --service NAME   of one service only
  --json           print JSON alone, unrounded`;

export const metricsCommand: CliCommand = {
  name: 'metrics',
  summary: 'reliability figures of a span of time',
  help,
  async run(args, io) {
    const { values } = parseOptions(
      'metrics',
      args,
      {
        from: { type: 'string' },
        to: { type: 'string' },
        service: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      false,
    );
    const from = timeOf('--from', values.from);
    const to = timeOf('--to', values.to);
    return withStore(io, async (store) => {
      const all = await store.records();
      const records = values.service === undefined ? all : all.filter((record) => record.service === values.service);
      const whole = wholeHistory(records, io.now());
      const window = {
        fromMs: from ?? Math.min(whole.fromMs, to ?? whole.fromMs),
        toMs: to ?? Math.max(whole.toMs, from ?? whole.toMs),
      };
      if (window.toMs < window.fromMs) throw new BadInput('--to: is before --from; give a later time');
      const report = computeMetrics(records, window);
      if (values.json) io.out(JSON.stringify(report));
      else {
        const { catalog } = await store.onCallFacts();
        for (const line of metricsText(report, catalog.workspace.locale)) io.out(line);
      }
      return 0;
    });
  },
};

function timeOf(option: string, text: string | undefined): EpochMs | undefined {
  if (text === undefined) return undefined;
  const atMs = instant(text);
  if (atMs === undefined)
    throw new BadInput(`${option}: "${text}" is no time with an offset; write it like 2026-11-05T10:00+02:00`);
  return atMs;
}

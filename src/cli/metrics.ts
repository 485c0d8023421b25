import { BadInput } from '../config/bad-input.ts';
import { instant } from '../config/times.ts';
import { computeMetrics, wholeHistory } from '../figures/metrics.ts';
import type { IncidentRecord } from '../figures/record.ts';
import { metricsText } from '../messages/metrics-cli.ts';
import type { Catalog } from '../oncall/catalog.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { CliCommand } from './command.ts';
import { parseOptions } from './options.ts';
import { withStore } from './with-store.ts';

const help = `Usage: toran metrics [--from TIME] [--to TIME] [--service NAME] [--json]

Times to detect, acknowledge, mitigate and recover of the incidents that were resolved in [from, to), with n, median and
its 95 % interval. Drills, cancelled and merged incidents are counted beside. Without --from and --to: all of history.

  --from TIME      resolved at or after (ISO 8601 with an offset)
  --to TIME        resolved before
  --service NAME   of one service only, by its id or its name
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
      const { catalog } = await store.onCallFacts();
      const all = await store.records();
      const records = values.service === undefined ? all : ofService(all, values.service, catalog);
      const whole = wholeHistory(records, io.now());
      const window = {
        fromMs: from ?? Math.min(whole.fromMs, to ?? whole.fromMs),
        toMs: to ?? Math.max(whole.toMs, from ?? whole.toMs),
      };
      if (window.toMs < window.fromMs) throw new BadInput('--to: is before --from; give a later time');
      const report = computeMetrics(records, window);
      if (values.json) io.out(JSON.stringify(report));
      else for (const line of metricsText(report, catalog.workspace.locale)) io.out(line);
      return 0;
    });
  },
};

/** Own incidents have the service's id, imported ones whatever the file called it. */
function ofService(records: readonly IncidentRecord[], asked: string, catalog: Catalog): readonly IncidentRecord[] {
  const wanted = asked.trim().toLowerCase();
  const service = Object.values(catalog.services).find(({ id, name }) =>
    [id.toLowerCase(), name.toLowerCase()].includes(wanted),
  );
  const names = [wanted, ...(service === undefined ? [] : [service.id.toLowerCase(), service.name.toLowerCase()])];
  return records.filter((record) => record.service !== undefined && names.includes(record.service.toLowerCase()));
}

function timeOf(option: string, text: string | undefined): EpochMs | undefined {
  if (text === undefined) return undefined;
  const atMs = instant(text);
  if (atMs === undefined)
    throw new BadInput(`${option}: "${text}" is no time with an offset; write it like 2026-11-05T10:00+02:00`);
  return atMs;
}

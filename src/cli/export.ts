import { writeFile } from 'node:fs/promises';
import { BadInput } from '../config/bad-input.ts';
import { catalogYaml } from '../config/catalog-yaml.ts';
import { exportWords } from '../messages/export-cli.ts';
import { oncallCliWords } from '../messages/oncall-cli.ts';
import { scheduleIds } from '../oncall/past.ts';
import { shifts } from '../oncall/shifts.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import type { CliCommand, CliIo } from './command.ts';
import { shiftsAsCalendar, shiftsAsCsv, type ShiftsOf } from './export-shifts.ts';
import { shiftTable, zoneOf } from './oncall-table.ts';
import { parseOptions } from './options.ts';
import { timeOption } from './people.ts';
import { shiftsJson } from './shifts-json.ts';
import { withStore } from './with-store.ts';

const help = `Usage: toran export catalog [FILE]
       toran export shifts --schedule ID --from TIME --to TIME [--json | --csv | --ics]

catalog prints the catalog (YAML) as it works now, or writes it to a new FILE; applied again it changes nothing.
shifts prints who was and will be on duty. Who stood in for somebody is marked as a cover; why is not known to it.

  --schedule ID   the schedule, also one that is no longer in the catalog
  --from TIME     the shifts from here …
  --to TIME       … to here, at most five years
  --json          as toran oncall prints them
  --csv           schedule, start, end, person, name, why
  --ics           as a calendar file, with whole shifts

Times need an offset: 2026-11-05T10:00+02:00 or 2026-11-05T08:00Z.`;

export const exportCommand: CliCommand = {
  name: 'export',
  summary: 'the catalog as it works now, or shifts',
  help,
  async run([what, ...args], io) {
    if (what === 'catalog') await exportCatalog(args, io);
    else if (what === 'shifts') await exportShifts(args, io);
    else {
      // An option that does not exist says more than what is missing.
      parseOptions('export', what === undefined ? [] : [what], {}, true);
      throw new BadInput('export: say what, "catalog" or "shifts"; see toran export --help');
    }
    return 0;
  },
};

async function exportCatalog(args: readonly string[], io: CliIo): Promise<void> {
  const { positionals } = parseOptions('export', args, {}, true);
  const [file, ...more] = positionals;
  if (more.length > 0) throw new BadInput('export: name one file, or none to print the catalog');
  const catalog = await withStore(io, async (store) => {
    const workspace = (await store.load('workspace', ['workspace'])).get('workspace');
    return workspace?.state?.catalog;
  });
  if (catalog === undefined) throw new BadInput('export: no catalog holds yet; make one with toran apply');
  const text = catalogYaml(catalog, exportWords[catalog.workspace.locale].catalogComment);
  if (file === undefined) io.out(text.trimEnd());
  else await writeNew(file, text);
}

/** What somebody has written by hand is not written over. */
async function writeNew(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: 'wx' }).catch((cause: unknown) => {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    const problem = cause instanceof Error ? cause.message : String(cause);
    const said = isThere ? 'exists already; name a new file' : `cannot be written (${problem}); check the path`;
    throw new BadInput(`export: ${path} ${said}`, { cause });
  });
}

/** Longer spans are slips of the pen, and an hourly rotation would print without end. */
const longestSpanMs = 5 * 366 * dayMs;
/** A turn that lasts longer is cut in a calendar. */
const longestTurnMs = 100 * dayMs;

async function exportShifts(args: readonly string[], io: CliIo): Promise<void> {
  const { values } = parseOptions(
    'export',
    args,
    {
      schedule: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      json: { type: 'boolean', default: false },
      csv: { type: 'boolean', default: false },
      ics: { type: 'boolean', default: false },
    },
    false,
  );
  const forms = (['json', 'csv', 'ics'] as const).filter((form) => values[form]);
  if (forms.length > 1) throw new BadInput(`--${forms[1] ?? ''}: cannot go with --${forms[0] ?? ''}; choose one form`);
  const [from, to] = [required('--from', values.from), required('--to', values.to)];
  if (to <= from) throw new BadInput(`--to: ${values.to ?? ''} is not after --from; give a later time`);
  if (to - from > longestSpanMs) throw new BadInput('--to: is more than five years after --from; ask for less');
  const facts = await withStore(io, (store) => store.onCallFacts());
  const { catalog } = facts;
  const known = scheduleIds(catalog);
  const schedule = values.schedule ?? '';
  if (!known.includes(schedule)) {
    const said = schedule === '' ? 'is missing' : `"${schedule}" is not in the catalog`;
    throw new BadInput(`--schedule: ${said}; there are ${known.join(', ') || 'none'}`);
  }
  const zone = zoneOf(catalog, schedule);
  const clipped = shifts(facts, schedule, from, to);
  const found: ShiftsOf = { catalog, schedule, zone, shifts: clipped };
  const words = oncallCliWords[catalog.workspace.locale];
  switch (forms[0]) {
    case 'json':
      return io.out(shiftsJson(clipped, zone));
    case 'csv':
      return io.out(shiftsAsCsv(found));
    case 'ics': {
      // Whole, so that a shift is the same event whichever weeks are asked for.
      const around = shifts(facts, schedule, from - longestTurnMs, to + longestTurnMs);
      const whole = around.filter(({ start, end }) => start < to && end > from);
      return io.out(shiftsAsCalendar({ ...found, shifts: whole }, words.whys.cover, io.now()));
    }
    case undefined:
      for (const line of shiftTable(catalog, schedule, clipped, words)) io.out(line);
  }
}

function required(option: string, text: string | undefined): EpochMs {
  const atMs = timeOption(option, text);
  if (atMs === undefined) throw new BadInput(`${option}: is missing; shifts need --from and --to`);
  return atMs;
}

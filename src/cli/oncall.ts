import { readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { parseAbsences } from '../config/absences.ts';
import { BadInput } from '../config/bad-input.ts';
import { parseCatalog } from '../config/catalog.ts';
import { instant } from '../config/times.ts';
import { oncallCliWords } from '../messages/oncall-cli.ts';
import { type Schedule, type ScheduleId, type Severity, severities } from '../oncall/catalog.ts';
import { onDuty } from '../oncall/duty.ts';
import { entry } from '../oncall/lookup.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { shifts } from '../oncall/shifts.ts';
import { dayMs, type EpochMs } from '../oncall/time.ts';
import type { CliCommand, CliIo } from './command.ts';
import { dutyTable, shiftTable } from './oncall-table.ts';
import { shiftsJson } from './shifts-json.ts';

const help = `Usage: toran oncall --catalog FILE [--absences FILE] --schedule ID (--at TIME | --from TIME --to TIME) [--json]

Prints who is on duty, from files alone: no Slack, no database. Shows a schedule as it will be before it is applied.

  --catalog FILE    the catalog (YAML)
  --absences FILE   who cannot be asked, and when (YAML)
  --schedule ID     the schedule to look at
  --at TIME         who is on duty at one instant, and who was passed over
  --from TIME       the shifts from here …
  --to TIME         … to here, at most five years
  --severity SEV    sev1 (default) to sev4: whom a soft absence lets through
  --json            print JSON alone

Times need an offset: 2026-11-05T10:00+02:00 or 2026-11-05T08:00Z.`;

/** Longer spans are slips of the pen, and an hourly rotation would print without end. */
const longestSpanMs = 5 * 366 * dayMs;

export const oncallCommand: CliCommand = {
  name: 'oncall',
  summary: 'who is on duty, from a catalog file',
  help,
  async run(args, io) {
    const question = questionOf(args);
    const facts = await readFacts(question.catalog, question.absences);
    const schedule = entry(facts.catalog.schedules, question.schedule);
    if (schedule === undefined) {
      const declared = Object.keys(facts.catalog.schedules).join(', ') || 'none';
      throw new BadInput(`--schedule: "${question.schedule}" is not in ${question.catalog}; declared: ${declared}`);
    }
    if (question.at !== undefined) printDuty(facts, schedule, question.at, question, io);
    else printShifts(facts, schedule, question.span, question, io);
    return 0;
  },
};

interface Choices {
  readonly catalog: string;
  readonly absences: string | undefined;
  readonly schedule: string;
  readonly severity: Severity;
  readonly json: boolean;
}

type Question = Choices &
  (
    | { readonly at: EpochMs }
    | { readonly at?: undefined; readonly span: { readonly from: EpochMs; readonly to: EpochMs } }
  );

function questionOf(args: readonly string[]): Question {
  const options = parseOptions(args);
  const choices: Choices = {
    catalog: required('--catalog', options.catalog, 'name a catalog file'),
    absences: options.absences,
    schedule: required('--schedule', options.schedule, 'name a schedule of the catalog'),
    severity: severityOf(options.severity),
    json: options.json,
  };
  if (options.at !== undefined) {
    if (options.from !== undefined || options.to !== undefined) {
      throw new BadInput('--at: cannot go with --from or --to; ask for one instant or for a span');
    }
    return { ...choices, at: timeOf('--at', options.at) };
  }
  if (options.from === undefined && options.to === undefined) {
    throw new BadInput('--at: is missing; give --at TIME, or --from TIME and --to TIME');
  }
  const from = timeOf('--from', required('--from', options.from, 'it goes with --to'));
  const to = timeOf('--to', required('--to', options.to, 'it goes with --from'));
  if (to <= from) throw new BadInput(`--to: ${options.to ?? ''} is not after --from; give a later time`);
  if (to - from > longestSpanMs) throw new BadInput('--to: is more than five years after --from; ask for less');
  return { ...choices, span: { from, to } };
}

function parseOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        catalog: { type: 'string' },
        absences: { type: 'string' },
        schedule: { type: 'string' },
        at: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        severity: { type: 'string', default: 'sev1' },
        json: { type: 'boolean', default: false },
      },
    });
    return values;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new BadInput(`oncall: ${message}; see toran oncall --help`, { cause });
  }
}

function required(option: string, value: string | undefined, advice: string): string {
  if (value === undefined || value === '') throw new BadInput(`${option}: is missing; ${advice}`);
  return value;
}

function timeOf(option: string, text: string): EpochMs {
  const atMs = instant(text);
  if (atMs !== undefined) return atMs;
  throw new BadInput(`${option}: "${text}" is no time with an offset; write it like 2026-11-05T10:00+02:00`);
}

function severityOf(text: string): Severity {
  const severity = severities.find((known) => known === text);
  if (severity === undefined) throw new BadInput(`--severity: "${text}" is none; use one of ${severities.join(', ')}`);
  return severity;
}

async function readFacts(catalogPath: string, absencesPath: string | undefined): Promise<OnCallFacts> {
  const catalog = parseCatalog(await readText('--catalog', catalogPath), catalogPath);
  if (absencesPath === undefined) return { catalog, windows: [], overrides: [] };
  const windows = parseAbsences(await readText('--absences', absencesPath), absencesPath, catalog);
  return { catalog, windows, overrides: [] };
}

/** Larger than any file that the parser takes: what is beyond is not even read. */
const largestFileBytes = 16 * 1024 * 1024;

async function readText(option: string, path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > largestFileBytes) throw new BadInput(`${option}: ${path} is too large; it may have 5 MB`);
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof BadInput) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new BadInput(`${option}: ${path} cannot be read (${message}); check the path`, { cause });
  }
}

function printDuty(facts: OnCallFacts, { id }: Schedule, atMs: EpochMs, { severity, json }: Choices, io: CliIo): void {
  if (json) io.out(JSON.stringify(dutyAnswer(facts, id, atMs, severity)));
  else {
    const rows = onDuty(facts, id, atMs, severity);
    for (const line of dutyTable(facts.catalog, id, atMs, rows, wordsFor(facts))) io.out(line);
  }
}

/** What `--at` prints with `--json`. */
export function dutyAnswer(facts: OnCallFacts, id: ScheduleId, atMs: EpochMs, severity: Severity) {
  const rows = onDuty(facts, id, atMs, severity);
  return { on_call: rows.map(({ schedule, person, why, excluded }) => ({ schedule, person, why, excluded })) };
}

function printShifts(
  facts: OnCallFacts,
  { id, timezone }: Schedule,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
  { severity, json }: Choices,
  io: CliIo,
): void {
  const found = shifts(facts, id, from, to, severity);
  if (json) io.out(shiftsJson(found, timezone));
  else for (const line of shiftTable(facts.catalog, id, found, wordsFor(facts))) io.out(line);
}

function wordsFor(facts: OnCallFacts) {
  return oncallCliWords[facts.catalog.workspace.locale];
}

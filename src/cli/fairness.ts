import { parseAbsences } from '../config/absences.ts';
import { BadInput } from '../config/bad-input.ts';
import { parseCatalog } from '../config/catalog.ts';
import { fairnessWords } from '../messages/fairness.ts';
import type { Catalog, PersonId } from '../oncall/catalog.ts';
import { fairness, type Fairness } from '../oncall/fairness.ts';
import { entry } from '../oncall/lookup.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { dayMs, toIsoInZone } from '../oncall/time.ts';
import { dayKindsOf } from '../oncall/workdays.ts';
import type { CliCommand, CliIo } from './command.ts';
import { parseOptions, readTextFile } from './options.ts';
import { nameOf, timeOption } from './people.ts';
import { withStore } from './with-store.ts';

const help = `Usage: toran fairness [--from TIME] [--to TIME] [--team ID] [--catalog FILE [--absences FILE]] [--json]

How evenly duty lies on people: points of duty (an hour is one, more at night, at weekends and on festivals) for each hour
in which somebody could be asked. 1.0 is an even share. Without files: from the database.

  --from TIME       ISO 8601 with an offset; left out: twelve weeks before --to
  --to TIME         left out: now
  --team ID         its members only; left out: everybody
  --catalog FILE    from this catalog instead of the database
  --absences FILE   with --catalog: who cannot be asked, and when
  --json            print JSON alone`;

const defaultSpanMs = 84 * dayMs;
const longestSpanMs = 2 * 366 * dayMs;

export const fairnessCommand: CliCommand = {
  name: 'fairness',
  summary: 'how evenly duty lies on people',
  help,
  async run(args, io) {
    const { values } = parseOptions(
      'fairness',
      args,
      {
        from: { type: 'string' },
        to: { type: 'string' },
        team: { type: 'string' },
        catalog: { type: 'string' },
        absences: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      false,
    );
    const to = timeOption('--to', values.to) ?? io.now();
    const from = timeOption('--from', values.from) ?? to - defaultSpanMs;
    if (to <= from) throw new BadInput('--to: is not after --from; give a later time');
    if (to - from > longestSpanMs) throw new BadInput('--to: is more than two years after --from; ask for less');
    if (values.absences !== undefined && values.catalog === undefined)
      throw new BadInput('--absences: goes with --catalog; the database has its own');
    const facts = values.catalog === undefined ? await stored(io) : await declared(values.catalog, values.absences);
    const told = fairness(facts, peopleOf(facts.catalog, values.team), { from, to }, dayKindsOf(facts.catalog));
    if (values.json) io.out(JSON.stringify(jsonOf(told)));
    else for (const line of textOf(facts.catalog, told, { from, to })) io.out(line);
    return 0;
  },
};

function stored(io: CliIo): Promise<OnCallFacts> {
  return withStore(io, (store) => store.onCallFacts());
}

async function declared(path: string, absences: string | undefined): Promise<OnCallFacts> {
  const catalog = parseCatalog(await readTextFile('--catalog', path), path);
  if (absences === undefined) return { catalog, windows: [], overrides: [] };
  const windows = parseAbsences(await readTextFile('--absences', absences), absences, catalog);
  return { catalog, windows, overrides: [] };
}

function peopleOf({ people, teams }: Catalog, team: string | undefined): readonly PersonId[] {
  if (team === undefined) return Object.keys(people);
  const found = entry(teams, team);
  if (found !== undefined) return found.members;
  throw new BadInput(`--team: "${team}" is not in the catalog; it has ${Object.keys(teams).join(', ') || 'none'}`);
}

function jsonOf({ pointsPer100Hours, people }: Fairness) {
  return {
    points_per_100_available_hours: pointsPer100Hours,
    people: people.map(({ person, load, coversGiven }) => ({ person, load, covers_given: coversGiven })),
  };
}

function textOf(catalog: Catalog, told: Fairness, span: { readonly from: number; readonly to: number }): string[] {
  const { locale, timezone } = catalog.workspace;
  const words = fairnessWords[locale];
  if (told.people.length === 0) return [words.nobody];
  const rows = [
    [words.person, words.load, words.coversGiven],
    ...told.people.map(({ person, load, coversGiven }) => [
      nameOf(catalog, person),
      load.toFixed(1),
      String(coversGiven),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return [
    words.title(toIsoInZone(span.from, timezone), toIsoInZone(span.to, timezone)),
    ...rows.map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    words.perHours(told.pointsPer100Hours.toFixed(1)),
    words.explained,
  ];
}

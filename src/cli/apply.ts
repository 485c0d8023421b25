import { createHash } from 'node:crypto';
import { parseAbsences } from '../config/absences.ts';
import { BadInput } from '../config/bad-input.ts';
import { parseCatalog } from '../config/catalog.ts';
import type { Engine } from '../engine/orders.ts';
import { personStream } from '../engine/streams.ts';
import type { Catalog } from '../oncall/catalog.ts';
import { automation } from '../oncall/recorded.ts';
import type { AvailabilityWindow } from '../oncall/windows.ts';
import type { CliCommand } from './command.ts';
import { parseOptions, readTextFile } from './options.ts';
import { withStore } from './with-store.ts';

const help = `Usage: toran apply CATALOG [--absences FILE] [--check] [--json]

Makes a catalog file (YAML) the one that holds, and with --absences the absences of a file. The file owns what it
declares; what people did in Slack stays. The same content is applied once.

  --absences FILE   who cannot be asked, and when (YAML)
  --check           read and check only; change nothing
  --json            print JSON alone`;

export const applyCommand: CliCommand = {
  name: 'apply',
  summary: 'make a catalog file (and an absences file) the one that holds',
  help,
  async run(args, io) {
    const { values, positionals } = parseOptions(
      'apply',
      args,
      {
        absences: { type: 'string' },
        check: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
      true,
    );
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0)
      throw new BadInput('apply: name one catalog file; see toran apply --help');
    const text = await readTextFile('apply', path);
    const catalog = parseCatalog(text, path);
    const windows =
      values.absences === undefined
        ? undefined
        : parseAbsences(await readTextFile('--absences', values.absences), values.absences, catalog);
    const changed = values.check
      ? false
      : await withStore(io, (_store, engine) => apply(engine, text, catalog, windows));
    const counts = {
      people: size(catalog.people),
      schedules: size(catalog.schedules),
      policies: size(catalog.policies),
      services: size(catalog.services),
      absences: windows?.length ?? 0,
    };
    if (values.json) io.out(JSON.stringify({ ok: true, changed, ...counts }));
    else {
      const singular = {
        people: 'person',
        schedules: 'schedule',
        policies: 'policy',
        services: 'service',
        absences: 'absence',
      };
      const what = (['people', 'schedules', 'policies', 'services', 'absences'] as const)
        .map((name) => `${counts[name]} ${counts[name] === 1 ? singular[name] : name}`)
        .join(', ');
      io.out(`${path}: ${values.check ? 'can be applied' : changed ? 'applied' : 'holds already'} (${what})`);
    }
    return 0;
  },
};

/** True when anything changed. A catalog without absences leaves the absences alone. */
export async function apply(
  engine: Engine,
  text: string,
  catalog: Catalog,
  windows: readonly AvailabilityWindow[] | undefined,
  once = false,
): Promise<boolean> {
  const outcome = await engine.execute({
    kind: 'workspace',
    stream: 'workspace',
    command: { type: 'apply_catalog', hash: createHash('sha256').update(text).digest('hex'), catalog, once },
    actor: automation,
  });
  let changed = outcome.kind === 'accepted' && outcome.events.length > 0;
  if (windows === undefined) return changed;
  for (const person of Object.keys(catalog.people)) {
    const own = windows.filter((window) => window.person === person);
    const applied = await engine.execute({
      kind: 'person',
      stream: personStream(person),
      command: { type: 'apply_file', windows: own },
      actor: automation,
    });
    changed ||= applied.kind === 'accepted' && applied.events.length > 0;
  }
  return changed;
}

function size(record: Readonly<Record<string, unknown>>): number {
  return Object.keys(record).length;
}

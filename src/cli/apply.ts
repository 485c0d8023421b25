import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { parseAbsences } from '../config/absences.ts';
import { BadInput } from '../config/bad-input.ts';
import { parseCatalog } from '../config/catalog.ts';
import type { Engine } from '../engine/orders.ts';
import type { Store } from '../engine/ports.ts';
import { personStream } from '../engine/streams.ts';
import type { Catalog } from '../oncall/catalog.ts';
import { scheduleChanges, type ScheduleChange } from '../oncall/catalog-changes.ts';
import { continued } from '../oncall/continuity.ts';
import { automation } from '../oncall/recorded.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import type { EpochMs } from '../oncall/time.ts';
import type { AvailabilityWindow } from '../oncall/windows.ts';
import { changeLines, changesAsJson } from './apply-changes.ts';
import type { CliCommand } from './command.ts';
import { parseOptions, readTextFile } from './options.ts';
import { withStore } from './with-store.ts';

const help = `Usage: toran apply CATALOG [--absences FILE] [--check | --dry-run] [--json]

Makes a catalog file (YAML) the one that holds, and with --absences the absences of a file. The file owns what it
declares; what people did in Slack stays. The same content is applied once. Nothing that was before changes, and whoever
has a turn keeps it until the hand-off; for each schedule that changes it says who is on duty, until when, and who is next.

  --absences FILE   who cannot be asked, and when (YAML)
  --check           read and check the files alone, without the database
  --dry-run         say what would change, and change nothing
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
        'dry-run': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
      true,
    );
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0)
      throw new BadInput('apply: name one catalog file; see toran apply --help');
    if (values.check && values['dry-run'])
      throw new BadInput(
        '--check: cannot go with --dry-run; the one looks at the files alone, the other at what holds',
      );
    const text = await readTextFile('apply', path);
    const catalog = parseCatalog(text, path);
    const windows =
      values.absences === undefined
        ? undefined
        : parseAbsences(await readTextFile('--absences', values.absences), values.absences, catalog);
    const given: Given = { text, catalog, windows, now: io.now() };
    const isDry = values['dry-run'];
    const put = (store: Store, engine: Engine) => (isDry ? foresee(store, given) : applyTo(store, engine, given));
    const result = values.check ? undefined : await withStore(io, put);
    const verdict = result === undefined ? 'can be applied' : verdictOf(result.changed, isDry);
    const counts = countsOf(catalog, windows);
    if (values.json) {
      const schedules = result === undefined ? undefined : changesAsJson(result.schedules, result.after.catalog);
      io.out(JSON.stringify({ ok: true, changed: result?.changed ?? false, ...counts, schedules }));
    } else {
      io.out(`${path}: ${verdict} (${inWords(counts)})`);
      if (result !== undefined) for (const line of changeLines(result.schedules, result.after.catalog)) io.out(line);
    }
    return 0;
  },
};

function verdictOf(changed: boolean, isDry: boolean): string {
  if (!changed) return 'holds already';
  return isDry ? 'would be applied' : 'applied';
}

interface Given {
  readonly text: string;
  readonly catalog: Catalog;
  readonly windows: readonly AvailabilityWindow[] | undefined;
  readonly now: EpochMs;
}

interface Applied {
  readonly changed: boolean;
  readonly schedules: readonly ScheduleChange[];
  readonly after: OnCallFacts;
}

/** What applying would do; nothing is written. */
async function foresee(store: Store, { catalog, windows, now }: Given): Promise<Applied> {
  const before = await store.onCallFacts();
  const held = await heldCatalog(store);
  const next = continued(held, catalog, now);
  const others = before.windows.filter(({ source }) => source !== 'file');
  const after = { ...before, catalog: next, windows: windows === undefined ? before.windows : [...others, ...windows] };
  return { changed: !isSame(held, next), schedules: scheduleChanges(before, after, now), after };
}

async function applyTo(store: Store, engine: Engine, { text, catalog, windows, now }: Given): Promise<Applied> {
  const before = await store.onCallFacts();
  const held = await heldCatalog(store);
  await applyCatalog(engine, text, catalog, false);
  const isCatalogNew = !isSame(held, await heldCatalog(store));
  const areAbsencesNew = await applyAbsences(engine, catalog, windows);
  const after = await store.onCallFacts();
  return { changed: isCatalogNew || areAbsencesNew, schedules: scheduleChanges(before, after, now), after };
}

async function heldCatalog(store: Store): Promise<Catalog | undefined> {
  return (await store.load('workspace', ['workspace'])).get('workspace')?.state?.catalog;
}

/** Other words for the same catalog, or one that was exported, change nothing. */
function isSame(one: Catalog | undefined, other: Catalog | undefined): boolean {
  const plain = (catalog: Catalog | undefined): unknown => JSON.parse(JSON.stringify(catalog ?? null));
  return isDeepStrictEqual(plain(one), plain(other));
}

/** True when anything changed. A catalog without absences leaves the absences alone. */
export async function apply(
  engine: Engine,
  text: string,
  catalog: Catalog,
  windows: readonly AvailabilityWindow[] | undefined,
  once = false,
): Promise<boolean> {
  const isCatalogNew = await applyCatalog(engine, text, catalog, once);
  return (await applyAbsences(engine, catalog, windows)) || isCatalogNew;
}

async function applyCatalog(engine: Engine, text: string, catalog: Catalog, once: boolean): Promise<boolean> {
  const outcome = await engine.execute({
    kind: 'workspace',
    stream: 'workspace',
    command: { type: 'apply_catalog', hash: createHash('sha256').update(text).digest('hex'), catalog, once },
    actor: automation,
  });
  return outcome.kind === 'accepted' && outcome.events.length > 0;
}

async function applyAbsences(
  engine: Engine,
  catalog: Catalog,
  windows: readonly AvailabilityWindow[] | undefined,
): Promise<boolean> {
  if (windows === undefined) return false;
  let changed = false;
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

const named = {
  people: 'person',
  schedules: 'schedule',
  policies: 'policy',
  services: 'service',
  absences: 'absence',
} as const;

type Counts = Readonly<Record<keyof typeof named, number>>;

function countsOf(catalog: Catalog, windows: readonly AvailabilityWindow[] | undefined): Counts {
  return {
    people: size(catalog.people),
    schedules: size(catalog.schedules),
    policies: size(catalog.policies),
    services: size(catalog.services),
    absences: windows?.length ?? 0,
  };
}

function inWords(counts: Counts): string {
  return (['people', 'schedules', 'policies', 'services', 'absences'] as const)
    .map((name) => `${counts[name]} ${counts[name] === 1 ? named[name] : name}`)
    .join(', ');
}

function size(record: Readonly<Record<string, unknown>>): number {
  return Object.keys(record).length;
}

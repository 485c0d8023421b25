import { randomBytes } from 'node:crypto';
import { BadInput } from '../config/bad-input.ts';
import {
  applyCallUpPlan,
  callUp,
  previewCallUp,
  undoCallUp,
  type CallUpOptions,
  type CallUpPicture,
} from '../engine/call-up.ts';
import { callUpCliWords } from '../messages/callup-cli.ts';
import type { Catalog } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import { automation } from '../oncall/recorded.ts';
import { toIsoInZone, type EpochMs } from '../oncall/time.ts';
import { appliedText, calledUpText, previewText, undoneText } from './callup-text.ts';
import type { CliCommand, CliIo } from './command.ts';
import { parseOptions } from './options.ts';
import { peopleNamed, timeOption } from './people.ts';
import { withStore } from './with-store.ts';

const help = `Usage: toran callup --people LIST [--until TIME] [--dry-run] [--json]
       toran callup --apply BATCH [--json]
       toran callup --undo BATCH [--json]

Many people cannot be reached from now on. Marks them all, says which schedules become hollow, and proposes one fair plan
of who takes what for four weeks. What is done together has a name (BATCH) and is applied and undone together.

  --people LIST   keys or names in the catalog, with commas between
  --until TIME    ISO 8601 with an offset; left out: until further notice
  --dry-run       look only; change nothing
  --apply BATCH   put the plan into force, as it is by now
  --undo BATCH    take everything of the batch back: people, and shifts that have not passed
  --json          print JSON alone

Exit code 1 when something of it was refused.`;

export const callUpCommand: CliCommand = {
  name: 'callup',
  summary: 'many people cannot be reached from now on: mark, look, plan, undo',
  help,
  async run(args, io) {
    const { values } = parseOptions(
      'callup',
      args,
      {
        people: { type: 'string' },
        until: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        apply: { type: 'string' },
        undo: { type: 'string' },
        json: { type: 'boolean', default: false },
      },
      false,
    );
    const asked = [values.people, values.apply, values.undo].filter((value) => value !== undefined);
    if (asked.length !== 1) throw new BadInput('callup: give one of --people, --apply and --undo');
    if (values.people === undefined && (values.until !== undefined || values['dry-run']))
      throw new BadInput('callup: --until and --dry-run go with --people');
    return withStore(io, async (store, engine) => {
      const options = { store, engine, clock: { now: io.now } };
      const { catalog } = await store.onCallFacts();
      const { apply, undo, people, json } = values;
      if (apply !== undefined) return applyPlan(options, apply, catalog, io, json);
      if (undo !== undefined) return takeBack(options, undo, catalog, io, json);
      const until = timeOption('--until', values.until);
      const named = peopleNamed('--people', people ?? '', catalog);
      return mark(options, { named, until, isDryRun: values['dry-run'] }, catalog, io, json);
    });
  },
};

async function mark(
  options: CallUpOptions,
  asked: { readonly named: readonly string[]; readonly until: EpochMs | undefined; readonly isDryRun: boolean },
  catalog: Catalog,
  io: CliIo,
  json: boolean,
): Promise<number> {
  const { named: people, until, isDryRun } = asked;
  const from = io.now();
  if (until !== undefined && until <= from) throw new BadInput('--until: is over already; give a later time');
  const batch = newBatch(from);
  const span = { from, to: until ?? null };
  if (isDryRun) {
    const picture = await previewCallUp(options, { people, ...span, batch });
    if (json) io.out(JSON.stringify({ dry_run: true, people, ...pictureJson(catalog, picture) }));
    else print(io, previewText(catalog, people, picture));
    return 0;
  }
  const done = await callUp(options, { people, ...span, marker: automation, batch });
  if (json) io.out(JSON.stringify({ batch, people: done.people, ...pictureJson(catalog, done) }));
  else print(io, calledUpText(catalog, batch, done));
  return done.people.some(({ verdict }) => verdict === 'refused') ? 1 : 0;
}

async function applyPlan(
  options: CallUpOptions,
  batch: string,
  catalog: Catalog,
  io: CliIo,
  json: boolean,
): Promise<number> {
  await requireBatch(options, batch, catalog);
  const applied = await applyCallUpPlan(options, batch, automation);
  if (json) {
    const covers = applied.covers.map((cover) => spanJson(catalog, cover));
    io.out(JSON.stringify({ batch, covers, unfilled: applied.unfilled.map((shift) => spanJson(catalog, shift)) }));
  } else print(io, appliedText(catalog, applied));
  return applied.covers.some(({ verdict }) => verdict === 'refused') ? 1 : 0;
}

async function takeBack(
  options: CallUpOptions,
  batch: string,
  catalog: Catalog,
  io: CliIo,
  json: boolean,
): Promise<number> {
  await requireBatch(options, batch, catalog);
  const undone = await undoCallUp(options, batch, automation);
  if (json) io.out(JSON.stringify({ batch, ...undone }));
  else print(io, undoneText(catalog, undone));
  return undone.people.some(({ verdict }) => verdict === 'refused') ? 1 : 0;
}

async function requireBatch({ store }: CallUpOptions, batch: string, { workspace }: Catalog): Promise<void> {
  const { windows } = await store.onCallFacts();
  if (windows.some(({ id }) => id.startsWith(`callup:${batch}:`))) return;
  throw new BadInput(`callup: ${callUpCliWords[workspace.locale].unknownBatch(batch)}`);
}

/** `20261124-0630-x7q2k9`: told apart at a glance, and short enough to be typed in a bad hour. */
function newBatch(now: EpochMs): string {
  const minute = new Date(now).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
  return `${minute}-${randomBytes(3).toString('hex')}`;
}

function pictureJson(catalog: Catalog, { hollow, plan }: CallUpPicture) {
  return {
    hollow: hollow.map((one) => spanJson(catalog, one)),
    plan: plan.covers.map((cover) => spanJson(catalog, cover)),
    unfilled: plan.unfilled.map((shift) => spanJson(catalog, shift)),
    overloaded: plan.overloaded.map(({ person, ofNorm }) => ({ person, of_norm: ofNorm })),
  };
}

/** Instants as text with the schedule's offset, and `insteadOf` in the style of the other commands' JSON. */
function spanJson(
  catalog: Catalog,
  {
    from,
    to,
    ...rest
  }: { readonly schedule: string; readonly from: number; readonly to: number; readonly insteadOf?: string | null },
) {
  const { insteadOf, ...others } = rest;
  const zone = entry(catalog.schedules, rest.schedule)?.timezone ?? catalog.workspace.timezone;
  return {
    ...others,
    ...(insteadOf === undefined ? {} : { instead_of: insteadOf }),
    from: toIsoInZone(from, zone),
    to: toIsoInZone(to, zone),
  };
}

function print(io: CliIo, lines: readonly string[]): void {
  for (const line of lines) io.out(line);
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { dispatch } from '../../src/cli/run.ts';
import type { Layer, Override, Schedule } from '../../src/oncall/catalog.ts';
import type { Shift } from '../../src/oncall/shifts.ts';
import { type EpochMs, toIso } from '../../src/oncall/time.ts';

/** A question that a case of another engine put to the rules, and what they answered. */
export type Question =
  | {
      readonly kind: 'at';
      readonly schedules: readonly Schedule[];
      readonly at: EpochMs;
      readonly users: readonly string[];
    }
  | {
      readonly kind: 'span';
      readonly schedules: readonly [Schedule];
      readonly from: EpochMs;
      readonly to: EpochMs;
      readonly shifts: readonly Shift[];
    };

const questions: Question[] = [];

export function remember(question: Question): void {
  questions.push(question);
}

/** Questions that were put since the last time, each once. */
export function takeQuestions(): readonly Question[] {
  const taken = new Map(questions.splice(0).map((question) => [JSON.stringify(question), question]));
  return [...taken.values()];
}

/** Runs in a folder of its own that is gone afterwards. */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'toran-vectors-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface Asked {
  readonly question: Question;
  readonly said: unknown;
  readonly expected: unknown;
}

/** What `toran oncall` says to the question, from a catalog file and a file of absences, and what it should say. */
export async function askCommandLine(question: Question, folder: string): Promise<Asked> {
  const names = namesIn(question.schedules);
  const [catalog, absences] = [join(folder, 'catalog.yaml'), join(folder, 'absences.yaml')];
  await writeFile(catalog, catalogText(question.schedules, names));
  await writeFile(absences, '[]\n');
  const real = (id: string) => names[Number(id.slice(1))] ?? id;
  const said: unknown[] = [];
  for (const { id } of question.schedules) {
    const span =
      question.kind === 'at'
        ? ['--at', toIso(question.at)]
        : ['--from', toIso(question.from), '--to', toIso(question.to)];
    const text = await run([
      'oncall',
      '--catalog',
      catalog,
      '--absences',
      absences,
      '--schedule',
      id,
      ...span,
      '--json',
    ]);
    if (question.kind === 'at') {
      said.push(
        ...duty.parse(JSON.parse(text)).on_call.flatMap(({ person }) => (person === null ? [] : [real(person)])),
      );
    } else {
      said.push(
        ...roster
          .parse(JSON.parse(text))
          .shifts.map((shift) => ({
            start: Date.parse(shift.start),
            end: Date.parse(shift.end),
            person: shift.person === null ? null : real(shift.person),
            why: shift.why,
          })),
      );
    }
  }
  if (question.kind === 'at') return { question, said: [...new Set(said)].toSorted(inText), expected: question.users };
  const expected = question.shifts.map(({ start, end, person, why }) => ({ start, end, person, why }));
  return { question, said: said.toSorted(inText), expected: expected.toSorted(inText) };
}

const inText = (one: unknown, other: unknown) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);

const duty = z.object({ on_call: z.array(z.object({ person: z.string().nullable() })) });
const roster = z.object({
  shifts: z.array(z.object({ start: z.string(), end: z.string(), person: z.string().nullable(), why: z.string() })),
});

async function run(args: readonly string[]): Promise<string> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await dispatch(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    env: {},
    isTerminal: false,
    now: () => 0,
    signal: new AbortController().signal,
  });
  if (code !== 0) throw new Error(`${args.join(' ')}: ${err.join('\n')}`);
  return out.join('\n');
}

function namesIn(schedules: readonly Schedule[]): readonly string[] {
  const named = schedules.flatMap(({ layers, overrides }) => [
    ...layers.flatMap(({ participants }) => participants),
    ...overrides.flatMap((one) => [
      ...(one.kind === 'remove' ? [] : [one.person]),
      ...(one.kind === 'replace' || one.kind === 'remove' ? [one.insteadOf] : []),
    ]),
  ]);
  return [...new Set(named)].toSorted();
}

/** JSON, which YAML reads as well. People have numbers for names: those of other engines are not all fit for a catalog. */
function catalogText(schedules: readonly Schedule[], names: readonly string[]): string {
  const key = (person: string) => `p${names.indexOf(person)}`;
  return JSON.stringify({
    workspace: { timezone: 'UTC' },
    people: Object.fromEntries(names.map((name) => [key(name), { name }])),
    schedules: Object.fromEntries(
      schedules.map(({ id, timezone, layers, overrides }) => [
        id,
        {
          timezone,
          layers: layers.map((layer) => layerText(layer, key)),
          overrides: overrides.map((one) => overrideText(one, key)),
        },
      ]),
    ),
  });
}

function layerText({ start, every, participants, windows }: Layer, key: (person: string) => string) {
  return {
    start: start.slice(0, 19),
    every: { [every.unit]: every.count },
    participants: participants.map(key),
    ...(windows.length === 0 ? {} : { windows }),
  };
}

/** Files know no endless overrides. */
const endOfTime = Date.UTC(2199, 0, 1);

function overrideText(override: Override, key: (person: string) => string) {
  const span = { from: toIso(override.from), to: toIso(Math.min(override.to, endOfTime)) };
  switch (override.kind) {
    case 'replace':
      return { ...span, person: key(override.person), instead_of: key(override.insteadOf) };
    case 'remove':
      return { ...span, person: null, instead_of: key(override.insteadOf) };
    case 'add':
      return { ...span, person: key(override.person), add: true };
    case 'only':
      return { ...span, person: key(override.person) };
  }
}

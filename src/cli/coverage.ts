import { writeFile } from 'node:fs/promises';
import { parseAbsences } from '../config/absences.ts';
import { BadInput } from '../config/bad-input.ts';
import { parseCatalog } from '../config/catalog.ts';
import { coverageCliWords } from '../messages/coverage-cli.ts';
import { callUpDrill } from '../oncall/call-up-drill.ts';
import type { Language } from '../oncall/catalog.ts';
import {
  coverage,
  type CoverageMode,
  coverageModes,
  type CoverageQuestion,
  coverageTarget,
} from '../oncall/coverage.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { type EpochMs, minuteMs, secondMs, zoned } from '../oncall/time.ts';
import type { CliCommand, CliIo } from './command.ts';
import { coverageJson, drillJson } from './coverage-json.ts';
import { coveragePicture } from './coverage-picture.ts';
import { coverageText, drillText } from './coverage-text.ts';
import { parseOptions, readTextFile } from './options.ts';
import { peopleNamed, timeOption } from './people.ts';

const help = `Usage: toran coverage --catalog FILE [--absences FILE] [options]

Prints how many people each schedule, and all of them together, can still lose, from files alone: no Slack, no database.

  --catalog FILE    the catalog (YAML)
  --absences FILE   who cannot be asked, and when (YAML)
  --from TIME       where to begin, with an offset: 2026-11-05T10:00+02:00; left out: now
  --days N          how far to look, 1 to 366; 90 when left out
  --k N             how many people may be called up at once, 1 to 20; left out: what the catalog says, or 2
  --mode MODE       confirmed: certain absences only; tentative (default): others too, as the pager does;
                    stress: what remains when the k people go whose loss hurts most
  --without A,B     a drill: these people vanish at --from; who is paged then, service by service
  --png FILE        also write the heat map as a picture
  --lang en|he      language of text and picture; left out: the catalog's
  --json            print JSON alone

Levels: uncovered (places stay empty), last_person (one more call-up empties one), thin (fewer than k to spare), ok.
Who is away is named nowhere; people in a witness are those who are left.`;

export const coverageCommand: CliCommand = {
  name: 'coverage',
  summary: 'how many people each schedule can lose, and when that becomes too few',
  help,
  async run(args, io) {
    const asked = askedFor(args, io);
    const facts = await readFacts(asked);
    const without = asked.without === undefined ? undefined : peopleNamed('--without', asked.without, facts.catalog);
    const progress = progressOn(io);
    const { timezone, locale } = facts.catalog.workspace;
    const words = coverageCliWords[locale];
    progress(words.computing);
    const question = questionOf(facts, asked);
    const segments = coverage(facts, question);
    const drill = without === undefined ? undefined : callUpDrill(facts, without, question.from, question.k);
    if (asked.json) {
      const drilled = drill === undefined ? {} : { drill: drillJson(drill, timezone) };
      io.out(JSON.stringify({ segments: coverageJson(segments, timezone), ...drilled }));
    } else if (drill === undefined) {
      progress(words.planning);
      for (const line of coverageText(facts, question, segments)) io.out(line);
    } else {
      for (const line of drillText(facts, drill)) io.out(line);
    }
    if (asked.png !== undefined) {
      progress(words.drawing);
      const png = await coveragePicture(facts, question, segments, io.now());
      await write(asked.png, png);
    }
    return 0;
  },
};

interface Asked {
  readonly catalog: string;
  readonly absences: string | undefined;
  readonly from: EpochMs;
  readonly days: number;
  readonly k: number | undefined;
  readonly mode: CoverageMode;
  readonly without: string | undefined;
  readonly png: string | undefined;
  readonly language: Language | undefined;
  readonly json: boolean;
}

function askedFor(args: readonly string[], io: CliIo): Asked {
  const { values } = parseOptions(
    'coverage',
    args,
    {
      catalog: { type: 'string' },
      absences: { type: 'string' },
      from: { type: 'string' },
      days: { type: 'string', default: '90' },
      k: { type: 'string' },
      mode: { type: 'string', default: 'tentative' },
      without: { type: 'string' },
      png: { type: 'string' },
      lang: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
    false,
  );
  if (values.catalog === undefined || values.catalog === '') {
    throw new BadInput('--catalog: is missing; name a catalog file');
  }
  return {
    catalog: values.catalog,
    absences: values.absences,
    from: timeOption('--from', values.from) ?? Math.floor(io.now() / minuteMs) * minuteMs,
    days: numberOf('--days', values.days, 366),
    k: values.k === undefined ? undefined : numberOf('--k', values.k, 20),
    mode: oneOf('--mode', values.mode, coverageModes),
    without: values.without,
    png: values.png,
    language: values.lang === undefined ? undefined : oneOf('--lang', values.lang, ['en', 'he'] as const),
    json: values.json,
  };
}

function numberOf(option: string, text: string, most: number): number {
  const number = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw new BadInput(`${option}: "${text}" cannot be used; give a whole number from 1 to ${most}`);
}

function oneOf<const T extends string>(option: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text);
  if (found !== undefined) return found;
  throw new BadInput(`${option}: "${text}" is none; use one of ${allowed.join(', ')}`);
}

/** In the language that was asked for, else in the catalog's. */
async function readFacts({ catalog: path, absences, language }: Asked): Promise<OnCallFacts> {
  const declared = parseCatalog(await readTextFile('--catalog', path), path);
  const { workspace } = declared;
  const catalog = { ...declared, workspace: { ...workspace, locale: language ?? workspace.locale } };
  if (absences === undefined) return { catalog, windows: [], overrides: [] };
  const windows = parseAbsences(await readTextFile('--absences', absences), absences, catalog);
  return { catalog, windows, overrides: [] };
}

/** Days are those of the workspace's calendar: the same time of day at the end, whatever the clock does in between. */
function questionOf(facts: OnCallFacts, { from, days, mode, k }: Asked): CoverageQuestion & { readonly k: number } {
  const to = zoned(from, facts.catalog.workspace.timezone).add({ days }).epochMilliseconds;
  return { from, to, mode, k: k ?? coverageTarget(facts) };
}

/** Says what is being done once it has taken more than a second, on a terminal. */
function progressOn(io: CliIo): (what: string) => void {
  const begun = io.now();
  return (what) => {
    if (io.isTerminal && io.now() - begun >= secondMs) io.err(`${what} …`);
  };
}

async function write(path: string, png: Uint8Array): Promise<void> {
  try {
    await writeFile(path, png);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new BadInput(`--png: ${path} cannot be written (${message}); name a file in a folder that exists`, { cause });
  }
}

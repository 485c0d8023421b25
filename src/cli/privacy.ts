import { writeFile } from 'node:fs/promises';
import { BadInput } from '../config/bad-input.ts';
import { readEnvironment } from '../config/environment.ts';
import { operator, SealedShut } from '../engine/private-ports.ts';
import { privacyWords, type PrivacyWords } from '../messages/privacy.ts';
import { zoneOf } from '../oncall/burden.ts';
import type { Catalog, PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { OnCallFacts } from '../oncall/resolver.ts';
import { toIso, toIsoInZone } from '../oncall/time.ts';
import { movePrivate } from '../store/private/move.ts';
import type { CliCommand, CliIo } from './command.ts';
import { parseOptions } from './options.ts';
import { nameOf, personNamed } from './people.ts';
import { exportLines, type Place } from './privacy-lines.ts';
import { withPrivacy, type PrivacyDesk } from './with-privacy.ts';

const help = `Usage: toran privacy export --person PERSON [--json FILE]
       toran privacy log --person PERSON [--json]
       toran privacy erase --person PERSON --yes [--all] [--json]
       toran privacy move --to URL

What Toran keeps of a person. To export somebody's is written into their log before anything is read. "erase" shreds
their key, deletes reasons, own rules, calendars and log, and forgets absences that are over; events keep their ids.

  --person PERSON   key or name in the catalog
  --json FILE       export: write JSON into a file that only its owner can read, or print it with "-"
  --json            log, erase: print JSON alone
  --yes             erase: that it is meant; it cannot be undone
  --to URL          move: copies everything private, still sealed, into an empty database (file:… or postgres://…). Stop
                    the server before, and set TORAN_PRIVATE_DATABASE_URL to it after
  --all             erase: also absences that hold now or are to come. Pages then go out to this person`;

export const privacyCommand: CliCommand = {
  name: 'privacy',
  summary: 'export, log and erase what is kept of a person',
  help,
  async run(args, io) {
    const [action, ...rest] = args;
    switch (action) {
      case 'export':
        return exportPerson(rest, io);
      case 'log':
        return printLog(rest, io);
      case 'erase':
        return erasePerson(rest, io);
      case 'move':
        return moveAll(rest, io);
      default:
        if (action?.startsWith('-')) parseOptions('privacy', args, {}, true);
        throw new BadInput('privacy: say export, log, erase or move; see toran privacy --help');
    }
  },
};

async function exportPerson(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = parseOptions(
    'privacy export',
    args,
    { person: { type: 'string' }, json: { type: 'string' } },
    false,
  );
  return atDesk(values.person, io, async (desk, { person, facts, words }) => {
    const exported = await desk.privacy.exportOf(person, operator);
    if (values.json === undefined) {
      for (const line of exportLines(exported, placeOf(person, facts, words))) io.out(line);
      if (desk.settings.kind === 'off') io.err(words.off[desk.settings.because]);
      return;
    }
    const text = JSON.stringify(exported, null, 2);
    if (values.json === '-') return io.out(text);
    await writeFile(values.json, `${text}\n`, { mode: 0o600 }).catch((cause: unknown) => {
      const problem = cause instanceof Error ? cause.message : String(cause);
      throw new BadInput(`--json: ${values.json} cannot be written (${problem})`, { cause });
    });
    io.out(words.written(values.json));
  });
}

async function printLog(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = parseOptions(
    'privacy log',
    args,
    { person: { type: 'string' }, json: { type: 'boolean', default: false } },
    false,
  );
  return atDesk(values.person, io, async (desk, { person, facts, words }) => {
    const looks = await desk.privacy.looksAt(person);
    if (values.json) {
      io.out(JSON.stringify({ person, looks: looks.map(({ by, at, what }) => ({ by, at: toIso(at), what })) }));
      return;
    }
    const { time, name } = placeOf(person, facts, words);
    for (const { at, by, what } of looks) io.out(words.look(time(at), name(by), words.lookedAt[what]));
    if (looks.length === 0) io.out(words.nothing);
    if (desk.settings.kind === 'off') io.err(words.off[desk.settings.because]);
  });
}

async function erasePerson(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = parseOptions(
    'privacy erase',
    args,
    {
      person: { type: 'string' },
      yes: { type: 'boolean', default: false },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    false,
  );
  if (!values.yes) throw new BadInput('privacy erase: cannot be undone; add --yes when it is meant');
  return atDesk(values.person, io, async (desk, { person, words }) => {
    const { windows, left } = await desk.privacy.erase(person, operator, values.all ? 'everything' : 'past');
    if (values.json) return io.out(JSON.stringify({ person, absences: windows, left }));
    io.out(words.erased(windows));
    if (left > 0) io.out(words.left(left));
  });
}

async function moveAll(args: readonly string[], io: CliIo): Promise<number> {
  const { values } = parseOptions('privacy move', args, { to: { type: 'string' } }, false);
  if (values.to === undefined) throw new BadInput('--to: is missing; name an empty database');
  const { privateData } = readEnvironment(io.env);
  if (privateData.kind === 'off') throw new BadInput(privacyWords.en.off[privateData.because]);
  const rows = await movePrivate(privateData.databaseUrl, values.to).catch((cause: unknown) => {
    throw new BadInput(`--to: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  });
  io.out(privacyWords.en.moved(rows));
  return 0;
}

interface Asked {
  readonly person: PersonId;
  readonly facts: OnCallFacts;
  readonly words: PrivacyWords;
}

async function atDesk(
  typed: string | undefined,
  io: CliIo,
  work: (desk: PrivacyDesk, asked: Asked) => Promise<void>,
): Promise<number> {
  if (typed === undefined) throw new BadInput('--person: is missing; name a key of the catalog');
  return withPrivacy(io, async (desk) => {
    const facts = await desk.store.onCallFacts();
    // Whoever has left the catalog may have left absences behind.
    const isKnown = facts.windows.some(({ person }) => person === typed);
    const person = isKnown ? typed : personNamed('--person', typed, facts.catalog);
    try {
      await work(desk, { person, facts, words: privacyWords[languageOf(person, facts.catalog)] });
    } catch (cause) {
      if (cause instanceof SealedShut) throw new BadInput(`TORAN_SECRET: ${cause.message}`, { cause });
      throw cause;
    }
    return 0;
  });
}

function languageOf(person: PersonId, { people, workspace }: Catalog) {
  return entry(people, person)?.language ?? workspace.locale;
}

function placeOf(person: PersonId, { catalog }: OnCallFacts, words: PrivacyWords): Place {
  const zone = zoneOf(catalog, person);
  return {
    words,
    time: (atMs) => toIsoInZone(atMs, zone),
    name: (who) => (who === operator ? words.operator : nameOf(catalog, who)),
  };
}

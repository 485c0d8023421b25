import { createHash } from 'node:crypto';
import { readInThread } from '../calendars/calendar-thread.ts';
import { mostBytes } from '../calendars/reading.ts';
import { BadInput } from '../config/bad-input.ts';
import { personStream } from '../engine/streams.ts';
import { calendarCliWords } from '../messages/calendar-cli.ts';
import { calendarImportWords } from '../messages/calendar-import-cli.ts';
import { zoneOf } from '../oncall/burden.ts';
import { feedDifference } from '../oncall/feed.ts';
import { newPerson } from '../oncall/person-rules.ts';
import { automation } from '../oncall/recorded.ts';
import { dayMs } from '../oncall/time.ts';
import type { CliIo } from './command.ts';
import { parseOptions, readFileBytes } from './options.ts';
import { nameOf, personNamed } from './people.ts';
import { terminalLanguage } from './terminal-language.ts';
import { withStore } from './with-store.ts';

/** A file is read once and not again every half hour: all that is planned for a year and some weeks is taken. */
const horizonDays = 400;

/**
 * Takes the absences of a calendar file for one person: times alone. The next file under the same name is the whole of what
 * that calendar says; one that is empty, broken off or mostly gone ends nothing unless it is confirmed.
 */
export async function importCalendar(args: readonly string[], io: CliIo): Promise<number> {
  const language = terminalLanguage(io.env);
  const words = calendarImportWords[language];
  const { values, positionals } = parseOptions(
    'calendar',
    args,
    {
      person: { type: 'string' },
      name: { type: 'string', default: 'file' },
      soft: { type: 'boolean', default: false },
      confirm: { type: 'boolean', default: false },
      'free-counts': { type: 'boolean', default: false },
      'days-away': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    true,
  );
  const [, path, ...others] = positionals;
  if (path === undefined || others.length > 0 || values.person === undefined) throw new BadInput(words.usage);
  const { person: typed, soft, confirm, json } = values;
  const bytes = await readFileBytes('toran calendar', path, mostBytes);
  return withStore(io, async (store, engine) => {
    const { catalog } = await store.onCallFacts();
    const person = personNamed('--person', typed, catalog);
    const now = io.now();
    const feed = feedOf(values.name);
    const reading = await readInThread(bytes, {
      feed,
      zone: zoneOf(catalog, person),
      from: now,
      to: now + horizonDays * dayMs,
      countsTransparent: values['free-counts'],
      daysAwayOnly: values['days-away'],
    });
    if (reading.kind === 'unusable')
      throw new BadInput(`${path} ${calendarCliWords[language].failures[reading.because]}`);
    const stream = personStream(person);
    const state = (await store.load('person', [stream])).get(stream)?.state ?? newPerson(person);
    const settings = { feed, effect: soft ? 'soft' : 'hard' } as const;
    const verdict = feedDifference(state, reading, settings, now, confirm);
    if (verdict.kind === 'keep')
      throw new BadInput(`${path} ${words.kept(verdict.because, verdict.known, verdict.gone)}`);
    const counts = { added: 0, changed: 0, ended: 0 };
    if (verdict.kind === 'apply') {
      const outcome = await engine.execute({ kind: 'person', stream, command: verdict.command, actor: automation });
      if (outcome.kind !== 'accepted') throw new Error(`${person}: the calendar could not be taken (${outcome.kind})`);
      Object.assign(counts, { added: verdict.added, changed: verdict.changed, ended: verdict.ended });
    }
    io.out(json ? JSON.stringify({ person, ...counts }) : words.taken(nameOf(catalog, person), counts));
    return 0;
  });
}

/** Opaque: what somebody calls a file may say more than times. */
function feedOf(name: string): string {
  return `file-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
}

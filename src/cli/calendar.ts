import { readInThread } from '../calendars/calendar-thread.ts';
import { fetchFeed, type FetchOptions } from '../calendars/fetch-feed.ts';
import { mostBytes, type CalendarReading } from '../calendars/reading.ts';
import { BadInput } from '../config/bad-input.ts';
import { isTimeZone } from '../config/times.ts';
import { calendarCliWords, type CalendarCliWords, type CalendarFailureWord } from '../messages/calendar-cli.ts';
import { feedWindows } from '../oncall/feed.ts';
import { plannedAheadMs, refreshedEveryMs } from '../oncall/materialise.ts';
import { dayMs, toIsoInZone, type TimeZone } from '../oncall/time.ts';
import type { AvailabilityWindow } from '../oncall/windows.ts';
import { importCalendar } from './calendar-import.ts';
import type { CliCommand, CliIo } from './command.ts';
import { parseOptions, readFileBytes } from './options.ts';
import { terminalLanguage } from './terminal-language.ts';

export const calendarCommand: CliCommand = {
  name: 'calendar',
  summary: calendarCliWords.en.summary,
  help: calendarCliWords.en.help,
  run: (args, io) => (args[0] === 'import' ? importCalendar(args, io) : runCalendar(args, io)),
};

type Reading = Extract<CalendarReading, { kind: 'read' }>;

const usualDays = (plannedAheadMs + refreshedEveryMs) / dayMs;
const shownWarnings = 20;

/** As the command, with what fetching needs to know passed in. */
export async function runCalendar(args: readonly string[], io: CliIo, fetching: FetchOptions = {}): Promise<number> {
  const words = calendarCliWords[terminalLanguage(io.env)];
  const { place, zone, days, json, ...counting } = readArguments(args, words);
  const isAddress = /^[a-z][a-z\d+.-]*:\/\//i.test(place);
  const bytes = isAddress
    ? await fetched(place, io, words, fetching)
    : await readFileBytes('toran calendar', place, mostBytes);
  const now = io.now();
  const to = now + days * dayMs;
  const reading = await readInThread(bytes, { ...counting, feed: 'check', zone, from: now, to });
  if (reading.kind === 'unusable') {
    const name = isAddress ? words.theAddress : place;
    throw new BadInput(`${name} ${words.failures[reading.because]}`);
  }
  const windows = feedWindows(reading, { feed: 'check', effect: 'hard' }, '', now);
  if (json) io.out(JSON.stringify(jsonOf(reading, windows, zone)));
  else for (const line of textOf(reading, windows, { zone, days }, words)) io.out(line);
  return 0;
}

function readArguments(args: readonly string[], words: CalendarCliWords) {
  const { values, positionals } = parseOptions(
    'calendar',
    args,
    {
      zone: { type: 'string', default: 'Asia/Jerusalem' },
      days: { type: 'string', default: String(usualDays) },
      'free-counts': { type: 'boolean', default: false },
      'days-away': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
    true,
  );
  const [verb, place, ...others] = positionals;
  if (verb !== 'check' || place === undefined || place === '' || others.length > 0) throw new BadInput(words.usage);
  if (!isTimeZone(values.zone)) throw new BadInput(words.noSuchZone);
  const days = /^\d{1,3}$/.test(values.days) ? Number(values.days) : 0;
  if (days < 1 || days > 730) throw new BadInput(words.badDays);
  return {
    place,
    zone: values.zone,
    days,
    countsTransparent: values['free-counts'],
    daysAwayOnly: values['days-away'],
    json: values.json,
  };
}

/** What the caller can correct is bad input; what lies with the network or the other side is a failure. */
const callersToCorrect: ReadonlySet<CalendarFailureWord> = new Set(['bad_address', 'address_not_public', 'too_large']);

async function fetched(
  address: string,
  io: CliIo,
  words: CalendarCliWords,
  fetching: FetchOptions,
): Promise<Uint8Array> {
  const feed = await fetchFeed(address, { signal: io.signal, ...fetching });
  if (feed.kind === 'fetched') return feed.bytes;
  // The address is a password: it is not repeated, since what is printed ends up in logs.
  const status = feed.status === undefined ? '' : ` (HTTP ${feed.status})`;
  const message = `${words.theAddress} ${words.failures[feed.because]}${status}`;
  throw callersToCorrect.has(feed.because) ? new BadInput(message) : new Error(message);
}

function jsonOf(reading: Reading, windows: readonly AvailabilityWindow[], zone: TimeZone) {
  return {
    complete: reading.isComplete,
    events: reading.events,
    absences: windows.map(({ from, to, certain }) => ({
      from: toIsoInZone(from, zone),
      to: to === null ? null : toIsoInZone(to, zone),
      certain,
    })),
    warnings: reading.warnings,
  };
}

function textOf(
  reading: Reading,
  windows: readonly AvailabilityWindow[],
  { zone, days }: { readonly zone: TimeZone; readonly days: number },
  words: CalendarCliWords,
): readonly string[] {
  const shown = (atMs: number) => toIsoInZone(atMs, zone).slice(0, 16).replace('T', ' ');
  const rows = windows.map(({ from, to, certain }) => {
    const line = words.line(shown(from), to === null ? words.open : shown(to));
    return `  ${line}${certain ? '' : `  ${words.tentative}`}`;
  });
  const warnings = reading.warnings.map(({ code, line }) => words.warning(line, words.warnings[code]));
  const left = warnings.length - shownWarnings;
  return [
    words.title(zone, days),
    ...(rows.length > 0 ? rows : [words.none(reading.events)]),
    ...(reading.isComplete ? [] : ['', words.truncated]),
    ...(warnings.length > 0 ? ['', ...warnings.slice(0, shownWarnings)] : []),
    ...(left > 0 ? [words.moreWarnings(left)] : []),
  ];
}

import type { ContentLine } from './content-lines.ts';

/** The lines of one VEVENT that Toran reads. Titles, places, people and notes are left behind right here. */
export interface EventLines {
  /** Where it begins. */
  readonly line: number;
  readonly lines: readonly ContentLine[];
}

export interface CalendarLines {
  /** What floating times are in, if the calendar says so. */
  readonly zone: string | undefined;
  readonly events: readonly EventLines[];
  /** The raw text of each embedded time zone, by its id. */
  readonly zones: ReadonlyMap<string, string>;
  /** Whether every calendar, and everything in it, is closed: a file that is cut off is not. */
  readonly isComplete: boolean;
  /** Whether it is a calendar at all. */
  readonly isCalendar: boolean;
}

/** All that is read of an event: when it is, how it repeats, and whether it makes busy. */
const readProperties: ReadonlySet<string> = new Set([
  'UID',
  'DTSTAMP',
  'DTSTART',
  'DTEND',
  'DURATION',
  'RRULE',
  'RDATE',
  'EXDATE',
  'RECURRENCE-ID',
  'SEQUENCE',
  'STATUS',
  'TRANSP',
  'X-MICROSOFT-CDO-ALLDAYEVENT',
  'X-MICROSOFT-CDO-BUSYSTATUS',
]);

interface Reading {
  /** Names of the components that are open, outermost first. */
  readonly open: string[];
  readonly events: EventLines[];
  readonly zones: Map<string, string>;
  block: ContentLine[];
  zone: string | undefined;
  isCalendar: boolean;
  isBroken: boolean;
}

/**
 * Splits a calendar into its events and zones by BEGIN and END alone, so that a line which no parser understands costs that
 * line and never the feed. What begins and does not end is left out.
 */
export function componentsOf(lines: readonly ContentLine[]): CalendarLines {
  const reading: Reading = {
    open: [],
    events: [],
    zones: new Map(),
    block: [],
    zone: undefined,
    isCalendar: false,
    isBroken: false,
  };
  for (const each of lines) {
    const name = nameOf(each.text);
    if (name === 'BEGIN') begin(reading, valueOf(each.text).toUpperCase());
    if (reading.open.length === 1 && name === 'X-WR-TIMEZONE') reading.zone = valueOf(each.text);
    const isRead = reading.open.length === 2 && reading.open[1] === 'VEVENT' && readProperties.has(name);
    if (isRead || reading.open[1] === 'VTIMEZONE') reading.block.push(each);
    if (name === 'END') end(reading, valueOf(each.text).toUpperCase(), each.line);
  }
  const { zone, events, zones, isCalendar, isBroken, open } = reading;
  return { zone, events, zones, isCalendar, isComplete: isCalendar && !isBroken && open.length === 0 };
}

function begin(reading: Reading, component: string): void {
  const { open } = reading;
  if (component === 'VEVENT' && open.includes('VEVENT')) {
    // The one before never ended: half of an event is none.
    reading.isBroken = true;
    open.splice(open.indexOf('VEVENT'));
  }
  open.push(component);
  if (open[0] === 'VCALENDAR') reading.isCalendar = true;
  if (open.length === 2) reading.block = [];
}

/** Ends a component, and with it what is still open inside it; an end without a beginning says nothing. */
function end(reading: Reading, component: string, line: number): void {
  const { open, block } = reading;
  const at = open.lastIndexOf(component);
  if (at === -1) return;
  open.splice(at);
  if (at !== 1 || open[0] !== 'VCALENDAR') return;
  if (component === 'VEVENT') reading.events.push({ line: block[0]?.line ?? line, lines: block });
  if (component === 'VTIMEZONE') addZone(reading.zones, block);
}

/** The name of a property, without its parameters. */
export function nameOf(text: string): string {
  return (/^[^:;]*/.exec(text)?.[0] ?? '').trim().toUpperCase();
}

/** The value of a property without decoding; a colon inside quotes belongs to a parameter. */
export function valueOf(text: string): string {
  return /^(?:"[^"]*"|[^":])*:(.*)$/su.exec(text)?.[1]?.trim() ?? '';
}

function addZone(zones: Map<string, string>, block: readonly ContentLine[]): void {
  const id = block.find(({ text }) => nameOf(text) === 'TZID');
  if (id !== undefined) zones.set(valueOf(id.text), block.map(({ text }) => text).join('\r\n'));
}

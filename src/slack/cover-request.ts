import type { Catalog, PersonId, ScheduleId } from '../oncall/catalog.ts';
import { fromWall, zoned, type EpochMs, type TimeZone } from '../oncall/time.ts';
import { takePerson } from './command-arguments.ts';
import { readAwaySpan, takeDay } from './command-times.ts';

/** Which duty is meant. `unsaid`: the shift that runs, else the next one. */
export type When =
  | { readonly kind: 'unsaid' }
  | { readonly kind: 'this' }
  | { readonly kind: 'next' }
  | { readonly kind: 'span'; readonly from: EpochMs; readonly to: EpochMs };

/** What somebody wants who writes `/incident cover …`. */
export type CoverRequest =
  | { readonly kind: 'form' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'take'; readonly schedule: ScheduleId | undefined }
  | { readonly kind: 'swap'; readonly rest: string }
  /** `whose` looks for somebody; `by` is the one who is asked or does it, undefined for whoever can. */
  | {
      readonly kind: 'cover';
      readonly whose: PersonId;
      readonly by: PersonId | undefined;
      readonly when: When;
      readonly schedule: ScheduleId | undefined;
    }
  | { readonly kind: 'past' }
  | { readonly kind: 'unclear'; readonly typed: string }
  | { readonly kind: 'unknown_person'; readonly typed: string };

export interface CoverReader {
  readonly catalog: Catalog;
  readonly person: PersonId;
  readonly now: EpochMs;
  readonly zone: TimeZone;
}

const myself =
  /^(?:for\s+)?(?:me|my(?:\s+shifts?)?|mine|us)(?!\p{L})|^(?:את\s+המשמרת\s+שלי|אותי|עלי|עליי|שלי|לי|במקומי)(?!\p{L})/iu;
const another = /^(?:for|instead\s+of|in\s+place\s+of|את|במקום|עבור|של)\s+/iu;
const together = /(?:^|\s)(?:with|by|עם|ע[״"]י|על\s+ידי)\s+/iu;
const cancelling = /^(?:cancel|withdraw|stop|never\s*mind|ביטול|בטל|בטלי|לבטל)(?!\p{L})/iu;
const taking = /^(?:take|i\s+take|take\s+over|קח|קחי|לקחת|לוקח|לוקחת|אני\s+לוקח|אני\s+לוקחת)(?!\p{L})/iu;
const swapping = /^(?:swap|trade|exchange|להתחלף|חילוף|חילופים)(?!\p{L})/iu;
const thisShift =
  /^(?:(?:this|the|current|my)(?:\s+current)?\s+shift|shift|now|today['’]?s\s+shift|(?:ה?משמרת\s+)?(?:הזו|הזאת|הנוכחית)|המשמרת|עכשיו)$/iu;
const nextShift = /^(?:(?:the|my)\s+)?(?:next(?:\s+(?:shift|one))?|upcoming\s+shift)$|^(?:המשמרת\s+)?הבאה$/iu;
const hours = /^(\d{1,2}:\d{2})\s*[-–—]\s*(\d{1,2}:\d{2})$/u;

/**
 * `me until sunday`, `me tomorrow on payments`, `@dana this shift`, `@dana from 12:00 to 18:00 with @omer`, `take payments`,
 * `cancel`; the same in Hebrew. Without a person it is the speaker's own duty. Times are on the speaker's clock.
 */
export function readCover(text: string, reader: CoverReader): CoverRequest {
  const typed = text.trim();
  if (typed === '') return { kind: 'form' };
  if (cancelling.test(typed)) return { kind: 'cancel' };
  const take = taking.exec(typed);
  if (take !== null) return readTake(typed.slice(take[0].length), reader.catalog);
  const swap = swapping.exec(typed);
  if (swap !== null) return { kind: 'swap', rest: typed.slice(swap[0].length).trim() };
  const whose = takeWhose(typed, reader);
  if (whose.kind === 'unknown_person') return whose;
  const by = takeBy(whose.rest, reader);
  if (by.kind === 'unknown_person') return by;
  const { schedule, rest } = takeSchedule(by.rest, reader.catalog);
  const when = readWhen(rest, reader);
  if (when.kind === 'past') return when;
  if (when.kind === 'unclear') return { kind: 'unclear', typed: rest };
  // Without "with" whoever names somebody else means to cover them.
  const covering = by.person ?? (whose.person === reader.person ? undefined : reader.person);
  return { kind: 'cover', whose: whose.person, by: covering, when, schedule };
}

/** `take`, `take payments`, `take the payments shift`. */
export function readTake(text: string, catalog: Catalog): CoverRequest {
  const { schedule, rest } = takeSchedule(text.trim().replace(/\s*(?:shift|duty|משמרת|תורנות)\s*$/iu, ''), catalog);
  const left = rest.replace(/^(?:over|the|it|now|this|את|עכשיו|אותה)(?!\p{L})\s*/iu, '');
  return left === '' ? { kind: 'take', schedule } : { kind: 'unclear', typed: left };
}

type Named =
  | { readonly kind: 'person'; readonly person: PersonId; readonly rest: string }
  | { readonly kind: 'unknown_person'; readonly typed: string };

function takeWhose(text: string, { catalog, person }: CoverReader): Named {
  const own = myself.exec(text);
  if (own !== null) return { kind: 'person', person, rest: text.slice(own[0].length).trim() };
  const named = takePerson(text.replace(another, ''), catalog);
  switch (named.kind) {
    case 'person':
      return named;
    case 'unknown':
      return { kind: 'unknown_person', typed: named.typed };
    case 'none':
      return { kind: 'person', person, rest: text };
  }
}

type NamedOrNobody =
  | Exclude<Named, { kind: 'person' }>
  | (Omit<Extract<Named, { kind: 'person' }>, 'person'> & { readonly person: PersonId | undefined });

function takeBy(text: string, { catalog, person }: CoverReader): NamedOrNobody {
  const found = together.exec(text);
  if (found === null) return { kind: 'person', person: undefined, rest: text };
  const before = text.slice(0, found.index);
  const after = text.slice(found.index + found[0].length);
  const own = myself.exec(after);
  if (own !== null) return { kind: 'person', person, rest: joined(before, after.slice(own[0].length)) };
  const named = takePerson(after, catalog);
  if (named.kind === 'person') return { ...named, rest: joined(before, named.rest) };
  return { kind: 'unknown_person', typed: named.kind === 'unknown' ? named.typed : after };
}

function joined(before: string, after: string): string {
  return `${before.trim()} ${after.trim()}`.trim();
}

/** A schedule of the catalog anywhere among the words, with the word in front of it that ties it to the rest. */
function takeSchedule(text: string, catalog: Catalog): { schedule: ScheduleId | undefined; rest: string } {
  const words = text.split(/\s+/u);
  for (const [index, word] of words.entries()) {
    const bare = word.replace(/^(?:schedule|לוח):/iu, '').toLowerCase();
    const written = [bare, bare.replace(/^ב-?/u, '')];
    const schedule = Object.keys(catalog.schedules).find((id) => written.includes(id.toLowerCase()));
    if (schedule === undefined) continue;
    const before = words
      .slice(0, index)
      .join(' ')
      .replace(/(?:^|\s)(?:on|in|for|at|of|the|של|על|בלוח|לוח|ב)$/iu, '');
    return { schedule, rest: joined(before, words.slice(index + 1).join(' ')) };
  }
  return { schedule: undefined, rest: text.trim() };
}

type ReadWhen = When | { readonly kind: 'past' } | { readonly kind: 'unclear' };

/** A day means all of it; `tomorrow 12:00-18:00` and `from … to …` mean what they say. */
export function readWhen(text: string, { now, zone }: Pick<CoverReader, 'now' | 'zone'>): ReadWhen {
  const rest = text.trim().replace(/^(?:for|during|ב)\s+(?=this|the|my|current|next|tomorrow|today)/iu, '');
  if (rest === '') return { kind: 'unsaid' };
  if (thisShift.test(rest)) return { kind: 'this' };
  if (nextShift.test(rest)) return { kind: 'next' };
  const today = zoned(now, zone).toPlainDate();
  const day = takeDay(rest.replace(/^(?:on|ב|ב-)\s+/iu, ''), today);
  if (day === undefined) return spanIn(rest, now, now, zone);
  const start = fromWall(day.date.toPlainDateTime(), zone);
  const end = fromWall(day.date.add({ days: 1 }).toPlainDateTime(), zone);
  if (end <= now) return { kind: 'past' };
  if (day.rest === '') return { kind: 'span', from: Math.max(start, now), to: end };
  return spanIn(day.rest, Math.max(start, now), now, zone);
}

function spanIn(text: string, from: EpochMs, now: EpochMs, zone: TimeZone): ReadWhen {
  const [, first, last] = hours.exec(text) ?? [];
  const span = readAwaySpan(first === undefined ? text : `from ${first} to ${last}`, from, zone);
  if (span.kind !== 'span') return { kind: span.kind };
  // Cover has an end: what is open is an absence.
  if (span.to === null) return { kind: 'unclear' };
  return span.to <= now ? { kind: 'past' } : { kind: 'span', from: span.from, to: span.to };
}

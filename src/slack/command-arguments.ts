import type { CancelReason, OpenStatus } from '../incident/events.ts';
import { readIncidentId, type IncidentId } from '../incident/ids.ts';
import type { Catalog, PersonId, ServiceId, Severity, Target } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { CommandWord } from './command-words.ts';

const severityWords: Readonly<Record<Severity, readonly string[]>> = {
  sev1: ['sev1', 'sev-1', 's1', 'p1', '1', 'critical', 'crit', 'קריטי', 'קריטית'],
  sev2: ['sev2', 'sev-2', 's2', 'p2', '2', 'high', 'major', 'גבוה', 'גבוהה'],
  sev3: ['sev3', 'sev-3', 's3', 'p3', '3', 'medium', 'moderate', 'minor', 'בינוני', 'בינונית'],
  sev4: ['sev4', 'sev-4', 's4', 'p4', '4', 'low', 'info', 'נמוך', 'נמוכה'],
};

const statusWords: Readonly<Record<OpenStatus | 'resolved', readonly string[]>> = {
  triage: ['triage', 'מיון', 'במיון'],
  investigating: ['investigating', 'investigate', 'investigation', 'בבדיקה', 'בדיקה', 'חקירה', 'בחקירה'],
  fixing: ['fixing', 'fix', 'identified', 'תיקון', 'בתיקון'],
  monitoring: ['monitoring', 'monitor', 'mitigated', 'watching', 'מעקב', 'במעקב', 'ניטור', 'נבלם', 'נבלמה'],
  resolved: ['resolved', 'resolve', 'done', 'closed', 'נפתר', 'נפתרה', 'סגור', 'סגורה'],
};

const cancelWords: Readonly<Record<CancelReason, readonly string[]>> = {
  false_alarm: ['false alarm', 'false-alarm', 'false', 'אזעקת שווא', 'אזעקת שוא', 'שווא'],
  duplicate: ['duplicate', 'dup', 'double', 'כפול', 'כפולה', 'כפילות'],
  not_an_incident: ['not an incident', 'no incident', 'not-an-incident', 'mistake', 'לא תקלה', 'טעות'],
};

/** `sev1`, `1`, `SEV 1`, `critical`, `קריטית`. */
export function readSeverity(text: string): Severity | undefined {
  return lookUp(severityWords, text.replace(/^(sev|p)\s+(?=\d$)/i, '$1'));
}

/** `resolved` is what people write where a status is asked for. */
export function readStatus(text: string): OpenStatus | 'resolved' | undefined {
  return lookUp(statusWords, text);
}

/** Without a word it is a false alarm, the usual case. */
export function readCancelReason(text: string): CancelReason | undefined {
  return text.trim() === '' ? 'false_alarm' : lookUp(cancelWords, text);
}

function lookUp<Key extends string>(words: Readonly<Record<Key, readonly string[]>>, text: string): Key | undefined {
  const wanted = text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
  for (const key in words) if (words[key].includes(wanted)) return key;
  return undefined;
}

/**
 * Takes `INC-42` off the front; `#42` and `42` too where numbers mean nothing else (`isElsewhere`: not in an incident's own
 * channel). A bare number before more words is not taken from texts ("3 of 5 replicas", "10 minutes ago"), nor one that is
 * a severity. What is left goes to the command.
 */
export function takeIncident(
  text: string,
  word: CommandWord,
  isElsewhere: boolean,
): { readonly incident: IncidentId | undefined; readonly rest: string } {
  const match = /^(inc-\d+|#?\d+)[,:]?(?:\s+|$)/i.exec(text);
  const written = match?.[1];
  if (match === null || written === undefined) return { incident: undefined, rest: text };
  const rest = text.slice(match[0].length).trim();
  const isNamed = /^inc-/i.test(written) || (isElsewhere && written.startsWith('#'));
  const isNumber = isElsewhere && (rest === '' ? !isSeverityNumber(word, written) : !takesText.includes(word));
  const incident = isNamed || isNumber ? readIncidentId(written.replace('#', '')) : undefined;
  return incident === undefined ? { incident, rest: text } : { incident, rest };
}

/** Words behind which people write sentences, and sentences can begin with a number. */
const takesText: readonly CommandWord[] = ['update', 'note', 'resolve', 'reopen'];

/** A single digit is one even where there is no such severity: `sev 9` is a slip, INC-9 is written `INC-9` or `#9`. */
function isSeverityNumber(word: CommandWord, written: string): boolean {
  return word === 'sev' && /^\d$/.test(written);
}

export interface DeclareArguments {
  readonly title: string;
  readonly severity: Severity | undefined;
  readonly service: ServiceId | undefined;
}

/**
 * `sev1 checkout Card payments fail`: a severity at the beginning or end, then a service by id or name. A service named at
 * the beginning stays in the title, since "checkout is down" is one sentence, unless it is written `service:checkout` or
 * `checkout:`, or the title is in quotes.
 */
export function readDeclaration(text: string, catalog: Catalog): DeclareArguments {
  // Quotes stand at the edges of words: inside one they abbreviate, as in צה״ל.
  const quoted = /(?:^|\s)["“”„״](\S(?:.*?\S)?)["“”״](?=\s|$)/u.exec(text);
  if (quoted !== null) {
    const around = `${text.slice(0, quoted.index)} ${text.slice(quoted.index + quoted[0].length)}`;
    const { severity, rest } = takeSeverity(around.trim());
    const service = takeService(rest, catalog).service ?? serviceNamed(rest, catalog);
    return { title: (quoted[1] ?? '').trim(), severity, service };
  }
  const { severity, rest } = takeSeverity(text.trim());
  const { service, rest: title } = takeService(rest, catalog);
  if (severity !== undefined) return { title, severity, service };
  // `checkout: sev2 cards fail`
  const second = takeSeverity(title);
  return { title: second.rest, severity: second.severity, service };
}

/**
 * A bare `high` or `low` is more often the beginning of a title ("High CPU", "Low disk space") than a severity, so such
 * words need a colon or comma behind them; `sev2` and `critical` do not.
 */
function takeSeverity(text: string): { readonly severity: Severity | undefined; readonly rest: string } {
  const first = /^(?:((?:sev[\s-]?|[sp])[1-4]|critical|קריטי|קריטית)[:,]?|(\S+?)[:,])(?:\s+|$)/iu.exec(text);
  const start = first === null ? undefined : readSeverity(first[1] ?? first[2] ?? '');
  if (first !== null && start !== undefined) return { severity: start, rest: text.slice(first[0].length).trim() };
  const last = /(?:^|\s)(sev[\s-]?[1-4]|p[1-4])$/iu.exec(text);
  const end = last?.[1] === undefined ? undefined : readSeverity(last[1]);
  if (last !== null && end !== undefined) return { severity: end, rest: text.slice(0, last.index).trim() };
  return { severity: undefined, rest: text };
}

function takeService(
  text: string,
  catalog: Catalog,
): { readonly service: ServiceId | undefined; readonly rest: string } {
  const named = /(?:^|\s)(?:service|שירות):(\S+)/iu.exec(text);
  const byMark = named?.[1] === undefined ? undefined : serviceNamed(named[1], catalog);
  if (named !== null && byMark !== undefined) {
    const rest = `${text.slice(0, named.index)} ${text.slice(named.index + named[0].length)}`;
    return { service: byMark, rest: rest.replace(/\s+/g, ' ').trim() };
  }
  for (const service of Object.values(catalog.services)) {
    for (const name of [service.id, service.name]) {
      const head = text.slice(0, name.length);
      const after = text.slice(name.length);
      if (head.toLowerCase() !== name.toLowerCase() || !/^(?:[:\s]|$)/u.test(after)) continue;
      return { service: service.id, rest: after.startsWith(':') ? after.slice(1).trim() : text };
    }
  }
  return { service: undefined, rest: text };
}

export function serviceNamed(text: string, catalog: Catalog): ServiceId | undefined {
  const wanted = text.trim().toLowerCase();
  const byId = Object.values(catalog.services).find(({ id }) => id.toLowerCase() === wanted);
  return (byId ?? Object.values(catalog.services).find(({ name }) => name.toLowerCase() === wanted))?.id;
}

export type ReadPerson =
  | { readonly kind: 'person'; readonly person: PersonId; readonly rest: string }
  | { readonly kind: 'none'; readonly rest: string }
  | { readonly kind: 'unknown'; readonly typed: string };

/**
 * A person at the beginning: `<@U123|name>` as Slack writes mentions, `@dana` or `dana` by catalog id, a whole name. A
 * mention of somebody outside the catalog is `slack:U123`.
 */
export function takePerson(text: string, catalog: Catalog): ReadPerson {
  const mention = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>\s*/.exec(text);
  if (mention?.[1] !== undefined) {
    return { kind: 'person', person: personBySlack(mention[1], catalog), rest: text.slice(mention[0].length).trim() };
  }
  const bare = text.replace(/^@/, '');
  for (const { id, name } of Object.values(catalog.people)) {
    for (const written of [name, id]) {
      const after = bare.slice(written.length);
      if (bare.slice(0, written.length).toLowerCase() === written.toLowerCase() && /^(?:[\s,]|$)/u.test(after))
        return { kind: 'person', person: id, rest: after.replace(/^,/, '').trim() };
    }
  }
  if (text.startsWith('@')) return { kind: 'unknown', typed: /^@\S*/u.exec(text)?.[0] ?? text };
  return { kind: 'none', rest: text };
}

/** The catalog's person with this Slack id; people whom it does not know keep the id as their name. */
export function personBySlack(slack: string, catalog: Catalog): PersonId {
  return Object.values(catalog.people).find((person) => person.slack === slack)?.id ?? `slack:${slack}`;
}

export type ReadTargets =
  | { readonly kind: 'targets'; readonly targets: readonly Target[] }
  | { readonly kind: 'unknown'; readonly typed: string };

/** Whom to page: people, `schedule:payments`, `team:payments`, or the bare name of a schedule or team. */
export function readTargets(text: string, catalog: Catalog): ReadTargets {
  const targets: Target[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const person = takePerson(rest, catalog);
    if (person.kind === 'unknown') return { kind: 'unknown', typed: person.typed };
    if (person.kind === 'person') {
      targets.push({ kind: 'person', person: person.person });
      rest = person.rest.replace(/^[\s,]+/u, '');
      continue;
    }
    const [typed = rest] = rest.split(/[\s,]+/u);
    const target = groupNamed(typed, catalog);
    if (target === undefined) return { kind: 'unknown', typed };
    targets.push(target);
    rest = rest.slice(typed.length).replace(/^[\s,]+/u, '');
  }
  return { kind: 'targets', targets };
}

function groupNamed(typed: string, catalog: Catalog): Target | undefined {
  const [, kind, name = typed] = /^(?:(schedule|team):)?(.+)$/i.exec(typed) ?? [];
  const id = name.toLowerCase();
  const schedule = Object.keys(catalog.schedules).find((key) => key.toLowerCase() === id);
  const team = Object.keys(catalog.teams).find((key) => key.toLowerCase() === id);
  // A schedule says who is on duty; a team is everybody in it, so it is taken only where nothing narrower has the name.
  if (schedule !== undefined && kind?.toLowerCase() !== 'team') return { kind: 'schedule', schedule };
  if (team !== undefined && kind?.toLowerCase() !== 'schedule') return { kind: 'team', team };
  return undefined;
}

/** Ids of the schedules that a text names; everything when it is empty, undefined when there is no such schedule. */
export function readSchedules(text: string, catalog: Catalog): readonly string[] | undefined {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return Object.keys(catalog.schedules);
  const id = Object.keys(catalog.schedules).find((key) => key.toLowerCase() === wanted);
  return id === undefined || entry(catalog.schedules, id) === undefined ? undefined : [id];
}

import type { PersonId } from '../oncall/catalog.ts';
import { escapeForPattern, hebrewPrefix, isHebrewLookalike, namePattern, namesToFind } from './names.ts';
import { plainPieces } from './plain-text.ts';

/**
 * Someone, as a post-mortem speaks of them: by the role they held, or as one of the responders (0 is the first who appears).
 * `someone` is a person whom the text mentions and nobody can be matched to with certainty.
 */
export type RoleRef =
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'responder'; readonly index: number }
  | { readonly kind: 'someone' };

/** Text in which people are roles. How a role is called is decided where the words are, in the reader's language. */
export type Phrase = readonly (string | RoleRef)[];

export interface Participant {
  readonly person: PersonId;
  readonly name: string;
  /** Slack id, Slack and Git handles, e-mail addresses: whatever else stands for this person in a text. */
  readonly handles: readonly string[];
  /** `lead`, `scribe` and so on, if they held one. */
  readonly role?: string | undefined;
}

/** Gives everyone a role, the same one through the whole document. Letters are given in order of appearance. */
export interface Cast {
  roleOf(person: PersonId): RoleRef;
  /** What a person wrote, as plain text and without names: catalog names, parts of names, handles and Slack mentions. */
  phrase(text: string): Phrase;
  /** How many people have appeared so far. */
  readonly size: () => number;
}

/**
 * `people` are all whose names may occur, also those who took no part. Names match as whole words in any case, Hebrew ones
 * also behind the prefixes ו, ש, ה, כ, ב, ל, מ. A name that is an everyday English word counts only with a capital.
 */
export function castOf(people: readonly Participant[]): Cast {
  const assigned = new Map<PersonId, RoleRef>();
  const finder = finderOf(people);
  let responders = 0;

  function roleOf(person: PersonId): RoleRef {
    const known = assigned.get(person);
    if (known !== undefined) return known;
    const role = people.find((participant) => participant.person === person)?.role;
    const taken = [...assigned.values()].some((other) => other.kind === 'role' && other.role === role);
    const ref: RoleRef =
      role !== undefined && !taken ? { kind: 'role', role } : { kind: 'responder', index: responders++ };
    assigned.set(person, ref);
    return ref;
  }

  function refOf(match: Match): RoleRef {
    return match.person === undefined ? { kind: 'someone' } : roleOf(match.person);
  }

  function phrase(text: string): Phrase {
    const parts: (string | RoleRef)[] = [];
    for (const piece of plainPieces(text)) {
      switch (piece.kind) {
        case 'mention':
          parts.push(refOf({ person: finder.byHandle(piece.id) }));
          break;
        case 'link':
          parts.push(finder.replace(piece.url, () => '…').join(''));
          break;
        case 'text':
          parts.push(...finder.replace(piece.text, refOf));
          break;
      }
    }
    return joined(parts);
  }

  return { roleOf, phrase, size: () => assigned.size };
}

/** Undefined: several people share the name. */
interface Match {
  readonly person: PersonId | undefined;
}

interface Finder {
  byHandle(id: string): PersonId | undefined;
  replace<T>(text: string, replacement: (match: Match) => T): readonly (string | T)[];
}

function finderOf(people: readonly Participant[]): Finder {
  const owners = new Map<string, Set<PersonId>>();
  for (const { person, name, handles } of people) {
    for (const form of [...namesToFind([name]), ...handles.map((handle) => handle.replace(/^@+/, '')), person]) {
      if (form.trim() === '') continue;
      owners.set(keyOf(form), (owners.get(keyOf(form)) ?? new Set()).add(person));
    }
  }
  const forms = [...owners.keys()].toSorted((one, other) => other.length - one.length || (one < other ? -1 : 1));
  const anyForm = forms.map(formPattern).join('|');
  const pattern =
    forms.length === 0
      ? undefined
      : new RegExp(`(?<![\\p{L}\\p{N}])(?<prefix>${hebrewPrefix})@?(?<name>${anyForm})(?![\\p{L}\\p{N}])`, 'giu');

  return {
    byHandle: (id) => only(owners.get(keyOf(id)) ?? owners.get(keyOf(`slack:${id}`))) ?? `slack:${id}`,
    replace: (text, replacement) => (pattern === undefined ? [text] : replaceNames(text, pattern, owners, replacement)),
  };
}

function replaceNames<T>(
  text: string,
  pattern: RegExp,
  owners: ReadonlyMap<string, ReadonlySet<PersonId>>,
  replacement: (match: Match) => T,
): readonly (string | T)[] {
  const parts: (string | T)[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const { prefix = '', name = '' } = match.groups ?? {};
    if (isHebrewLookalike(prefix + name, name)) continue;
    parts.push(text.slice(from, match.index) + prefix, replacement({ person: only(owners.get(keyOf(name))) }));
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts;
}

/** Handles may hold characters that are no part of words (`omer.bar`, `a@b.example`) and are taken literally. */
function formPattern(form: string): string {
  return /^[\p{L}\s'’׳-]+$/u.test(form) ? namePattern(form) : escapeForPattern(form);
}

function keyOf(form: string): string {
  return form
    .trim()
    .replaceAll(/[\s\u00A0]+/g, ' ')
    .toLowerCase();
}

function only(people: ReadonlySet<PersonId> | undefined): PersonId | undefined {
  const [first, ...others] = people ?? [];
  return others.length === 0 ? first : undefined;
}

/** Neighbouring strings as one, and no empty ones. */
function joined(parts: readonly (string | RoleRef)[]): Phrase {
  const out: (string | RoleRef)[] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (typeof part === 'string' && typeof last === 'string') out[out.length - 1] = last + part;
    else if (part !== '') out.push(part);
  }
  return out;
}

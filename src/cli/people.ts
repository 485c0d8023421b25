import { BadInput } from '../config/bad-input.ts';
import { instant } from '../config/times.ts';
import type { Catalog, PersonId } from '../oncall/catalog.ts';
import { entry } from '../oncall/lookup.ts';
import type { EpochMs } from '../oncall/time.ts';

/** A person of the catalog, by key or by name; `place` is the option or argument that named them. */
export function personNamed(place: string, text: string, { people }: Catalog): PersonId {
  const asked = text.trim();
  if (entry(people, asked) !== undefined) return asked;
  const named = Object.values(people).filter(({ name }) => name.toLowerCase() === asked.toLowerCase());
  const [only, another] = named;
  if (only !== undefined && another === undefined) return only.id;
  if (another !== undefined)
    throw new BadInput(`${place}: several people are called "${asked}"; use the catalog's key`);
  const known = Object.keys(people).join(', ') || 'nobody; run toran apply first';
  throw new BadInput(`${place}: "${asked}" is not in the catalog; it has ${known}`);
}

export function peopleNamed(place: string, list: string, catalog: Catalog): readonly PersonId[] {
  const names = list.split(',').filter((name) => name.trim() !== '');
  if (names.length === 0) throw new BadInput(`${place}: names nobody; write keys of the catalog with commas between`);
  return [...new Set(names.map((name) => personNamed(place, name, catalog)))];
}

export function nameOf({ people }: Catalog, person: PersonId): string {
  return entry(people, person)?.name ?? person;
}

/** Undefined for an option that was left out. */
export function timeOption(option: string, text: string | undefined): EpochMs | undefined {
  if (text === undefined) return undefined;
  const atMs = instant(text);
  if (atMs !== undefined) return atMs;
  throw new BadInput(`${option}: "${text}" is no time with an offset; write it like 2026-11-05T10:00+02:00`);
}

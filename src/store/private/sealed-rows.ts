import { eq, sql } from 'drizzle-orm';
import { SealedShut } from '../../engine/private-ports.ts';
import type { PersonId } from '../../oncall/catalog.ts';
import { insertInto, type Database, type Write } from '../database.ts';
import type { PersonKey, Sealer } from './sealing.ts';
import type { PrivateTables } from './tables.ts';

/** Sealing and opening for rows that belong to people. */
export interface SealedRows {
  /** The sealed text, and the write that keeps its key: in one transaction with the row, so that none is without. */
  seal(person: PersonId, place: string, value: unknown): Promise<{ readonly sealed: string; readonly key: Write[] }>;
  open(person: PersonId, place: string, sealed: string): Promise<unknown>;
}

export function sealedRows(database: Database<PrivateTables>, sealer: Sealer): SealedRows {
  const { personKeys } = database.tables;
  const saltOf = database.prepare(
    database.query
      .select({ salt: personKeys.salt })
      .from(personKeys)
      .where(eq(personKeys.person, sql.placeholder('person'))),
  );
  const keep = insertInto(database, personKeys, (insert) => insert.onConflictDoNothing());

  // Looked up each time: another process may have shredded it a moment ago.
  async function keyOf(person: PersonId): Promise<PersonKey | undefined> {
    const [row] = await saltOf.run({ person });
    return row === undefined ? undefined : { person, salt: row.salt };
  }

  /** Of two that make the first key of a person at once, the one that is there counts for both. */
  async function keyFor(person: PersonId): Promise<PersonKey> {
    const known = await keyOf(person);
    if (known !== undefined) return known;
    await database.atomically([{ writes: keep([{ person, salt: sealer.newSalt() }]), wakes: false }]);
    const made = await keyOf(person);
    if (made === undefined) throw new Error('the key of a person was not kept');
    return made;
  }

  return {
    async seal(person, place, value) {
      const key = await keyFor(person);
      return { sealed: sealer.seal(value, key, place), key: [...keep([key])] };
    },
    async open(person, place, sealed) {
      const key = await keyOf(person);
      if (key === undefined) throw new SealedShut(`What is sealed at ${place} has no key any more: it was erased.`);
      return sealer.open(sealed, key, place);
    },
  };
}

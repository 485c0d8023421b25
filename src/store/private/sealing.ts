import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';
import { SealedShut } from '../../engine/private-ports.ts';
import type { PersonId } from '../../oncall/catalog.ts';

/** Whose it is, and the random part of that person's key: without it nothing of theirs opens any more. */
export interface PersonKey {
  readonly person: PersonId;
  readonly salt: string;
}

export interface Sealer {
  newSalt(): string;
  /** `place` names the row: what is sealed for one opens in no other. */
  seal(value: unknown, key: PersonKey, place: string): string;
  /** Throws `SealedShut` when no secret opens it. */
  open(sealed: string, key: PersonKey, place: string): unknown;
  /** Sealed by a secret that is on its way out. */
  isOutdated(sealed: string): boolean;
}

const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
/** Everything is filled up to a multiple of this: the length of a sealed word would tell which word it is. */
const blockBytes = 128;

/** AES-256-GCM under a key for each person, derived from a secret and the person's salt. The first secret seals, all open. */
export function createSealer(secrets: readonly string[]): Sealer {
  const byId = new Map(secrets.map((secret) => [keyIdOf(secret), secret]));
  const [current] = byId.keys();
  if (current === undefined) throw new Error('sealing needs at least one secret');

  function keyFor(id: string, { person, salt }: PersonKey): Buffer {
    const secret = byId.get(id);
    if (secret === undefined) {
      throw new SealedShut(
        `Private data was sealed with a secret that is not in TORAN_SECRET any more (key ${id}); put it behind the new one: new,old.`,
      );
    }
    return Buffer.from(hkdfSync('sha256', secret, Buffer.from(salt, 'base64url'), `toran person ${person}`, 32));
  }

  return {
    newSalt: () => randomBytes(32).toString('base64url'),
    seal(value, key, place) {
      const text = Buffer.from(JSON.stringify(value), 'utf8');
      // JSON takes blanks at its end for nothing.
      const filled = Buffer.alloc(Math.ceil((text.length + 1) / blockBytes) * blockBytes, ' ');
      text.copy(filled);
      const iv = randomBytes(ivBytes);
      const sealing = createCipheriv(cipher, keyFor(current, key), iv);
      sealing.setAAD(Buffer.from(place, 'utf8'));
      const body = Buffer.concat([sealing.update(filled), sealing.final()]);
      return `${current}.${Buffer.concat([iv, sealing.getAuthTag(), body]).toString('base64url')}`;
    },
    open(sealed, key, place) {
      const [id = '', body = ''] = sealed.split('.');
      const bytes = Buffer.from(body, 'base64url');
      const secretKey = keyFor(id, key);
      try {
        const opening = createDecipheriv(cipher, secretKey, bytes.subarray(0, ivBytes));
        opening.setAAD(Buffer.from(place, 'utf8'));
        opening.setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
        const text = Buffer.concat([opening.update(bytes.subarray(ivBytes + tagBytes)), opening.final()]);
        return JSON.parse(text.toString('utf8')) as unknown;
      } catch (cause) {
        // The cause may quote what was being opened.
        if (cause instanceof SyntaxError) throw new SealedShut(`What is sealed at ${place} is no JSON.`);
        throw new SealedShut(`What is sealed at ${place} was changed, or belongs to another row.`);
      }
    },
    isOutdated: (sealed) => !sealed.startsWith(`${current}.`),
  };
}

/** Names a secret without telling anything of it. */
function keyIdOf(secret: string): string {
  return createHash('sha256').update(`toran key id ${secret}`).digest('hex').slice(0, 12);
}

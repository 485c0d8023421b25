import { createHash, timingSafeEqual } from 'node:crypto';

/** One caller of the hooks: `TORAN_HOOK_TOKENS=grafana:s3cret,github:0ther`. */
export interface HookToken {
  readonly name: string;
  readonly token: string;
}

/**
 * Who sent this, by `Authorization: Bearer …`; undefined for a token that nobody has. Every configured token is compared
 * in constant time, whether or not an earlier one has matched.
 */
export function callerOf(authorization: string | undefined, tokens: readonly HookToken[]): string | undefined {
  const given = digest(/^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1] ?? '');
  let caller: string | undefined;
  for (const { name, token } of tokens) if (timingSafeEqual(given, digest(token))) caller = name;
  return caller;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

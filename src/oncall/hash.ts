/** FNV-1a, 32 bits: the same on every machine, and evenly spread. No secret can be kept with it. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
}

/** A short name for something whose own name must not be shown; equal names give equal ones. */
export function shortNameOf(text: string): string {
  return `${hashOf(text).toString(36)}${hashOf(`${text}.`).toString(36)}`;
}

import type { Refusal } from './refusal.ts';

/** Longer than any message that Slack accepts as one update; what is longer belongs into a document. */
export const longestTextCharacters = 4_000;

export type CheckedText =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly refusal: Refusal };

/**
 * What a person wrote, fit to be kept: control characters gone (tabs and line ends stay), ends trimmed, not empty. Text
 * over `limit` UTF-16 units is refused rather than cut, since half a sentence in a record misleads.
 */
export function checkText(text: string, limit: number = longestTextCharacters): CheckedText {
  const clean = withoutControls(text).trim();
  if (clean === '') return { ok: false, refusal: { code: 'text_missing' } };
  if (clean.length > limit) return { ok: false, refusal: { code: 'text_too_long', limit } };
  return { ok: true, text: clean };
}

/** As `checkText`, for text from machines: it is cut, since a monitor cannot be asked to write again. */
export function clipText(text: string, limit: number): string {
  const clean = withoutControls(text).trim();
  if (clean.length <= limit) return clean;
  const cut = clean.slice(0, limit - 1);
  // Never leave half of a surrogate pair behind.
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

function withoutControls(text: string): string {
  let clean = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const control = (code < 32 && character !== '\n' && character !== '\t') || (code >= 127 && code < 160);
    if (!control) clean += character;
  }
  return clean;
}

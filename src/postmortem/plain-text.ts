/** A run of text that a person wrote, taken out of Slack's markup. */
export type PlainPiece =
  | { readonly kind: 'text'; readonly text: string }
  /** A Slack user id. */
  | { readonly kind: 'mention'; readonly id: string }
  | { readonly kind: 'link'; readonly url: string };

/** In groups: sign and id and label of a reference; address and label of a link; a bare address. */
const markup =
  /<([@#!])([^<>|]{1,200})(?:\|([^<>]{0,300}))?>|<((?:https?|mailto|tel|slack):[^<>|\s]{1,3000})(?:\|([^<>]{0,300}))?>|(https?:\/\/[^\s<>"“”|]{1,3000})/giu;

/** Slack's bold; its stars say nothing in plain text. */
const bold = /(?<![\p{L}\p{N}*])\*(\S(?:[^*\n]{0,300}\S)?)\*(?![\p{L}\p{N}*])/gu;

/**
 * Splits Slack text into plain pieces: mentions of people are kept apart, mentions of groups and channels become their
 * label, links become "label (address)", entities become the characters that they stand for.
 */
export function plainPieces(text: string): readonly PlainPiece[] {
  const pieces: PlainPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(markup)) {
    pushText(pieces, text.slice(from, match.index));
    from = match.index + match[0].length;
    const [whole, sign, id = '', label, address, linkLabel, bare] = match;
    if (bare !== undefined) pieces.push({ kind: 'link', url: decoded(bare) });
    else if (address !== undefined) pushLink(pieces, address, linkLabel);
    else if (sign === '@') pieces.push({ kind: 'mention', id });
    else if (sign === '#') pushText(pieces, `#${label === undefined || label === '' ? id : label}`);
    else pushText(pieces, label === undefined || label === '' ? broadcast(id, whole) : label);
  }
  pushText(pieces, text.slice(from));
  return pieces;
}

function pushText(pieces: PlainPiece[], text: string): void {
  if (text !== '') pieces.push({ kind: 'text', text: decoded(text.replaceAll(bold, '$1')) });
}

function pushLink(pieces: PlainPiece[], address: string, label: string | undefined): void {
  if (!/^https?:/i.test(address)) return pushText(pieces, label ?? address.replace(/^\w+:/, ''));
  const hasLabel = label !== undefined && label !== '' && label !== address;
  if (hasLabel) pushText(pieces, `${label} (`);
  pieces.push({ kind: 'link', url: decoded(address) });
  if (hasLabel) pushText(pieces, ')');
}

/** `<!here>` and its like. What they would do is up to whoever prints the text. */
function broadcast(id: string, whole: string): string {
  return /^(?:here|channel|everyone)$/.test(id) ? `@${id}` : whole.slice(2, -1);
}

function decoded(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** One line of a calendar after unfolding, with the number of the line of the file on which it begins. */
export interface ContentLine {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

const [lineFeed, carriageReturn, space, tab] = [0x0a, 0x0d, 0x20, 0x09];

/**
 * The lines of a calendar file. Long lines are folded by bytes and not by characters, so that they are joined before they
 * are decoded. Bare line feeds and a byte order mark are taken as they come; what is not UTF-8 becomes U+FFFD.
 */
export function contentLines(bytes: Uint8Array): readonly ContentLine[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const lines: { parts: Uint8Array[]; line: number }[] = [];
  let line = 0;
  for (let start = startOf(bytes); start < bytes.length;) {
    const found = bytes.indexOf(lineFeed, start);
    const next = found === -1 ? bytes.length : found + 1;
    let end = found === -1 ? bytes.length : found;
    if (bytes[end - 1] === carriageReturn && end > start) end -= 1;
    line += 1;
    const continued = bytes[start] === space || bytes[start] === tab;
    const current = lines.at(-1);
    if (continued && current !== undefined) current.parts.push(bytes.subarray(start + 1, end));
    else if (end > start) lines.push({ parts: [bytes.subarray(start, end)], line });
    start = next;
  }
  return lines.map(({ parts, line: first }) => ({ text: decoder.decode(joined(parts)), line: first }));
}

function startOf(bytes: Uint8Array): number {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
}

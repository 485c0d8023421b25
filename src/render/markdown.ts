/**
 * Makes text of any origin safe as one run inside a line of Markdown: in a paragraph, a heading, a list item or a table
 * cell. It stays on one line, formats nothing, and wakes nobody: `<!channel>`, `<@U01>` and `@here` are only letters.
 *
 * Angle brackets become entities rather than backslash escapes, since Slack's own markup knows those, too.
 */
export function escapeMarkdown(text: string): string {
  return (
    withoutControls(text)
      .replaceAll(/&(?=#?\w+;)/g, '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll(/[\\`*[\]|]/g, String.raw`\$&`)
      // Between letters an underscore formats nothing, and names such as pool_size stay readable.
      .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, String.raw`\_`)
      .replaceAll('~~', String.raw`\~\~`)
      // A word joiner: it looks the same and is no mention.
      .replaceAll(/@(?=(?:here|channel|everyone|group)\b)/giu, '@\u2060')
      // What would begin a heading, a list or an underline, should the text stand at the start of a line.
      .replace(/^(#{1,6}(?=\s|$)|[-+](?=\s|$)|[-=]+$)/u, String.raw`\$1`)
      .replace(/^(\d{1,9})(?=[.)](?:\s|$))/u, '$1\\')
  );
}

/** An address for the round brackets of a link; undefined unless it is a plain http or https address. */
export function linkTarget(url: string): string | undefined {
  if (!/^https?:\/\/[^\s<>"`\\]+$/iu.test(url) || url.length > 2_000) return undefined;
  return url.replaceAll('(', '%28').replaceAll(')', '%29').replaceAll('|', '%7C');
}

/** A link as Markdown, or only its label where the address can't be used. */
export function markdownLink(label: string, url: string): string {
  const target = linkTarget(url);
  return target === undefined ? escapeMarkdown(label) : `[${escapeMarkdown(label)}](${target})`;
}

/**
 * Line ends and other white space become one space; control characters and marks that turn the direction of a line go. The
 * isolates of Toran itself stay, and what is open at the end is closed.
 */
function withoutControls(text: string): string {
  const clean = text
    .replaceAll(/[\s\u0085\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\p{Cc}\u202A-\u202E\uFEFF\uFFF9-\uFFFB]/gu, '')
    .trim();
  const opened = clean.match(/[\u2066-\u2068]/g)?.length ?? 0;
  const closed = clean.match(/\u2069/g)?.length ?? 0;
  return opened > closed ? clean + '\u2069'.repeat(opened - closed) : clean;
}

import type { Fields } from './model.ts';
import { listOf, textOf } from './values.ts';

const mostTableCells = 300;

/** What Slack refuses in a canvas's Markdown, in its words. */
export function problemOfMarkdown(markdown: string): string | undefined {
  const lines = markdown.split('\n');
  let cells = 0;
  for (const [index, line] of lines.entries()) {
    if (/^\s*>\s*(?:[-*+]|\d+\.)\s/.test(line))
      return `'content' error: line ${index + 1}: Unsupported block type (List) within block quote`;
    if (/^\s*#{4,6}\s/.test(line)) return `'content' error: line ${index + 1}: Unsupported heading depth`;
    const row = /^\s*\|(.+)\|\s*$/.exec(line)?.[1];
    cells = row === undefined ? 0 : cells + (/^[\s|:-]+$/.test(row) ? 0 : row.split(/(?<!\\)\|/).length);
    if (cells > mostTableCells)
      return `'content' error: line ${index + 1}: Table has more than ${mostTableCells} cells`;
  }
  return undefined;
}

/** Sections are the paragraphs between empty lines; their ids follow from their place and text. */
function sections(markdown: string): { id: string; text: string }[] {
  return markdown.split(/\n{2,}/).map((text, index) => ({ id: `temp:C:${index}-${text.length}`, text }));
}

export function sectionsContaining(markdown: string, criteria: Fields): string[] {
  const types = listOf(criteria['section_types']).map(textOf);
  const wanted = textOf(criteria['contains_text']);
  return sections(markdown).flatMap(({ id, text }) => {
    const depth = /^(#{1,3})\s/.exec(text)?.[1]?.length;
    const fits =
      types.length === 0 || (depth !== undefined && (types.includes('any_header') || types.includes(`h${depth}`)));
    return fits && (wanted === undefined || text.includes(wanted)) ? [id] : [];
  });
}

/** The Markdown after one operation of canvases.edit; undefined when the operation or section is unknown. */
export function applyChange(
  markdown: string,
  operation: string,
  sectionId: string | undefined,
  content: string,
): string | undefined {
  const parts = sections(markdown);
  const at = parts.findIndex((part) => part.id === sectionId);
  const joined = (texts: readonly string[]): string => texts.filter((text) => text !== '').join('\n\n');
  const texts = parts.map((part) => part.text);
  switch (operation) {
    case 'insert_at_start':
      return joined([content, markdown]);
    case 'insert_at_end':
      return joined([markdown, content]);
    case 'replace':
      if (sectionId === undefined) return content;
      return at < 0 ? undefined : joined(texts.with(at, content));
    case 'insert_before':
      return at < 0 ? undefined : joined(texts.toSpliced(at, 0, content));
    case 'insert_after':
      return at < 0 ? undefined : joined(texts.toSpliced(at + 1, 0, content));
    case 'delete':
      return at < 0 ? undefined : joined(texts.toSpliced(at, 1));
    default:
      return undefined;
  }
}

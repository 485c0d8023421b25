import { isLogLine, maskNonProse } from './prose-mask.ts';

/** What a piece of text is for, taken from the headings above it; a rule says where it applies. */
export type ProseScope = 'narrative' | 'action_item' | 'external' | 'people';

/**
 * A run of prose that a rule may look at in one go: a paragraph, one list item, one table row or one heading. `text` is as
 * long as its source, line ends included, with everything that is not prose blanked out, so that a position in it is a
 * position in the document.
 */
export interface Passage {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  readonly scope: ProseScope;
  /** For a body row of a table of action items: which cell (0-based) names the owner. */
  readonly ownerCell?: number;
}

/** Bounds what a rule can be made to search through: a longer paragraph is looked at in pieces, cut between words. */
export const longestPassage = 2_000;

interface OpenTable {
  readonly ownerCell: number | undefined;
  readonly isActionItems: boolean;
}

interface Reader {
  readonly passages: Passage[];
  /** The scope of the text, and of each heading level above it. */
  readonly headings: { level: number; scope: ProseScope }[];
  paragraph: { readonly lines: string[]; readonly line: number } | undefined;
  table: OpenTable | undefined;
  previousLineBlank: boolean;
  insideList: boolean;
}

/** Cuts a Markdown document into passages. Fenced and indented code, front matter, comments and log lines are left out. */
export function passagesOf(markdown: string): readonly Passage[] {
  const lines = maskNonProse(markdown).split('\n');
  const reader: Reader = {
    passages: [],
    headings: [],
    paragraph: undefined,
    table: undefined,
    previousLineBlank: true,
    insideList: false,
  };
  for (const [index, line] of lines.entries())
    readLine(reader, line.replace(/\r$/, ' '), index + 1, lines[index + 1] ?? '');
  endParagraph(reader);
  return reader.passages;
}

const atxHeading = /^ {0,3}(#{1,6})(?:\s+|$)(.*)$/;
const boldHeading = /^ {0,3}(?:\*\*|__)([^*_]{1,80}?):?(?:\*\*|__):?\s*$/;
const underline = /^ {0,3}(=+|-+)\s*$/;
const listItem = /^\s*(?:[-*+•]|\d{1,4}[.)])\s+/;
const tableRow = /^\s*\||\|\s*$/;
const delimiterRow = /^[\s|:-]*-[\s|:-]*$/;

function readLine(reader: Reader, line: string, number: number, next: string): void {
  const isBlank = line.trim() === '';
  const wasBlank = reader.previousLineBlank;
  reader.previousLineBlank = isBlank;
  if (isBlank) return endBlock(reader);

  const atx = atxHeading.exec(line);
  if (atx !== null) return readHeading(reader, line, number, atx[1]?.length ?? 1, atx[2] ?? '');
  const bold = boldHeading.exec(line);
  if (bold !== null) return readHeading(reader, line, number, 6, bold[1] ?? '');
  const rule = underline.exec(line);
  if (rule !== null) return readUnderline(reader, rule[1]?.startsWith('=') === true ? 1 : 2);

  const isItem = listItem.test(line);
  if (/^(?: {4}|\t)/.test(line) && wasBlank && !reader.insideList && !isItem) {
    // Indented code: what follows without a gap belongs to it.
    reader.previousLineBlank = true;
    return;
  }
  if (isLogLine(line)) return endParagraph(reader);
  if (reader.table !== undefined || (tableRow.test(line) && line.includes('|')))
    return readTableRow(reader, line, number, next);

  if (isItem || /^\s*>/.test(line)) endParagraph(reader);
  if (isItem) reader.insideList = true;
  else if (reader.paragraph === undefined && !/^\s/.test(line)) reader.insideList = false;
  if (reader.paragraph === undefined) reader.paragraph = { lines: [line], line: number };
  else reader.paragraph.lines.push(line);
}

function readHeading(reader: Reader, line: string, number: number, level: number, title: string): void {
  endBlock(reader);
  reader.insideList = false;
  enterHeading(reader, level, title);
  addPassages(reader, line, number);
}

/** A line of dashes: a heading's underline after a paragraph, a divider otherwise. */
function readUnderline(reader: Reader, level: number): void {
  const title = reader.paragraph?.lines.join(' ') ?? '';
  if (title !== '') enterHeading(reader, level, title);
  endBlock(reader);
}

function enterHeading(reader: Reader, level: number, title: string): void {
  while ((reader.headings.at(-1)?.level ?? 0) >= level) reader.headings.pop();
  reader.headings.push({ level, scope: scopeOfHeading(title) ?? scopeOf(reader) });
}

function readTableRow(reader: Reader, line: string, number: number, next: string): void {
  endParagraph(reader);
  if (reader.table === undefined) {
    reader.table =
      delimiterRow.test(next) && next.includes('-') ? openTable(line) : { ownerCell: undefined, isActionItems: false };
    addPassages(reader, line, number);
    return;
  }
  if (!delimiterRow.test(line)) addPassages(reader, line, number, reader.table.ownerCell);
}

function openTable(header: string): OpenTable {
  const cells = cellsOf(header).map((cell) => cell.trim().toLowerCase());
  const owner = cells.findIndex((cell) => /^(?:owner|assignee|dri|אחראי(?:\/?ת)?|באחריות|בעלים)$/u.test(cell));
  const hasWork = cells.some((cell) => /action|item|task|follow|due|משימה|פעולה|פריט|יעד/u.test(cell));
  const isActionItems = owner !== -1 && hasWork;
  return { ownerCell: isActionItems ? owner : undefined, isActionItems };
}

/** The cells of a table row, without the outer bars. */
export function cellsOf(row: string): readonly string[] {
  const inner = row
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/);
}

function endBlock(reader: Reader): void {
  endParagraph(reader);
  reader.table = undefined;
}

function endParagraph(reader: Reader): void {
  const { paragraph } = reader;
  reader.paragraph = undefined;
  if (paragraph !== undefined) addPassages(reader, paragraph.lines.join('\n'), paragraph.line);
}

function addPassages(reader: Reader, text: string, firstLine: number, ownerCell?: number): void {
  const scope = reader.table?.isActionItems === true ? 'action_item' : scopeOf(reader);
  const owner = ownerCell === undefined ? {} : { ownerCell };
  let line = firstLine;
  let column = 1;
  for (const piece of piecesOf(text)) {
    reader.passages.push({ text: piece, line, column, scope, ...owner });
    const lineEnds = piece.split('\n').length - 1;
    column = lineEnds === 0 ? column + piece.length : piece.length - piece.lastIndexOf('\n');
    line += lineEnds;
  }
}

function piecesOf(text: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  while (text.length - from > longestPassage) {
    const limit = from + longestPassage;
    const gap = Math.max(text.lastIndexOf(' ', limit), text.lastIndexOf('\n', limit));
    const to = gap > from ? gap + 1 : limit;
    pieces.push(text.slice(from, to));
    from = to;
  }
  pieces.push(text.slice(from));
  return pieces;
}

function scopeOf(reader: Reader): ProseScope {
  return reader.headings.at(-1)?.scope ?? 'narrative';
}

/** Undefined: the heading says nothing, and the section keeps the scope of the one around it. */
function scopeOfHeading(title: string): ProseScope | undefined {
  const text = title.toLowerCase();
  if (/action\s+items?|\bactions?\b|follow[- ]?ups?|corrective|remediation|next steps|to-?dos?\b/u.test(text))
    return 'action_item';
  if (/(?:פריטי|צעדים|פעולות)\s+(?:ל?ביצוע|פעולה|הבאים|מתקנות|המשך|מונעות)|משימות|צעדים הבאים/u.test(text))
    return 'action_item';
  if (
    /\b(?:external|customer|public)\b[\s-]*(?:facing\s+)?(?:message|communication|statement|notice|update|summary)|status\s*page/u.test(
      text,
    )
  ) {
    return 'external';
  }
  if (
    /(?:הודעה|הודעות|עדכון|עדכונים|תקשורת)\s+(?:ל?לקוחות|ל?משתמשים|חיצוני(?:ת|ות|ים)?|פומבי(?:ת|ים|ות)?)|דף\s+(?:ה)?סטטוס/u.test(
      text,
    )
  ) {
    return 'external';
  }
  if (
    /^\W*(?:participants?|responders?|people(?: involved)?|attendees|authors?|roles|משתתפים|מגיבים|נוכחים|תפקידים)\W*$/u.test(
      text,
    )
  ) {
    return 'people';
  }
  return undefined;
}

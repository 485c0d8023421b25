/** Stands for a character that is not prose. Neither a word nor white space, so that no rule matches across it. */
export const maskCharacter = '\uFFFC';

/**
 * Blanks out what nobody should be asked to reword: front matter, fenced code, HTML comments and tags, inline code, link
 * targets and addresses, quoted log text. Length and line ends stay as they are.
 */
export function maskNonProse(markdown: string): string {
  const lines = markdown.split('\n');
  const masked: string[] = [];
  let fence: string | undefined;
  let insideComment = false;
  const afterFrontMatter = endOfFrontMatter(lines);

  for (const [index, line] of lines.entries()) {
    if (index < afterFrontMatter) {
      masked.push('');
      continue;
    }
    const marker = /^ {0,3}(?:>\s?)*\s*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (marker?.startsWith(fence) === true) fence = undefined;
      masked.push('');
      continue;
    }
    if (marker !== undefined && !insideComment && !line.slice(line.indexOf(marker) + marker.length).includes('`')) {
      fence = marker;
      masked.push('');
      continue;
    }
    const commented = maskComments(line, insideComment);
    insideComment = commented.insideComment;
    masked.push(maskInline(commented.line));
  }
  return masked.join('\n');
}

/** A line that a machine wrote: a level or a logger behind a time, a stack frame, key=value pairs. */
export function isLogLine(line: string): boolean {
  const text = line.slice(0, 500);
  if (
    /^\s*(?:>\s*)?(?:at\s+\S+\s*\(\S+:\d+|Traceback \(most recent|goroutine \d+ \[|File "[^"]*", line \d+)/.test(text)
  )
    return true;
  if (/^\s*(?:>\s*)?(?:\w+=\S+\s+){2,}/.test(text)) return true;
  if (new RegExp(`^\\s*(?:>\\s*)?(?:${clock}\\s+)?(?:\\[(?:${level})\\]|(?:${level})\\s*[:|\\-[(])`).test(text))
    return true;
  if (new RegExp(`^\\s*(?:>\\s*)?${clock}\\s+(?:\\S+\\s+)?\\[?(?:${level})\\b`).test(text)) return true;
  // In a block quote, a time in front is a line of a log or of a chat; both are quoted as they were.
  return new RegExp(`^\\s*>\\s*${clock}\\s`).test(text);
}

const level = 'TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|ERR|CRIT|CRITICAL|FATAL|PANIC|SEVERE|panic';
const clock =
  '\\[?(?:\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d|\\d\\d:\\d\\d:\\d\\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\\s+\\d{1,2}\\s+\\d\\d:\\d\\d)[\\d:.,+Z-]*\\]?';

function endOfFrontMatter(lines: readonly string[]): number {
  if (lines[0]?.trimEnd() !== '---') return 0;
  const end = lines.findIndex((line, index) => index > 0 && /^(?:---|\.\.\.)\s*$/.test(line));
  // Without a `key: value` it is a divider and not front matter.
  return end > 0 && lines.slice(1, end).some((line) => /^[\w-]+\s*:/.test(line)) ? end + 1 : 0;
}

function maskComments(line: string, startsInside: boolean): { line: string; insideComment: boolean } {
  let out = '';
  let rest = line;
  let insideComment = startsInside;
  while (rest !== '') {
    const at = rest.indexOf(insideComment ? '-->' : '<!--');
    const end = at === -1 ? rest.length : at + (insideComment ? 3 : 0);
    const piece = rest.slice(0, end);
    out += insideComment ? blank(piece) : piece;
    rest = rest.slice(end);
    if (at !== -1) insideComment = !insideComment;
  }
  return { line: out, insideComment };
}

function maskInline(line: string): string {
  let text = maskCodeSpans(line);
  text = text.replaceAll(/(?:https?|ftp|slack|file):\/\/[^\s<>"'“”|\uFFFC]+|\bwww\.[^\s<>"'|\uFFFC]+/giu, blank);
  text = text.replaceAll(/\]\([^()\s]{1,2000}\)/g, (target) => `]${blank(target.slice(1))}`);
  text = text.replaceAll(/^\s{0,3}\[[^\]]{1,200}\]:\s*\S+.*$/g, blank);
  text = text.replaceAll(/<\/?[a-z][^<>]{0,500}>/giu, blank);
  return maskQuotedLogs(text);
}

function maskCodeSpans(line: string): string {
  if (!line.includes('`')) return line;
  const runs = [...line.matchAll(/`+/g)];
  let out = '';
  let from = 0;
  for (let index = 0; index < runs.length; index += 1) {
    const open = runs[index];
    if (open === undefined || open.index < from) continue;
    const close = runs.slice(index + 1, index + 40).find((run) => run[0].length === open[0].length);
    if (close === undefined) continue;
    const end = close.index + close[0].length;
    out += line.slice(from, open.index) + blank(line.slice(open.index, end));
    from = end;
  }
  return out + line.slice(from);
}

/** Text in quotation marks that reads like a log message; what a person said stays. */
function maskQuotedLogs(line: string): string {
  return line.replaceAll(
    /"[^"]{1,400}"|“[^”]{1,400}”|(?<![\p{L}\p{N}])'[^']{1,400}'(?![\p{L}\p{N}])/gu,
    (quoted, at: number) => {
      const inner = quoted.slice(1, -1);
      const looksLikeLog =
        /^\W*(?:error|exception|panic|fatal|warning|warn|failed|traceback)\b|\b(?:error|exception|panic|fatal|failure)\s*:|\w+=\S|\b[A-Z]\w+(?:Exception|Error)\b/iu.test(
          inner,
        ) ||
        /\b(?:logs?|logged|log (?:line|message|entry)|printed|prints|(?:error )?message|output|alert|הודעת (?:ה)?שגיאה|יומן|לוג|התראה)\b[^."“]{0,25}$/iu.test(
          line.slice(Math.max(0, at - 60), at),
        );
      return looksLikeLog ? blank(quoted) : quoted;
    },
  );
}

function blank(text: string): string {
  return maskCharacter.repeat(text.length);
}

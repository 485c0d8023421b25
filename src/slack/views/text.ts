import type { Language } from '../../oncall/catalog.ts';
import type { EpochMs } from '../../oncall/time.ts';

/** Longest run that is still taken for one character when a text is cut; longer ones are somebody's joke. */
const longestGrapheme = 64;
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Cuts to `limit` UTF-16 units, the way Slack counts, and never inside a character that a person sees as one. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const room = limit - 1;
  const around = text.slice(Math.max(0, room - longestGrapheme), room + longestGrapheme);
  const offset = Math.max(0, room - longestGrapheme);
  const at = graphemes.segment(around).containing(room - offset)?.index;
  const cut = at === undefined || at === 0 ? room : offset + at;
  return `${text
    .slice(0, cut)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd()}…`;
}

/**
 * Text from outside, fit to be shown: no control characters, no half of a surrogate pair, and none of the marks that turn
 * the direction of what follows (they can make a line read as something else).
 */
export function wellFormed(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/[\p{Cc}--[\n\t]]/gv, '')
    .replace(/[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g, '');
}

/** The three characters with which Slack's markup starts anything: with them escaped no mention, link or command is left. */
export function escapeMarkup(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFF]|\p{Script=Hebrew}/u;

/**
 * A first-strong isolate: what is inside does not turn the direction of what is around it. Where everything runs from left
 * to right anyway there are no marks, so that what people copy and search for stays plain.
 */
export function isolate(text: string, language: Language): string {
  return language === 'en' && !rightToLeft.test(text) ? text : `\u2068${text}\u2069`;
}

/** Ids, numbers and times, which read from left to right in any text. */
export function leftToRight(text: string, language: Language): string {
  return language === 'en' ? text : `\u2066${text}\u2069`;
}

/** A line that reads in its language's direction even when it starts with a digit or a Latin word. */
export function line(text: string, language: Language): string {
  return language === 'he' ? `\u200F${text}` : text;
}

/** One line of plain text, for places that know no markup. */
export function oneLine(text: string): string {
  return wellFormed(text).replace(/\s+/g, ' ').trim();
}

/** Text of a person inside a line of ours: one line, cut, escaped, isolated. */
export function inline(text: string, language: Language, limit = 150): string {
  return isolate(unmarked(text, limit), language);
}

/** As `inline`, linked. Marks of direction stand outside of the link: inside they would be part of its syntax. */
export function inlineLink(url: string | undefined, text: string, language: Language, limit = 150): string {
  return isolate(link(url, unmarked(text, limit)), language);
}

/** As `inline`, in bold, for names that hold no asterisk. */
export function inlineBold(text: string, language: Language, limit = 150): string {
  const inside = unmarked(text, limit);
  return isolate(inside === '' || inside.includes('*') ? inside : `*${inside}*`, language);
}

function unmarked(text: string, limit: number): string {
  return breakFences(escapeWithin(oneLine(text), limit));
}

/** A line of plain text that brings its own marks of direction, as markup. */
export function plainLine(text: string, limit: number): string {
  return clipMarkup(breakFences(escapeMarkup(text)), limit);
}

/** Text of a person as a paragraph of its own: lines stay, addresses become links, nothing else means anything. */
export function paragraph(text: string, limit: number): string {
  const clean = wellFormed(text).trim();
  let cut = clip(clean, limit);
  let marked = withLinks(cut);
  // Escaping makes it longer, so what is escaped is cut again, before the escaping.
  while (marked.length > limit) {
    cut = clip(clean, Math.max(1, Math.floor(cut.length * (limit / marked.length)) - 1));
    marked = withLinks(cut);
  }
  return marked;
}

/** As `escapeMarkup`, cut so that the result has at most `limit` UTF-16 units and ends in no half escape. */
export function escapeWithin(text: string, limit: number): string {
  let cut = clip(text, limit);
  let escaped = escapeMarkup(cut);
  while (escaped.length > limit) {
    cut = clip(text, Math.max(1, Math.floor(cut.length * (limit / escaped.length)) - 1));
    escaped = escapeMarkup(cut);
  }
  return escaped;
}

/** As `clip`, for markup of ours: no token, escape or isolate is left open. */
export function clipMarkup(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let room = limit;
  for (;;) {
    const cut = clip(text, room).replace(/(?:<[^>]*|&[a-z]{0,4})…$/u, '…');
    const open = (cut.match(/[\u2066\u2068]/g)?.length ?? 0) - (cut.match(/\u2069/g)?.length ?? 0);
    const closed = cut + '\u2069'.repeat(Math.max(0, open));
    if (closed.length <= limit) return closed;
    room -= open;
  }
}

/** Three backticks would turn everything after them into code, over the end of the line. */
function breakFences(text: string): string {
  return text.replace(/`(?=`)/g, '`\u2060');
}

function withLinks(text: string): string {
  const address = /\bhttps?:\/\/[^\s<>|"'\u2066-\u2069]+[^\s<>|"'.,:;!?)\]}\u2066-\u2069]/giu;
  let out = '';
  let end = 0;
  for (const match of text.matchAll(address)) {
    out += breakFences(escapeMarkup(text.slice(end, match.index)));
    out += `<${escapeMarkup(match[0])}>`;
    end = match.index + match[0].length;
  }
  return out + breakFences(escapeMarkup(text.slice(end)));
}

/** A link of ours. Without a web address there is no link, only its words. */
export function link(url: string | undefined, words: string): string {
  if (url === undefined || !/^https?:\/\/[^\s<>|]+$/i.test(url) || url.length > 2_000) return words;
  return `<${escapeMarkup(url)}|${words.replace(/\|/g, '¦')}>`;
}

export type TimeFormat = '{time}' | '{date_short_pretty} {time}';

/** An instant in each reader's own zone; who cannot read that sees it in UTC. */
export function localTime(at: EpochMs, format: TimeFormat = '{date_short_pretty} {time}'): string {
  return `<!date^${Math.floor(at / 1_000)}^${format}|${utcText(at)}>`;
}

/** How long ago, counted on by Slack itself; `fallback` is what was true when the message was written. */
export function timeSince(at: EpochMs, fallback: string, language: Language): string {
  return isolate(`<!date^${Math.floor(at / 1_000)}^{ago}|${fallback}>`, language);
}

/** `2026-11-24 18:40 UTC`. */
export function utcText(at: EpochMs): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `18:40`. */
export function utcClock(at: EpochMs): string {
  return new Date(at).toISOString().slice(11, 16);
}

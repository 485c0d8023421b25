import type { Catalog, PersonId } from '../oncall/catalog.ts';
import { dayMs, type EpochMs, type TimeZone } from '../oncall/time.ts';
import { takePerson } from './command-arguments.ts';
import { readAwaySpan, takeDuration, type AwaySpan } from './command-times.ts';
import { isLeavePattern } from './private-home-leave.ts';

/** How an absence is meant, as far as it was said. */
export interface AwayManner {
  /** `soft`: asked last. */
  readonly effect: 'hard' | 'soft';
  /** False: announced, nothing on paper yet. */
  readonly certain: boolean;
  /** Asked last for so long after the end; 0 for not at all. */
  readonly easeBackMs: number;
}

export type AwayRequest =
  | { readonly kind: 'mark'; readonly span: Extract<AwaySpan, { kind: 'span' }>; readonly manner: AwayManner }
  /** Home for a while in the middle of an absence. */
  | { readonly kind: 'home'; readonly from: EpochMs; readonly to: EpochMs; readonly asked: 'last' | 'in_order' }
  /** Home again and again: `10/4`, week on and week off. */
  | { readonly kind: 'home_pattern'; readonly typed: string }
  /** Another end for what runs or comes next. */
  | { readonly kind: 'change'; readonly change: AwayChange }
  | { readonly kind: 'delegate'; readonly typed: string }
  | { readonly kind: 'show' }
  | { readonly kind: 'form' }
  | { readonly kind: 'unclear' | 'past' };

export type AwayChange =
  | { readonly kind: 'until'; readonly to: EpochMs | null }
  /** Later or, where negative, earlier than it ends now. */
  | { readonly kind: 'by'; readonly ms: number }
  /** It is certain now. */
  | { readonly kind: 'confirm' };

/** Where nothing is said, so long. */
const usualEaseBackMs = 2 * dayMs;

/**
 * What stands behind `/incident away` once it is known who is meant. Marks of manner may stand anywhere between the times
 * (`maybe`, `ask me last`, `ease back 3 days`); everything else has to be a time, so that no reason is ever taken in.
 */
export function readAway(text: string, now: EpochMs, zone: TimeZone): AwayRequest {
  const trimmed = text.trim();
  const delegate = /^(?:delegate|deputy|מיופה כוח|נציג|נציגה)(?!\p{L})\s*/iu.exec(trimmed);
  if (delegate !== null) return { kind: 'delegate', typed: trimmed.slice(delegate[0].length) };
  if (/^(?:show|list|status|mine|\?|מה רשום|הצגה|רשימה)$/iu.test(trimmed)) return { kind: 'show' };
  if (/^(?:form|modal|\.{3}|…|טופס)$/iu.test(trimmed)) return { kind: 'form' };
  if (/^(?:confirm(?:ed)?|certain|it is certain|סופי|ודאי|אישור)$/iu.test(trimmed))
    return { kind: 'change', change: { kind: 'confirm' } };
  const change = /^(extend(?:ed)?|prolong|longer|shorten(?:ed)?|shorter|הארכה|להאריך|קיצור|לקצר)(?!\p{L})\s*/iu.exec(
    trimmed,
  );
  if (change !== null) return readChange(change[1] ?? '', trimmed.slice(change[0].length), now, zone);
  const home = /^(?:home(?: leave)?|at home|בבית|הביתה|חופשה קצרה|בית)(?!\p{L})\s*/iu.exec(trimmed);
  if (home !== null) return readHome(trimmed.slice(home[0].length), now, zone);
  const { rest, manner } = takeManner(trimmed);
  const span = readAwaySpan(rest, now, zone);
  return span.kind === 'span' ? { kind: 'mark', span, manner } : { kind: span.kind };
}

function readChange(verb: string, text: string, now: EpochMs, zone: TimeZone): AwayRequest {
  const isShorter = /^(?:shorte|קיצור|לקצר)/iu.test(verb);
  const length = takeDuration(text.replace(/^(?:by|for|ב-?|למשך|ל-?)\s*/iu, ''));
  if (length !== undefined && length.rest.trim() === '')
    return { kind: 'change', change: { kind: 'by', ms: isShorter ? -length.ms : length.ms } };
  // "Extend" alone says nothing; without an end is said in words.
  if (text.trim() === '') return { kind: 'unclear' };
  const span = readAwaySpan(text.replace(/^(?:to|until|till|ועד|עד)\s+/iu, 'until '), now, zone);
  if (span.kind !== 'span' || span.from !== now) return { kind: span.kind === 'past' ? 'past' : 'unclear' };
  return { kind: 'change', change: { kind: 'until', to: span.to } };
}

function readHome(text: string, now: EpochMs, zone: TimeZone): AwayRequest {
  if (isLeavePattern(text)) return { kind: 'home_pattern', typed: text.trim() };
  const fully = /[,\s]*(?:and\s+)?(?:fully(?: back)?|as usual|page me as usual|זמינות מלאה|כרגיל)(?!\p{L})/iu;
  const isFully = fully.test(text);
  const span = readAwaySpan(text.replace(fully, ' ').trim(), now, zone);
  if (span.kind !== 'span') return { kind: span.kind };
  if (span.to === null) return { kind: 'unclear' };
  return { kind: 'home', from: span.from, to: span.to, asked: isFully ? 'in_order' : 'last' };
}

const soft =
  /(?<!\p{L})(?:(?:please )?(?:ask|page) me last|asked last|soft(?:ly)?|only if nobody else can|בפנייה אחרונה|פנייה אחרונה|לפנות אחרון|אחרונה|אחרון)(?!\p{L})/iu;
const tentative =
  /(?<!\p{L})(?:maybe|perhaps|probably|tentative(?:ly)?|(?:it is )?not (?:sure|certain|final)(?: yet)?|they (?:said|say)|אולי|כנראה|ייתכן|(?:עוד )?לא (?:סופי|בטוח|ודאי)|אמרו)(?!\p{L})/iu;
const easing =
  /(?<!\p{L})(?:and )?(?:then )?(?:ease(?: me)?(?: back)?(?: in)?|easing(?: back)?(?: in)?|(?:slow|gradual) return|חזרה (?:הדרגתית|רכה))(?!\p{L})(?:\s+(?:for|over|of|של|למשך))?\s*/iu;

function takeManner(text: string): { readonly rest: string; readonly manner: AwayManner } {
  const eased = takeEasing(text);
  const rest = eased.rest.replace(soft, ' ').replace(tentative, ' ');
  return {
    rest: rest.replace(/[,;]/gu, ' ').replace(/\s+/gu, ' ').trim(),
    manner: {
      effect: soft.test(eased.rest) ? 'soft' : 'hard',
      certain: !tentative.test(eased.rest),
      easeBackMs: eased.ms,
    },
  };
}

function takeEasing(text: string): { readonly ms: number; readonly rest: string } {
  const match = easing.exec(text);
  if (match === null) return { ms: 0, rest: text };
  const before = text.slice(0, match.index);
  const length = takeDuration(text.slice(match.index + match[0].length));
  const after = length?.rest ?? text.slice(match.index + match[0].length);
  return { ms: length?.ms ?? usualEaseBackMs, rest: `${before} ${after}` };
}

export type ReadPeople =
  | { readonly kind: 'people'; readonly people: readonly PersonId[]; readonly rest: string }
  | { readonly kind: 'unknown'; readonly typed: string };

/** Everybody named at the beginning: `@alma @beni, carmel and @dana until …`. */
export function takePeople(text: string, catalog: Catalog): ReadPeople {
  const people: PersonId[] = [];
  let rest = text.trim();
  for (;;) {
    const read = takePerson(rest, catalog);
    if (read.kind === 'unknown') return read;
    if (read.kind === 'none') return { kind: 'people', people, rest };
    if (!people.includes(read.person)) people.push(read.person);
    rest = read.rest.replace(/^(?:[\s,]|(?:and|ו-?)(?=\s|@|<@))+/iu, '').trim();
  }
}

import { type Rule, rulesFor, type Tier } from './blameless-rules.ts';
import { cellsOf, type Passage, passagesOf } from './prose.ts';
import { maskCharacter } from './prose-mask.ts';

/** One place in a document whose wording points at people instead of conditions. */
export interface Finding {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units, as editors count. */
  readonly column: number;
  /** The words concerned, on one line. */
  readonly text: string;
  readonly rule: string;
  readonly tier: Tier;
  /** What to write instead, in the language of the wording that was found. */
  readonly suggestion: string;
}

/**
 * Finds wording that blames, judges by hindsight or asks people to try harder, in English and in Hebrew. `roster` holds
 * the names of those who took part; with it, their names count as people. Nothing is ever rewritten.
 *
 * Rules see prose only: code, addresses, comments and quoted log lines are left out. They apply by section, which is read
 * from the headings: action items, a message to customers, and narrative for everything else. Findings are in reading
 * order; several rules may find the same words.
 */
export function lint(text: string, roster: readonly string[]): readonly Finding[] {
  const rules = rulesFor(roster);
  const lines = text.split('\n');
  const findings: Finding[] = [];
  for (const passage of passagesOf(text)) {
    for (const rule of rules) if (applies(rule, passage)) findings.push(...findingsOf(rule, passage, lines));
    findings.push(...ownerless(passage, rules, lines));
  }
  return findings.toSorted((one, other) => one.line - other.line || one.column - other.column);
}

function applies(rule: Rule, passage: Passage): boolean {
  return (rule.scope === 'any' || rule.scope === passage.scope) && rule.script.test(passage.text);
}

function findingsOf(rule: Rule, passage: Passage, lines: readonly string[]): readonly Finding[] {
  const findings: Finding[] = [];
  for (const match of passage.text.matchAll(rule.expression)) {
    const lead = leadOf(match[0]);
    findings.push(findingAt(rule, passage, match.index + lead, match.index + match[0].length, lines));
  }
  return findings;
}

/** List marks, bars, brackets and white space that a rule had to match before the words that it means. */
function leadOf(matched: string): number {
  const lead = /^(?:[\s>*(),.;|+-]|\[[ xX]?\]|\d+[.)]\s)+/u.exec(matched)?.[0].length ?? 0;
  return lead < matched.length ? lead : 0;
}

function findingAt(rule: Rule, passage: Passage, from: number, to: number, lines: readonly string[]): Finding {
  const before = passage.text.slice(0, from);
  const lineEnds = before.split('\n').length - 1;
  const line = passage.line + lineEnds;
  const column = lineEnds === 0 ? passage.column + from : from - before.lastIndexOf('\n');
  // The passage has blanks for what is not prose; the words are quoted from the document.
  const source = lines.slice(line - 1, line + passage.text.slice(from, to).split('\n').length - 1).join('\n');
  const text = source
    .slice(column - 1, column - 1 + to - from)
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return { line, column, text, rule: rule.id, tier: rule.tier, suggestion: rule.suggestion };
}

/** In a table of action items the owner is a column: a cell without a name there is the same as `owner: nobody`. */
function ownerless(passage: Passage, rules: readonly Rule[], lines: readonly string[]): readonly Finding[] {
  if (passage.ownerCell === undefined) return [];
  const cells = cellsOf(passage.text);
  const owner = cells[passage.ownerCell]?.trim() ?? '';
  const isNobody =
    /^(?:tbd|tba|n\/?a|none|unassigned|everyone|all|(?:the\s+)?team|\?+|-+|—|כולם|הצוות|טרם נקבע|לא נקבע|אין)?$/iu.test(
      owner,
    );
  const rule = rules.find(({ id }) => id === 'no-owner');
  if (!isNobody || rule === undefined || owner.includes(maskCharacter)) return [];
  const start = passage.text.search(/[^\s|]/u);
  return start === -1 ? [] : [findingAt(rule, passage, start, passage.text.trimEnd().length, lines)];
}

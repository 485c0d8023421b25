import english from './blameless-patterns.en.json' with { type: 'json' };
import hebrew from './blameless-patterns.he.json' with { type: 'json' };
import { hebrewPrefix, namePattern, namesToFind } from './names.ts';
import type { ProseScope } from './prose.ts';

/** `flag`: reword or confirm before publishing. `suggest`: a rewrite is offered. `info`: worth one look per document. */
export type Tier = 'flag' | 'suggest' | 'info';

export interface Rule {
  readonly id: string;
  readonly category: string;
  readonly tier: Tier;
  readonly scope: 'any' | ProseScope;
  readonly why: string;
  readonly suggestion: string;
  readonly expression: RegExp;
  /** A letter without which the rule cannot match; spares most rules of most passages. */
  readonly script: RegExp;
}

interface PatternTable {
  readonly script: RegExp;
  readonly macros: Readonly<Record<string, string>>;
  readonly patterns: readonly {
    readonly id: string;
    readonly category: string;
    readonly severity: string;
    readonly scope: string;
    readonly why: string;
    readonly suggestion: string;
    readonly regex: string;
  }[];
}

const tables: readonly PatternTable[] = [
  { script: /\p{Script=Latin}/u, ...english },
  { script: /\p{Script=Hebrew}/u, ...hebrew },
];

/** The rules of both languages, with the people of the incident filled in. A post-mortem in Hebrew holds English, too. */
export function rulesFor(roster: readonly string[]): readonly Rule[] {
  const people = namesToFind(roster).map((name) => namePattern(name));
  // A pattern that matches nothing, where there is nobody.
  const anyone = people.length === 0 ? '(?!)' : `${hebrewPrefix}(?:${people.join('|')})`;
  return tables.flatMap((table) =>
    table.patterns.map((pattern) => ({
      id: pattern.id,
      category: pattern.category,
      tier: tierOf(pattern.severity),
      scope: scopeOf(pattern.scope),
      why: pattern.why,
      suggestion: pattern.suggestion,
      expression: new RegExp(expand(pattern.regex, { ...table.macros, ROSTER: anyone }), 'gimu'),
      script: table.script,
    })),
  );
}

function expand(pattern: string, macros: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/(?<!\\[pP])\{([A-Z]+)\}/g, (whole, name: string) => {
    const macro = macros[name];
    if (macro === undefined)
      throw new Error(`The blameless patterns use ${whole}, which is not among their macros; define it beside them.`);
    return name === 'ROSTER' ? macro : expand(macro, macros);
  });
}

function tierOf(text: string): Tier {
  if (text === 'flag' || text === 'suggest' || text === 'info') return text;
  throw new Error(`The blameless patterns have the severity "${text}"; use flag, suggest or info.`);
}

function scopeOf(text: string): Rule['scope'] {
  if (text === 'any' || text === 'narrative' || text === 'action_item' || text === 'external') return text;
  throw new Error(`The blameless patterns have the scope "${text}"; use any, narrative, action_item or external.`);
}

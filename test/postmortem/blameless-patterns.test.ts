import { describe, expect, it } from 'vitest';
import english from '../../src/postmortem/blameless-patterns.en.json' with { type: 'json' };
import hebrew from '../../src/postmortem/blameless-patterns.he.json' with { type: 'json' };
import { lint } from '../../src/postmortem/blameless.ts';

interface Example {
  readonly id: string;
  readonly scope: string;
  readonly negative_scope?: string;
  readonly positive_example: string;
  readonly negative_example: string;
}

const headings: Readonly<Record<string, string>> = {
  any: '## What happened',
  narrative: '## Timeline',
  action_item: '## Action items',
  external: '## Customer message',
};

function rulesFound(scope: string, example: string, roster: readonly string[]): readonly string[] {
  return lint(`${headings[scope]}\n\n${example}\n`, roster).map((finding) => finding.rule);
}

describe.each([
  ['English', english],
  ['Hebrew', hebrew],
] as const)('the %s patterns', (_, table) => {
  const examples: readonly Example[] = table.patterns;

  it.each(examples.map((example) => [example.id, example] as const))('%s finds its own example', (id, example) => {
    expect(rulesFound(example.scope, example.positive_example, table.exampleRoster)).toContain(id);
  });

  it.each(examples.map((example) => [example.id, example] as const))(
    '%s leaves the same words alone where they are fine',
    (id, example) => {
      expect(
        rulesFound(example.negative_scope ?? example.scope, example.negative_example, table.exampleRoster),
      ).not.toContain(id);
    },
  );

  it('have ids that nobody shares', () => {
    const ids = [...english.patterns, ...hebrew.patterns].map((pattern) => pattern.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

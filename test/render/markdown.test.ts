import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, linkTarget, markdownLink } from '../../src/render/markdown.ts';

describe('escapeMarkdown', () => {
  it.each([
    ['bars', 'a | b', String.raw`a \| b`],
    ['line ends', 'one\r\n\r\ntwo\u2028three', 'one two three'],
    ['emphasis', '*a* _b_ ~~c~~ `d`', String.raw`\*a\* \_b\_ \~\~c\~\~ \`d\``],
    ['links and pictures', '[x](y) ![](@U01)', String.raw`\[x\](y) !\[\](@U01)`],
    ['angle brackets', '<!channel> <@U01> <script>', '&lt;!channel&gt; &lt;@U01&gt; &lt;script&gt;'],
    ['entities', '&lt;!here&gt; R&D', '&amp;lt;!here&amp;gt; R&D'],
    ['broadcasts', '@here @channel, @Everyone! @dana', '@\u2060here @\u2060channel, @\u2060Everyone! @dana'],
    ['a heading', '# not a heading', String.raw`\# not a heading`],
    ['a list', '- not a list', String.raw`\- not a list`],
    ['a numbered list', '1. not a list', String.raw`1\. not a list`],
    ['an underline', '----', String.raw`\----`],
    ['a backslash', String.raw`\| a`, String.raw`\\\| a`],
    ['control characters', 'a\u0000b\u0007c\u202Ed', 'abcd'],
    ['an isolate that is left open', '\u2068a', '\u2068a\u2069'],
  ])('disarms %s', (_, text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it.each(['pool_size of 2.5 min', '+3 min', '#42', 'HTTP 5xx', '12:30', 'תקלה בתשלומים', '🔥', '-5', 'C++', ''])(
    'leaves %j as people wrote it',
    (text) => {
      expect(escapeMarkdown(text)).toBe(text);
    },
  );

  it('is always one line without a bar, a bracket or a mention of its own', () => {
    const pieces = fc.constantFrom(
      '|',
      '\n',
      '\\',
      '<',
      '>',
      '&',
      '`',
      '[',
      ']',
      '@here',
      '<!channel>',
      '*',
      '_',
      'a',
      ' ',
      '~',
      '#',
      '!',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const escaped = escapeMarkdown(parts.join(''));
        expect(escaped).not.toMatch(/[\n\r<>]|@here\b/);
        // Every sign that formats has an odd number of backslashes before it.
        for (const { index } of escaped.matchAll(/[|`*[\]]/g)) {
          const slashes = /\\*$/.exec(escaped.slice(0, index))?.[0].length ?? 0;
          expect(slashes % 2).toBe(1);
        }
      }),
    );
  });
});

describe('links', () => {
  it('hold only addresses of pages', () => {
    expect(markdownLink('source', 'https://ci.example/b/812?x=(1)')).toBe(
      '[source](https://ci.example/b/812?x=%281%29)',
    );
    for (const url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'https://a b',
      'https://x/<!channel>',
      'https://x\n',
      '',
    ]) {
      expect(linkTarget(url)).toBeUndefined();
      expect(markdownLink('so[u]rce', url)).toBe(String.raw`so\[u\]rce`);
    }
  });
});

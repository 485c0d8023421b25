import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clip,
  clipMarkup,
  escapeMarkup,
  escapeWithin,
  inline,
  link,
  localTime,
  paragraph,
  wellFormed,
} from '../../../src/slack/views/text.ts';

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
);

describe('cutting text', () => {
  it('counts as Slack does, and cuts between what a person sees as characters', () => {
    expect(clip('abc', 3)).toBe('abc');
    expect(clip('abcd', 3)).toBe('ab…');
    const family = '👩‍👩‍👧‍👦';
    expect(clip(`a${family}${family}`, 14)).toBe(`a${family}…`);
    expect(clip('שלום', 3)).toBe('של…');
    expect(clip(`x${'e\u0301'.repeat(5)}`, 5)).toBe('xe\u0301…');
  });

  it('is never longer than allowed and never leaves half a pair', () => {
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 80 }), (text, limit) => {
        const cut = clip(text.toWellFormed(), limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });

  it('gives in to a character that somebody made endless', () => {
    const zalgo = `a${'\u0301'.repeat(5_000)}`;
    expect(clip(zalgo, 100).length).toBeGreaterThan(50);
    expect(clip(zalgo, 100).length).toBeLessThanOrEqual(100);
  });
});

describe('text of people', () => {
  it('loses control characters, direction marks and halves of pairs, and keeps its lines', () => {
    expect(wellFormed('a\u0000b\u202Ec\u2066d\u200Fe\r\nf\tg\uD800')).toBe('abcde\nf\tg\uFFFD');
  });

  it('cannot mention, link or command', () => {
    expect(escapeMarkup('<!channel> & <@U1>')).toBe('&lt;!channel&gt; &amp; &lt;@U1&gt;');
    fc.assert(
      fc.property(anything, fc.integer({ min: 5, max: 200 }), (text, limit) => {
        const escaped = escapeWithin(text, limit);
        expect(escaped.length).toBeLessThanOrEqual(limit);
        expect(escaped.replace(/&(?:amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
      }),
    );
  });

  it('stands inside a line without turning it', () => {
    expect(inline('plain', 'en')).toBe('plain');
    expect(inline('שלום', 'en')).toBe('\u2068שלום\u2069');
    expect(inline('plain', 'he')).toBe('\u2068plain\u2069');
    expect(inline('two\nlines ```code```', 'en')).toBe('two lines `\u2060`\u2060`code`\u2060`\u2060`');
  });

  it('has its addresses linked and nothing else', () => {
    expect(paragraph('see https://a.example/x?y=1&z=2, and <!here>', 500)).toBe(
      'see <https://a.example/x?y=1&amp;z=2>, and &lt;!here&gt;',
    );
    expect(paragraph('(https://a.example/x)', 500)).toBe('(<https://a.example/x>)');
    expect(paragraph('javascript:alert(1)', 500)).toBe('javascript:alert(1)');
    fc.assert(
      fc.property(anything, fc.integer({ min: 20, max: 300 }), (text, limit) => {
        expect(paragraph(text, limit).length).toBeLessThanOrEqual(limit);
      }),
    );
  });
});

describe('markup of ours', () => {
  it('links to web addresses only', () => {
    expect(link('https://a.example/?a=1&b=2', 'here')).toBe('<https://a.example/?a=1&amp;b=2|here>');
    expect(link('javascript:alert(1)', 'here')).toBe('here');
    expect(link('https://a.example/|x>', 'here')).toBe('here');
    expect(link(undefined, 'here')).toBe('here');
    expect(link('https://a.example', 'a|b')).toBe('<https://a.example|a¦b>');
  });

  it('shows times in the reader’s zone, and in UTC where that cannot be', () => {
    expect(localTime(Date.UTC(2026, 10, 24, 18, 40), '{time}')).toBe('<!date^1795545600^{time}|2026-11-24 18:40 UTC>');
  });

  it('is cut without leaving a token, an escape or an isolate open', () => {
    expect(clipMarkup('abc <https://a.example|here>', 12)).toBe('abc …');
    expect(clipMarkup('abc &amp; more', 8)).toBe('abc …');
    const cut = clipMarkup(`\u2068${'x'.repeat(50)}\u2069`, 20);
    expect(cut.length).toBeLessThanOrEqual(20);
    expect(cut.endsWith('\u2069')).toBe(true);
  });
});

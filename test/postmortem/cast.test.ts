import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { castOf, type Participant, type Phrase } from '../../src/postmortem/cast.ts';

const people: readonly Participant[] = [
  { person: 'noa', name: 'Noa Levi', handles: ['U01', 'noa.levi', 'noa@example.com'], role: 'lead' },
  { person: 'omer', name: 'עומר בר', handles: ['U02', '@omerb'] },
  { person: 'or', name: 'Or Cohen', handles: ['U03'] },
  { person: 'dana', name: 'Dana Cohen', handles: ['U04'] },
];

/** Roles as they are easy to read here: [lead], [0], [?]. */
function shown(phrase: Phrase): string {
  return phrase
    .map((part) => {
      if (typeof part === 'string') return part;
      return part.kind === 'role' ? `[${part.role}]` : part.kind === 'responder' ? `[${part.index}]` : '[?]';
    })
    .join('');
}

function said(text: string): string {
  return shown(castOf(people).phrase(text));
}

describe('names become roles', () => {
  it.each([
    ['a full name before its parts', 'Noa Levi restarted it', '[lead] restarted it'],
    ['a given name, in any case', 'noa and NOA', '[lead] and [lead]'],
    ['a family name', "Levi's change", "[lead]'s change"],
    ['a name over a line end', 'Noa\nLevi', '[lead]'],
    ['a handle', 'ask @noa.levi or omerb', 'ask [lead] or [0]'],
    ['an address', 'mail noa@example.com', 'mail [lead]'],
    ['a catalog key', '@dana saw it', '[0] saw it'],
    ['a Slack mention', 'thanks <@U01> and <@U02|omer>', 'thanks [lead] and [0]'],
    ['a mention of someone unknown', 'thanks <@U999> and <@U999>', 'thanks [0] and [0]'],
    ['a Hebrew name', 'עומר הפעיל מחדש', '[0] הפעיל מחדש'],
    ['a Hebrew name behind prefixes', 'פנינו לעומר, ועומר ענה; שעומר ומעומר', 'פנינו ל[0], ו[0] ענה; ש[0] ומ[0]'],
    ['a Latin name behind Hebrew prefixes', 'פנינו לNoa ול־Dana', 'פנינו ל[lead] ול־[0]'],
    ['a name between underscores', 'branch fix_noa_timeout', 'branch fix_[lead]_timeout'],
    ['a name that two people share', 'Cohen knew', '[?] knew'],
    ['a name in an address: the name goes', 'see https://git.example/noa/fix', 'see https://git.example/…/fix'],
  ])('%s', (_, text, expected) => {
    expect(said(text)).toBe(expected);
  });

  it.each([
    ['another word that begins like a name', 'Noah, Leviathan and Danas'],
    ['an everyday word that is also a name', 'restart it or roll back'],
    ['Hebrew words that only look like prefix and name', 'התקלה כבר נפתרה, והשבר תוקן'],
    ['an address without names', 'see https://ci.example/b/812?x=1'],
  ])('but not %s', (_, text) => {
    expect(said(text)).toBe(text);
  });

  it('finds an everyday word with a capital', () => {
    expect(said('Or rolled back')).toBe('[0] rolled back');
  });

  it('gives letters in order of appearance and keeps them', () => {
    const cast = castOf(people);
    expect(shown(cast.phrase('Dana, then Or, then Dana'))).toBe('[0], then [1], then [0]');
    expect(cast.roleOf('dana')).toEqual({ kind: 'responder', index: 0 });
    expect(cast.roleOf('noa')).toEqual({ kind: 'role', role: 'lead' });
    expect(cast.roleOf('slack:U555')).toEqual({ kind: 'responder', index: 2 });
    expect(shown(cast.phrase('<@U555>'))).toBe('[2]');
  });

  it('gives a role to one person only', () => {
    const cast = castOf([
      { person: 'a', name: 'Anna', handles: [], role: 'lead' },
      { person: 'b', name: 'Berta', handles: [], role: 'lead' },
    ]);
    expect(shown(cast.phrase('Anna and Berta'))).toBe('[lead] and [0]');
  });

  it('takes names literally, whatever they hold', () => {
    const cast = castOf([{ person: 'x', name: 'A.B* (Q[a-z]+)', handles: ['', '.*', '@'] }]);
    expect(shown(cast.phrase('anything goes'))).toBe('anything goes');
  });

  it('leaves no name in any text', () => {
    const names = [
      'Noa Levi',
      'NOA',
      'levi',
      'עומר בר',
      'עומר',
      'Dana Cohen',
      'dana',
      '<@U01>',
      '<@U04|Dana>',
      '@omerb',
      'noa.levi',
      'noa@example.com',
    ];
    const around = [
      '',
      ' ',
      '\n',
      ', ',
      '. ',
      '(',
      ')',
      '"',
      '*',
      '_',
      '/',
      '-',
      ':',
      '’s ',
      ' and ',
      ' ו',
      ' ל',
      'https://x.example/',
      '<https://x.example/a|',
      '>',
      '&lt;',
      '🔥',
      '|',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...around), fc.constantFrom(...names), fc.constantFrom(...around)), {
          maxLength: 12,
        }),
        (parts) => {
          const text = parts.map((part) => part.join('')).join(' ');
          expect(said(text)).not.toMatch(/(?<!\p{L})(?:noa|levi|dana|cohen|omerb|עומר|U0[1-4])(?!\p{L})/iu);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('Slack text becomes plain text', () => {
  it.each([
    [
      'links',
      'see <https://ci.example/b?a=1&amp;b=2|build 812> now',
      'see build 812 (https://ci.example/b?a=1&b=2) now',
    ],
    ['bare links', '<https://ci.example/>', 'https://ci.example/'],
    ['mail links', '<mailto:help@example.com|help@example.com>', 'help@example.com'],
    ['channels', '<#C01|incidents> <#C02>', '#incidents #C02'],
    ['broadcasts', '<!here> <!subteam^S1|@payments>', '@here @payments'],
    ['dates', '<!date^1700000000^{date}|14 November>', '14 November'],
    ['entities', '5xx &gt; 5 % &amp; rising &lt;soon&gt;', '5xx > 5 % & rising <soon>'],
    ['bold', '*important*: 2 * 3 * 4', 'important: 2 * 3 * 4'],
  ])('%s', (_, text, expected) => {
    expect(shown(castOf([]).phrase(text))).toBe(expected);
  });
});

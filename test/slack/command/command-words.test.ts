import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandWords, readCommand, slipsBetween } from '../../../src/slack/command-words.ts';

function wordOf(text: string): string | undefined {
  const read = readCommand(text);
  return read.kind === 'command' ? read.word : undefined;
}

describe('the words of /incident', () => {
  it.each(commandWords)('knows "%s" in any case and hands on what follows', (word) => {
    expect(readCommand(word)).toEqual({ kind: 'command', word, rest: '' });
    expect(readCommand(`  ${word.toUpperCase()}   two  words `)).toEqual({ kind: 'command', word, rest: 'two  words' });
  });

  it.each([
    ['new cards fail', 'declare'],
    ['severity 2', 'sev'],
    ['acknowledge', 'ack'],
    ['got it', 'ack'],
    ['close', 'resolve'],
    ['false alarm', 'cancel'],
    ['on call payments', 'oncall'],
    ['on-call', 'oncall'],
    ['post mortem', 'postmortem'],
    ['Post-Mortem', 'postmortem'],
    ['pm', 'postmortem'],
    ['?', 'help'],
    ['take over payments', 'take'],
    ['trade with @dana', 'swap'],
    ['resolve!', 'resolve'],
  ])('takes "%s" for %s', (text, word) => {
    expect(wordOf(text)).toBe(word);
  });

  it.each([
    ['הכרזה sev1 הסליקה נופלת', 'declare'],
    ['עדכון חוזרים לגרסה הקודמת', 'update'],
    ['חומרה 2', 'sev'],
    ['מצב במעקב', 'status'],
    ['הובלה', 'lead'],
    ['הזעקה', 'page'],
    ['אישור קבלה', 'ack'],
    ['נפתרה', 'resolve'],
    ['פתיחה מחדש זה חזר', 'reopen'],
    ['אזעקת שווא', 'cancel'],
    ['ציר זמן', 'timeline'],
    ['למה', 'why'],
    ['החלפה @dana', 'cover'],
    ['מחליפה את דנה', 'cover'],
    ['לקחת payments', 'take'],
    ['החלפת משמרות', 'swap'],
    ['מי תורן', 'oncall'],
    ['לא זמין עד מחר', 'away'],
    ['חזרתי', 'back'],
    ['תחקיר', 'postmortem'],
    ['עזרה', 'help'],
    ['\u200Fעזרה\u200F', 'help'],
  ])('takes Hebrew "%s" for %s', (text, word) => {
    expect(wordOf(text)).toBe(word);
  });

  it('does not take "פתיחה" of "פתיחה מחדש" for a declaration', () => {
    expect(readCommand('פתיחה מחדש זה חזר')).toEqual({ kind: 'command', word: 'reopen', rest: 'זה חזר' });
  });

  it.each([
    ['decl', 'declare'],
    ['resolv', 'resolve'],
    ['timel', 'timeline'],
    ['delcare', 'declare'],
    ['updaet', 'update'],
    ['udpate', 'update'],
    ['satus', 'status'],
    ['resovle', 'resolve'],
    ['timline', 'timeline'],
    ['metircs', 'metrics'],
    ['עדכונ', 'update'],
  ])('forgives "%s" where it can only be %s', (text, word) => {
    expect(wordOf(text)).toBe(word);
  });

  it('asks when a beginning could be several words', () => {
    const read = readCommand('re');
    expect(read.kind).toBe('unknown');
    const three = readCommand('rep');
    expect(three).toEqual({ kind: 'command', word: 'declare', rest: '' });
    expect(readCommand('not')).toEqual({ kind: 'command', word: 'note', rest: '' });
    expect(readCommand('can')).toEqual({ kind: 'command', word: 'cancel', rest: '' });
    expect(readCommand('sta')).toMatchObject({ kind: 'unknown', suggestions: ['status', 'metrics'] });
  });

  it.each([
    'out of memory on db',
    'over quota',
    'call centre is down',
    'all payments fail',
    'database is gone',
    'x',
    'אין סליקה',
  ])('takes the sentence "%s" for no command', (text) => {
    expect(readCommand(text).kind).toBe('unknown');
  });

  it('suggests what comes near an unknown word', () => {
    expect(readCommand('escallatte')).toMatchObject({
      kind: 'unknown',
      typed: 'escallatte',
      suggestions: ['escalate'],
    });
  });

  it('says that there was no word at all', () => {
    expect(readCommand('   ')).toEqual({ kind: 'empty' });
    expect(readCommand('\u200F')).toEqual({ kind: 'empty' });
  });

  it('never throws and never resolves or cancels by accident', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const read = readCommand(text);
        if (read.kind !== 'command') return;
        expect(commandWords).toContain(read.word);
        if (read.word === 'resolve' || read.word === 'cancel') expect(text.trim().length).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});

describe('slips of the finger', () => {
  it('counts swapped neighbours as one', () => {
    expect(slipsBetween('updaet', 'update')).toBe(1);
    expect(slipsBetween('note', 'notes')).toBe(1);
    expect(slipsBetween('', 'abc')).toBe(3);
    expect(slipsBetween('abc', '')).toBe(3);
  });

  it('is a distance: zero only for equals, the same both ways', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
        expect(slipsBetween(a, b)).toBe(slipsBetween(b, a));
        expect(slipsBetween(a, b) === 0).toBe(a === b);
      }),
    );
  });
});

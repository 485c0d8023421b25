import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lint } from '../../src/postmortem/blameless.ts';

function rulesIn(text: string, roster: readonly string[] = []): readonly string[] {
  return lint(text, roster).map((finding) => finding.rule);
}

describe('where a finding is', () => {
  it('counts lines and UTF-16 columns from one', () => {
    const [finding] = lint('First line.\n\nSo 🔥 then Dana forgot to renew it.\n', ['Dana Cohen']);
    expect(finding).toMatchObject({ line: 3, column: 12, text: 'Dana forgot', rule: 'forgot', tier: 'flag' });
    expect(finding?.suggestion).not.toBe('');
  });

  it('follows a sentence over a line end', () => {
    const text = 'At two on a day the\non-call engineer failed\nto notice the alert.';
    expect(lint(text, [])).toContainEqual(
      expect.objectContaining({
        line: 1,
        column: 11,
        rule: 'person-failed-to',
        text: 'a day the on-call engineer failed to',
      }),
    );
  });

  it('is right in the second piece of a very long paragraph', () => {
    const text = `${'word '.repeat(1_000)}it was human error.`;
    expect(lint(text, [])).toEqual([
      expect.objectContaining({ line: 1, column: 5_008, text: 'human error', rule: 'human-error' }),
    ]);
  });

  it('is the same with carriage returns', () => {
    expect(lint('Fine.\r\nIt was human error.\r\n', [])).toEqual([
      expect.objectContaining({ line: 2, column: 8, text: 'human error' }),
    ]);
  });

  it('starts behind the list mark', () => {
    const [finding] = lint('## Action items\n\n- [ ] Improve paging and alerting.', []);
    expect(finding).toMatchObject({ line: 3, column: 7, text: 'Improve', rule: 'vague-improve' });
  });

  it('comes in reading order', () => {
    const places = lint(
      'It was human error. He was careless.\nThe reviewer did not check it, which is ridiculous!!',
      [],
    ).map(({ line, column }) => line * 1_000 + column);
    expect(places.length).toBeGreaterThan(3);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
  });

  it('always quotes the document', () => {
    const words = fc.constantFrom(
      'human error',
      'Dana',
      'forgot',
      'to',
      'the engineer',
      'failed',
      '\n',
      '\n\n',
      '- ',
      '## Action items\n',
      '`code`',
      '🔥',
      'טעות אנוש',
      'התורן',
      'לא בדק',
      '| ',
      '<!-- x',
      '-->',
      '```\n',
      'https://x.example/a',
      '> ',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 40 }), (parts) => {
        const text = parts.join(' ');
        const lines = text.split('\n');
        for (const finding of lint(text, ['Dana'])) {
          const from = lines
            .slice(finding.line - 1)
            .join('\n')
            .slice(finding.column - 1);
          expect(from.replaceAll(/\s+/gu, ' ').startsWith(finding.text)).toBe(true);
          expect(finding.text).not.toBe('');
        }
      }),
    );
  });
});

describe('what is not prose', () => {
  const blame = 'the engineer failed to notice it, a human error';

  it.each([
    ['fenced code', `Before.\n\n\`\`\`text\n${blame}\n\`\`\`\nAfter.`],
    ['a fence that never ends', `~~~\n${blame}\n`],
    ['a fence inside a block quote', `> \`\`\`\n> ${blame}\n> \`\`\``],
    ['inline code', `It printed \`${blame}\` twice.`],
    ['indented code', `Before.\n\n    ${blame}\n\nAfter.`],
    ['a comment over several lines', `Before <!-- ${blame}\n${blame}\n--> after.`],
    ['an address', 'See https://example.com/human-error/human%20error?x=human+error for it.'],
    ['a link target', 'See [the page](/wiki/human-error).'],
    ['front matter', `---\ntitle: ${blame}\n---\nText.`],
    ['a log line', `2026-11-24T14:02:11Z ERROR ${blame}`],
    ['a quoted log line', `> 14:02:11 ${blame}`],
    ['a log line with a level in front', `[WARN] ${blame}`],
    ['key=value pairs', `level=warn svc=auth msg="user error: ${blame}"`],
    ['a quoted log message', 'The client printed "user error: token expired" 412 times.'],
    ['a stack frame', '    at lazyInit (src/human error.ts:12:3)'],
  ])('is left alone: %s', (_, text) => {
    expect(lint(text, [])).toEqual([]);
  });

  it.each([
    ['a timeline row', `- 14:02:11 ${blame}`],
    ['a table row', `| time | event |\n|---|---|\n| 14:02 | ${blame} |`],
    ['a block quote', `> ${blame}`],
    ['a quotation', `They said "${blame}".`],
    ['after a code span that never closes', `A single \` and then ${blame}`],
    ['after a comment', `<!-- note --> ${blame}`],
    ['text behind a closed fence', `\`\`\`\ncode\n\`\`\`\n${blame}`],
    ['a nested list', `- one\n\n    - ${blame}`],
    ['emphasis and links', `The [review](https://x.example) shows **${blame}**`],
  ])('but this is prose: %s', (_, text) => {
    expect(rulesIn(text)).toContain('human-error');
  });
});

describe('sections', () => {
  it('look for action items below their heading only, at any depth', () => {
    const vague = 'Improve monitoring.';
    expect(rulesIn(`## Analysis\n\n${vague}`)).toEqual([]);
    expect(rulesIn(`## Action items\n\n### Soon\n\n${vague}`)).toEqual(['vague-improve']);
    expect(rulesIn(`## Action items\n\n- one\n\n## Timeline\n\n${vague}`)).toEqual([]);
    expect(rulesIn(`Action items\n------------\n\n${vague}`)).toEqual(['vague-improve']);
    expect(rulesIn(`**Follow-ups:**\n\n${vague}`)).toEqual(['vague-improve']);
    expect(rulesIn('## פריטי פעולה\n\n- לשפר את ההתראות.')).toEqual(['he-vague-improve']);
  });

  it('find a missing owner in a table of action items', () => {
    const table =
      '| Action | Owner | Due |\n|---|---|---|\n| Add an alert on queue age | TBD | 2026-12-01 |\n| Add a canary | @priya | 2026-12-01 |\n| Add a test |  | |';
    expect(lint(table, []).filter((finding) => finding.rule === 'no-owner')).toEqual([
      expect.objectContaining({ line: 3, column: 3 }),
      expect.objectContaining({ line: 5, column: 3 }),
    ]);
  });

  it('leave an apology in the message to customers, and names in the list of people', () => {
    expect(rulesIn('## Message to customers\n\nUnfortunately some orders were late.')).toContain('apology-blame');
    expect(rulesIn('## Customer message\n\nUnfortunately some orders were late.')).toEqual([]);
    expect(rulesIn('## Responders\n\n- @priya\n- @omer\n')).toEqual([]);
    expect(rulesIn('## Timeline\n\n- 14:02 @priya rebooted it\n')).toContain('named-actor');
  });
});

describe('the roster', () => {
  it('makes people of full names, parts of names and handles', () => {
    const roster = ['Noa Levi', '@omer.bar', 'דנה כהן'];
    for (const text of [
      'Noa Levi broke it.',
      'noa broke it.',
      'Levi broke it.',
      'omer.bar broke it.',
      'דנה שברה את זה.',
      'אז ודנה שברה את זה.',
    ]) {
      expect(rulesIn(text, roster).some((rule) => rule.endsWith('person-caused'))).toBe(true);
      expect(rulesIn(text).some((rule) => rule.endsWith('person-caused'))).toBe(false);
    }
  });

  it('does not take an everyday word for a name', () => {
    const roster = ['Or Katz', 'Will Mark', 'בר אור'];
    expect(
      rulesIn('The job will fail to start, or crashed nodes break it. Restart it or deployed pods stop.', roster),
    ).toEqual([]);
    expect(rulesIn('Or deployed build 12.', roster)).toContain('named-actor');
  });

  it('takes strange names literally', () => {
    expect(rulesIn('a+b (x) broke it. .* ran it.', ['a+b (x)', '.*', '', ' ', '[', '\\'])).toContain('person-caused');
    expect(rulesIn('Everything ran.', ['.*', '[a-z]+'])).toEqual([]);
  });
});

describe('hostile input', () => {
  const size = 20_000;
  const repeated = (unit: string): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

  it.each([
    'a',
    ' ',
    '\t',
    '@',
    '@a',
    'a@',
    'a-',
    'the ',
    'the a-',
    'a a ',
    'should also ',
    'if had ',
    'if a had b would ',
    '- [ ] ',
    '> ',
    '| ',
    '`',
    '``` ',
    '<',
    '<!--',
    '"',
    '"error: ',
    '[x](',
    '](',
    'x: ',
    '1.',
    '!',
    'root cause ',
    'blame ',
    'had we ',
    'no impact ',
    'was also really ',
    'team team ',
    'ה',
    'הצוות ',
    'לא היה ',
    'אם היה ',
    'a.b-c_d@',
    '14:02:11 ',
    'a=b ',
    '\n',
    '\n- ',
    'http://',
    '~~~\n',
  ])('of 20,000 characters of %j is searched in a moment', { timeout: 30_000 }, (unit) => {
    const started = performance.now();
    lint(repeated(unit), ['Noa Levi', 'aaaa', 'a-a']);
    lint(repeated(`${unit}\n`), ['Noa Levi']);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

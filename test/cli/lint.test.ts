import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { lintCommand, runLint } from '../../src/cli/lint.ts';
import { BadInput } from '../../src/config/bad-input.ts';

const folder = mkdtempSync(join(tmpdir(), 'toran-lint-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string | Buffer): string {
  const path = join(folder, `${Math.random()}.md`);
  writeFileSync(path, content);
  return path;
}

async function run(
  args: readonly string[],
  { stdin = '', env = {} }: { stdin?: string; env?: Record<string, string> } = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
    env,
    isTerminal: false,
    now: () => 0,
    signal: new AbortController().signal,
  };
  const code = await runLint(args, io, Readable.from([Buffer.from(stdin)]));
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const document = '# INC-1\n\n## Timeline\n\nNoa deployed build 12.\nThe cause was human error.\n';

describe('toran lint --json', () => {
  it('prints the findings as the contract names them, and findings are no failure', async () => {
    const { code, out, err } = await run([file(document), '--roster', 'Noa Levi, omer', '--json']);
    expect(code).toBe(0);
    expect(err).toBe('');
    expect(JSON.parse(out)).toEqual([
      {
        line: 5,
        column: 1,
        text: 'Noa deployed',
        rule: 'named-actor',
        tier: 'suggest',
        suggestion: expect.any(String),
      },
      { line: 6, column: 15, text: 'human error', rule: 'human-error', tier: 'flag', suggestion: expect.any(String) },
    ]);
  });

  it('prints an empty list for a document without findings', async () => {
    expect(await run([file('All good.\n'), '--json'])).toEqual({ code: 0, out: '[]', err: '' });
    expect(await run([file(''), '--json'])).toEqual({ code: 0, out: '[]', err: '' });
  });

  it('reads standard input for -', async () => {
    const { out } = await run(['-', '--json'], { stdin: 'זו טעות אנוש.\n' });
    expect(JSON.parse(out)).toEqual([
      expect.objectContaining({ line: 1, column: 4, rule: 'he-human-error', text: 'טעות אנוש' }),
    ]);
  });

  it('knows nobody without a roster, and takes several rosters', async () => {
    expect((await run([file(document), '--json'])).out).not.toContain('named-actor');
    expect((await run([file(document), '--json', '--roster', 'dana', '--roster', 'noa'])).out).toContain('named-actor');
  });

  it('does not count a byte order mark as a column', async () => {
    const { out } = await run([file('\uFEFFHuman error.'), '--json']);
    expect(JSON.parse(out)).toEqual([expect.objectContaining({ line: 1, column: 1 })]);
  });
});

describe('toran lint for a person', () => {
  it('shows place, words and rewrite, and a total', async () => {
    const path = file(document);
    const { code, out } = await run([path, '--roster', 'noa']);
    expect(code).toBe(0);
    expect(out).toContain(`${path}:6:15 flag human-error`);
    expect(out).toContain('“human error”');
    expect(out).toMatch(/1 to reword or confirm, 1 suggestions, 0 remarks\.$/);
  });

  it('shows a remark once with its count, and not what a stricter rule says already', async () => {
    const { out } = await run([file('He ran it. She saw it.\n\nThe on-call should have rolled back.\n')]);
    expect(out.match(/gendered-pronoun/g)).toHaveLength(1);
    expect(out).toContain('2 times in this document');
    expect(out).toContain('person-should-have');
    expect(out).not.toMatch(/ should-have/);
  });

  it('speaks Hebrew on a Hebrew terminal', async () => {
    expect((await run([file('Fine.')], { env: { LANG: 'he_IL.UTF-8' } })).out).toContain('לא נמצאו');
  });

  it('has help', async () => {
    expect((await run(['--help'])).out).toBe(lintCommand.help);
    expect(lintCommand.help).toContain('--roster');
  });
});

describe('input that cannot be used', () => {
  it.each([
    ['no file', [], /needs a file/],
    ['two files', ['a.md', 'b.md'], /one file/],
    ['an unknown option', ['a.md', '--fix'], /--fix.*--help/],
    ['an option without its value', ['a.md', '--roster'], /roster/],
    ['an empty roster', ['a.md', '--roster', ' , '], /--roster: is empty/],
    ['a file that is not there', [join(folder, 'none.md')], /none\.md: cannot be read \(ENOENT\)/],
    ['a directory', [folder], /is a directory/],
    ['bytes that are no text', [file(Buffer.from([0x41, 0xff, 0xfe, 0xc3]))], /not UTF-8/],
    ['a file of two megabytes', [file('x'.repeat(2 * 1024 * 1024))], /larger than 1 MiB/],
  ])('is refused in one line: %s', async (_, args, message) => {
    const error: unknown = await run(args).then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(BadInput);
    expect(String(error)).toMatch(message);
    expect(String(error)).not.toContain('\n');
  });
});

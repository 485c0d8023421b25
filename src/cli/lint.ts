import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { parseArgs } from 'node:util';
import { BadInput } from '../config/bad-input.ts';
import { type LintWords, lintWords } from '../messages/lint.ts';
import { type Finding, lint } from '../postmortem/blameless.ts';
import type { CliCommand, CliIo } from './command.ts';
import { terminalLanguage } from './terminal-language.ts';

/** A post-mortem is a few pages. What is larger is another file, and searching it would take long. */
const largestFileBytes = 1024 * 1024;

export const lintCommand: CliCommand = {
  name: 'lint',
  summary: lintWords.en.summary,
  help: lintWords.en.help,
  run: (args, io) => runLint(args, io, process.stdin),
};

/** As the command, with the standard input passed in. */
export async function runLint(args: readonly string[], io: CliIo, stdin: Readable): Promise<number> {
  const words = lintWords[terminalLanguage(io.env)];
  const options = readArguments(args, words);
  if (options.help) {
    io.out(words.help);
    return 0;
  }
  const text = await readDocument(options.file, io, stdin, words);
  const findings = lint(text, options.roster);
  if (options.json) io.out(JSON.stringify(findings));
  else for (const line of readable(findings, options.file, words)) io.out(line);
  return 0;
}

interface LintOptions {
  readonly file: string;
  readonly roster: readonly string[];
  readonly json: boolean;
  readonly help: boolean;
}

function readArguments(args: readonly string[], words: LintWords): LintOptions {
  const { values, positionals } = parse(args, words);
  const { help = false, json = false } = values;
  const [file, ...others] = positionals;
  if (help) return { file: '', roster: [], json, help };
  if (file === undefined || file === '') throw new BadInput(words.fileMissing);
  if (others.length > 0) throw new BadInput(words.oneFileOnly);
  const roster = (values.roster ?? []).flatMap((names) => names.split(/[,;\n]/)).map((name) => name.trim());
  if (values.roster !== undefined && !roster.some((name) => name !== '')) throw new BadInput(words.emptyRoster);
  return { file, roster: roster.filter((name) => name !== ''), json, help };
}

function parse(args: readonly string[], words: LintWords) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        roster: { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new BadInput(words.unknownOption(/^.*?[.!?](?=\s|$)/.exec(message)?.[0] ?? `${message}.`), { cause: error });
  }
}

async function readDocument(file: string, io: CliIo, stdin: Readable, words: LintWords): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    const source = file === '-' ? stdin : createReadStream(file, { signal: io.signal });
    for await (const chunk of source) {
      const buffer = Buffer.from(chunk);
      bytes += buffer.length;
      if (bytes > largestFileBytes) throw new BadInput(words.tooLarge(file, '1 MiB'));
      chunks.push(buffer);
    }
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new BadInput(code === 'EISDIR' ? words.isDirectory(file) : words.unreadable(file, code), { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch (error) {
    throw new BadInput(words.notUtf8(file), { cause: error });
  }
}

/**
 * For a person: a remark (tier info) is shown once per document with its count, and where a stricter rule found the same
 * words the milder ones stay silent. The JSON holds them all.
 */
function readable(findings: readonly Finding[], file: string, words: LintWords): readonly string[] {
  if (findings.length === 0) return [words.nothingFound(file)];
  const shown = findings.filter(
    (finding, index) =>
      !findings.some((other) => covers(other, finding)) &&
      (finding.tier !== 'info' || findings.findIndex((other) => other.rule === finding.rule) === index),
  );
  const lines = shown.flatMap((finding) => {
    const times = findings.filter((other) => other.rule === finding.rule).length;
    const often = finding.tier === 'info' && times > 1 ? ` · ${words.timesInDocument(times)}` : '';
    return [
      `${file}:${finding.line}:${finding.column} ${words.tier[finding.tier]} ${finding.rule}${often}`,
      `  “${clip(finding.text)}”`,
      `  → ${finding.suggestion}`,
    ];
  });
  const count = (tier: Finding['tier']): number => shown.filter((finding) => finding.tier === tier).length;
  return [...lines, '', words.total({ flag: count('flag'), suggest: count('suggest'), info: count('info') })];
}

const strictness = { flag: 2, suggest: 1, info: 0 } as const;

function covers(stricter: Finding, milder: Finding): boolean {
  return (
    stricter.line === milder.line &&
    strictness[stricter.tier] > strictness[milder.tier] &&
    stricter.column < milder.column + milder.text.length &&
    milder.column < stricter.column + stricter.text.length
  );
}

function clip(text: string): string {
  const characters = Array.from(text);
  return characters.length <= 100 ? text : `${characters.slice(0, 99).join('')}…`;
}

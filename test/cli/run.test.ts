import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CliIo } from '../../src/cli/command.ts';
import { dispatch } from '../../src/cli/run.ts';

const commands = [
  'serve',
  'sandbox',
  'doctor',
  'migrate',
  'apply',
  'export',
  'import',
  'oncall',
  'metrics',
  'digest',
  'lint',
];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toran-cli-'));
  await writeFile(join(folder, 'a-file'), 'people: [');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the command line', () => {
  it('lists every command, and each explains itself with exit code 0', async () => {
    const overview = await run(['--help']);
    expect(overview.code).toBe(0);
    for (const name of commands) {
      expect(overview.out.join('\n')).toMatch(new RegExp(`^  ${name} `, 'm'));
      const { code, out, err } = await run([name, '--help']);
      expect({ name, code, err }).toEqual({ name, code: 0, err: [] });
      expect(out.join('\n')).toContain(`Usage: toran ${name}`);
    }
  });

  it('ends quietly when nobody reads its answer to the end', async () => {
    const child = spawn(process.execPath, ['src/cli.ts', '--help'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const [printed, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    expect({ printed, code }).toEqual({ printed: '', code: 0 });
  });

  it('says which version it is', async () => {
    expect(await run(['--version'])).toEqual({ code: 0, out: [expect.stringMatching(/^\d+\.\d+\.\d+$/)], err: [] });
  });

  it.each(commands)('refuses an option that %s does not have, in one line and with exit code 2', async (name) => {
    const { code, out, err } = await run([name, '--no-such-option']);
    expect({ code, out, lines: err.length }).toEqual({ code: 2, out: [], lines: 1 });
    expect(err[0]).toContain('--no-such-option');
  });

  it('says of a file that cannot be read what it is instead', async () => {
    const [missing, directory] = [join(folder, 'nothing.yaml'), folder];
    expect(await run(['apply', missing])).toEqual(refused(`apply: ${missing} does not exist; check the path`));
    expect(await run(['apply', directory])).toEqual(refused(`apply: ${directory} is a folder; name a file in it`));
  });
});

describe('serve, with settings that cannot be used', () => {
  const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };

  it.each([
    [{}, 'SLACK_BOT_TOKEN: is missing; create the app from manifest.yml and copy its bot token'],
    [{ ...slack, TORAN_CATALOG: 'no.yaml' }, 'TORAN_CATALOG: no.yaml does not exist; check the path'],
    [{ ...slack, TORAN_TEMPLATES: 'no-folder' }, 'TORAN_TEMPLATES: no-folder does not exist; check the path'],
  ])('names the setting and the fix: %j', async (env, line) => {
    const database = join(folder, 'never.db');
    expect(await run(['serve'], { DATABASE_URL: `file:${database}`, ...env })).toEqual(refused(line));
    await expect(readFile(database)).rejects.toThrow('ENOENT');
  });
});

describe('warnings of the runtime', () => {
  it('drops the one deprecation that nobody who runs Toran can mend, and no other', async () => {
    const code = `import { dropWarning } from './src/cli/warnings.ts';
      dropWarning('DEP0169');
      process.emitWarning('of a library', 'DeprecationWarning', 'DEP0169');
      process.emitWarning('of ours', 'DeprecationWarning', 'TORAN1');`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const printed = await text(child.stderr);
    expect(printed).toContain('of ours');
    expect(printed).not.toContain('of a library');
  });
});

function refused(line: string) {
  return { code: 2, out: [], err: [line] };
}

async function run(args: readonly string[], env: CliIo['env'] = {}) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await dispatch(args, {
    out: (line) => out.push(line),
    err: (line) => err.push(line),
    env,
    isTerminal: false,
    now: () => Date.UTC(2026, 10, 24),
    signal: new AbortController().signal,
  });
  return { code, out, err };
}

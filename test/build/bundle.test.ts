import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runToran } from '../support/process.ts';
import { buildBundle, type Bundle } from '../support/process-bundle.ts';

/** Nodes of this host that are older than Toran needs; each must be turned away in words. */
const oldNodes = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'node'))
  .filter((node) => existsSync(node) && majorOf(node) < 24);

function majorOf(node: string): number {
  return Number(/^v(\d+)/.exec(execFileSync(node, ['--version'], { encoding: 'utf8' }))?.[1]);
}

const tooOld = /^toran needs Node\.js 24 or newer and runs on \d+\.\d+; [^\n]+\n$/;

const catalog = `
workspace: { timezone: Asia/Jerusalem, admins: [noa], announce: "#incidents", last_resort: ["channel:#incidents"] }
people:
  noa:  { name: Noa Levi, slack: U01 }
  omer: { name: Omer Bar, slack: U02 }
schedules:
  payments:
    timezone: Asia/Jerusalem
    layers: [{ start: "2026-11-01T09:00", every: { weeks: 1 }, participants: [noa, omer] }]
`;

describe('the bundle', () => {
  let bundle: Bundle;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toran-bundle-test-'));
    bundle = await buildBundle();
  }, 30_000);
  afterAll(async () => {
    await bundle.remove();
    await rm(folder, { recursive: true });
  });

  function toran(...args: string[]) {
    return runToran({ entry: bundle.entry, args, env: {} });
  }

  it('says what it can do', async () => {
    const { code, stdout, stderr } = await toran('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: toran COMMAND/);
    expect(stdout).toMatch(/^ {2}serve +\S/m);
  });

  it('reads a calendar, in a thread that has a bundle of its own', async () => {
    const calendar = fileURLToPath(new URL('../fixtures/ics/05-tzid-iana-no-vtimezone.ics', import.meta.url));
    const { code, stdout, stderr } = await toran('calendar', 'check', calendar, '--days', '730', '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ complete: true, events: 1, warnings: [] });
  });

  it('tells who is on duty from a catalog file', async () => {
    const file = join(folder, 'catalog.yaml');
    await writeFile(file, catalog);
    const question = ['--schedule', 'payments', '--at', '2026-11-10T12:00+02:00', '--json'];
    const { code, stdout, stderr } = await toran('oncall', '--catalog', file, ...question);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      on_call: [{ schedule: 'payments', person: 'omer', why: 'rotation', excluded: [] }],
    });
  });

  it('brings a database to its schema: native code and migrations are found', async () => {
    const env = { DATABASE_URL: `file:${join(folder, 'toran.db')}` };
    const { code, stderr } = await runToran({ entry: bundle.entry, args: ['migrate'], env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(existsSync(join(folder, 'toran.db'))).toBe(true);
  });

  it('answers bad input with one line and exit code 2', async () => {
    const { code, stdout, stderr } = await toran('oncall', '--catalog', join(folder, 'none.yaml'));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^[^\n]+\n$/);
  });

  it('lies in one folder, where the code looks for its worker and its chunks', () => {
    const files = readdirSync(dirname(bundle.entry), { withFileTypes: true });
    expect(files.filter((file) => !file.isFile()).map((file) => file.name)).toEqual([]);
    const names = files.map((file) => file.name);
    expect(names).toContain('toran.mjs');
    expect(names).toContain('render-worker.mjs');
    for (const name of names.filter((name) => name.endsWith('.mjs'))) {
      const code = readFileSync(join(dirname(bundle.entry), name), 'utf8');
      const chunks = [...code.matchAll(/^(?:import|export) [^\n]*?from "(\.[^"]+)"/gm)].map((match) => match[1] ?? '');
      for (const chunk of chunks) expect(names, `imported by ${name}`).toContain(chunk.replace(/^\.\//, ''));
    }
  });

  it('loads nothing before it has looked at the version of Node', () => {
    const entry = readFileSync(bundle.entry, 'utf8');
    const imports = [...entry.matchAll(/^import [^\n]*?(?:from )?"([^"]+)"/gm)].map((match) => match[1] ?? '');
    expect(imports.filter((name) => name.startsWith('.')).length).toBeLessThanOrEqual(1);
    expect(entry).not.toMatch(/better-sqlite3|drizzle/);
  });

  it('turns a Node that is too old away before native code can crash it', async () => {
    const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.9.0' } })`;
    const preload = `data:text/javascript,${encodeURIComponent(pretend)}`;
    const env = { NODE_OPTIONS: `--import=${preload}` };
    const { code, stdout, stderr } = await runToran({ entry: bundle.entry, args: ['serve'], env });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(tooOld);
  });

  it.runIf(oldNodes.length > 0)('is understood, and turned away, by the older Node of this host', () => {
    for (const node of oldNodes) {
      const { status, stdout, stderr } = spawnSync(node, [bundle.entry, 'serve'], { encoding: 'utf8' });
      expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
      expect(stderr).toMatch(tooOld);
    }
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const source = resolve(dirname(fileURLToPath(import.meta.url)), '../src');

type Room = string;
const pure = ['oncall', 'incident', 'figures', 'postmortem'] as const;
const adapters = ['store', 'slack', 'pagerduty', 'web', 'render', 'calendars', 'sandbox'] as const;

/** What each room may import of the others. What is not listed is forbidden. */
const allowed: Readonly<Record<Room, readonly Room[]>> = {
  oncall: [],
  incident: ['oncall'],
  figures: ['incident', 'oncall'],
  postmortem: ['incident', 'oncall', 'figures'],
  engine: [...pure],
  messages: [...pure],
  config: [...pure],
  ...Object.fromEntries(adapters.map((adapter) => [adapter, ['engine', 'messages', ...pure]])),
};

interface SourceFile {
  readonly path: string;
  readonly room: Room;
  readonly text: string;
  readonly imports: readonly string[];
}

const importPattern =
  /^(?:import|export)\s[^;'"=]*?\bfrom\s+'([^'\n]+)'|^import\s+'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'/gm;

function read(folder: string): SourceFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => {
      const path = relative(source, join(entry.parentPath, entry.name));
      const text = readFileSync(join(source, path), 'utf8');
      const imports = [...text.matchAll(importPattern)].flatMap((match) => match[1] ?? match[2] ?? match[3] ?? []);
      return { path, room: path.includes('/') ? (path.split('/')[0] ?? '') : 'root', text, imports };
    });
}

/** Reasons, personal rules, calendars: the port and what is behind it. */
const privateFiles = /^(oncall\/absence-kind\.ts|engine\/private-ports\.ts|store\/private\/)/;
/** Who may import them. The pager, its adapters and everything that others see may not. */
const mayKnowOfPrivate = [
  /^store\/private\//,
  /^engine\/(private-ports|privacy|privacy-export|personal-availability|calendar-sync|retention)\.ts$/,
  /^slack\/(private-[\w-]+|absence-[\w-]+)\.ts$/,
  /^messages\/privacy\.ts$/,
  /^(main|cli|private-parts)\.ts$/,
  /^cli\//,
] as const;
/** What decides whom to page, pages them, or writes what others read. */
const isPaging = [
  /^oncall\/(?!absence-kind)/,
  /^(incident|figures|postmortem|pagerduty|web|render)\//,
  /^engine\/(executor|fold|rules|lane|worker|run-effect|timers|ingest|enter|streams|ports|digest|upkeep)\.ts$/,
  /^slack\/(page-delivery|page|acknowledge|card|channel|announcement|why|timeline|postmortem|oncall)\.ts$/,
  /^store\/[\w-]+\.ts$/,
  /^store\/codec\//,
] as const;

function isPrivate(file: { readonly path: string }, name: string): boolean {
  return name.startsWith('.') && privateFiles.test(relative(source, resolve(source, dirname(file.path), name)));
}

const files = read(source);
/** The text without comments and without the insides of quoted strings. */
const code = (file: SourceFile) =>
  file.text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|[^:'"`])\/\/.*$/gm, '$1')
    .replace(/'(?:[^'\\\n]|\\.)*'/g, "''")
    .replace(/"(?:[^"\\\n]|\\.)*"/g, '""');
const isPure = (file: SourceFile) => pure.some((room) => room === file.room);

describe('architecture', () => {
  it('has files to look at in every room', () => {
    const rooms = new Set(files.map((file) => file.room));
    for (const room of Object.keys(allowed)) expect(rooms, `src/${room} is empty or gone`).toContain(room);
  });

  it('imports only in the allowed direction', () => {
    const wrong: string[] = [];
    for (const file of files) {
      // The composition root knows everything; nobody imports it.
      const mayImport =
        file.room === 'root' || file.room === 'cli' ? undefined : [...(allowed[file.room] ?? []), file.room];
      for (const target of file.imports.filter((name) => name.startsWith('.'))) {
        const path = relative(source, resolve(source, dirname(file.path), target));
        const room = path.includes('/') ? (path.split('/')[0] ?? '') : 'root';
        if (path.startsWith('..')) {
          if (mayImport !== undefined && !path.endsWith('.json')) wrong.push(`${file.path} -> ${target}`);
        } else if (mayImport !== undefined && !mayImport.includes(room)) wrong.push(`${file.path} -> ${path}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('lets the pure rooms import no package but date-fns and temporal-polyfill', () => {
    const packages = new Set(['temporal-polyfill', 'date-fns']);
    const wrong = files
      .filter(isPure)
      .flatMap((file) =>
        file.imports
          .filter((name) => !name.startsWith('.') && !packages.has(name))
          .map((name) => `${file.path} -> ${name}`),
      );
    expect(wrong).toEqual([]);
  });

  it('lets the engine import no package at all', () => {
    const wrong = files
      .filter((file) => file.room === 'engine')
      .flatMap((file) => file.imports.filter((name) => !name.startsWith('.')).map((name) => `${file.path} -> ${name}`));
    expect(wrong).toEqual([]);
  });

  it('reads no clock, environment, random source or promise in the pure rooms', () => {
    const forbidden =
      /Date\.now|new Date\(\)|Temporal\.Now|process\.|Math\.random|crypto|performance\.|\basync\b|\bawait\b|new Promise|setTimeout|setInterval|setImmediate|fetch\(/;
    const wrong = files.filter(isPure).flatMap((file) => {
      const found = forbidden.exec(code(file));
      return found === null ? [] : [`${file.path}: ${found[0]}`];
    });
    expect(wrong).toEqual([]);
  });

  it('keeps databases, and so SQL, in the store', () => {
    const databases = /^(drizzle-orm|better-sqlite3|pg)(\/|$)/;
    const wrong = files
      .filter((file) => file.room !== 'store' && file.imports.some((name) => databases.test(name)))
      .map((file) => file.path);
    expect(wrong).toEqual([]);
  });

  it('lets nobody know of what is private but the parts that are named here', () => {
    const wrong = files
      .filter((file) => !mayKnowOfPrivate.some((pattern) => pattern.test(file.path)))
      .flatMap((file) => file.imports.filter((name) => isPrivate(file, name)).map((name) => `${file.path} -> ${name}`));
    expect(wrong).toEqual([]);
  });

  it('leaves no way from the pager to what is private, however long', () => {
    const byPath = new Map(files.map((file) => [file.path, file]));
    const seen = new Map<string, string>();
    const queue = files.filter((file) => isPaging.some((pattern) => pattern.test(file.path))).map(({ path }) => path);
    expect(queue.length).toBeGreaterThan(50);
    for (const path of queue) seen.set(path, path);
    for (const path of queue) {
      for (const target of byPath.get(path)?.imports.filter((name) => name.startsWith('.')) ?? []) {
        const next = relative(source, resolve(source, dirname(path), target));
        if (seen.has(next)) continue;
        seen.set(next, `${seen.get(path)} -> ${next}`);
        queue.push(next);
      }
    }
    const reached = [...seen].filter(([path]) => privateFiles.test(path)).map(([, way]) => way);
    expect(reached).toEqual([]);
  });

  it('has no barrel', () => {
    expect(files.map((file) => file.path).filter((path) => path.endsWith('index.ts'))).toEqual([]);
  });

  it('keeps every file within 300 lines', () => {
    const long = files
      .filter((file) => file.text.split('\n').length > 301)
      .map((file) => `${file.path}: ${file.text.split('\n').length}`);
    expect(long).toEqual([]);
  });
});

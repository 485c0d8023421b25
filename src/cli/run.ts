import manifest from '../../package.json' with { type: 'json' };
import { BadInput } from '../config/bad-input.ts';
import type { CliCommand, CliIo } from './command.ts';

/** Each is loaded when it is asked for: who is on duty is told without Slack's libraries, and serving without the sandbox. */
const commands = new Map<string, () => Promise<CliCommand>>(
  Object.entries({
    serve: async () => (await import('./serve.ts')).serveCommand,
    sandbox: async () => (await import('./sandbox.ts')).sandboxCommand,
    doctor: async () => (await import('./doctor.ts')).doctorCommand,
    migrate: async () => (await import('./migrate.ts')).migrateCommand,
    apply: async () => (await import('./apply.ts')).applyCommand,
    export: async () => (await import('./export.ts')).exportCommand,
    import: async () => (await import('./import.ts')).importCommand,
    oncall: async () => (await import('./oncall.ts')).oncallCommand,
    calendar: async () => (await import('./calendar.ts')).calendarCommand,
    coverage: async () => (await import('./coverage.ts')).coverageCommand,
    away: async () => (await import('./away.ts')).awayCommand,
    back: async () => (await import('./away.ts')).backCommand,
    callup: async () => (await import('./callup.ts')).callUpCommand,
    fairness: async () => (await import('./fairness.ts')).fairnessCommand,
    metrics: async () => (await import('./metrics.ts')).metricsCommand,
    digest: async () => (await import('./digest.ts')).digestCommand,
    lint: async () => (await import('./lint.ts')).lintCommand,
    privacy: async () => (await import('./privacy.ts')).privacyCommand,
    backup: async () => (await import('./backup.ts')).backupCommand,
    'dead-letters': async () => (await import('./dead-letters.ts')).deadLettersCommand,
  }),
);

/** Runs one command and resolves to the exit code: 0 fine, 1 it failed, 2 the input cannot be used. */
export async function runCli(args: readonly string[]): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal));
  // Whoever reads along may stop reading (`toran lint … | head`): what was begun is still finished.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: Error) => {
      if (!('code' in error && error.code === 'EPIPE')) throw error;
    });
  }
  const io: CliIo = {
    out: (line) => process.stdout.write(`${line}\n`),
    err: (line) => process.stderr.write(`${line}\n`),
    env: process.env,
    isTerminal: process.stderr.isTTY,
    now: Date.now,
    signal: stop.signal,
  };
  return dispatch(args, io);
}

export async function dispatch(args: readonly string[], io: CliIo): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    io.out(await overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    io.out(manifest.version);
    return 0;
  }
  const load = commands.get(name);
  if (load === undefined) {
    io.err(`toran: "${name}" is no command; known: ${[...commands.keys()].join(', ')}`);
    return 2;
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) {
    io.out(command.help);
    return 0;
  }
  try {
    return await command.run(rest, io);
  } catch (error) {
    if (error instanceof BadInput) {
      io.err(error.message);
      return 2;
    }
    io.err(`toran ${name}: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}

async function overview(): Promise<string> {
  const all = await Promise.all([...commands.values()].map((load) => load()));
  const width = Math.max(...all.map((command) => command.name.length));
  const lines = all.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return [
    'Usage: toran COMMAND [options]',
    '',
    ...lines,
    '',
    'toran COMMAND --help says more about each, toran --version which version this is.',
  ].join('\n');
}

import { BadInput } from '../config/bad-input.ts';
import { applyCommand } from './apply.ts';
import type { CliCommand, CliIo } from './command.ts';
import { digestCommand } from './digest.ts';
import { doctorCommand } from './doctor.ts';
import { importCommand } from './import.ts';
import { lintCommand } from './lint.ts';
import { metricsCommand } from './metrics.ts';
import { migrateCommand } from './migrate.ts';
import { oncallCommand } from './oncall.ts';
import { sandboxCommand } from './sandbox.ts';
import { serveCommand } from './serve.ts';

const commands: readonly CliCommand[] = [
  serveCommand,
  sandboxCommand,
  doctorCommand,
  migrateCommand,
  applyCommand,
  importCommand,
  oncallCommand,
  metricsCommand,
  digestCommand,
  lintCommand,
];

/** Runs one command and resolves to the exit code: 0 fine, 1 it failed, 2 the input cannot be used. */
export async function runCli(args: readonly string[]): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort(signal));
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
    io.out(overview());
    return name === undefined ? 2 : 0;
  }
  const command = commands.find((one) => one.name === name);
  if (command === undefined) {
    io.err(`toran: "${name}" is no command; known: ${commands.map((one) => one.name).join(', ')}`);
    return 2;
  }
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

function overview(): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  const lines = commands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`);
  return ['Usage: toran COMMAND [options]', '', ...lines, '', 'toran COMMAND --help says more about each.'].join('\n');
}

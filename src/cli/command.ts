import type { EpochMs } from '../oncall/time.ts';

/** What a command may touch of the outside. Passed in, so that a test runs a command without a process. */
export interface CliIo {
  /** Results only: with `--json`, nothing but JSON. A newline is added. */
  out(line: string): void;
  /** Progress, warnings and errors. A newline is added. */
  err(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isTerminal: boolean;
  now(): EpochMs;
  /** Aborts when the process is asked to stop. */
  readonly signal: AbortSignal;
}

export interface CliCommand {
  readonly name: string;
  /** One line for `toran --help`. */
  readonly summary: string;
  /** Printed by `toran <name> --help`; ends without a newline. */
  readonly help: string;
  /** Resolves to the exit code. Throws BadInput for anything the caller can correct. */
  run(args: readonly string[], io: CliIo): Promise<number>;
}

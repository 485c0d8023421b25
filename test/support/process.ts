import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** How a process ended: its exit code, or the signal that ended it. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stderr: string;
}

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly line: string;
}

/** Toran as its users run it: a process of its own that knows nothing but its environment. */
export interface ToranProcess {
  readonly pid: number;
  readonly startedAt: number;
  /** Milliseconds from the start of the process until it was on duty; rejects when it ended before. */
  readonly ready: Promise<number>;
  readonly ended: Promise<Ending>;
  /** Warnings and worse, the newest last. */
  readonly complaints: readonly LogLine[];
  isAlive(): boolean;
  /** SIGKILL: no handler runs, nothing is flushed. Returns at once. */
  kill(): void;
  /** SIGTERM, as a supervisor asks a service to stop. */
  stop(): Promise<Ending>;
}

export interface ToranCommand {
  /** The bundle's `toran.mjs`, or `src/cli.ts`. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const logLine = z.object({ level: z.number(), msg: z.string() });
const onDuty = 'toran is on duty';
const warning = 40;
const mostComplaints = 2_000;

export function startToran({ entry, args, env }: ToranCommand): ToranProcess {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [entry, ...args], { env: childEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
  const complaints: LogLine[] = [];
  const ended = endOf(child);
  // A test that is broken off leaves nothing behind.
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  void ended.finally(() => process.off('exit', endWithUs));
  const ready = new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const read = readLogLine(line);
      if (read === undefined) return;
      if (read.msg === onDuty) resolve(Date.now() - startedAt);
      if (read.level >= warning) complaints.push(read);
      if (complaints.length > mostComplaints) complaints.shift();
    });
    void ended.then(({ code, signal, stderr }) =>
      reject(new Error(`toran ended before it was on duty (${signal ?? `exit ${code}`}): ${stderr.slice(-2_000)}`)),
    );
  });
  // Whoever does not wait for readiness hears of the end through `ended`.
  ready.catch(() => undefined);
  return {
    pid: child.pid ?? -1,
    startedAt,
    ready,
    ended,
    complaints,
    isAlive: () => child.exitCode === null && child.signalCode === null,
    kill: () => void child.kill('SIGKILL'),
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/** Runs one command of the command line to its end. */
export async function runToran(
  command: ToranCommand,
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const { entry, args, env } = command;
  const child = spawn(process.execPath, [entry, ...args], { env: childEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString('utf8')));
  const { code, stderr } = await endOf(child);
  return { code, stdout, stderr };
}

/** Only what a service manager would pass on: nothing of the test runner's own settings reaches the process. */
function childEnv(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const { PATH, HOME, TZ, TMPDIR } = process.env;
  return { PATH, HOME, ...(TZ === undefined ? {} : { TZ }), ...(TMPDIR === undefined ? {} : { TMPDIR }), ...env };
}

function endOf(child: ChildProcess): Promise<Ending> {
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr = `${stderr}${chunk.toString('utf8')}`.slice(-20_000)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stderr }));
  });
}

function readLogLine(line: string): LogLine | undefined {
  try {
    const parsed = logLine.safeParse(JSON.parse(line));
    return parsed.success ? { ...parsed.data, line } : undefined;
  } catch {
    return undefined;
  }
}

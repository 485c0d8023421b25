import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
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
 * other build overwrites it.
 */
export async function buildBundle(): Promise<Bundle> {
  const cache = join(root, 'node_modules', '.cache');
  await mkdir(cache, { recursive: true });
  const directory = await mkdtemp(join(cache, 'toran-bundle-'));
  await run(process.execPath, [join(root, 'build.ts'), directory], { cwd: root });
  return { entry: join(directory, 'toran.mjs'), remove: () => rm(directory, { recursive: true, force: true }) };
}

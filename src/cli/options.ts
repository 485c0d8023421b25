import { readFile, stat } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { BadInput } from '../config/bad-input.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Strict: an option that does not exist, or a value that is missing, is one clear line. */
export function parseOptions<const T extends Options>(
  command: string,
  args: readonly string[],
  options: T,
  allowPositionals: boolean,
) {
  try {
    return parseArgs({ args: [...args], strict: true, allowPositionals, options });
  } catch (cause) {
    const message = cause instanceof Error ? cause.message.split('\n')[0] : String(cause);
    throw new BadInput(`${command}: ${message}; see toran ${command} --help`, { cause });
  }
}

/** Reads a text file that the user named. Larger than `maxBytes` is not even read. */
export async function readTextFile(place: string, path: string, maxBytes = 64 * 1024 * 1024): Promise<string> {
  return (await readFileBytes(place, path, maxBytes)).toString('utf8');
}

/** The same, as it lies on the disk. */
export async function readFileBytes(place: string, path: string, maxBytes: number): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size > maxBytes)
      throw new BadInput(`${place}: ${path} is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB; split it`);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof BadInput) throw cause;
    throw new BadInput(`${place}: ${path} ${whyUnreadable(cause)}`, { cause });
  }
}

/** Throws BadInput unless the user named a folder. */
export async function requireFolder(place: string, path: string): Promise<void> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new BadInput(`${place}: ${path} ${whyUnreadable(cause)}`, { cause });
  });
  if (!found.isDirectory()) throw new BadInput(`${place}: ${path} is a file; name the folder it is in`);
}

function whyUnreadable(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist; check the path';
  if (code === 'EISDIR') return 'is a folder; name a file in it';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user; change its rights';
  return `cannot be read (${cause instanceof Error ? cause.message : String(cause)}); check the path`;
}

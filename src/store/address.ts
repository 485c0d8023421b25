import { fileURLToPath } from 'node:url';
import { StoreUnavailable } from './store-unavailable.ts';

export function isPostgres(url: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(url);
}

/** The path behind `file:data/toran.db`, or `:memory:`. Throws `StoreUnavailable` for an address that is neither. */
export function sqliteFile(url: string): string {
  if (url === ':memory:' || url === 'file::memory:') return ':memory:';
  if (url.startsWith('file://')) return fileURLToPath(url);
  if (url.startsWith('file:') && url.length > 'file:'.length) return url.slice('file:'.length);
  const scheme = /^[a-z]+:/i.exec(url)?.[0] ?? 'nothing known';
  throw new StoreUnavailable(
    `The database address begins with ${scheme}: use file:PATH for SQLite or postgres://USER@HOST/NAME for PostgreSQL.`,
  );
}
